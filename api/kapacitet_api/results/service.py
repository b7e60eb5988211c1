"""What is asked of finished runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kapacitet.insight.result import Result
from kapacitet.insight.store import COLUMNS
from kapacitet.region import Region
from kapacitet.report.charts.catalogue import TITLES as CHARTS
from kapacitet.report.charts.catalogue import charts
from kapacitet.report.comparison import Comparison, compare
from kapacitet.report.geojson import map_features
from kapacitet.report.result_columns import TITLES
from kapacitet.scenario.suggest import suggestion
from kapacitet_api.database import Database
from kapacitet_api.problems import Problem
from kapacitet_api.regions.repository import find_dataset
from kapacitet_api.results.privacy import CHARTS_OF_ALL, is_withheld, visible, withheld
from kapacitet_api.results.reading import Results, meaning_of
from kapacitet_api.results.schemas import ChartInfo, ChartList, ColumnInfo, TableInfo, TableList
from kapacitet_api.runs.front import POINTS
from kapacitet_api.runs.repository import find_run

PAYMENTS = frozenset({"accounts", "acceptance", "agreements", "scheme_accounts", "schemes"})
"""Tables a comparison needs, which results of early versions lack."""


def finished(database: Database, id: str) -> sa.Row[Any]:
    """A run that has a result.

    Raises:
        Problem: 404 no such run, 409 it has no result; ``state`` says why.
    """
    with database.read() as connection:
        row = find_run(connection, id)
    if row is None:
        raise Problem("not-found", "Der er ingen kørsel med det id.")
    if row.result_sha256 is None:
        raise Problem("conflict", "Kørslen har ikke noget resultat (endnu).", state=row.state)
    return row


def table_list(results: Results, row: sa.Row[Any], own: str | None) -> TableList:
    """The tables of a run, and how many rows of each can be seen."""
    items = []
    for name in sorted(results.summary(row.result_sha256)[COLUMNS]):
        table, hidden = results.table(row.result_sha256, name), is_withheld(name, own)
        shown = table if hidden else visible(name, table, own)
        columns = []
        for column in map(str, shown.columns):
            said = meaning_of(name, column, table[column])
            columns.append(ColumnInfo(name=column, text=said.text, unit=said.unit, kind=said.kind))
        items.append(
            TableInfo(
                name=name,
                title=title_of(name),
                rows=None if hidden else len(shown),
                withheld=hidden,
                columns=columns,
            )
        )
    return TableList(run=row.id, items=items)


def checked_name(results: Results, row: sa.Row[Any], name: str) -> str:
    """A table's name.

    Raises:
        Problem: 404, the run has no such table.
    """
    known = results.summary(row.result_sha256)[COLUMNS]
    if name not in known:
        raise Problem("not-found", f"Kørslen har ikke tabellen. {suggestion(name, known)}")
    return name


def title_of(name: str) -> str:
    """A table's Danish title."""
    return TITLES.get(name, name)


def plan_of(results: Results, row: sa.Row[Any]) -> Result:
    """The result of a run that has one plan.

    Raises:
        Problem: 409, it is a front, or of another version.
    """
    if results.summary(row.result_sha256).get("kind") == POINTS:
        raise Problem("conflict", "Kørslen er en front med flere planer; den har ikke én plan at vise.")
    result = results.result(row.result_sha256)
    if lacking := sorted(PAYMENTS - set(result.tables)):
        detail = f"Resultatet er fra en ældre udgave ({', '.join(lacking)} mangler). Regn kørslen igen."
        raise Problem("conflict", detail)
    return result


def region_of(database: Database, results: Results, row: sa.Row[Any], result: Result) -> Region:
    """The dataset a run was solved on."""
    with database.read() as connection:
        dataset = find_dataset(connection, row.dataset_id)
    assert dataset is not None
    return results.region(dataset.sha256, result.scenario.limits.over_occupancy)


def map_bytes(database: Database, results: Results, row: sa.Row[Any], year: int | None, own: str | None) -> bytes:
    """The map of a year, the plan's first where it is None.

    Raises:
        Problem: 422, the plan has no such year.
    """
    result = plan_of(results, row)
    years = result.scenario.horizon.years
    at = years[0] if year is None else year
    if at not in years:
        errors = [{"detail": f"Planen dækker {years[0]}–{years[-1]}.", "parameter": "year", "value": str(at)}]
        raise Problem("invalid", "Ret felterne, og send igen.", errors=errors)

    def draw() -> bytes:
        return _json(map_features(result, region_of(database, results, row, result), at, own))

    return results.made(("map", row.result_sha256, row.dataset_id, at, own), draw)


def chart_list(database: Database, results: Results, row: sa.Row[Any], own: str | None) -> ChartList:
    """Charts that have something to show."""
    result = plan_of(results, row)
    there = charts(result, region_of(database, results, row, result))
    items = [
        ChartInfo(name=name, title=title, withheld=own is not None and name not in CHARTS_OF_ALL)
        for name, title in CHARTS.items()
        if name in there
    ]
    return ChartList(run=row.id, items=items)


def chart_bytes(database: Database, results: Results, row: sa.Row[Any], name: str, own: str | None) -> bytes:
    """A chart as a Vega-Lite specification.

    Raises:
        Problem: 404 there is no such chart, 403 it tells of others.
    """
    result = plan_of(results, row)
    there = charts(result, region_of(database, results, row, result))
    if name not in there:
        raise Problem("not-found", f"Kørslen har ikke diagrammet. {suggestion(name, there)}")
    if own is not None and name not in CHARTS_OF_ALL:
        raise withheld("Diagrammet")
    return results.made(("chart", row.result_sha256, row.dataset_id, name), lambda: _json(there[name]()))


def comparison(results: Results, rows: Sequence[sa.Row[Any]]) -> Comparison:
    """Runs side by side."""
    return compare([plan_of(results, row) for row in rows], [str(row.id)[:8] for row in rows])


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
