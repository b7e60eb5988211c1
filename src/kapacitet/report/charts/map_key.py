"""What the map's marks mean, and the notes below it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from kapacitet.report.charts import look
from kapacitet.report.charts.surface import at_pixels, rows_of

MARK, DOT = 400, 30
LINE = 16.0
MIDDLE = 12.0


def map_key(width: float, notes: tuple[str, ...]) -> alt.LayerChart:
    """A strip with the marks explained and ``notes`` below, one line each."""
    symbols = pd.DataFrame(
        [
            (12, "circle", MARK, look.BUILD, look.PAPER, "12"),
            (262, "square", 0.8 * MARK, look.BUILD, look.PAPER, "12"),
            (512, "circle", MARK, look.PAPER, look.BUILD, "12"),
            (680, "circle", DOT, look.OLD, look.OLD, ""),
        ],
        columns=["x", "shape", "size", "fill", "ink", "text"],
    ).assign(y=MIDDLE)
    texts = [
        (28, "nyt kommunalt: pladser, åbningsår"),
        (278, "nyt regionalt: pladser, åbningsår"),
        (528, "allerede besluttet"),
        (688, "eksisterende tilbud"),
    ]
    lines = [{"x": x, "y": MIDDLE, "text": text} for x, text in texts]
    lines += [{"x": 0, "y": 2.6 * LINE + LINE * i, "text": note} for i, note in enumerate(notes)]
    height = 2.2 * LINE + LINE * len(notes)
    at = at_pixels(width, height)
    marks = alt.Chart(rows_of(symbols))
    drawn = marks.mark_point(filled=True, opacity=1, stroke=look.BUILD, strokeWidth=2).encode(
        **at,
        shape=alt.Shape("shape:N", scale=None, legend=None),
        size=alt.Size("size:Q", scale=None, legend=None),
        fill=alt.Fill("fill:N", scale=None, legend=None),
    )
    figures = marks.mark_text(fontSize=11, fontWeight="bold", baseline="middle").encode(
        **at, text="text:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    words = alt.Chart(rows_of(pd.DataFrame(lines))).mark_text(
        align="left", baseline="middle", fontSize=11, color=look.INK
    )
    return alt.LayerChart(layer=[drawn, figures, words.encode(**at, text="text:N")]).properties(
        width=width, height=height
    )
