"""Numbers that belong to names: the same in any batch, block, order or horizon."""

from __future__ import annotations

import numpy as np

from kapacitet.demand.futures.uniforms import BLOCK, keys_of, uniforms

ALL = slice(0, BLOCK)
NAMES = [("410", "autisme"), ("561", "autisme"), ("410", "dom")]


def test_a_number_depends_on_its_own_name_year_and_future_alone() -> None:
    keys = keys_of(7, "x", NAMES)
    drawn = uniforms(keys, 3, range(2026, 2036), ALL)

    assert np.array_equal(uniforms(keys[::-1], 3, range(2026, 2036), ALL), drawn[::-1])
    assert np.array_equal(uniforms(keys[1:2], 3, range(2030, 2032), slice(5, 9)), drawn[1:2, 4:6, 5:9])
    assert keys_of(7, "x", NAMES[1:]) == keys[1:]


def test_other_seeds_purposes_names_blocks_and_years_have_other_numbers() -> None:
    drawn = [
        uniforms(keys_of(seed, purpose, NAMES), block, range(first, first + 2), ALL)
        for seed, purpose, block, first in (
            (1, "x", 0, 2026),
            (2, "x", 0, 2026),
            (1, "y", 0, 2026),
            (1, "x", 1, 2026),
            (1, "x", 0, 2028),
        )
    ]

    assert len(np.unique(np.concatenate([part.reshape(-1) for part in drawn]))) == 5 * 3 * 2 * BLOCK


def test_names_do_not_run_together() -> None:
    assert keys_of(1, "x", [("ab", "c")]) != keys_of(1, "x", [("a", "bc")])


def test_they_are_uniform_and_uncorrelated() -> None:
    drawn = np.concatenate(
        [uniforms(keys_of(1, "x", NAMES), block, range(2026, 2030), ALL) for block in range(20)], 2
    )
    rows = drawn.reshape(12, -1)

    assert rows.min() > 0 and rows.max() < 1
    # Five standard errors of the mean (1/√12n), and of a correlation (1/√n).
    assert np.abs(rows.mean(axis=1) - 0.5).max() < 5 / np.sqrt(12 * rows.shape[1])
    assert np.abs(np.corrcoef(rows) - np.eye(12)).max() < 5 / np.sqrt(rows.shape[1])


def test_no_years_are_no_numbers() -> None:
    assert uniforms(keys_of(1, "x", NAMES), 0, range(2026, 2026), slice(0, 4)).shape == (3, 0, 4)
