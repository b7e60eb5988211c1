"""What the runs of a sweep shall solve, checked before anything is written."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kapacitet.faults import FaultyInput
from kapacitet.insight.run import refuse_unfit
from kapacitet.insight.sweeps.axes import OVER, Axis, read_axes
from kapacitet.insight.sweeps.grid import build_grid
from kapacitet.scenario.models import Scenario
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.problems import Problem, place
from kapacitet_api.results.aside import computed
from kapacitet_api.results.reading import Results
from kapacitet_api.runs.service import Asked, missing
from kapacitet_api.service import Service
from kapacitet_api.sweeps import child
from kapacitet_api.sweeps.schemas import SweepRequest

MOST_HERE = 20
"""Points that are checked while the request waits here: a fiftieth of a second each."""
PATIENCE = 300
"""Seconds that a large grid may take."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A sweep to be made.

    Attributes:
        points: values of each point, and what its run shall solve; equal ones are solved once.
    """

    asked: Asked
    axes: tuple[Axis, ...]
    points: tuple[tuple[dict[str, Any], Asked], ...]


def planned(service: Service, results: Results, asked: Asked, wanted: SweepRequest) -> Planned:
    """Every point's scenario, checked against the region.

    Raises:
        Problem: with every fault.
    """
    try:
        if wanted.kind == "pareto":
            _refuse(wanted.goals == [], "goals", "Nævn et eller to mål ud over omkostningen.")
            _refuse(len(set(wanted.goals)) < len(wanted.goals), "goals", "Målet er nævnt to gange.")
            _refuse(bool(wanted.over), "over", "En front har mål, ikke håndtag.")
            region = results.region(asked.dataset.sha256, asked.scenario.limits.over_occupancy)
            refuse_unfit(region, asked.scenario)
            front = {"goals": list(wanted.goals), "points": wanted.points}
            whole = replace(asked, options={**asked.options, "front": front})
            return Planned(asked, (), (({}, whole),))
        _refuse(not wanted.over, "over", "Nævn mindst ét håndtag med værdier.")
        _refuse(bool(wanted.goals), "goals", "Et gitter har håndtag, ikke mål.")
        axes = read_axes(wanted.over)
        count, most = math.prod(len(axis.values) for axis in axes), service.settings.most_points
        _refuse(count > most, "over", f"Gitteret har {count} punkter; højst {most} er tilladt. Giv færre værdier.")
        scenarios = _grid(service, results, asked, axes, wanted.over, count)
    except FaultyInput as error:
        raise _faulty([place(fault) for fault in error.faults]) from None
    keys, values = [axis.key for axis in axes], itertools.product(*(axis.values for axis in axes))
    told = [
        (dict(zip(keys, each, strict=True)), replace(asked, scenario=scenario))
        for each, scenario in zip(values, scenarios, strict=True)
    ]
    return Planned(asked, axes, tuple(told))


def _grid(
    service: Service, results: Results, asked: Asked, axes: Sequence[Axis], over: Sequence[str], count: int
) -> list[Scenario]:
    """The scenario of each point, the last axis running fastest; a large grid is made in a process of its own.

    Raises:
        FaultyInput, Problem: with every fault of every value.
    """
    if count <= MOST_HERE:
        region = results.region(asked.dataset.sha256, asked.scenario.limits.over_occupancy)
        return [point.scenario for point in build_grid(region, asked.scenario, axes)]
    with service.database.read() as connection:
        data = blobs.get(connection, asked.dataset.sha256)
    files = {
        child.REGION: data,
        child.SCENARIO: asked.scenario.model_dump_json().encode(),
        child.OVER: json.dumps(list(over)).encode(),
    }
    made = computed(child.__name__, files, service.settings.memory_mb, PATIENCE)
    if child.FAULTS in made:
        raise _faulty(json.loads(made[child.FAULTS]))
    return [Scenario.model_validate_json(text) for text in json.loads(made[child.POINTS])]


def _faulty(errors: list[dict[str, Any]]) -> Problem:
    """Faults, those of the levers with a pointer to where they were written."""
    for one in errors:
        if one.get("column") == OVER:
            del one["column"]
            one["pointer"] = "#/over"
    return Problem("invalid", "Der er fejl i det, der ønskes.", errors=errors)


def _refuse(wrong: bool, field: str, detail: str) -> None:
    if wrong:
        raise missing(field, detail)
