"""Answers of a sweep's points, kept in a file each, so that a sweep can go on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kapacitet.insight.many import Answer, Decision, Failure
from kapacitet.insight.many.decisions import plan_in
from kapacitet.insight.pareto.goals import largest_burden
from kapacitet.ledger.acceptance.admission import admission
from kapacitet.planning.completion import Completion
from kapacitet.planning.problem import build_problem
from kapacitet.planning.solver import Ending
from kapacitet.region import Region
from kapacitet.region.tables import split_list
from kapacitet.scenario.models import Scenario

SEVERAL = "flere"
"""Stands for the group of places that are open to several groups."""
STATUSES = {
    Ending.OPTIMAL: "optimal",
    Ending.STOPPED_WITH_PLAN: "stoppet med plan",
    Ending.STOPPED_WITHOUT: "stoppet uden plan",
    Ending.INFEASIBLE: "modstridende krav",
}
FAILED, NOT_BEGUN = "fejl", "ikke regnet"


@dataclass(frozen=True)
class PointAnswer:
    """What a point came to.

    Attributes:
        status: in Danish.
        figures: by column; only status and seconds where there is no plan.
        decisions: of the plan.
        message: what is wrong, in Danish.
    """

    status: str
    figures: Mapping[str, float | None] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    message: str = ""

    @property
    def finished(self) -> bool:
        """Whether it needn't be tried again."""
        return self.status not in (FAILED, NOT_BEGUN)


def answered(region: Region, scenario: Scenario, outcome: Answer | Failure | None) -> PointAnswer:
    """What a job's outcome says of a point."""
    if outcome is None:
        return PointAnswer(NOT_BEGUN)
    if isinstance(outcome, Failure):
        return PointAnswer(FAILED, message=" ".join(fault.text() for fault in outcome.faults))
    if outcome.objective is None:
        message = "Kør kapacitet solve på punktets scenarie for at se, hvilke krav der strider mod hinanden."
        known = outcome.ending is Ending.INFEASIBLE
        return PointAnswer(
            STATUSES[outcome.ending], {"seconds": outcome.seconds}, message=message if known else "Giv den mere tid."
        )
    figures = outcome.figures
    return PointAnswer(
        STATUSES[outcome.ending],
        {
            "objective": outcome.objective,
            "bound": outcome.bound,
            "gap": outcome.gap,
            "new_places": figures["nye_pladser"],
            **built_by_group(region, outcome.decisions),
            "private_share": figures["privat_andel"],
            "unmet": figures["udaekket_helaarspladser"],
            "travel_minutes": figures["rejsetid_minutter"],
            "largest_burden": burden(region, scenario, outcome.decisions),
            "seconds": outcome.seconds,
        },
        outcome.decisions,
    )


def built_by_group(region: Region, decisions: tuple[Decision, ...]) -> dict[str, float]:
    """``places_<group>`` built, each place once: those open to several groups stand apart."""
    found = {f"places_{group}": 0.0 for group in [*sorted(region.tables["target_groups"]["id"].astype(str)), SEVERAL]}
    table = region.tables["candidates"]
    candidates = {str(row["id"]): row for row in table.to_dict("records")}
    for decision in decisions:
        if decision.kind == "byg":
            row = candidates[decision.name]
            groups = split_list(row["target_groups"])
            found[f"places_{groups[0] if len(groups) == 1 else SEVERAL}"] += float(row["places"])
    return found


def burden(region: Region, scenario: Scenario, decisions: tuple[Decision, ...]) -> float:
    """The most any municipality's account grows by under the plan, kr. per inhabitant (as in a front)."""
    problem = build_problem(region, scenario)
    plan = plan_in(problem, decisions)
    assert plan is not None  # it was found in this problem
    completed = Completion(problem).complete(*plan.decisions)
    assert completed is not None
    court = admission(problem)
    return largest_burden(court.worlds.of(completed.plan), court.jury)


def kept(folder: Path) -> dict[str, PointAnswer]:
    """Finished answers in the files of ``folder`` by identity; files that can't be read aren't answers."""
    found: dict[str, PointAnswer] = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            decisions = tuple(Decision(**{**one, "groups": tuple(one["groups"])}) for one in data["decisions"])
            answer = PointAnswer(data["status"], data["figures"], decisions, data["message"])
            if answer.finished:
                found[str(data["identity"])] = answer
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def as_text(identity: str, answer: PointAnswer) -> str:
    """The file of an answer."""
    data = {"identity": identity, **asdict(answer)}
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
