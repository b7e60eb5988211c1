"""A result's plan read back, and the problem in which nothing but that plan can be built."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.planning.arcs import Arcs
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.region.tables import split_list

KINDS = {"byg": "Kandidaten", "luk": "Lukningen af tilbuddet", "omlaeg": "Omlægningen af tilbuddet"}


def plan_of(builds: pd.DataFrame, problem: Problem) -> Plan:
    """The plan that the table ``builds`` tells of.

    Args:
        builds: kind, candidate, start_year, opening_year, target_groups.
        problem: of the result's scenario.

    Raises:
        FaultyInput: every decision that the problem doesn't offer, since region or scenario have changed.
    """
    units = problem.units
    starts = {(units[s.unit].id, s.start_year, s.open_year): i for i, s in enumerate(problem.starts)}
    closures = {(units[c.unit].id, c.year): i for i, c in enumerate(problem.closures)}
    conversions = {
        (units[c.unit].id, c.year, tuple(sorted(c.groups_after))): i for i, c in enumerate(problem.conversions)
    }
    chosen: dict[str, list[int]] = {kind: [] for kind in KINDS}
    faults = []
    for row in builds.to_dict("records"):
        kind, name, begins, effect = str(row["kind"]), str(row["candidate"]), row["start_year"], row["opening_year"]
        if kind == "byg":
            option = starts.get((name, begins, effect))
        elif kind == "luk":
            option = closures.get((name, effect))
        else:
            option = conversions.get((name, effect, tuple(sorted(split_list(row["target_groups"])))))
        if option is None:
            faults.append(_unknown(kind, name, int(begins)))
        else:
            chosen[kind].append(option)
    if faults:
        raise FaultyInput(faults)
    return Plan(tuple(sorted(chosen["byg"])), tuple(sorted(chosen["luk"])), tuple(sorted(chosen["omlaeg"])))


def _unknown(kind: str, name: str, year: int) -> Fault:
    return Fault(
        f"{KINDS[kind]} i {year} kan ikke vælges i regionen, som den er nu, eller er ændret.",
        "Brug de data, planen er lagt på, eller kør scenariet igen.",
        table="builds.csv",
        column="candidate",
        value=name,
    )


def only(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """The problem with the plan's decisions alone, and the plan in it: networks and arrays hold nothing else.

    Where residents may be moved it is left as it is, since what a move costs depends on all that could be built.
    """
    if not problem.scenario.limits.residents_stay:
        return problem, plan
    starts = tuple(problem.starts[i] for i in plan.starts)
    closures = tuple(problem.closures[i] for i in plan.closures)
    conversions = tuple(problem.conversions[i] for i in plan.conversions)
    built = {start.unit for start in starts}
    there = np.array([unit.existing or u in built for u, unit in enumerate(problem.units)], dtype=np.bool_)
    arcs = problem.arcs
    kept = there[arcs.u]
    fewer = replace(
        problem,
        starts=starts,
        closures=closures,
        conversions=conversions,
        arcs=Arcs(
            arcs.k[kept],
            arcs.c[kept],
            arcs.u[kept],
            arcs.minutes[kept],
            arcs.lock_in[kept],
            arcs.resident_only[kept],
        ),
        futures=(),
    )
    return fewer, Plan(tuple(range(len(starts))), tuple(range(len(closures))), tuple(range(len(conversions))))
