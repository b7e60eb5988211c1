"""One scenario answered: checks, plan, allocation, tables, baseline, alternatives, or the contradiction named."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
from collections.abc import Callable
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
from kapacitet.insight.kpis import key_figures, removed_service_hours
from kapacitet.insight.precheck import shortages
from kapacitet.insight.result import Conflict, NoPlan, Result
from kapacitet.insight.rolling_change import plan_change
from kapacitet.insight.rolling_price import keeping
from kapacitet.insight.tables import result_tables
from kapacitet.ledger.acceptance.admission import Admission, admission
from kapacitet.placement import place
from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.optimise import Optimum, optimise
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import Ending, Progress
from kapacitet.region import Region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario

PACKAGES = ("kapacitet", "pulp", "highspy", "ortools", "clarabel", "pandas", "numpy")
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
) -> Result | Conflict | NoPlan:
    """Answer ``scenario`` in ``region``.

    Args:
        stop: asked ten times a second while solving; True keeps the best plan so far.
        progress: incumbent, bound (kr.) and gap as they change.
        phase: told in Danish what is going on.
        model_file: the mixed-integer program is written there as LP or MPS, by its suffix, before it is solved.
        keep: tell, too, what it costs to keep the previous plan and choose all else anew: a search of its own.

    Raises:
        FaultyInput: the scenario doesn't fit the region, or asks for what can't be computed.
    """
    refuse_unfit(region, scenario)
    phase("Opstiller modellen")
    problem = build_problem(region, scenario)
    lacking = tuple(shortage.text() for shortage in shortages(problem))
    if model_file is not None:
        write_model(build_extensive(problem).model.lp, model_file)
    judge = admission(problem)
    phase("Søger den bedste plan")
    best = optimise(problem, stop=stop, progress=progress, admit=judge if asks_consent(scenario) else None)
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
    """Refuse a scenario that doesn't fit its region, or that asks for families this model doesn't have yet.

    Raises:
        FaultyInput: with every fault.
    """
    faults = [*check_against_region(scenario, region), *_unsupported(scenario)]
    if any(fault.severity == "fejl" for fault in faults):
        raise FaultyInput(fault for fault in faults if fault.severity == "fejl")


def _unsupported(scenario: Scenario) -> list[Fault]:
    asked = {
        "futures.count": scenario.futures.count > 1,
    }
    return [
        Fault(
            "Denne udgave af kapacitet kan endnu ikke regne med dette krav.",
            "Fjern linjen fra scenariet; kravet udelades aldrig stiltiende.",
            table="scenarie",
            column=key,
        )
        for key, wanted in asked.items()
        if wanted
    ]


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
    assert best.plan and best.outcome and best.completed and best.pricing
    recourses, completion = best.pricing.recourses, best.pricing.completion
    tables = result_tables(problem, best.plan, best.outcome)
    placement = place(problem, best.plan, outcome=best.outcome)
    tables["persons"], tables["moves"] = placement.persons, placement.moves
    tables["plan_change"] = plan_change(problem, best.plan)
    tables["alternatives"] = alternatives(problem, best.plan, recourses, completion)
    tables["binding"] = binding_limits(problem, completion, best.completed, tables["alternatives"])
    if _reduces(problem.scenario):
        tables["service_hours"] = removed_service_hours(problem, tables)
    consent = consent_of(problem, best.plan, best.outcome, judge)
    tables |= consent.tables
    base = _baseline(problem)
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
        "kpis": key_figures(problem, tables),
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


def _baseline(problem: Problem) -> dict[str, Any]:
    """The world without new places, under the same levers; no search is needed, since nothing is left to choose."""
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
    outcome = allocate(bare, completed.plan)
    tables = result_tables(bare, completed.plan, outcome)
    return {
        "tables": tables,
        "objective": objective(bare, yearly_costs(bare, completed.plan, outcome)),
        "kpis": key_figures(bare, tables),
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
