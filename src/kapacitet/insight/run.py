"""One scenario answered: checks, plan, allocation, tables, baseline, alternatives, or the contradiction named."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from pulp.constants import PulpError

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.alternatives import alternatives
from kapacitet.insight.baseline import delta, without_new_places
from kapacitet.insight.binding import binding_limits
from kapacitet.insight.conflicts import explain
from kapacitet.insight.consent import consent_of, nearest_refusals, nobody_consents
from kapacitet.insight.future_tables import cost_spread, future_tables
from kapacitet.insight.kpis import key_figures, removed_service_hours
from kapacitet.insight.precheck import shortages
from kapacitet.insight.result import Conflict, NoPlan, Result
from kapacitet.insight.rolling_change import plan_change
from kapacitet.insight.rolling_price import keeping
from kapacitet.insight.tables import result_tables
from kapacitet.ledger.acceptance.admission import Admission, admission
from kapacitet.ledger.world import World
from kapacitet.placement import place
from kapacitet.planning.allocation import allocate, least_costs, year_recourses
from kapacitet.planning.completion import Completion
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.futures import spread_evenly
from kapacitet.planning.optimise import MOST_PLACED, Optimum, optimise
from kapacitet.planning.plan import Decisions
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.risk import Risk
from kapacitet.planning.solver import Ending, Progress
from kapacitet.region import Region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario

PACKAGES = ("kapacitet", "pulp", "highspy", "ortools", "clarabel", "pandas", "numpy")
MOST_ALTERNATIVE = 12
"""Futures in which alternatives are priced."""
PREDICTIVE = {"name", "description", "base", "region"}
Phase = Callable[[str], None]


def run(
    region: Region,
    scenario: Scenario,
    *,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    phase: Phase = lambda _: None,
    model_file: Path | None = None,
    keep: bool = False,
    executor: Executor | None = None,
    starts: Sequence[Decisions] = (),
) -> Result | Conflict | NoPlan:
    """Answer ``scenario`` in ``region``.

    Args:
        stop: asked ten times a second while solving; True keeps the best plan so far.
        progress: incumbent, bound (kr.) and gap as they change.
        phase: told in Danish what is going on.
        model_file: the mixed-integer program is written there as LP or MPS, by its suffix, before it is solved.
        executor: solves futures in place of this process; it makes no difference to the answer.
        keep: tell, too, what it costs to keep the previous plan and choose all else anew: a search of its own.
        starts: plans to begin from, such as the best one of a search that was broken off.

    Raises:
        FaultyInput: the scenario doesn't fit the region, or asks for what can't be computed.
    """
    refuse_unfit(region, scenario)
    phase("Opstiller modellen")
    problem = build_problem(region, scenario)
    _too_many_to_judge(problem)
    lacking = tuple(shortage.text() for shortage in shortages(problem))
    if model_file is not None:
        write_model(build_extensive(problem).model.lp, model_file)
    judge = admission(few_futures(problem))
    phase("Søger den bedste plan")
    asked = judge if asks_consent(scenario) else None
    best = optimise(problem, stop=stop, progress=progress, admit=asked, executor=executor, starts=starts)
    if best.solved.ending is Ending.INFEASIBLE:
        phase("Finder ud af, hvilke krav der strider mod hinanden")
        conflict = explain(problem) or nobody_consents(judge)
        if conflict is None:
            raise RuntimeError("the solver calls a problem infeasible whose first stage is not")
        return conflict
    if best.plan is None:
        return NoPlan(scenario, best.solved.seconds, nearest_refusals(judge))
    phase("Beskriver planen")
    found = _described(problem, best, lacking, judge)
    if not scenario.projects.previous:
        return found
    if keep:
        phase("Søger den bedste plan, der holder sidste plan fast")
    judged = admission if asks_consent(scenario) else None
    told = keeping(problem, best, search=keep, stop=stop, progress=progress, admit=judged)
    return replace(found, summary={**found.summary, "previous_plan": told})


def refuse_unfit(region: Region, scenario: Scenario) -> None:
    """Refuse a scenario that doesn't fit its region.

    Raises:
        FaultyInput: with every fault.
    """
    faults = check_against_region(scenario, region)
    if any(fault.severity == "fejl" for fault in faults):
        raise FaultyInput(fault for fault in faults if fault.severity == "fejl")


def _too_many_to_judge(problem: Problem) -> None:
    """Refuse acceptance in more futures than can be settled for each plan that is looked at.

    Raises:
        FaultyInput: naming the mend.
    """
    if asks_consent(problem.scenario) and len(problem.futures) > MOST_PLACED:
        raise FaultyInput(
            [
                Fault(
                    "Tilslutning afgøres ved at afregne hver plan i hver fremtid, og "
                    f"{len(problem.futures)} fremtider er for mange til det (højst {MOST_PLACED}).",
                    f"Sæt futures.reduce_to til højst {MOST_PLACED}; så vælges de mest sigende ud.",
                    table="scenarie",
                    column="futures.reduce_to",
                )
            ]
        )


def few_futures(problem: Problem, most: int = MOST_PLACED) -> Problem:
    """The problem in at most ``most`` of its futures, spread evenly."""
    return replace(problem, futures=spread_evenly(problem.futures, most))


def projection_of(problem: Problem) -> Problem:
    """The same sets and choices in one future: the projection itself."""
    futures = problem.scenario.futures.model_copy(update={"count": 1, "source": "draw", "reduce_to": 0})
    return build_problem(problem.region, problem.scenario.model_copy(update={"futures": futures}))


def write_model(lp: Any, path: Path) -> None:
    """Write the mixed-integer program as LP (``.lp``) or free MPS (any other suffix).

    Raises:
        OSError: it can't be written.
    """
    try:
        if path.suffix.lower() == ".lp":
            lp.writeLP(str(path))
        else:
            lp.writeMPS(str(path))
    except PulpError as error:
        refused = re.search(r"os error (\d+)", str(error))
        if refused is None:
            raise
        raise OSError(int(refused[1]), str(error), str(path)) from None


def input_hash(region: Region, scenario: Scenario) -> str:
    """SHA-256 of all that decides the answer: region content and levers, not names, prose or paths."""
    levers = scenario.model_dump(mode="json", exclude=PREDICTIVE)
    text = json.dumps([region.content_hash, levers], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def asks_consent(scenario: Scenario) -> bool:
    """Whether a plan must be one that nobody refuses: acceptance or the service frame is enforced."""
    return scenario.acceptance.enforce or scenario.limits.service_frame == "hard"


def _described(problem: Problem, best: Optimum, lacking: tuple[str, ...], judge: Admission) -> Result:
    assert best.plan and best.completed and best.pricing and best.totals is not None
    completion, many = best.pricing.completion, len(problem.futures) > 1
    few = judge.worlds.problem
    outcome = best.outcome or allocate(few, best.plan, judge.worlds.recourses)
    shown = projection_of(problem) if many else problem
    told = allocate(shown, best.plan) if many else outcome
    tables = result_tables(shown, best.plan, told)
    placement = place(shown, best.plan, outcome=told)
    tables["persons"], tables["moves"] = placement.persons, placement.moves
    tables["plan_change"] = plan_change(problem, best.plan)
    priced = few_futures(problem, MOST_ALTERNATIVE) if many else problem
    recourses = year_recourses(priced) if many else best.pricing.recourses
    tables["alternatives"] = alternatives(priced, best.plan, recourses, completion)
    tables["binding"] = binding_limits(problem, completion, best.completed, tables["alternatives"])
    if _reduces(problem.scenario):
        tables["service_hours"] = removed_service_hours(shown, tables)
    consent = consent_of(few, best.plan, outcome, judge, World.of(shown, best.plan, told) if many else None)
    tables |= consent.tables
    if many:
        tables |= future_tables(consent.world, consent.agreements)
    base = _baseline(problem, shown)
    tables["baseline_delta"] = delta(tables, base["tables"])
    notes = [fault.text() for fault in problem.warnings]
    summary = {
        "status": best.solved.ending.value,
        "name": problem.scenario.name,
        "description": problem.scenario.description,
        "region": problem.region.id,
        "region_title": problem.region.title,
        "price_year": problem.region.price_year,
        "objective": best.solved.objective,
        "bound": best.solved.bound,
        "gap": best.solved.gap,
        "seconds": best.solved.seconds,
        "columns": best.solved.columns,
        "rows": best.solved.rows,
        "seed": problem.scenario.futures.seed,
        "input_hash": input_hash(problem.region, problem.scenario),
        "versions": versions(),
        "kpis": key_figures(shown, tables),
        "futures": cost_spread(problem, best.completed.cost, best.totals) if many else None,
        "baseline": {"objective": base["objective"], "kpis": base["kpis"]},
        "placement": {
            "cost": placement.cost,
            "price_of_continuity": placement.price_of_continuity,
            "rounding_cost": placement.rounding_cost,
        },
        "acceptance": {"enforced": problem.scenario.acceptance.enforce, **consent.summary},
        "balance": consent.balance,
        "shortages": list(lacking),
        "warnings": [*notes, *(fault.text() for fault in (*placement.warnings, *consent.warnings))],
        "illustrative": illustrative_rows(problem.region),
    }
    return Result(summary, problem.scenario, tables)


def _baseline(problem: Problem, shown: Problem) -> dict[str, Any]:
    """The world without new places, under the same levers; no search is needed, since nothing is left to choose.

    Its cost is that of all futures, its tables are told in ``shown``.
    """
    bare = build_problem(problem.region, without_new_places(problem.scenario))
    completion = Completion(bare)
    completed = completion.complete([i for i, start in enumerate(bare.starts) if start.committed])
    if completed is None:
        raise FaultyInput(
            [
                Fault(
                    "De allerede besluttede projekter kan ikke rummes i rammerne, selv om intet andet bygges.",
                    "Ret rammerne, eller sæt anlaegsramme til soft.",
                    table="scenarie",
                    column="projects.committed",
                )
            ]
        )
    totals = least_costs(bare, completed.plan, year_recourses(bare))
    told = build_problem(shown.region, without_new_places(shown.scenario)) if shown is not problem else bare
    tables = result_tables(told, completed.plan, allocate(told, completed.plan))
    return {
        "tables": tables,
        "objective": completed.cost + Risk.of(bare).value(totals),
        "kpis": key_figures(told, tables),
    }


def _reduces(scenario: Scenario) -> bool:
    return bool(scenario.levers.takst_reduction or scenario.levers.takst_reduction_by)


def illustrative_rows(region: Region) -> dict[str, int]:
    """Table -> number of rows made up to make the example run."""
    counts = {
        name: int((table["evidence"] == "illustrativ").sum())
        for name, table in region.tables.items()
        if "evidence" in table
    }
    return {name: count for name, count in sorted(counts.items()) if count}


def versions() -> dict[str, str]:
    """Versions of what computed the answer."""
    installed = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **installed}
