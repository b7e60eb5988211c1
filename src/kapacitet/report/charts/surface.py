"""Drawing at pixels: encodings and data for marks and texts whose place is already known."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report.charts import look
from kapacitet.report.records import records


def at_pixels(width: float, height: float) -> dict[str, Any]:
    """Encodings that take the columns ``x`` and ``y`` as pixels, y downwards."""
    return {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], range=[0, width], nice=False)),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False)),
    }


def rows_of(table: pd.DataFrame) -> alt.InlineData:
    """A table's rows inside the specification."""
    return alt.InlineData(values=records(table))


def haloed(chart: alt.Chart, colour: str, **text: Any) -> tuple[alt.Chart, alt.Chart]:
    """Texts with a light edge, so that they can be read on any colour: the edge, and the text on top."""
    edge = chart.mark_text(stroke=look.PAPER, strokeWidth=3, strokeJoin="round", color=look.PAPER, **text)
    return edge, chart.mark_text(color=colour, **text)


def notes_below(width: float, notes: tuple[str, ...]) -> alt.Chart:
    """Lines of text below a chart."""
    lines = pd.DataFrame({"x": 0.0, "y": [8.0 + 16 * i for i in range(len(notes))], "text": list(notes)})
    height = 16.0 * len(notes)
    chart = alt.Chart(rows_of(lines)).mark_text(align="left", baseline="middle", fontSize=11, color=look.INK)
    placed: alt.Chart = chart.encode(**at_pixels(width, height), text="text:N")
    return placed.properties(width=width, height=height)
