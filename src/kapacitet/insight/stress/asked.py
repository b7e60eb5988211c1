"""What is asked of a trial: which plan, which futures, and what is agreed about its houses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.acceptance_tables import PICKED, same_scheme
from kapacitet.insight.result import Result
from kapacitet.insight.run import input_hash
from kapacitet.insight.stress.trial import Agreements, Task, planning_world
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.world import World
from kapacitet.planning.solver import Ending
from kapacitet.region.model import Region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario

COUNT, BATCH = 1_000, 100
TABLES = ("agreements",)
FACTS = ("name", "description", "status", "region", "input_hash")
"""What a trial rests on beside what the plan builds: tables, and keys of ``result.json``."""
WITHOUT_PLAN = (Ending.INFEASIBLE.value, Ending.STOPPED_WITHOUT.value)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How a plan is to be tried.

    Attributes:
        count: number of futures, drawn around the projection; None: the region's own where the scenario uses them,
            else ``COUNT``.
        seed: of the draws; None: one above the scenario's, so that others are drawn than those the plan was
            chosen on.
        batch: futures at a time.
        workers: processes; 1 is this one alone.
    """

    count: int | None = None
    seed: int | None = None
    batch: int = BATCH
    workers: int = 1


def refuse_unfit(result: Result) -> None:
    """Refuse what holds no plan, or not all that a trial rests on.

    Raises:
        FaultyInput: the reason.
    """
    if "builds" not in result.tables or result.summary.get("status") in WITHOUT_PLAN:
        message = "Mappen er læst, men den indeholder ingen plan."
        raise FaultyInput([Fault(message, "Peg på et resultat, som kapacitet solve har skrevet med en plan.")])
    lacking = [f"{name}.csv" for name in TABLES if name not in result.tables]
    lacking += [f"{name} i result.json" for name in FACTS if name not in result.summary]
    if lacking:
        raise FaultyInput([_older(lacking)])


def changed(result: Result, region: Region) -> tuple[Fault, ...]:
    """A warning where the region isn't the one the plan was made for."""
    if input_hash(region, result.scenario) == result.summary["input_hash"]:
        return ()
    return (
        Fault(
            "Regionens data eller programmets modelvalg er ændret, siden planen blev lagt; planen prøves på dem, som "
            "de er nu.",
            "Kør scenariet igen, hvis planen skal passe til dem.",
            severity="advarsel",
        ),
    )


def task_of(result: Result, region: Region, wishes: Wishes) -> Task:
    """The trial of a result's plan in ``region``.

    Raises:
        FaultyInput: the result holds no plan, is of an older version, or doesn't fit the region.
    """
    refuse_unfit(result)
    faults = [fault for fault in check_against_region(result.scenario, region) if fault.severity == "fejl"]
    if faults:
        raise FaultyInput(faults)
    scenario = result.scenario
    builds = result.tables["builds"]
    planned = planning_world(Task(region, scenario, builds, {}, 0))
    count = COUNT if wishes.count is None else wishes.count
    return Task(region, _tried(scenario, wishes, count), builds, agreements(planned, result), count)


def _tried(scenario: Scenario, wishes: Wishes, count: int) -> Scenario:
    """The scenario with the futures of the trial; the plan is fixed, so nothing else may change."""
    own = scenario.futures.source == "table" and wishes.count is None
    seed = scenario.futures.seed + 1 if wishes.seed is None else wishes.seed
    changes = {"reduce_to": 0} if own else {"source": "draw", "count": count, "seed": seed, "reduce_to": 0}
    return scenario.model_copy(update={"futures": scenario.futures.model_copy(update=changes)})


def agreements(planned: World, result: Result) -> Agreements:
    """What is agreed about each new house: as the plan says (``planens``), and each scheme the scenario allows.

    Subscriptions are those that the plan's own futures justify; they are agreed before anybody knows what comes.
    """
    told: dict[str, dict[tuple[str, str], float]] = {}
    scheme = {}
    for row in result.tables["agreements"].to_dict("records"):
        house = str(row["offer"])
        scheme[house] = str(row["scheme"])
        told.setdefault(house, {})
        if pd.notna(row["subscribed"]):
            told[house][str(row["subscriber"]), str(row["target_group"])] = float(row["subscribed"])
    houses = {planned.rates[i].offer for i in planned.houses}
    if missing := sorted(houses - set(scheme)):
        raise FaultyInput([_unsettled(name) for name in missing])
    found: dict[str, Mapping[str, HouseAgreement]] = {
        PICKED: {house: HouseAgreement(scheme[house], told[house]) for house in sorted(houses)}
    }
    return found | pure_agreements(planned)


def pure_agreements(planned: World) -> dict[str, Mapping[str, HouseAgreement]]:
    """Every new house under each scheme the scenario allows; those that split by key where somebody weighs in it."""
    allowed, anybody = planned.problem.scenario.underskud.allowed, planned.rules.key.any()
    return {name: same_scheme(planned, name) for name in allowed if anybody or "key" not in SCHEMES[name].needs}


def _older(lacking: list[str]) -> Fault:
    return Fault(
        f"Resultatet er fra en ældre udgave af kapacitet: {' og '.join(lacking)} mangler.",
        "Kør scenariet igen med kapacitet solve.",
    )


def _unsettled(house: str) -> Fault:
    return Fault(
        "Resultatet siger ikke, hvad der er aftalt om huset.",
        "Kør scenariet igen med kapacitet solve.",
        table="agreements.csv",
        column="offer",
        value=house,
    )
