"""Which optimum: least cost, then equally full houses, then municipalities alike; whatever names and order."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.hand import Hand
from tests.independent.tiny_regions import PRICE_YEAR, random_case
from tests.planning.worlds import problem_of, tiny

SAME = 1e-7
Placed = dict[tuple[int, str, str, str], float]


def placed(problem: Problem, *, dust: float = 1e-9) -> Placed | None:
    """(year, municipality, cell, offer) -> place-years with committed projects only; None if that breaks a limit."""
    done = Completion(problem).complete([i for i, start in enumerate(problem.starts) if start.committed])
    if done is None:
        return None
    result: Placed = {}
    arcs, towns = problem.arcs, problem.municipalities
    for t, year in enumerate(allocate(problem, done.plan).years[0]):
        for a, amount in enumerate(year.use):
            cell = problem.cells[arcs.c[a]]
            key = (problem.years[t], towns[arcs.k[a]].code, f"{cell.group} {cell.term}", problem.units[arcs.u[a]].id)
            if amount > dust:
                result[key] = float(amount)
        for (k, c), amount in [
            ((k, c), float(year.buy[k, c])) for k in range(len(towns)) for c in range(len(problem.cells))
        ]:
            if amount > dust:
                cell = problem.cells[c]
                result[problem.years[t], towns[k].code, f"{cell.group} {cell.term}", "p"] = amount
    return result


def in_houses(hand: Hand) -> dict[str, float]:
    problem = problem_of(hand)
    found = placed(problem)
    assert found is not None
    total: dict[str, float] = {}
    for (_, _, _, house), amount in found.items():
        total[house] = total.get(house, 0.0) + amount
    return total


def dear_purchase(need: float, municipalities: tuple[str, ...] = ("561",)) -> Hand:
    hand = tiny({2025: need}, municipalities)
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.set("costs", travel_cost_per_minute=0.0)
    for code in municipalities[1:]:
        hand.add("travel_links", from_="561", to=code, kind="road", minutes=10)
    return hand


def test_equal_houses_are_equally_full() -> None:
    """6 in houses of 4 and 8 at the same cost: 2 and 4, half of each."""
    hand = dear_purchase(6.0)
    hand.offer("lille", 4, 1.0, 1.0)
    hand.offer("stor", 8, 1.0, 1.0)
    assert in_houses(hand) == pytest.approx({"lille": 2, "stor": 4}, abs=SAME)


def test_guests_count_in_how_full_a_house_is() -> None:
    """One of the 4 places of lille is a guest's: 5 more in 4 and 8 gives (1 + 1)/4 = 4/8."""
    hand = dear_purchase(5.0)
    hand.offer("lille", 4, 1.0, 1.0)
    hand.offer("stor", 8, 1.0, 1.0)
    hand.live(1, "lille", code="udenbys")
    assert in_houses(hand) == pytest.approx({"lille": 1, "stor": 4}, abs=SAME)


def test_cost_goes_before_fullness() -> None:
    hand = dear_purchase(6.0)
    hand.offer("dyr", 8, 1.0, 1.001)
    hand.offer("billig", 4, 1.0, 1.0)
    assert in_houses(hand) == pytest.approx({"billig": 4, "dyr": 2}, abs=SAME)


def test_municipalities_get_the_same_share_of_scarce_places() -> None:
    """3 places for needs of 2 and 4: half of each need, the rest is bought."""
    hand = dear_purchase(4.0, ("561", "573"))
    next(row for row in hand.tables["demand"] if row["municipality"] == "573").update(low=2, central=2, high=2)
    hand.offer("hus", 3, 1.0, 1.0)
    found = placed(problem_of(hand))
    assert found == pytest.approx(
        {
            (2025, "561", "g langvarig", "hus"): 2,
            (2025, "573", "g langvarig", "hus"): 1,
            (2025, "561", "g langvarig", "p"): 2,
            (2025, "573", "g langvarig", "p"): 1,
        },
        abs=SAME,
    )


def test_residents_keep_their_place_when_the_rest_is_shared() -> None:
    """561 has 3 of 4 places by residents; the last one goes where shares are most alike: to 573."""
    hand = dear_purchase(4.0, ("561", "573"))
    next(row for row in hand.tables["demand"] if row["municipality"] == "573").update(low=4, central=4, high=4)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.live(3, "hus")
    found = placed(problem_of(hand))
    assert found is not None
    assert found[2025, "561", "g langvarig", "hus"] == pytest.approx(3, abs=SAME)
    assert found[2025, "573", "g langvarig", "hus"] == pytest.approx(1, abs=SAME)


def case(seed: int, *, reverse: bool, rename: bool) -> Problem:
    """A random tiny case, its rows turned about or its offers and candidates renamed in the opposite order."""
    tables, keys = random_case(seed, families="some")

    def named(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\b([tk])(\d)\b", lambda hit: f"{hit[1]}{9 - int(hit[2])}", value)
        if isinstance(value, list):
            return [named(one) for one in value]
        if isinstance(value, dict):
            return {key: named(one) for key, one in value.items()}
        return value

    if rename:
        tables, keys = named(tables), named(keys)
    if reverse:
        # The number of a conversion's row is its name, so these keep their order.
        tables = {name: rows if name == "conversions" else rows[::-1] for name, rows in tables.items()}
    scenario = Scenario.model_validate(keys)
    over = scenario.limits.over_occupancy
    return build_problem(region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=over), scenario)


@pytest.mark.parametrize("seed", range(900, 920))
def test_neither_the_order_of_rows_nor_names_matter(seed: int) -> None:
    first = placed(case(seed, reverse=False, rename=False))
    turned = placed(case(seed, reverse=True, rename=False))
    renamed = placed(case(seed, reverse=False, rename=True))
    if first is None:
        assert turned is None and renamed is None
        return
    assert turned is not None and renamed is not None
    assert turned == pytest.approx(first, abs=SAME)
    back = {
        (year, code, cell, re.sub(r"\b([tk])(\d)\b", lambda hit: f"{hit[1]}{9 - int(hit[2])}", house)): amount
        for (year, code, cell, house), amount in renamed.items()
    }
    keys = sorted({*back, *first})
    assert [back.get(key, 0.0) for key in keys] == pytest.approx([first.get(key, 0.0) for key in keys], abs=SAME)
