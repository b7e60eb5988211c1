"""Relaxing a limit never costs more."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from .cases import SEEDS, assert_no_dearer, case, few, least_cost, least_cost_of_seed
from .relaxations import RELAXATIONS, WIDENING


@pytest.mark.parametrize("name", RELAXATIONS)
@few(6)
@given(SEEDS)
def test_a_looser_limit_never_costs_more(name: str, seed: tuple) -> None:
    drawn = case(seed)
    assume(RELAXATIONS[name](drawn))
    assert_no_dearer(least_cost(drawn), least_cost_of_seed(seed))


@pytest.mark.parametrize("name", WIDENING)
@few(6)
@given(SEEDS)
def test_more_to_choose_from_never_costs_more(name: str, seed: tuple) -> None:
    drawn = case(seed)
    assume(drawn[1]["limits"]["residents_stay"])
    assume(WIDENING[name](drawn))
    assert_no_dearer(least_cost(drawn), least_cost_of_seed(seed))
