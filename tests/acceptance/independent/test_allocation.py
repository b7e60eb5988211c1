"""The allocation rule: by hand, against the rule solved head-on for one group, and by its optimality conditions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog, nnls

from tests.independent.hand import YEAR, Hand
from tests.independent.plans import all_plans
from tests.independent.tiny_regions import random_case
from tests.properties.direct import Year, allocate

from .allocation import MONEY, POSITIVE, Program, three_steps, year_program
from .quadratic import Array
from .world import World

KINDS = {"x", "p", "u"}


def alone(hand: Hand) -> tuple[World, Program]:
    """The first year of a hand-made case without new houses."""
    world = World(hand.tables, hand.scenario)
    plan = next(iter(all_plans(world.case)))
    return world, year_program(world.futures[0].recourse, world.states(plan)[0])


def use(hand: Hand) -> dict[tuple[str, str, str], float]:
    """(kind, municipality, unit) to place-years."""
    _, program = alone(hand)
    found: dict[tuple[str, str, str], float] = {}
    for (kind, cell, unit), amount in zip(program.names, three_steps(program).tolist(), strict=True):
        found[kind, cell[0], unit] = found.get((kind, cell[0], unit), 0.0) + amount
    return found


def test_equally_dear_houses_are_equally_full() -> None:
    """6 persons in 4 + 8 places of the same cost: half full both, 2 and 4, also with a guest counted."""
    hand = Hand({YEAR: 6.0})
    hand.offer("a", 4, 0.0, 10.0)
    hand.offer("b", 8, 0.0, 10.0)
    assert use(hand)["x", "561", "a"] == pytest.approx(2.0, abs=1e-9)
    hand.live(3, "a", code="udenbys")
    # n_a/4 = n_b/8 with n_a + n_b = 9 gives n_a = 3: the guests alone; all six go to b.
    assert use(hand)["x", "561", "a"] == pytest.approx(0.0, abs=1e-9)
    assert use(hand)["x", "561", "b"] == pytest.approx(6.0, abs=1e-9)


def test_municipalities_share_a_cheap_house_by_demand() -> None:
    """3 cheap places wanted by 4 + 2 at the same cost: least Σ x²/d + p²/d gives 2 and 1, half of each bought."""
    hand = Hand({YEAR: 4.0}, municipalities=("561", "573"))
    hand.tables["demand"] = []
    hand.need("561", "g", YEAR, 4.0)
    hand.need("573", "g", YEAR, 2.0)
    hand.set("costs", travel_cost_per_minute=0.0)
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=30.0)
    hand.offer("a", 3, 0.0, 10.0)
    found = use(hand)
    assert [found["x", "561", "a"], found["x", "573", "a"]] == pytest.approx([2.0, 1.0], abs=1e-9)
    assert [found["p", "561", ""], found["p", "573", ""]] == pytest.approx([2.0, 1.0], abs=1e-9)


def test_residents_and_critical_mass_go_before_evenness() -> None:
    """Of 4 in two equal houses of 4, b must have 3 (30 kr. for each less): 1 and 3."""
    hand = Hand({YEAR: 4.0})
    hand.offer("a", 4, 0.0, 10.0)
    hand.offer("b", 4, 0.0, 10.0, minimum_residents=3)
    assert use(hand)["x", "561", "a"] == pytest.approx(1.0, abs=1e-9)
    hand.live(2, "a")
    # Two live in a and stay, so b is one short.
    assert use(hand)["x", "561", "a"] == pytest.approx(2.0, abs=1e-9)


@pytest.mark.parametrize("seed", range(25))
def test_as_the_rule_solved_head_on(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, houses = int(rng.integers(2, 5)), int(rng.integers(1, 5))
    codes = tuple(f"{561 + i}" for i in range(count))
    hand = Hand({YEAR: 0.0}, municipalities=codes)
    demand = rng.integers(1, 7, count) + 0.5
    places = rng.integers(2, 9, houses)
    minutes = rng.integers(0, 3, (count, houses)) * 10.0
    variable = rng.integers(1, 4, houses) * 10.0
    hand.tables["demand"] = []
    for code, need in zip(codes, demand, strict=True):
        hand.need(code, "g", YEAR, float(need))
    residents = np.zeros((count, houses))
    for o in range(houses):
        hand.offer(f"t{o}", int(places[o]), 0.0, float(variable[o]))
        k = int(rng.integers(count))
        if residents[k].sum() + 1 <= demand[k]:
            residents[k, o] = 1.0
            hand.live(1, f"t{o}", code=codes[k])
        for k, code in enumerate(codes):
            hand.add("travel_times", municipality=code, offer_or_candidate=f"t{o}", minutes=float(minutes[k, o]))
    hand.tables["purchase_prices"] = []
    hand.add("purchase_prices", target_group="g", year=YEAR, price=35.0, available=4.0)
    year = Year(demand, places.astype(float), residents, variable + minutes, 35.0, 4.0, 43.75)
    x, p, u = allocate(year)
    found = use(hand)
    for k, code in enumerate(codes):
        mine = [found["x", code, f"t{o}"] for o in range(houses)]
        assert mine == pytest.approx(x[k].tolist(), abs=2e-5)
        assert [found["p", code, ""], found["u", code, ""]] == pytest.approx([p[k], u[k]], abs=2e-5)


def force(program: Program, z: Array, gradient: Array, held: Array) -> float:
    """What is left of −gradient when cost, demand, ``held`` and every limit that binds have pushed back.

    0 exactly where z is the optimum of a convex function over the cheapest face (Karush, Kuhn and Tucker).
    """
    equal, _ = program.matrix(program.equal)
    most, right = program.matrix(program.most)
    low = np.array(program.low)
    cost = np.array([sum(costs.values()) for costs in program.costs]) / MONEY
    both = np.vstack([equal, held, cost / np.linalg.norm(cost)])
    pushing = np.vstack([both, -both, np.eye(len(z))[z - low < 1e-9], -most[right - most @ z < 1e-9]])
    return float(nnls(pushing.T, gradient)[1])


@pytest.mark.parametrize("seed", range(40))
def test_no_allocation_as_cheap_is_evener(seed: int) -> None:
    """Optimality of all three steps in the first years of random cases with several groups, terms and houses."""
    world = World(*random_case(seed, families="all" if seed % 2 else "some"))
    plans = list(all_plans(world.case))
    for plan in (plans[0], plans[-1]):
        for at in world.states(plan):
            program = year_program(world.futures[0].recourse, at)
            z = three_steps(program)
            equal, met = program.matrix(program.equal)
            most, right = program.matrix(program.most)
            assert np.abs(equal @ z - met).max(initial=0.0) < 1e-9
            assert (most @ z - right).max(initial=0.0) < 1e-9
            assert (np.array(program.low) - z).max(initial=0.0) < 1e-9
            cost = np.array([sum(costs.values()) for costs in program.costs]) / MONEY
            done = linprog(cost, most, right, equal, met, [(low, None) for low in program.low])
            assert cost @ z == pytest.approx(done.fun, rel=1e-10, abs=POSITIVE)
            houses = np.zeros((len(program.places), len(z)))
            for column, (kind, _, unit) in enumerate(program.names):
                if kind == "x":
                    houses[list(program.places).index(unit), column] = 1.0
            guests = np.array(list(program.guests.values()))
            places = np.array(list(program.places.values()))
            assert force(program, z, houses.T @ ((houses @ z + guests) / places), houses[:0]) < 1e-8
            fair = np.array([1 / program.demand[cell] if kind in KINDS else 0.0 for kind, cell, _ in program.names])
            # The force is at least the distance to the optimum over the largest demand.
            assert force(program, z, fair * z, houses) * max(program.demand.values(), default=0.0) < 1e-7
