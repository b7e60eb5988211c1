"""Regions for the tests of planning: hand-made ones, priced around 1 kr. so that rows are plain, and random ones."""

from __future__ import annotations

from typing import Any, Literal

from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region import Region, region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.hand import YEAR, Hand
from tests.independent.tiny_regions import PRICE_YEAR, random_case


def tiny(demand: dict[int, float] | None = None, municipalities: tuple[str, ...] = ("561",)) -> Hand:
    """A region of one group ``g`` that buys at 1 kr. a place-year: the model's money unit is 1 kr."""
    hand = Hand(demand or {YEAR: 3.0}, municipalities)
    hand.tables["purchase_prices"].clear()
    buying(hand, "g")
    return hand


def buying(hand: Hand, group: str, price: float = 1.0, **values: Any) -> None:
    """A price of purchase for a group."""
    hand.add("purchase_prices", target_group=group, year=YEAR, price=price, **values)


def second_group(hand: Hand, amount: float = 1.0, **values: Any) -> None:
    """A group ``h`` beside ``g``, wanted by the first municipality in every year."""
    hand.group("h", **values)
    buying(hand, "h")
    wanting = {row["year"] for row in hand.tables["demand"]}
    for code in (row["code"] for row in hand.tables["municipalities"]):
        for year in sorted(wanting):
            hand.need(code, "h", year, amount if code == "561" else 0.0)


def region_of(hand: Hand) -> Region:
    """The region of a hand-made case, checked as any other."""
    over = Scenario.model_validate(hand.scenario).limits.over_occupancy
    return region_from_tables("lille", YEAR, hand.tables, over_occupancy=over)


def problem_of(hand: Hand) -> Problem:
    """The planning problem of a hand-made case."""
    return build_problem(region_of(hand), Scenario.model_validate(hand.scenario))


def random_problem(seed: int, families: Literal["some", "all"]) -> Problem:
    """The planning problem of a random tiny case."""
    tables, keys = random_case(seed, families=families)
    scenario = Scenario.model_validate(keys)
    over = scenario.limits.over_occupancy
    return build_problem(region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=over), scenario)


def unit_index(problem: Problem, name: str) -> int:
    """Position of an offer or candidate."""
    return next(u for u, unit in enumerate(problem.units) if unit.id == name)


def starts_of(problem: Problem, **chosen: int) -> tuple[int, ...]:
    """Indices of the starts of candidates in the years given; ``_`` in a name stands for ``-``."""
    wanted = {(unit_index(problem, name.replace("_", "-")), year) for name, year in chosen.items()}
    return tuple(i for i, start in enumerate(problem.starts) if (start.unit, start.start_year) in wanted)
