"""A sweep in small pictures, one per key figure: the first lever along the axis, a line per value of the others."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from kapacitet.insight.sweeps.run import Sweep
from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of

WIDTH, HEIGHT, COLUMNS = 280.0, 150.0, 3
MOST_LINES = 12
PANELS = (
    ("objective", "Omkostning, mio. kr.", 1e-6),
    ("new_places", "Nye pladser", 1.0),
    ("private_share", "Privat andel, %", 100.0),
    ("unmet", "Udækket, helårspladser", 1.0),
    ("travel_minutes", "Rejsetid, minutter", 1.0),
    ("largest_burden", "Største merbyrde, kr. pr. indbygger", 1.0),
)
LINES = ("#08306b", "#d9772b", "#3f83bd", "#8f1d0c", "#7a8791", "#a9cbe6", "#fdb462", "#5a0f06")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])


def sweep_spec(found: Sweep, subtitle: str, notes: tuple[str, ...], told: str) -> dict[str, Any] | None:
    """The picture; None where no point has a plan.

    Args:
        subtitle: what is swept.
        notes: lines below.
        told: the answer in words.
    """
    table = _long(found)
    if table.empty:
        return None
    first, rest = found.axes[0], found.axes[1:]
    order = [first.told(value) for value in first.values]
    lines = list(dict.fromkeys(table["line"]))
    shown = lines[:MOST_LINES]
    table = table[table["line"].isin(shown)]
    x = alt.X(
        "at:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=alt.Axis(labelAngle=0, labelLimit=90)
    )
    colour = alt.Color(
        "line:N",
        sort=shown,
        scale=alt.Scale(domain=shown, range=[LINES[i % len(LINES)] for i in range(len(shown))]),
        title=" · ".join(axis.title for axis in rest) or None,
        legend=alt.Legend(orient="bottom", columns=4, labelLimit=260, titleLimit=500) if rest else None,
    )
    dash = alt.StrokeDash(
        "line:N",
        sort=shown,
        scale=alt.Scale(domain=shown, range=[DASHES[i % len(DASHES)] for i in range(len(shown))]),
        legend=None,
    )
    panels = []
    for key, title, _ in PANELS:
        mine = table[table["figure"] == key]
        base = alt.Chart(rows_of(mine.drop(columns="figure")))
        y = alt.Y("value:Q", title=None, scale=_scale(mine["value"]), axis=alt.Axis(tickCount=4, format=",~r"))
        drawn = alt.layer(
            base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash),
            base.mark_point(filled=True, size=45, opacity=1).encode(x=x, y=y, color=colour),
        )
        panels.append(drawn.properties(width=WIDTH, height=HEIGHT, title=alt.Title(title, fontSize=12, offset=6)))
    body = alt.concat(*panels, columns=COLUMNS, spacing=24).resolve_scale(x="independent", y="independent")
    every = (
        f"Vandret: {first.title}.",
        *((f"{len(lines) - len(shown)} linjer er ikke vist; se sweep.csv.",) if len(lines) > len(shown) else ()),
        *notes,
    )
    chart = (
        alt.vconcat(body, notes_below(COLUMNS * WIDTH, every), spacing=16)
        .resolve_scale(color="independent", x="independent", y="independent")
        .properties(title=alt.Title(text="Hvad håndtagene gør", subtitle=subtitle))
    )
    return look.finished(chart, f"Små kurver over nøgletal for {first.title.lower()}. {told}")


def _scale(values: pd.Series[float]) -> alt.Scale:
    """Not from zero, but never so fine that nothing looks like something."""
    low, high = float(values.min()), float(values.max())
    room = max(0.1 * (high - low), 0.005 * max(abs(low), abs(high)), 0.5 if low == high == 0 else 0.0)
    floor = 0.0 if low >= 0 and low - room < 0 else low - room
    return alt.Scale(domain=[floor, high + room], nice=True, zero=False)


def _long(found: Sweep) -> pd.DataFrame:
    first, rest = found.axes[0], found.axes[1:]
    rows = []
    for point, answer in zip(found.points, found.answers, strict=True):
        if "objective" not in answer.figures:
            continue
        line = " · ".join(axis.told(value) for axis, value in zip(rest, point.values[1:], strict=True))
        for key, _, unit in PANELS:
            value = answer.figures[key]
            if value is not None:
                rows.append({"at": first.told(point.values[0]), "line": line, "figure": key, "value": value * unit})
    return pd.DataFrame(rows, columns=["at", "line", "figure", "value"])
