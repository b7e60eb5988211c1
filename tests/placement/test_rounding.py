"""Controlled rounding against counting and against every table there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.placement.rounding import TOTAL_WEIGHT, controlled_rounding, half_up


def whole(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def largest_remainder(values: np.ndarray) -> np.ndarray:
    result = np.floor(values).astype(np.int64)
    order = np.argsort(-(values - result), kind="stable")
    result[order[: int(half_up(np.array([values.sum()]))[0]) - int(result.sum())]] += 1
    return result


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 20), min_size=1, max_size=12))
def test_one_total_is_the_largest_remainder(values: list[float]) -> None:
    v, none = np.array(values), np.zeros(len(values), dtype=np.int64)
    found = controlled_rounding(v, [none], [], ties=none)
    assert found.sum() == half_up(np.array([v.sum()]))[0]
    assert ((found - v) ** 2).sum() == pytest.approx(((largest_remainder(v) - v) ** 2).sum(), abs=1e-4)


def deviation(n: np.ndarray, v: np.ndarray, families: list[np.ndarray]) -> float:
    total = float(((n - v) ** 2).sum())
    for labels in families:
        off = np.bincount(labels, weights=n) - np.bincount(labels, weights=v)
        total += TOTAL_WEIGHT * float((off**2).sum())
    return total


@pytest.mark.parametrize("seed", range(8))
def test_no_table_is_nearer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    v = rng.uniform(0, 1.5, 6)
    row, column = np.repeat([0, 1, 2], 2), np.tile([0, 1], 3)
    lower = (rng.random(6) < 0.2).astype(np.int64)
    upper = np.maximum(lower, rng.integers(0, 3, 6))
    none = np.zeros(6, dtype=np.int64)
    found = controlled_rounding(v, [none, row], [column], ties=none, lower=lower, upper=upper)
    total = int(np.clip(half_up(np.array([v.sum()]))[0], lower.sum(), upper.sum()))
    tables = itertools.product(*(range(a, b + 1) for a, b in zip(lower, upper, strict=True)))
    best = min(deviation(np.array(n), v, [row, column]) for n in tables if sum(n) == total)
    assert (lower <= found).all() and (found <= upper).all() and found.sum() == total
    assert deviation(found, v, [row, column]) == pytest.approx(best, abs=1e-4)


def test_room_goes_before_the_total() -> None:
    none, places = whole(0, 0, 0), whole(0, 0, 1)
    found = controlled_rounding(np.array([0.9, 0.9, 0.9]), [none], [places], ties=whole(1, 2, 3), room=whole(1, 0))
    assert found.tolist() == [1, 0, 0]


def test_lowest_tie_gets_the_person_wherever_it_stands() -> None:
    none = whole(0, 0)
    assert controlled_rounding(np.array([0.5, 0.5]), [none], [], ties=whole(5, 3)).tolist() == [0, 1]
    assert controlled_rounding(np.array([0.5, 0.5]), [none], [], ties=whole(3, 5)).tolist() == [1, 0]


def test_nobody_is_nobody() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert controlled_rounding(np.zeros(0), [nothing], [], ties=nothing).size == 0
