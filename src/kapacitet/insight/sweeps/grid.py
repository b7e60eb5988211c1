"""The grid of a sweep: a scenario for every combination of values, checked at once before anything is solved."""

from __future__ import annotations

import copy
import hashlib
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.run import input_hash, versions
from kapacitet.insight.sweeps.axes import OVER, Axis
from kapacitet.region import Region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.files import scenario_document
from kapacitet.scenario.messages import scenario_faults
from kapacitet.scenario.models import Scenario

SCENARIO = "scenarie"
MOST_POINTS = 2000
LONGEST_NAME = 200


@dataclass(frozen=True)
class GridPoint:
    """One combination.

    Attributes:
        place: position of its value on each axis.
        values: one for each axis.
        scenario: the scenario asked.
        identity: the same for problems that have the same answer by the same version of the program.
    """

    place: tuple[int, ...]
    values: tuple[object, ...]
    scenario: Scenario
    identity: str

    @property
    def wave(self) -> int:
        """When its turn comes: a point at odd positions starts from plans of those beside it, so they come first.

        Every other point along each axis is free to go at once, whatever the number of workers, and what a point
        starts from never depends on who was quickest.
        """
        return sum(at % 2 for at in self.place)

    def beside(self, other: GridPoint) -> bool:
        """Whether ``other`` is a neighbour along one axis, and comes before."""
        apart = [abs(a - b) for a, b in zip(self.place, other.place, strict=True)]
        return sum(apart) == 1 and other.wave < self.wave


def build_grid(region: Region, scenario: Scenario, axes: Sequence[Axis]) -> tuple[GridPoint, ...]:
    """All combinations, the last axis running fastest.

    Raises:
        FaultyInput: with every fault of every value, each told once.
    """
    count = math.prod(len(axis.values) for axis in axes)
    if count > MOST_POINTS:
        mend = f"Højst {MOST_POINTS} punkter; giv færre værdier."
        raise FaultyInput([Fault("Gitteret er for stort.", mend, column=OVER, value=f"{count} punkter")])
    points: list[GridPoint] = []
    faults: dict[Fault, None] = {}
    for place in itertools.product(*(range(len(axis.values)) for axis in axes)):
        values = tuple(axis.values[at] for axis, at in zip(axes, place, strict=True))
        try:
            changed = _changed(scenario, axes, values)
        except ValidationError as error:
            faults |= dict.fromkeys(scenario_faults(error, lambda _: SCENARIO))
            continue
        wrong = [fault for fault in check_against_region(changed, region) if fault.severity == "fejl"]
        faults |= dict.fromkeys(wrong)
        if not wrong:
            points.append(GridPoint(place, values, changed, _identity(region, changed)))
    if faults:
        raise FaultyInput(faults)
    return tuple(points)


def _changed(scenario: Scenario, axes: Sequence[Axis], values: Sequence[object]) -> Scenario:
    """The scenario with these values, named after them."""
    document = copy.deepcopy(scenario_document(scenario))
    for axis, value in zip(axes, values, strict=True):
        *path, last = axis.key.split(".")
        here: dict[str, Any] = document
        for part in path:
            here = here.setdefault(part, {})
        here[last] = value
    told = ", ".join(
        f"{axis.title}: {axis.told(value)}" for axis, value in zip(axes, values, strict=True) if _plain(value)
    )
    document["name"] = f"{scenario.name} · {told}"[:LONGEST_NAME]
    return Scenario.model_validate(document)


def _plain(value: object) -> bool:
    return isinstance(value, bool | int | float | str | list)


def _identity(region: Region, scenario: Scenario) -> str:
    return hashlib.sha256(f"{input_hash(region, scenario)} {versions()['kapacitet']}".encode()).hexdigest()
