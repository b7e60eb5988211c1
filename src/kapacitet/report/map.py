"""Pictures of a result: the map as a picture and as a page, and the charts as pictures."""

from __future__ import annotations

from pathlib import Path

from kapacitet.insight.result import Result
from kapacitet.region.model import Region
from kapacitet.report import notes
from kapacitet.report.actions import actions
from kapacitet.report.charts.catalogue import MAP, charts
from kapacitet.report.charts.region_map import map_spec
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
    """Write the charts but the map (see :func:`kapacitet.report.charts.catalogue.charts`), with their texts."""
    drawn = {name: draw() for name, draw in charts(result, region).items() if name != MAP}
    for name, spec in drawn.items():
        (folder / f"{name}.png").write_bytes(png(spec))
    told = {name: str(spec["description"]) for name, spec in drawn.items()}
    if "tidslinje" in told:
        told["tidslinje"] = "Tidslinje over handlingerne ovenfor: hvornår der bygges, og hvornår pladserne åbner."
    return tuple(Picture(f"{name}.png", text) for name, text in told.items())
