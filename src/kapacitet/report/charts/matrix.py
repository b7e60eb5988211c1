"""A table whose cells are coloured, with a text in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report.charts import look
from kapacitet.report.charts.surface import rows_of


def matrix(
    table: pd.DataFrame,
    *,
    columns: tuple[str, Sequence[str]],
    rows: tuple[str, Sequence[str]],
    headings: dict[str, Any],
    colour: alt.Color,
    dark: str,
    cell: float,
    row: float,
) -> alt.LayerChart | alt.FacetChart:
    """The cells of ``table``, whose column ``text`` stands in them.

    Args:
        columns, rows: the table's column that says where a cell stands, and the places in their order.
        headings: of the columns, as an axis.
        dark: an expression that is true of the cells whose colour asks for light text.
        cell, row: width and height of a cell in pixels.
    """
    axis = alt.Axis(orient="top", labelAngle=0, ticks=False, **headings)
    x = alt.X(f"{columns[0]}:N", title=None, scale=alt.Scale(domain=list(columns[1])), axis=axis)
    beside = alt.Axis(labelLimit=260, ticks=False)
    y = alt.Y(f"{rows[0]}:N", title=None, scale=alt.Scale(domain=list(rows[1])), axis=beside)
    marks = alt.Chart(rows_of(table))
    boxes = marks.mark_rect(stroke=look.PAPER, strokeWidth=2).encode(x=x, y=y, color=colour)
    text = marks.mark_text(fontSize=11, fontWeight="bold").encode(
        x=x, y=y, text="text:N", color=alt.condition(dark, alt.value(look.PAPER), alt.value(look.INK))
    )
    return alt.layer(boxes, text).properties(width=cell * len(columns[1]), height=row * max(len(rows[1]), 1))
