"""Supply against need: per target group and year, how the need is met and how many places are open to the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.region.tables import split_list
from kapacitet.report import numbers, words
from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of

WIDTH, HEIGHT = 250.0, 230.0
COLUMNS, GAP = 3, 62.0
PARTS = dict(
    zip(("in_kommune", "in_region", "in_selvejende", "in_privat", "purchased", "unmet"), look.SERVED, strict=True)
)
LINE = "Linjen viser pladser, der er åbne for målgruppen. Et tilbud, der er åbent for flere, er talt med i hver."


def open_places(capacity: pd.DataFrame) -> pd.DataFrame:
    """Places open to each target group by year; an offer open to several groups counts in each of them."""
    split = capacity.assign(target_group=capacity["target_groups"].map(split_list)).explode("target_group")
    return split.groupby(["year", "target_group"])["places"].sum().reset_index()


def groups_spec(tables: Mapping[str, pd.DataFrame], subtitle: str, notes: tuple[str, ...]) -> dict[str, Any]:
    """One panel per target group: a column a year, parted by who meets the need, and the places as a line.

    Args:
        tables: result tables ``groups`` and ``capacity``.
        subtitle: what plan it is.
        notes: lines below the chart.
    """
    parts = tables["groups"].melt(["year", "target_group"], list(PARTS), "part", "amount")
    parts = parts[parts["amount"] > 0]
    met = parts.assign(
        dækning=parts["part"].map(PARTS), order=parts["part"].map({name: i for i, name in enumerate(PARTS)})
    )
    lines = open_places(tables["capacity"])
    panels = [
        _panel(_of(met, group), _of(lines, group), words.groups(group).capitalize())
        for group in tables["groups"]["target_group"].unique()
    ]
    rows = [
        alt.hconcat(*panels[i : i + COLUMNS], spacing=GAP, bounds="flush") for i in range(0, len(panels), COLUMNS)
    ]
    chart = alt.vconcat(*rows, notes_below(COLUMNS * (WIDTH + GAP), (LINE, *notes)), spacing=16)
    titled = chart.resolve_scale(color="independent").properties(
        title=alt.Title(text="Hvem dækker behovet for pladser", subtitle=subtitle)
    )
    return look.finished(titled, description(tables["groups"]))


def _of(table: pd.DataFrame, group: str) -> pd.DataFrame:
    return table[table["target_group"] == group]


def _panel(met: pd.DataFrame, lines: pd.DataFrame, title: str) -> alt.LayerChart:
    years = sorted({*met["year"], *lines["year"]})
    shown = [year for i, year in enumerate(years) if i % (1 + len(years) // 7) == 0]
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, values=shown, ticks=False))
    y = alt.Y("amount:Q", title="helårspladser", scale=alt.Scale(nice=5), axis=alt.Axis(tickCount=5))
    colour = alt.Color(
        "dækning:N",
        title=None,
        scale=alt.Scale(domain=list(look.SERVED), range=list(look.SERVED.values())),
        legend=alt.Legend(orient="bottom", columns=3, symbolType="square", symbolSize=140, labelLimit=260),
    )
    bars = alt.Chart(rows_of(met)).mark_bar(stroke=look.PAPER, strokeWidth=0.5)
    tooltip = [
        alt.Tooltip("year:O", title="År"),
        alt.Tooltip("dækning:N", title="Dækkes af"),
        alt.Tooltip("tekst:N", title="Helårspladser"),
    ]
    stacked = bars.transform_calculate(tekst="replace(format(datum.amount, '.1f'), '.', ',')").encode(
        x=x, y=y, color=colour, order=alt.Order("order:Q"), tooltip=tooltip
    )
    points = alt.OverlayMarkDef(filled=True, fill=look.PAPER, stroke=look.INK, strokeWidth=1.2, size=24)
    line = alt.Chart(rows_of(lines)).mark_line(point=points, color=look.INK, strokeWidth=1.2)
    heading = alt.Title(title, fontSize=13, offset=10, frame="group")
    layers = alt.LayerChart(layer=[stacked, line.encode(x=x, y="places:Q")])
    return layers.properties(width=WIDTH, height=HEIGHT, title=heading)


def description(groups: pd.DataFrame) -> str:
    """The chart in words."""
    parts = []
    for group, mine in groups.groupby("target_group", sort=False):
        first, last = mine.iloc[0], mine.iloc[-1]
        away = [row["in_privat"] + row["purchased"] for row in (first, last)]
        parts.append(
            f"{words.groups(group).capitalize()}: behov {numbers.places(first['demand'])} helårspladser i "
            f"{first['year']} og {numbers.places(last['demand'])} i {last['year']}; private og købte pladser "
            f"{numbers.places(away[0])} og {numbers.places(away[1])}; udækket {numbers.places(first['unmet'])} og "
            f"{numbers.places(last['unmet'])}."
        )
    return "Søjler for hvert år. " + " ".join(parts)
