"""What must hold in any region under any plan, and a second solver for the cost of a year."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from kapacitet.placement import place
from kapacitet.placement.ground import Ground, Layout, grounds
from kapacitet.placement.rounding import half_up
from kapacitet.placement.years import Walk, Year
from kapacitet.planning.evaluate import COMPONENTS
from kapacitet.planning.objective import move_cost
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem

from .worlds import random_planned

SEEDS = range(300, 324)
OF_THE_YEAR = ("variabel", "privat", "tillaegsydelse", "fastlaasning", "rejse", "flytning", "koeb", "udaekket")


def walk(problem: Problem, plan: Plan) -> tuple[Layout, tuple[Ground, ...], tuple[Year, ...]]:
    layout, future = Layout(problem), problem.futures[0]
    steps = grounds(layout, plan, future.demand)
    return layout, steps, Walk(layout, future, steps).years()


@pytest.mark.parametrize("seed", SEEDS)
def test_persons_add_up(seed: int) -> None:
    problem, plan = random_planned(seed)
    layout, _, years = walk(problem, plan)
    for t, year in enumerate(years):
        for persons in (year.persons, year.free):
            assert (persons >= 0).all()
            assert (persons[:-1].sum(axis=2) == year.demand).all()
        for g in range(len(layout.groups)):
            mine = layout.group == g
            need = problem.futures[0].demand[:, mine, t].sum()
            assert year.demand[:, mine].sum() == half_up(np.array([need]))[0]
        assert np.abs(year.demand - problem.futures[0].demand[:, :, t]).max() < 2
        assert (year.stayed <= year.persons).all() and (year.stayed <= year.before).all()
        assert t == 0 or (year.before == years[t - 1].persons).all()
        out, into = np.zeros(layout.shape), np.zeros(layout.shape)
        for move in year.moves:
            out[move.k, move.c, move.origin] += move.persons
            into[move.k, move.c, move.target] += move.persons
        assert (out <= year.before - year.stayed).all() and (into <= year.persons - year.stayed).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_where_there_is_no_room_for_them(seed: int) -> None:
    problem, plan = random_planned(seed)
    layout, steps, years = walk(problem, plan)
    arcs = set(zip(problem.arcs.k.tolist(), problem.arcs.c.tolist(), problem.arcs.u.tolist(), strict=True))
    for t, (ground, year) in enumerate(zip(steps, years, strict=True)):
        for persons in (year.persons, year.free):
            assert (persons[:, :, : layout.bought].sum(axis=(0, 1)) <= ground.room).all()
            lived_in = np.argwhere(persons[:-1, :, : layout.bought])
            assert {tuple(at) for at in lived_in.tolist()} <= arcs
            for g, name in enumerate(layout.groups):
                mine = persons[:-1, layout.group == g]
                bought = mine[:, :, layout.bought].sum() + mine[:, :, layout.outside].sum()
                assert bought <= problem.purchase_available[name][t] or mine[:, :, layout.bought].sum() == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_homes_are_left_only_when_they_end(seed: int) -> None:
    problem, plan = random_planned(seed, held=True)
    layout, steps, years = walk(problem, plan)
    for ground, year in zip(steps, years, strict=True):
        for move in year.moves:
            if move.origin < layout.bought:
                assert not ground.home[move.origin, move.c]
                assert move.reason in ("lukning", "omlægning")
            elif move.origin == layout.bought and layout.long_term[move.c]:
                assert move.reason == "færre pladser at købe"


@pytest.mark.parametrize("seed", SEEDS)
def test_continuity_never_pays(seed: int) -> None:
    problem, plan = random_planned(seed)
    found = place(problem, plan)
    assert set(found.yearly) == set(COMPONENTS)
    assert found.price_of_continuity >= 0
    assert found.cost >= found.reference_cost * (1 - 1e-9)
    for amounts, reference in zip(found.yearly.values(), found.reference_yearly.values(), strict=True):
        assert np.isfinite(amounts).all() and np.isfinite(reference).all()


@pytest.mark.parametrize("seed", SEEDS[:16])
def test_no_whole_placement_of_a_year_is_cheaper(seed: int) -> None:
    problem, plan = random_planned(seed)
    layout, steps, years = walk(problem, plan)
    found = place(problem, plan)
    for t, (ground, year) in enumerate(zip(steps, years, strict=True)):
        guests = guest_cost(problem, year, t)
        mine = sum(float(found.reference_yearly[name][t]) for name in (*OF_THE_YEAR, "kritisk_masse"))
        assert mine - guests == pytest.approx(cheapest(layout, ground, year, t), rel=1e-6, abs=1e-6)


def guest_cost(problem: Problem, year: Year, t: int) -> float:
    """V and tillægsydelse of residents from outside the region in shared offers."""
    return sum(
        float(year.persons[-1, c, u])
        * float(problem.costs.marginal[problem.cells[c].group][u, t] + problem.costs.top_up[u])
        for c, u in np.argwhere(year.persons[-1, :, : len(problem.units)])
        if problem.units[u].shared
    )


def cheapest(layout: Layout, ground: Ground, year: Year, t: int) -> float:
    """Least cost of placing the year's persons with today's residents held, as a mixed-integer program.

    Columns: x on arcs, p and u by municipality and cell, the lack to critical mass by unit, moves on arcs.
    """
    problem = layout.problem
    arcs, (K, C), U = problem.arcs, year.demand.shape, len(problem.units)
    A, B = len(arcs), K * C
    stay = problem.scenario.limits.residents_stay
    home = year.residents[arcs.k, arcs.c, arcs.u]
    outside = year.free[:-1, :, layout.outside].reshape(-1)
    cost = np.concatenate(
        [
            problem.arc_cost[:, t],
            np.tile(problem.purchase_price[:, t], K),
            np.full(B, problem.unmet_rate[t]),
            np.full(U, problem.scenario.costs.critical_mass_penalty),
            np.zeros(A) if stay else move_cost(problem, t),
        ]
    )
    n = len(cost)
    lower, upper = np.zeros(n), np.full(n, np.inf)
    lower[:A] = home if stay else 0
    upper[:A] = np.where(ground.joinable, np.inf, home)
    lower[A : A + B] = outside
    upper[-A:] = home
    rows, low, high = [], [], []

    def row(columns: dict[int, float], least: float, most: float) -> None:
        line = np.zeros(n)
        for column, weight in columns.items():
            line[column] = weight
        rows.append(line)
        low.append(least)
        high.append(most)

    guests = year.persons[-1, :, :U].sum(axis=0)
    for b in range(B):
        served = {a: 1.0 for a in range(A) if arcs.k[a] * C + arcs.c[a] == b}
        row(served | {A + b: 1.0, A + B + b: 1.0}, year.demand.reshape(-1)[b], year.demand.reshape(-1)[b])
    for u in range(U):
        inside = {a: 1.0 for a in range(A) if arcs.u[a] == u}
        row(inside, 0, ground.room[u] - guests[u])
        row(inside | {A + 2 * B + u: 1.0}, ground.mass[u] - guests[u], np.inf)
    for g in range(len(layout.groups)):
        bought = [b for b in range(B) if layout.group[b % C] == g]
        row({A + b: 1.0 for b in bought}, 0, max(ground.to_buy[g], outside[bought].sum()))
    for a in range(A):
        row({a: 1.0, n - A + a: 1.0}, home[a] if not stay else 0, np.inf)
    result = milp(
        cost,
        integrality=np.ones(n),
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(np.array(rows), low, high),
        options={"mip_rel_gap": 0.0},
    )
    assert result.success, result.message
    return float(result.fun)
