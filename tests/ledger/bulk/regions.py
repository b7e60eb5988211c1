"""Random tiny regions with a plan, three futures and agreements, to be settled in bulk."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.bulk import Settled
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.world import World
from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.futures import Future
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.case import Tables
from tests.independent.columns import make_row
from tests.independent.tiny_regions import PRICE_YEAR, random_case

TRIES = 8
SEEDS = range(80)
CHUNK = 20
"""Seeds of one test: worlds are made once per chunk."""


@dataclass(frozen=True)
class Agreed:
    """A world, and what is agreed about each of its offers, in the order of its rates."""

    world: World
    agreements: tuple[HouseAgreement, ...]


def random_world(seed: int) -> Agreed | None:
    """Same seed, same world; None where no plan tried meets the region's limits."""
    rng = random.Random(f"verden-{seed}")
    tables, keys = random_case(seed, families="all" if seed % 3 == 0 else "some")
    keys["underskud"] = _underskud(rng, tables)
    _refunds(rng, tables)
    scenario = Scenario.model_validate(keys)
    region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
    problem = _three_futures(build_problem(region, scenario))
    plan = _plan(rng, problem)
    if plan is None:
        return None
    world = World.of(problem, plan, allocate(problem, plan))
    standing = set(world.standing)
    agreements = tuple(
        world.fixed_agreement(i) if i in standing else _house(rng, world, i) for i in range(len(world.rates))
    )
    return Agreed(world, agreements)


def _underskud(rng: random.Random, tables: Tables) -> dict[str, Any]:
    codes = [row["code"] for row in tables["municipalities"]]
    for code in codes:
        tables["keys"].append(make_row("keys", key="egen", municipality=code, weight=float(rng.randint(1, 9))))
    shared = [row["id"] for row in tables["offers"] if row["price"] is None]
    return {
        "owner_limit": rng.choice((0.0, 0.05, 0.3)),
        "lag": rng.randint(0, 4),
        "key": rng.choice(("population", "equal", "egen")),
        "participants": rng.choice(("all", rng.sample(codes, rng.randint(1, len(codes))))),
        "alpha": rng.choice((1.0, 0.7)),
        "psi": rng.choice((0.0, 0.15, 1.0)),
        "startup_occupancy": rng.choice(([], [0.5], [0.5, 0.75])),
        "guarantee_years": rng.randint(0, 3),
        "guarantee_share": rng.choice((0.5, 0.8, 1.0)),
        "region_result": rng.choice(("own", "by_population")),
        "scheme_by_offer": {offer: rng.choice(list(SCHEMES)) for offer in shared if rng.random() < 0.4},
    }


def _refunds(rng: random.Random, tables: Tables) -> None:
    """Up to three thresholds around what places cost here."""
    price = tables["purchase_prices"][0]["price"]
    for number in range(rng.randint(0, 3)):
        threshold = round(price * (0.3 + 0.3 * number), 6)
        percent = 25.0 * (number + 1)
        tables["refund_thresholds"].append(
            make_row("refund_thresholds", year=PRICE_YEAR, threshold=threshold, percent=percent)
        )


def _three_futures(problem: Problem) -> Problem:
    """The projection; three tenths more need; and a quarter less, with three tenths of today's residents gone."""
    (one,) = problem.futures
    more = replace(one, probability=0.3, demand=one.demand * 1.3)
    fewer = Future.of(0.2, one.demand * 0.75, one.residents * 0.7, one.outside * 0.7, one.external * 0.5)
    return replace(problem, futures=(replace(one, probability=0.5), more, fewer))


def _plan(rng: random.Random, problem: Problem) -> Plan | None:
    """The first of some random plans that meets the limits, the fullest first; the last builds what is committed."""
    completion = Completion(problem)
    fixed = [i for i, start in enumerate(problem.starts) if start.committed]
    loose = [i for i, start in enumerate(problem.starts) if not start.committed]
    for attempt in range(TRIES):
        chance = 0.7 * (1 - attempt / (TRIES - 1))
        starts = fixed + [i for i in loose if rng.random() < chance]
        by_project: dict[str, int] = {problem.units[problem.starts[i].unit].project: i for i in reversed(starts)}
        closures = [i for i in range(len(problem.closures)) if rng.random() < chance]
        conversions = [i for i in range(len(problem.conversions)) if rng.random() < chance]
        done = completion.complete(sorted(by_project.values()), closures, conversions)
        if done is not None:
            return done.plan
    return None


def _house(rng: random.Random, world: World, i: int) -> HouseAgreement:
    """Any scheme, and subscriptions of some municipalities to the groups the house is for."""
    rates = world.rates[i]
    places = world.problem.units[rates.unit].places
    codes = [m.code for m in world.problem.municipalities]
    cells = [(code, group) for code in codes for group in rates.groups if rng.random() < 0.5]
    subscribed = {cell: places * rng.random() / len(cells) for cell in cells}
    return HouseAgreement(rng.choice(list(SCHEMES)), subscribed)


@cache
def worlds(first: int) -> tuple[tuple[int, Agreed], ...]:
    """Seeds from ``first`` on with the worlds they give."""
    found = ((seed, random_world(seed)) for seed in range(first, first + CHUNK))
    return tuple((seed, agreed) for seed, agreed in found if agreed is not None)


def all_settled(agreed: Agreed) -> list[Settled]:
    """Each offer settled as agreed, in the order of the world's rates."""
    return [agreed.world.settled(i, house) for i, house in enumerate(agreed.agreements)]


def shape_of(world: World) -> tuple[int, int]:
    """Number of futures and of years."""
    return len(world.problem.futures), len(world.problem.years)


def is_municipality(world: World, u: int) -> bool:
    """Whether some municipality bears the unit's result."""
    spread = world.problem.scenario.underskud.region_result == "by_population" and world.owners[u] == "region"
    return spread or world.owners[u] in {m.code for m in world.problem.municipalities}
