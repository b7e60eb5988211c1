"""Belægning of each new house in many futures: from 5 to 95 %, from 25 to 75 %, and the median, year by year."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of

WIDTH, HEIGHT, COLUMNS = 300.0, 100.0, 3
SHOWN = 18


def stress_spec(offers: pd.DataFrame, subtitle: str, notes: tuple[str, ...], told: str) -> dict[str, Any]:
    """Small pictures of the new houses, those with the greatest risk of standing half empty first.

    Args:
        offers: table ``stress_offers``; some offer in it is new.
        subtitle: what plan it is.
        notes: lines below the chart.
        told: what stands out, in words.
    """
    new = offers[offers["new"]]
    risk = new.groupby("offer")["half_empty_some_year"].first().sort_values(ascending=False, kind="stable")
    order = list(risk.index[:SHOWN])
    label = dict(zip(new["offer"], new["name"], strict=True))
    titles = {offer: f"{i}. {label[offer]}" for i, offer in enumerate(order, 1)}  # names may be alike
    shown = new[new["offer"].isin(order)]
    shown = shown.assign(house=[titles[offer] for offer in shown["offer"]])
    years = sorted({int(year) for year in offers["year"]})
    ticks = [year for year in years if (year - years[0]) % 2 == 0]
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(values=ticks, labelAngle=0))
    scale = alt.Scale(domain=[0, max(1.0, float(shown["occupancy_p95"].max()))])
    axis = alt.Axis(labelExpr="format(datum.value * 100, 'd') + ' %'", values=[0, 0.5, 1], title=None)
    base = alt.Chart()
    bands = [
        base.mark_bar(color=colour, size=size).encode(
            x=x, y=alt.Y(f"occupancy_{low}:Q", scale=scale, axis=axis), y2=f"occupancy_{high}:Q"
        )
        for low, high, colour, size in (("p5", "p95", look.USE_STEPS[1], 13), ("p25", "p75", look.USE_STEPS[2], 9))
    ]
    median = base.mark_tick(color=look.BUILD, thickness=3, size=15).encode(
        x=x, y=alt.Y("occupancy_p50:Q", scale=scale, axis=axis)
    )
    half = base.mark_rule(color=look.OVER, strokeDash=[4, 3]).encode(y=alt.YDatum(0.5, scale=scale))
    columns = ["house", "year", *(f"occupancy_{level}" for level in ("p5", "p25", "p50", "p75", "p95"))]
    header = alt.Header(labelFontSize=10, labelFontWeight="normal", labelLimit=int(WIDTH))
    pictures = (
        alt.layer(*bands, half, median, data=rows_of(shown[columns]))
        .properties(width=WIDTH, height=HEIGHT)
        .facet(facet=alt.Facet("house:N", title=None, sort=list(titles.values()), header=header), columns=COLUMNS)
    )
    hidden = len(risk) - len(order)
    every = (
        "Streg: median. Mørk søjle: 25–75 % af fremtiderne. Lys søjle: 5–95 %. Stiplet: halvtomt.",
        *((f"{hidden} tilbud med mindre risiko er ikke vist.",) if hidden else ()),
        *notes,
    )
    width = WIDTH * min(COLUMNS, len(order))
    chart = alt.vconcat(pictures, notes_below(width, every), spacing=12).properties(
        title=alt.Title(text="Belægning af nye tilbud i mange fremtider", subtitle=subtitle)
    )
    return look.finished(chart, f"Belægning af nye tilbud efter år, med bånd over fremtiderne. {told}".strip())
