"""Whole persons by flows against the exact rule, enumeration, and laws that hold whatever is solved."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from kapacitet.insight.stress.allocation import allocation, whole
from kapacitet.insight.stress.fixed import only
from kapacitet.planning.allocation import allocate
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.insight.stress.worlds import any_plan, drawn_problem, in_houses, two_houses, whole_rooms
from tests.planning.worlds import problem_of

SAME = 1e-6


@pytest.mark.parametrize("seed", range(40))
def test_flows_cost_what_the_exact_rule_costs_and_houses_are_as_full(seed: int) -> None:
    problem = drawn_problem(seed, "all" if seed % 2 else "some")
    assert all(map(whole, problem.futures))
    plan = any_plan(problem, seed)
    flows, exact = allocation(problem, plan), allocate(problem, plan)
    places = np.maximum(problem.places, 1.0)
    same_bounds = whole_rooms(problem)
    for w, future in enumerate(problem.futures):
        guests = future.external.sum(axis=1)
        for t, (mine, rule) in enumerate(zip(flows.years[w], exact.years[w], strict=True)):
            if not same_bounds:  # the linear program may fill a part of a place, a person can't
                assert mine.cost >= rule.cost - SAME * max(1.0, abs(rule.cost))
                continue
            assert mine.cost == pytest.approx(rule.cost, rel=SAME, abs=SAME)
            n, fair = in_houses(problem, mine), in_houses(problem, rule)
            full, fairest = (((m + guests[:, t]) ** 2 / places[:, t]).sum() for m in (n, fair))
            assert full >= fairest - SAME
            if np.abs(fair - np.rint(fair)).max() < SAME:
                assert n == pytest.approx(fair, abs=SAME)
            assert np.abs(n - fair).max() < 2.0  # whole persons beside the rule's place-years


@pytest.mark.parametrize("seed", range(40, 60))
def test_everybody_is_somewhere_and_nobody_where_there_is_no_room(seed: int) -> None:
    problem = drawn_problem(seed, "all")
    plan = any_plan(problem, seed)
    room = problem.places * (1 + problem.scenario.limits.over_occupancy)
    arcs = problem.arcs
    for w, years in enumerate(allocation(problem, plan).years):
        future = problem.futures[w]
        for t, year in enumerate(years):
            served = year.buy + year.unmet
            np.add.at(served, (arcs.k, arcs.c), year.use)
            assert served == pytest.approx(future.demand[:, :, t])
            assert (in_houses(problem, year) <= room[:, t] + SAME).all()
            for part in (year.use, year.buy, year.unmet):
                assert (part >= 0).all() and (part == np.rint(part)).all()
            ended = {problem.closures[i].unit for i in plan.closures}
            ended |= {problem.conversions[i].unit for i in plan.conversions}
            if problem.scenario.limits.residents_stay:
                stays = ~np.isin(arcs.u, list(ended))
                assert (year.use[stays] >= future.residents[stays, t] - SAME).all()


def test_the_problem_with_the_plan_alone_gives_the_same() -> None:
    for seed in range(12):
        problem = drawn_problem(seed, "all")
        plan = any_plan(problem, seed)
        fewer, same = only(problem, plan)
        fewer = replace(fewer, futures=drawn_alone(problem, fewer))
        one, two = allocation(problem, plan), allocation(fewer, same)
        for mine, other in zip(one.years, two.years, strict=True):
            for a, b in zip(mine, other, strict=True):
                assert a.cost == b.cost
                assert (in_houses(problem, a) == in_houses(fewer, b)).all()
                assert (a.buy == b.buy).all()


def drawn_alone(problem: Problem, fewer: Problem) -> tuple:  # type: ignore[type-arg]
    """The futures of a problem on the arcs of the one with fewer."""
    every = zip(problem.arcs.k.tolist(), problem.arcs.c.tolist(), problem.arcs.u.tolist(), strict=True)
    position = {arc: a for a, arc in enumerate(every)}
    kept = [
        position[arc] for arc in zip(fewer.arcs.k.tolist(), fewer.arcs.c.tolist(), fewer.arcs.u.tolist(), strict=True)
    ]
    return tuple(
        type(f).of(f.probability, f.demand, f.residents[kept], f.outside, f.external) for f in problem.futures
    )


@pytest.mark.parametrize(("first", "second"), [(3, 2), (5, 3), (1, 0), (7, 2), (4, 6), (6, 5)])
def test_against_every_way_to_place_them(first: int, second: int) -> None:
    """Least cost, then least Σ n²/P, then least Σ x²/d + Σ p²/d + Σ u²/d, all whole: enumerated."""
    problem = problem_of(two_houses(first, second))
    (year,) = allocation(problem, Plan(())).years[0]
    need, places = (first, second), (4, 6)
    best = min(
        (
            101 * (sum(need) - sum(map(sum, x))) + sum(map(sum, x)),  # 1 kr. in a house, dear outside
            sum(sum(x[k][o] for k in range(2)) ** 2 / places[o] for o in range(2)),
            sum((sum(n**2 for n in x[k]) + (need[k] - sum(x[k])) ** 2) / need[k] for k in range(2) if need[k]),
        )
        for x in itertools.product(*(ways(d) for d in need))
        if all(sum(x[k][o] for k in range(2)) <= places[o] for o in range(2))
    )
    use = np.zeros((2, 2))
    np.add.at(use, (problem.arcs.k, problem.arcs.u), year.use)
    left = year.buy.sum(axis=1) + year.unmet.sum(axis=1)
    d = np.maximum(need, 1)
    found = (
        101 * left.sum() + use.sum(),
        (use.sum(axis=0) ** 2 / np.array(places)).sum(),
        ((use**2).sum(axis=1) / d + left**2 / d).sum(),
    )
    assert found == pytest.approx(best)


def ways(need: int) -> list[tuple[int, int]]:
    """(in lille, in stor) for up to so many persons."""
    return [(a, b) for a in range(need + 1) for b in range(need + 1 - a)]


def test_of_two_equal_houses_each_gets_the_odd_one_as_often() -> None:
    """A checksum of names, year and future decides: about half of 400 futures each, within four standard errors."""
    hand = two_houses(5, 0)
    hand.tables["offers"][1].update(places=4)
    problem = problem_of(hand)
    (one,) = problem.futures
    many = replace(problem, futures=(replace(one, probability=1 / 400),) * 400)
    outcome = allocation(many, Plan(()))
    odd = sum(in_houses(many, years[0])[0] == 3 for years in outcome.years)
    assert abs(odd - 200) < 4 * 10
    assert {tuple(in_houses(many, years[0])) for years in outcome.years} == {(3.0, 2.0), (2.0, 3.0)}


def test_a_future_is_the_same_among_others() -> None:
    problem = drawn_problem(7, "all", count=5)
    plan = any_plan(problem, 7)
    together = allocation(problem, plan, first=30)
    for w in range(5):
        alone = allocation(replace(problem, futures=(problem.futures[w],)), plan, first=30 + w)
        for a, b in zip(together.years[w], alone.years[0], strict=True):
            assert (a.use == b.use).all() and (a.buy == b.buy).all() and a.cost == pytest.approx(b.cost)


def test_futures_that_are_not_whole_follow_the_exact_rule() -> None:
    problem = problem_of(two_houses(2.5, 1.25))
    assert not any(map(whole, problem.futures))
    mine, rule = allocation(problem, Plan(())), allocate(problem, Plan(()))
    assert (mine.years[0][0].use == rule.years[0][0].use).all()


def test_whole_futures_among_others_are_found_by_flows() -> None:
    parts, persons = problem_of(two_houses(2.5, 1.25)), problem_of(two_houses(3, 2))
    mixed = replace(parts, futures=(parts.futures[0], persons.futures[0]))
    found = allocation(mixed, Plan(()), first=8)
    alone = allocation(persons, Plan(()), first=9)
    assert (found.years[1][0].use == alone.years[0][0].use).all()
    assert (found.years[0][0].use == allocate(parts, Plan(())).years[0][0].use).all()
