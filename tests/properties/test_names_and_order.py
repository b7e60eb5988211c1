"""Neither names nor the order of rows change what is best, who lives where or how full a house is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kapacitet.planning.allocation import allocate

from .cases import SEEDS, Case, approx_money, case, few, problem_of, solved
from .named import allocation, differences, same_plan
from .renaming import renamed, tied

PLACES = 1e-6


def compare(drawn: Case, shuffle: int) -> None:
    problem = problem_of(drawn)
    best = solved(problem)
    other_case, new = renamed(drawn, shuffle)
    other = problem_of(other_case)
    there = solved(other)
    assert there.solved.ending is best.solved.ending
    assume(best.plan is not None)
    assert best.plan is not None and best.outcome is not None
    assert there.solved.objective == approx_money(best.solved.objective or 0.0)
    # Another plan may be as good; the allocation is of one plan.
    moved = allocate(other, same_plan(best.plan, problem, other, new))
    assert not differences(allocation(problem, best.outcome, new), allocation(other, moved), PLACES)


@few(25)
@given(SEEDS, st.integers(0, 99))
def test_names_and_order_change_nothing(seed: tuple, shuffle: int) -> None:
    compare(case(seed), shuffle)


@few(40)
@given(SEEDS, st.integers(0, 99))
def test_names_and_order_change_nothing_where_much_costs_the_same(seed: tuple, shuffle: int) -> None:
    compare(tied(case(seed)), shuffle)


def test_a_renamed_case_is_another_text() -> None:
    drawn = case((1, "all"))
    other, new = renamed(drawn, 1)
    assert len(set(new.values())) == len(new)
    assert other[0] != drawn[0] and other[1] != drawn[1]
    with pytest.raises(AssertionError):
        assert problem_of(other).units == problem_of(drawn).units
