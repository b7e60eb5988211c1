"""The map: who depends on private places, where offers are, and where the plan builds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.region.model import Region
from kapacitet.report import numbers, words
from kapacitet.report.charts import look
from kapacitet.report.charts.geography import Canvas, features, metric_outlines
from kapacitet.report.charts.map_key import map_key
from kapacitet.report.charts.map_marks import DOT, TEXT_SIZE, map_marks
from kapacitet.report.charts.surface import at_pixels, haloed, rows_of
from kapacitet.report.dependence import CLASSES, HIDDEN, classes
from kapacitet.report.records import records
from kapacitet.report.words import Names

YEAR = "aar"
SQUARE = 0.8
"""A square of the same width looks larger than a circle."""


def map_spec(
    tables: Mapping[str, pd.DataFrame], region: Region, subtitle: str, notes: tuple[str, ...]
) -> dict[str, Any]:
    """The map of a plan with a slider for the year; drawn still it shows the plan's last year.

    It holds no counts of people: a municipality's share is shown in classes, and not at all where the need is small.

    Args:
        tables: result tables.
        region: with outlines.
        subtitle: what plan it is.
        notes: lines below the map: source, illustrative data.

    Raises:
        ValueError: the region has no outlines.
    """
    if region.outlines is None:
        raise ValueError("a region without outlines has no map")
    metric = metric_outlines(region.outlines)
    west, south, east, north = (float(value) for value in metric.total_bounds)
    canvas = Canvas.around((west, south, east, north))
    by_code = classes(tables, region)
    years = sorted(next(iter(by_code.values())))
    unknown = dict.fromkeys(years, HIDDEN)
    properties = {
        str(code): {f"k{year}": name for year, name in by_code.get(str(code), unknown).items()}
        for code in metric["kommunekode"]
    }
    marks, at = map_marks(tables["builds"], region, metric, canvas), at_pixels(canvas.width, canvas.height)
    slider = alt.param(
        name=YEAR, value=years[-1], bind=alt.binding_range(min=years[0], max=years[-1], step=1, name="År ")
    )
    text = {"fontSize": TEXT_SIZE, "baseline": "middle"}
    layers = [_outlines(features(metric, properties), canvas), _offers(marks.offers, at)]
    if not marks.builds.empty:
        opened = alt.Chart(rows_of(marks.years)).transform_filter(_open()).encode(**at, text="text:N")
        layers += [*_builds(marks.builds, at), *haloed(opened, look.BUILD, fontWeight="bold", **text)]
    layers += haloed(alt.Chart(rows_of(marks.names)).encode(**at, text="text:N"), look.INK, **text)
    title = alt.Title(
        text=alt.ExprRef(f"'Nye pladser, og hvor meget der købes privat, ' + {YEAR}"), subtitle=subtitle
    )
    drawn = alt.layer(*layers).properties(width=canvas.width, height=canvas.height, title=title)
    chart = alt.vconcat(drawn, map_key(canvas.width, notes), spacing=10).resolve_scale(
        color="independent", size="independent", shape="independent", fill="independent"
    )
    return look.finished(chart.add_params(slider), description(tables, region))


def _open() -> str:
    return f"datum.opening_year <= {YEAR}"


def _outlines(shapes: list[dict[str, Any]], canvas: Canvas) -> alt.Chart:
    domain = [*CLASSES, HIDDEN]
    legend = alt.Legend(
        orient="bottom",
        direction="horizontal",
        columns=len(domain),
        titleLimit=int(canvas.width),
        labelLimit=300,
        symbolType="square",
        symbolSize=180,
        symbolStrokeWidth=0.6,
        symbolStrokeColor=look.QUIET,
    )
    colour = alt.Color(
        "klasse:N",
        title="Andel af kommunens behov, der dækkes af private tilbud, køb udenfor eller slet ikke",
        scale=alt.Scale(domain=domain, range=[*look.SHARE_STEPS, look.NO_DATA]),
        legend=legend,
    )
    tooltip = [
        alt.Tooltip("properties.kommune:N", title="Kommune"),
        alt.Tooltip("klasse:N", title="Privat, købt eller udækket"),
    ]
    chart = alt.Chart(alt.InlineData(values=shapes)).mark_geoshape(stroke=look.QUIET, strokeWidth=0.6)
    coloured = chart.transform_calculate(klasse=f"datum.properties['k' + {YEAR}]")
    drawn: alt.Chart = coloured.encode(color=colour, tooltip=tooltip).project(**canvas.projection)
    return drawn


def _offers(dots: pd.DataFrame, at: Mapping[str, Any]) -> alt.Chart:
    mark = alt.Chart(rows_of(dots)).mark_circle(
        size=(2 * DOT) ** 2, color=look.OLD, opacity=1, stroke=look.PAPER, strokeWidth=0.7
    )
    drawn: alt.Chart = mark.encode(**at, tooltip=[alt.Tooltip("tekst:N", title="Eksisterende tilbud")])
    return drawn


def _builds(rows: pd.DataFrame, at: Mapping[str, Any]) -> list[alt.Chart]:
    shrink = rows["owner_type"].map({"region": SQUARE}).fillna(1.0)
    base = alt.Chart(rows_of(rows.assign(size=shrink * (2 * rows["radius"]) ** 2))).transform_filter(_open())
    shape = alt.Scale(domain=["kommune", "region"], range=["circle", "square"])
    marks = base.mark_point(filled=True, opacity=1, stroke=look.BUILD, strokeWidth=2).encode(
        **at,
        size=alt.Size("size:Q", scale=None, legend=None),
        shape=alt.Shape("owner_type:N", scale=shape, legend=None),
        fill=alt.condition("datum.decided", alt.value(look.PAPER), alt.value(look.BUILD)),
        tooltip=[alt.Tooltip("tekst:N", title="Nyt tilbud"), alt.Tooltip("opening_year:O", title="Åbner")],
    )
    figures = base.mark_text(fontSize=TEXT_SIZE, fontWeight="bold", baseline="middle").encode(
        **at,
        text="places:N",
        color=alt.condition("datum.decided", alt.value(look.BUILD), alt.value(look.PAPER)),
    )
    return [marks, figures]


def description(tables: Mapping[str, pd.DataFrame], region: Region) -> str:
    """The map in words, for those who can't see it."""
    by_code, names = classes(tables, region), Names.of(region)
    last = max(next(iter(by_code.values())))
    parts = [f"Kort over {len(by_code)} kommuner i {last}."]
    for name in CLASSES[::-1]:
        members = sorted(names.municipality(code) for code, mine in by_code.items() if mine[last] == name)
        if members:
            parts.append(f"Privat, købt eller udækket {name} af behovet: {words.listed(members)}.")
    new = tables["builds"][tables["builds"]["kind"] == "byg"]
    built = [
        f"{names.municipality(row['municipality'])} {numbers.places(row['places'])} pladser, "
        f"åbner {int(row['opening_year'])}"
        for row in records(new)
    ]
    parts.append(f"Nye tilbud: {'; '.join(built)}." if built else "Der bygges ikke.")
    return " ".join(parts)
