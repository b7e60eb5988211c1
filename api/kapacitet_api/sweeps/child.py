"""The process that makes a large grid: each point's scenario is checked against the region, which takes a while.

Its folder holds ``region.zip``, ``scenario.json`` and ``over.json``; it writes ``points.json`` or ``faults.json``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from kapacitet.faults import FaultyInput
from kapacitet.insight.sweeps.axes import read_axes
from kapacitet.insight.sweeps.grid import build_grid
from kapacitet.region import load_region
from kapacitet.scenario.models import Scenario
from kapacitet_api.confinement import confine
from kapacitet_api.problems import place

REGION, SCENARIO, OVER, POINTS, FAULTS = "region.zip", "scenario.json", "over.json", "points.json", "faults.json"


def main(folder: Path) -> None:
    """Make the grid of what lies in ``folder``: the scenario of each point, the last axis running fastest."""
    scenario = Scenario.model_validate_json((folder / SCENARIO).read_bytes())
    region = load_region(folder / REGION, over_occupancy=scenario.limits.over_occupancy)
    try:
        points = build_grid(region, scenario, read_axes(json.loads((folder / OVER).read_text(encoding="utf-8"))))
    except FaultyInput as error:
        (folder / FAULTS).write_text(json.dumps([place(fault) for fault in error.faults]), encoding="utf-8")
        return
    made = [point.scenario.model_dump_json() for point in points]
    (folder / POINTS).write_text(json.dumps(made), encoding="utf-8")


if __name__ == "__main__":
    confine(int(sys.argv[2]), int(sys.argv[3]))
    main(Path(sys.argv[1]))
    os._exit(0)
