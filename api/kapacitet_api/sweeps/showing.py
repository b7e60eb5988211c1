"""Sweeps and their points as they are answered."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kapacitet.report.point_figures import FIGURES
from kapacitet_api.results.reading import Results
from kapacitet_api.results.writing import rows as plain_rows
from kapacitet_api.runs.front import POINTS
from kapacitet_api.sweeps import repository
from kapacitet_api.sweeps.schemas import AxisInfo, Point, Sweep, SweepSummary


def shown(row: sa.Row[Any], states: dict[str, int]) -> SweepSummary:
    """A row as it is answered."""
    return SweepSummary(
        id=row.id,
        kind=row.kind,
        name=row.name,
        dataset=row.dataset_id,
        scenario=row.scenario_id,
        scenario_version=row.scenario_version,
        axes=[AxisInfo(**axis) for axis in row.axes],
        goals=row.request["goals"],
        states=states,
        created_by=row.created_by,
        created_at=row.created_at,
    )


def counts(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[SweepSummary]:
    """Sweeps as they are listed."""
    states = repository.states(connection, [row.id for row in rows])
    return [shown(row, states[row.id]) for row in rows]


def grid_point(row: sa.Row[Any]) -> Point:
    """A point of a grid, with its figures if its run has ended."""
    figures = row.figures or ({} if row.best is None or row.result_sha256 is None else {"objective": row.best})
    first = [name for name in ("objective", "bound", "gap", "new_places") if name in figures]
    groups = [name for name in figures if name.startswith("places_")]
    order = [*first, *groups, *(name for name in FIGURES if name in figures and name not in first)]
    return Point(
        point=row.number,
        values=row.values,
        run=row.run_id,
        state=row.state,
        figures={name: figures[name] for name in order},
    )


def front_points(results: Results, row: sa.Row[Any]) -> list[Point]:
    """The points of a front when it is found; until then one without figures."""
    if row.result_sha256 is None:
        return [Point(point=1, values={}, run=row.run_id, state=row.state, figures={})]
    found = plain_rows(results.table(row.result_sha256, POINTS))
    return [
        Point(
            point=number,
            values={},
            run=row.run_id,
            state=row.state,
            figures={name: value for name, value in one.items() if name != "point"},
        )
        for number, one in zip(itertools.count(1), found, strict=False)
    ]


def flat(sweep: Sweep) -> list[dict[str, Any]]:
    """One row per point with the same columns, for a table."""
    figures = list(dict.fromkeys(name for point in sweep.points for name in point.figures))
    levers = [axis.key for axis in sweep.axes]
    return [
        {
            "point": one.point,
            **{key: _told(one.values.get(key)) for key in levers},
            "state": one.state,
            **{name: one.figures.get(name) for name in figures if name != "point"},
            "run": one.run,
        }
        for one in sweep.points
    ]


def _told(value: Any) -> Any:
    """A value as one cell: lists and tables as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
