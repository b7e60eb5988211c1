"""Pictures of a result: the map as a picture and as a page, and the charts as pictures."""

from __future__ import annotations

from pathlib import Path

from kapacitet.insight.result import Result
from kapacitet.region.model import Region
from kapacitet.report import notes
from kapacitet.report.accounts import differs, discounted_accounts
from kapacitet.report.actions import actions
from kapacitet.report.charts.accounts import accounts_spec
from kapacitet.report.charts.frames import frames_spec
from kapacitet.report.charts.groups import groups_spec
from kapacitet.report.charts.region_map import map_spec
from kapacitet.report.charts.schemes import schemes_spec
from kapacitet.report.charts.timeline import timeline_spec
from kapacitet.report.document import Picture
from kapacitet.report.render import page, png
from kapacitet.report.words import Names

MAP_PICTURE, MAP_PAGE = "kort.png", "kort.html"


def write_map(result: Result, region: Region, folder: Path) -> tuple[Picture, ...]:
    """Write ``kort.png`` and ``kort.html`` into ``folder``.

    Both may be published: they hold no counts of people (see :mod:`kapacitet.report.dependence`).

    Returns:
        the picture with its alternative text; nothing if the region has no outlines to draw.
    """
    if region.outlines is None:
        return ()
    below = notes.map_notes(result.summary)
    spec = map_spec(result.tables, region, notes.subtitle(result.summary), below)
    (folder / MAP_PICTURE).write_bytes(png(spec))
    done = [action.text for action in actions(result.tables["builds"], Names.of(region))]
    text = page(
        f"{result.summary['name']}: hvor der bygges",
        str(result.summary["region_title"]),
        {"kort": spec},
        [("Handlinger", done), ("Kortet i ord", [str(spec["description"])]), ("Om tallene", list(below))],
    )
    (folder / MAP_PAGE).write_text(text, encoding="utf-8", newline="\n")
    return (Picture(MAP_PICTURE, str(spec["description"])),)


def write_charts(result: Result, region: Region, folder: Path) -> tuple[Picture, ...]:
    """Write those of the charts that have something to show into ``folder``; the pictures with their texts.

    ``behov.png`` always; ``tidslinje.png`` where the plan does anything, ``rammer.png`` where a frame is drawn on,
    ``ordninger.png`` where a house is new, ``regnskab.png`` where an account differs from the one without the plan.
    """
    names, title, below = Names.of(region), notes.subtitle(result.summary), notes.chart_notes(result.summary)
    tables, specs = result.tables, {}
    if not tables["builds"].empty:
        specs["tidslinje.png"] = timeline_spec(tables, names, title, below)
    specs["behov.png"] = groups_spec(tables, title, below)
    if (tables["frames"]["draw"] > 0).any():
        specs["rammer.png"] = frames_spec(tables, names, title, below)
    inhabited = bool(tables["scheme_accounts"]["population"].gt(0).any())  # both charts count per inhabitant
    if inhabited and not tables["agreements"].empty:
        specs["ordninger.png"] = schemes_spec(tables, title, below)
    if inhabited and differs(discounted_accounts(tables["accounts"])):
        specs["regnskab.png"] = accounts_spec(tables, title, below)
    for file, spec in specs.items():
        (folder / file).write_bytes(png(spec))
    told = {file: str(spec["description"]) for file, spec in specs.items()}
    if "tidslinje.png" in told:
        told["tidslinje.png"] = "Tidslinje over handlingerne ovenfor: hvornår der bygges, og hvornår pladserne åbner."
    return tuple(Picture(file, text) for file, text in told.items())
