"""Reduction against brute force, and that what is left stands for what was there."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import DemandFutures, demand_futures, draw_futures, reduce_futures
from kapacitet.demand.futures.reduce import MOST_FUTURES, features, forward_selection
from kapacitet.faults import FaultyInput

from .worlds import asked, growing


def futures_of(demand: np.ndarray, probability: np.ndarray) -> DemandFutures:
    """Futures of a single cell without residents, from demand (S, T)."""
    empty = np.zeros((len(demand), 0, demand.shape[1]))
    return DemandFutures(probability, (("410", "dom", "langvarig"),), demand[:, None], (), empty, (), empty, ())


def loss(distance: np.ndarray, probability: np.ndarray, chosen: tuple[int, ...]) -> float:
    return float(probability @ distance[:, list(chosen)].min(axis=1))


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_forward_selection_against_every_choice(seed: int, keep: int) -> None:
    """The first is the best single one; each further is the best beside those; none beats the optimum."""
    rng = np.random.default_rng(seed)
    points, probability = rng.integers(0, 9, (6, 3)).astype(float), rng.dirichlet(np.ones(6))
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    chosen = tuple(forward_selection(distance, probability, keep).tolist())

    for size in range(1, keep + 1):
        before = chosen[: size - 1]
        greedy = min(loss(distance, probability, (*before, n)) for n in range(6) if n not in before)
        assert loss(distance, probability, chosen[:size]) == pytest.approx(greedy)
    best = min(loss(distance, probability, each) for each in combinations(range(6), keep))
    assert loss(distance, probability, chosen) >= best - 1e-12
    assert len(set(chosen)) == keep


def test_two_clusters_leave_one_of_each_with_their_weight() -> None:
    demand = np.array([[10.0, 10], [10, 11], [30, 30], [10, 12], [31, 30]])
    few, index = reduce_futures(futures_of(demand, np.array([0.1, 0.4, 0.1, 0.1, 0.3])), 2)

    assert few.demand[:, 0].tolist() == [[10, 11], [31, 30]]
    assert few.probability == pytest.approx([0.6, 0.4])
    assert index.tolist() == [0, 0, 1, 0, 1]


def test_ties_go_to_the_lowest_index_and_twins_stand_for_themselves() -> None:
    demand = np.array([[5.0], [5.0], [5.0], [9.0]])
    few, index = reduce_futures(futures_of(demand, np.full(4, 0.25)), 3)

    assert few.demand[:, 0, 0].tolist() == [5, 5, 9]
    assert index.tolist() == [0, 1, 0, 2] and few.probability == pytest.approx([0.5, 0.25, 0.25])


def test_all_of_them_is_all_of_them() -> None:
    futures = futures_of(np.array([[1.0], [2.0]]), np.array([0.5, 0.5]))
    few, index = reduce_futures(futures, 2)

    assert few is futures and index.tolist() == [0, 1]


def test_features_are_totals_of_groups_and_of_municipalities() -> None:
    question = asked(3)
    region = growing()
    futures = draw_futures(region, question, cell_demand(region, question))
    found = features(futures).reshape(3, -1, futures.demand.shape[2])

    assert found.shape[1] == 4 + 2  # two groups in two terms, two municipalities
    assert np.array_equal(found[:, :4].sum(axis=1), futures.demand.sum(axis=1))
    assert np.array_equal(found[:, 4:].sum(axis=1), futures.demand.sum(axis=1))


def test_few_drawn_futures_keep_the_mean_and_belong_together() -> None:
    question = asked(400)
    region = growing()
    futures = draw_futures(region, question, cell_demand(region, question))
    few, index = reduce_futures(futures, 40)

    assert few.probability.sum() == pytest.approx(1)
    assert np.array_equal(np.bincount(index, weights=futures.probability), few.probability)
    total, left = futures.demand.sum(axis=1), few.demand.sum(axis=1)
    mean, spread = total.mean(axis=0), total.std(axis=0)
    # A third of a standard deviation: what forty of four hundred can be asked for.
    assert (np.abs(few.probability @ left - mean) <= spread / 3 + 1e-9).all()
    for kept in range(40):
        own = (futures.demand == few.demand[kept]).all(axis=(1, 2)).argmax()
        assert index[own] == kept
        assert np.array_equal(futures.residents[own], few.residents[kept])
        assert np.array_equal(futures.external[own], few.external[kept])


@pytest.mark.parametrize("keep", [0, 3])
def test_more_than_there_are_or_none_is_refused(keep: int) -> None:
    with pytest.raises(FaultyInput, match=f"Der kan ikke udvælges {keep} fremtider af 2."):
        reduce_futures(futures_of(np.array([[1.0], [2.0]]), np.array([0.5, 0.5])), keep)


def test_more_than_the_memory_holds_is_refused() -> None:
    count = MOST_FUTURES + 1
    with pytest.raises(FaultyInput, match="højst udvælges af"):
        reduce_futures(futures_of(np.zeros((count, 1)), np.full(count, 1 / count)), 2)


def test_too_many_are_refused_before_they_are_drawn() -> None:
    region, question = growing(), asked(100_000, reduce_to=2)
    with pytest.raises(FaultyInput, match="her er 100000"):
        demand_futures(region, question, cell_demand(region, question))
