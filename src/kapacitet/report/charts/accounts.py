"""The account of each municipality with and without the plan, kr. per inhabitant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report import numbers
from kapacitet.report.accounts import KRONE, MUNICIPALITY, discounted_accounts
from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of
from kapacitet.report.records import records

ROW, WIDTH = 23.0, 620.0
WAITING = "Udækket behov koster ikke noget i regnskabet."
BEFORE, AFTER = "Uden planen", "Med planen"


def accounts_spec(tables: Mapping[str, pd.DataFrame], subtitle: str, notes: tuple[str, ...]) -> dict[str, Any]:
    """Two marks for each municipality, joined by a line; the difference beside them; most relieved first.

    Args:
        tables: result table ``accounts``.
        subtitle: what plan it is.
        notes: lines below the chart.
    """
    found = discounted_accounts(tables["accounts"])
    towns = found[found["role"] == MUNICIPALITY].sort_values("per_inhabitant", kind="stable")
    towns = towns.assign(
        uden=towns["before"] / towns["population"],
        med=towns["after"] / towns["population"],
        text=[f"{numbers.number(change, signed=True)} kr." for change in towns["per_inhabitant"]],
    )[["name", "uden", "med", "text", "per_inhabitant"]]
    rows = towns["name"].tolist()
    points = towns.melt(["name"], ["uden", "med"], "state", "amount")
    points["state"] = points["state"].map({"uden": BEFORE, "med": AFTER})
    towns["right"] = towns[["uden", "med"]].max(axis=1)
    x = alt.X(
        "amount:Q",
        title="kr. pr. indbygger over planens år (nutidsværdi)",
        scale=alt.Scale(zero=False, nice=True, padding=12),
        axis=alt.Axis(orient="top", format=",.0f", tickCount=6),
    )
    y = alt.Y("name:N", title=None, sort=rows, axis=alt.Axis(labelLimit=260, ticks=False, grid=True))
    colour = alt.Color(
        "state:N",
        title=None,
        scale=alt.Scale(domain=[BEFORE, AFTER], range=[look.SERVED["Private tilbud"], look.BUILD]),
        legend=alt.Legend(orient="bottom", symbolType="circle", symbolSize=130, symbolOpacity=1),
    )
    base = alt.Chart(rows_of(towns))
    line = base.mark_rule(color=look.QUIET, strokeWidth=2).encode(x=alt.X("uden:Q"), x2="med:Q", y=y)
    dots = alt.Chart(rows_of(points)).mark_circle(size=95, opacity=1).encode(x=x, y=y, color=colour)
    text = base.mark_text(align="left", dx=10, fontSize=11).encode(
        x="right:Q",
        y=y,
        text="text:N",
        color=alt.condition("datum.per_inhabitant > 0.5", alt.value(look.OVER), alt.value(look.INK)),
    )
    drawn = alt.layer(line, dots, text).properties(width=WIDTH, height=ROW * len(rows))
    waits = (WAITING,) if found["waiting"].sum() + found["waiting_before"].sum() >= KRONE else ()
    every = (*_others(found), *waits, *notes)
    chart = (
        alt.vconcat(drawn, notes_below(WIDTH, every), spacing=12)
        .resolve_scale(color="independent")
        .properties(title=alt.Title(text="Kommunernes regnskab med og uden planen", subtitle=subtitle))
    )
    return look.finished(chart, description(towns))


def _others(found: pd.DataFrame) -> tuple[str, ...]:
    """Who else gains or loses, in a line."""
    others = found[(found["role"] != MUNICIPALITY) & (found["change"].abs() >= numbers.MILLION / 10)]
    said = [f"{row['name']} {numbers.millions(row['change'], signed=True)}" for row in records(others)]
    return (f"Andre parters regnskab ændres: {'; '.join(said)}",) if said else ()


def description(towns: pd.DataFrame) -> str:
    """The chart in words: who gains most and least."""
    first, last = towns.iloc[0], towns.iloc[-1]
    return (
        f"Regnskab for {len(towns)} kommuner med og uden planen, kr. pr. indbygger. "
        f"Størst fald: {first['name']} {first['text']} Mindst fald eller størst stigning: "
        f"{last['name']} {last['text']}"
    )
