"""The charts of a result by name: those that have something to show, drawn by the same functions everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kapacitet.insight.result import Result
from kapacitet.region.model import Region
from kapacitet.report import notes
from kapacitet.report.accounts import differs, discounted_accounts
from kapacitet.report.charts.accounts import accounts_spec
from kapacitet.report.charts.frames import frames_spec
from kapacitet.report.charts.groups import groups_spec
from kapacitet.report.charts.region_map import map_spec
from kapacitet.report.charts.schemes import schemes_spec
from kapacitet.report.charts.timeline import timeline_spec
from kapacitet.report.words import Names

MAP = "kort"
TITLES: Mapping[str, str] = {
    MAP: "Hvor der bygges, og hvem der køber privat",
    "tidslinje": "Hvornår der bygges, og hvornår pladserne åbner",
    "behov": "Hvem dækker behovet for pladser",
    "rammer": "Forbrug af anlægsramme og likviditet",
    "ordninger": "Ordninger side om side",
    "regnskab": "Hvem vinder, og hvem betaler",
}
"""Name -> Danish title, in the order they are shown."""


def charts(result: Result, region: Region) -> dict[str, Callable[[], dict[str, Any]]]:
    """Name -> what draws it, as a Vega-Lite specification with ``description``.

    ``behov`` always; ``kort`` where the region has outlines, ``tidslinje`` where the plan does anything, ``rammer``
    where a frame is drawn on, ``ordninger`` where a house is new, ``regnskab`` where an account differs from the one
    without the plan.
    """
    tables, names = result.tables, Names.of(region)
    title, below = notes.subtitle(result.summary), notes.chart_notes(result.summary)
    found: dict[str, Callable[[], dict[str, Any]]] = {}
    if region.outlines is not None:
        found[MAP] = lambda: map_spec(tables, region, title, notes.map_notes(result.summary))
    if not tables["builds"].empty:
        found["tidslinje"] = lambda: timeline_spec(tables, names, title, below)
    found["behov"] = lambda: groups_spec(tables, title, below)
    if (tables["frames"]["draw"] > 0).any():
        found["rammer"] = lambda: frames_spec(tables, names, title, below)
    inhabited = bool(tables["scheme_accounts"]["population"].gt(0).any())  # both charts count per inhabitant
    if inhabited and not tables["agreements"].empty:
        found["ordninger"] = lambda: schemes_spec(tables, title, below)
    if inhabited and differs(discounted_accounts(tables["accounts"])):
        found["regnskab"] = lambda: accounts_spec(tables, title, below)
    return found
