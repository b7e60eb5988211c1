"""The allocation is that of the rule: against the rule solved head-on, and against what it must be by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapacitet.planning.allocation import allocate
from kapacitet.planning.plan import Plan, YearOutcome
from kapacitet.planning.problem import Problem
from tests.independent.hand import YEAR, Hand

from . import direct
from .cases import few, problem_of

PLACES = 5e-6  # the reference breaks its own rows by about 1e-6
CODES = ("561", "573", "410")
OFFERS = ("a", "b", "c")
VARIABLE = (10.0, 10.0, 20.0)


def hand(year: direct.Year) -> Problem:
    """The same year as a region: V of each offer, the rest of the cost as minutes at 1 kr."""
    region = Hand({YEAR: 1.0}, CODES[: len(year.demand)])
    codes = CODES[: len(year.demand)]
    for row, need in zip(region.tables["demand"], year.demand, strict=True):
        row.update(low=float(need), central=float(need), high=float(need))
    region.tables["purchase_prices"][0].update(price=year.price, available=year.available)
    for o, places in enumerate(year.places):
        region.offer(OFFERS[o], int(places), 0.0, VARIABLE[o])
        for k, code in enumerate(codes):
            minutes = float(year.cost[k, o] - VARIABLE[o])
            region.add("travel_times", municipality=code, offer_or_candidate=OFFERS[o], minutes=minutes)
            if year.residents[k, o]:
                region.live(int(year.residents[k, o]), OFFERS[o], code)
    return problem_of((region.tables, region.scenario | {"solver": {"gap": 0.0}}))


def found(problem: Problem) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, p, u of the long-term cell, municipalities in the order of ``CODES``."""
    out: YearOutcome = allocate(problem, Plan(())).years[0][0]
    order = {m.code: k for k, m in enumerate(problem.municipalities)}
    mine = [order[code] for code in CODES if code in order]
    long = next(c for c, cell in enumerate(problem.cells) if cell.term == "langvarig")
    x = np.zeros((len(order), len(problem.units)))
    arcs = problem.arcs
    for a, amount in enumerate(out.use):
        if arcs.c[a] == long:
            x[arcs.k[a], arcs.u[a]] += amount
    return x[mine], out.buy[mine, long], out.unmet[mine, long]


@st.composite
def years(draw: st.DrawFn) -> direct.Year:
    """Up to three municipalities and three offers; few different costs, so that much ties."""
    K, O = draw(st.integers(1, 3)), draw(st.integers(1, 3))  # noqa: E741
    places = np.array([draw(st.integers(1, 8)) for _ in range(O)], dtype=np.float64)
    residents = np.zeros((K, O))
    for o in range(O):
        for _ in range(draw(st.integers(0, min(2, int(places[o]))))):
            residents[draw(st.integers(0, K - 1)), o] += 1
    demand = residents.sum(axis=1) + [draw(st.sampled_from((0.5, 1.0, 2.5, 6.0))) for _ in range(K)]
    travel = [[draw(st.sampled_from((0.0, 0.0, 10.0))) for _ in range(O)] for _ in range(K)]
    price = draw(st.sampled_from((10.0, 20.0, 40.0)))
    cost = np.array(VARIABLE[:O]) + np.array(travel)
    available = draw(st.sampled_from((0.0, 1.5, 50.0)))
    return direct.Year(demand, places, residents, cost, price, available, penalty=max(1.25 * price, 35.0))


@few(100)
@given(years())
def test_the_rule_solved_head_on(year: direct.Year) -> None:
    problem = hand(year)
    x, p, u = direct.allocate(year_with(year, float(problem.unmet_rate[0])))
    mine = found(problem)
    for theirs, ours in zip((x, p, u), mine, strict=True):
        assert ours == pytest.approx(theirs, abs=PLACES)


def year_with(year: direct.Year, penalty: float) -> direct.Year:
    """The year with the effective unmet penalty (1.25 times the dearest price)."""
    return direct.Year(year.demand, year.places, year.residents, year.cost, year.price, year.available, penalty)


@few(30)
@given(
    st.lists(st.sampled_from((0.5, 1.0, 3.25, 7.0)), min_size=1, max_size=3),
    st.lists(st.integers(1, 9), min_size=1, max_size=3),
)
def test_where_all_cost_the_same_everybody_is_treated_alike(demand: list[float], places: list[int]) -> None:
    """n = P·min(1, D/ΣP), and everybody has the same share of every house and of what isn't served: x = d·n/D."""
    need, room = np.array(demand), np.array(places, dtype=np.float64)
    K, O = len(need), len(room)  # noqa: E741
    cost = np.full((K, O), 20.0)
    problem = hand(direct.Year(need, room, np.zeros((K, O)), cost, 100.0, 0.0, 125.0))
    full = room * min(1.0, need.sum() / room.sum())
    x, p, u = found(problem)
    assert x == pytest.approx(np.outer(need, full) / need.sum(), abs=1e-7)
    assert p == pytest.approx(0.0, abs=1e-9)
    assert u == pytest.approx(need * (1 - full.sum() / need.sum()), abs=1e-7)


def test_houses_stay_empty_to_the_last_hair_where_buying_costs_the_same() -> None:
    """(b) is then least at n = 0, where bounds hold without being needed and an interior point stops short."""
    need, room = np.array([0.5, 0.5, 2.5]), np.array([4.0, 1.0, 1.0])
    cost = np.array([[10.0, 10.0, 20.0]] * 3)
    x, p, _ = found(hand(direct.Year(need, room, np.zeros((3, 3)), cost, 10.0, 50.0, 35.0)))
    assert x == pytest.approx(0.0, abs=1e-9)
    assert p == pytest.approx(need, abs=1e-9)
