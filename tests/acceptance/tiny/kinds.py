"""What kinds of answers the generated cases have; run as a module it prints their counts."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from tests.acceptance.independent.enumerate_accepted import Judged, every_plan, kind_of
from tests.independent.case import Tables

from .cases import random_acceptance_case


def standard_alone(scenario: dict[str, Any]) -> dict[str, Any]:
    """The scenario with no other scheme than standard."""
    return {**scenario, "underskud": {**scenario["underskud"], "allowed": ["standard"], "scheme_by_offer": {}}}


def projects(tables: Tables, judged: Judged) -> set[str]:
    """Projects a plan builds."""
    project = {row["id"]: row["project"] for row in tables["candidates"]}
    return {project[unit] for unit, _ in judged.plan.builds}


def kinds(tables: Tables, scenario: dict[str, Any]) -> set[str]:
    """Which kinds a case is of."""
    judged = every_plan(tables, scenario)
    plain = every_plan(tables, standard_alone(scenario))
    fixed = {entry["candidate"] for entry in scenario["projects"]["committed"]}
    best = next((one for one in judged if one.verdict.accepted), None)
    plain_best = next((one for one in plain if one.verdict.accepted), None)
    accepted = [one for one in judged if one.verdict.accepted]
    cheapest = judged[0]
    builds = {unit for unit, _ in cheapest.plan.builds} - fixed
    found = {f"cheapest: {kind_of(cheapest.verdict)}"}
    if best is None:
        return found | {"nothing accepted"}
    if builds and cheapest.verdict.accepted:
        found.add("cheapest builds and is accepted")
        if not plain[0].verdict.accepted:
            found.add("cheapest needs another scheme")
    nothing = {unit for unit, _ in best.plan.builds} == fixed and not best.plan.closures
    if builds and len(accepted) == 1 and nothing:
        found.add("only doing nothing is accepted")
    if not cheapest.verdict.accepted and {unit for unit, _ in best.plan.builds} - fixed:
        found.add("a dearer plan that builds is accepted")
    if plain_best is not None and projects(tables, best) - projects(tables, plain_best):
        found.add("a project only by its scheme")
    if any(one.verdict.builders for one in judged):
        found.add("a builder refuses some plan")
    if any(one.verdict.participants for one in judged):
        found.add("a participant refuses some plan")
    if any(kind_of(one.verdict) == "together" for one in judged):
        found.add("some plan can satisfy each but not all")
    return found


def count_kinds(seeds: range) -> Counter[str]:
    """How many of the seeds are of each kind."""
    return Counter(kind for seed in seeds for kind in kinds(*random_acceptance_case(seed)))


if __name__ == "__main__":
    for name, number in sorted(count_kinds(range(int(sys.argv[1]) if len(sys.argv) > 1 else 60)).items()):
        print(f"{number:4}  {name}")
