"""What is to be explained, and the plan it is asked of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.many import Answer, Job, decisions_of, work
from kapacitet.insight.many.work import never
from kapacitet.insight.reasons.delay import delay
from kapacitet.insight.reasons.futures import futures
from kapacitet.insight.reasons.ground import SEARCH, Ground
from kapacitet.insight.reasons.levers import levers
from kapacitet.insight.reasons.limits import limits
from kapacitet.insight.reasons.near import near
from kapacitet.insight.reasons.projects import projects
from kapacitet.insight.reasons.section import Section
from kapacitet.insight.reasons.variations import with_section
from kapacitet.insight.result import Result
from kapacitet.insight.run import input_hash
from kapacitet.insight.stress.asked import refuse_unfit
from kapacitet.insight.stress.fixed import plan_of
from kapacitet.planning.problem import build_problem
from kapacitet.region.model import Region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario

NEAR = 0.02
MOST_FUTURES = 20
TABLES = ("alternatives", "binding")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What is to be explained.

    Attributes:
        limits, projects, levers, delay, futures: whether.
        names: projects and candidates to ask about instead of those of the plan and the most promising others.
        near: plans that cost so much more at most; None: not asked.
        base: the scenario that levers are counted from; None where there is none.
        shapley: attribute to levers over all orders too.
        most_futures: of more, so many are chosen to stand for them.
        time_limit, gap: of each search, else the scenario's.
        workers: processes.
    """

    limits: bool = False
    projects: bool = False
    names: tuple[str, ...] = ()
    near: float | None = None
    levers: bool = False
    base: Scenario | None = None
    shapley: bool = False
    delay: bool = False
    futures: bool = False
    most_futures: int = MOST_FUTURES
    time_limit: float | None = None
    gap: float | None = None
    workers: int = 1


def refuse(result: Result, wishes: Wishes) -> None:
    """Refuse a result without a plan, and questions that have no answer.

    Raises:
        FaultyInput: every reason.
    """
    refuse_unfit(result)
    faults = []
    if lacking := [f"{name}.csv" for name in TABLES if name not in result.tables]:
        message = f"Resultatet er fra en ældre udgave af kapacitet: {' og '.join(lacking)} mangler."
        faults.append(Fault(message, "Kør scenariet igen med kapacitet solve."))
    if wishes.levers and wishes.base is None:
        message = "Scenariet bygger ikke på et andet, så der er ingen ændrede håndtag at forklare."
        faults.append(Fault(message, "Angiv det scenarie, der skal regnes ud fra, med --base.", column="--levers"))
    if wishes.futures and not has_futures(result.scenario):
        message = "Planen er lagt for fremskrivningen alene, så der er ingen fremtider at kende på forhånd."
        faults.append(Fault(message, "Sæt futures.count over 1, og kør scenariet igen.", column="--futures"))
    if faults:
        raise FaultyInput(faults)


def has_futures(scenario: Scenario) -> bool:
    """Whether the plan is for more than one future."""
    return scenario.futures.count > 1 or scenario.futures.source == "table"


def ground_of(
    result: Result,
    region: Region,
    wishes: Wishes,
    *,
    stop: Callable[[], bool] = never,
    phase: Callable[[str], None] = lambda text: None,
) -> Ground:
    """The plan of ``result`` priced in ``region``; sought again where its data or the exactness asked for differ.

    Raises:
        FaultyInput: the plan doesn't fit the region as it is now, or breaks a limit of it.
    """
    faults = [fault for fault in check_against_region(result.scenario, region) if fault.severity == "fejl"]
    if faults:
        raise FaultyInput(faults)
    told = result.scenario.solver
    settings = {
        "time_limit": told.time_limit if wishes.time_limit is None else wishes.time_limit,
        "gap": told.gap if wishes.gap is None else wishes.gap,
    }
    scenario = with_section(result.scenario, "solver", **settings)
    alone = with_section(scenario, "futures", count=1, source="draw", reduce_to=0)
    problem = replace(build_problem(region, alone), scenario=scenario)
    decisions = decisions_of(problem, plan_of(result.tables["builds"], problem))
    phase("Priser planen")
    priced = work(Job(region=region, scenario=scenario, start=decisions, fixed=True))
    if not isinstance(priced, Answer):
        raise FaultyInput(priced.faults)
    if priced.objective is None:
        message = (
            "Planen kan ikke gennemføres i regionen, som den er nu: den bryder en grænse, eller nogen afviser den."
        )
        raise FaultyInput([Fault(message, "Kør scenariet igen, og forklar den nye plan.", table="builds.csv")])
    same = input_hash(region, result.scenario) == result.summary["input_hash"]
    ground = Ground(
        region=region,
        scenario=scenario,
        problem=problem,
        decisions=decisions,
        cost=priced.objective,
        bound=float(result.summary["bound"]) if same and result.summary["bound"] is not None else -float("inf"),
        tables=result.tables,
        comparable=same,
    )
    if priced.objective - ground.bound > scenario.solver.gap * abs(priced.objective) * (1 + 1e-9) and not stop():
        phase("Søger den bedste plan så nøjagtigt som ønsket")
        found = work(ground.job("planen"), stop)
        if isinstance(found, Answer):
            ground.seen[SEARCH] = found
    return ground


def sections(ground: Ground, wishes: Wishes) -> dict[str, Section]:
    """What is asked for, as sections to be run."""
    found: dict[str, Section] = {}
    if wishes.limits:
        found["limits"] = limits(ground)
    if wishes.projects or wishes.names:
        found["projects"] = projects(ground, wishes.names)
    if wishes.near is not None:
        found["near"] = near(ground, wishes.near)
    if wishes.levers and wishes.base is not None:
        found["levers"] = levers(ground, wishes.base, shapley=wishes.shapley)
    if wishes.delay:
        found["delay"] = delay(ground)
    if wishes.futures:
        found["futures"] = futures(ground, wishes.most_futures)
    return found
