"""The plan as a time line: when building starts, when places open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report import numbers, words
from kapacitet.report.actions import actions
from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of
from kapacitet.report.records import Row, records
from kapacitet.report.words import Names

ROW, WIDTH = 26.0, 640.0
UNDER_WAY, OPEN = "Bygges eller omlægges", "Pladser åbne"
VERBS = {"byg": "", "luk": "lukker: ", "omlaeg": "omlægges: "}


def timeline_spec(
    tables: Mapping[str, pd.DataFrame], names: Names, subtitle: str, notes: tuple[str, ...]
) -> dict[str, Any]:
    """A row for each project by the year it starts; a light bar while it is built, a dark one once it is open.

    Args:
        tables: result tables ``builds`` and ``groups``.
        names: names of municipalities.
        subtitle: what plan it is.
        notes: lines below the chart.
    """
    years = sorted({int(year) for year in tables["groups"]["year"]})
    rows = _rows(tables["builds"], names, years[-1] + 1)
    bars = pd.DataFrame(
        [
            {"label": row["label"], "state": state, "from": row[begin], "to": row[end]}
            for row in rows
            for state, begin, end in ((UNDER_WAY, "start", "opens"), (OPEN, "opens", "ends"))
            if row[end] > row[begin]
        ],
        columns=["label", "state", "from", "to"],
    )
    order = [row["label"] for row in rows]
    first = min([years[0], *(row["start"] for row in rows)])
    x = alt.X(
        "from:Q",
        title=None,
        scale=alt.Scale(domain=[first, years[-1] + 1], nice=False),
        axis=alt.Axis(
            orient="top", values=list(range(first, years[-1] + 1)), format="d", labelAlign="left", ticks=True
        ),
    )
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=360, ticks=False))
    colour = alt.Color(
        "state:N",
        title=None,
        scale=alt.Scale(domain=[UNDER_WAY, OPEN], range=[look.USE_STEPS[1], look.BUILD]),
        legend=alt.Legend(orient="bottom", symbolType="square", symbolSize=180),
    )
    drawn = alt.Chart(rows_of(bars)).mark_bar(height=ROW * 0.6).encode(x=x, x2="to:Q", y=y, color=colour)
    texts = pd.DataFrame([{"label": r["label"], "from": r["opens"], "text": r["text"]} for r in rows if r["text"]])
    layers: list[alt.Chart] = [drawn]
    if not texts.empty:
        words_on = alt.Chart(rows_of(texts)).mark_text(
            align="left", dx=5, fontSize=10.5, color=look.PAPER, fontWeight="bold"
        )
        layers.append(words_on.encode(x=x, y=y, text="text:N"))
    body = alt.layer(*layers).properties(width=WIDTH, height=ROW * max(len(rows), 1))
    chart = (
        alt.vconcat(body, notes_below(WIDTH, notes), spacing=12)
        .resolve_scale(color="independent")
        .properties(title=alt.Title(text="Planen år for år", subtitle=subtitle))
    )
    told = " ".join(f"{action.text}." for action in actions(tables["builds"], names))
    return look.finished(chart, told or "Planen bygger ikke noget.")


def _rows(builds: pd.DataFrame, names: Names, end: int) -> list[Row]:
    """A row per action: label, years, and the text on its bar; labels that would clash get a number."""
    result: list[Row] = []
    seen: dict[str, int] = {}
    for row in records(builds.sort_values(["start_year", "opening_year", "candidate"])):
        owner, place = names.owner(row["owner_type"], row["owner"]), names.municipality(row["municipality"])
        who = place if owner == place else f"{place}, {owner}"
        label = f"{who}: {VERBS[row['kind']]}{words.groups(row['target_groups'])}"
        seen[label] = seen.get(label, 0) + 1
        closes = row["kind"] == "luk"
        result.append(
            {
                "label": label if seen[label] == 1 else f"{label} ({seen[label]})",
                "start": int(row["start_year"]),
                "opens": int(row["opening_year"]),
                "ends": int(row["opening_year"]) if closes else end,
                "text": "" if closes else _text(row, end),
            }
        )
    return result


def _text(row: Row, end: int) -> str:
    """Places and opening year, shorter where the bar is short."""
    room = end - int(row["opening_year"])
    count = f"{numbers.places(row['places'])} pl."
    return f"{count}, åbner {int(row['opening_year'])}" if room > 2 else count
