"""Use of frames: who spends how much of its anlægsramme or liquidity in each year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report import numbers
from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of
from kapacitet.report.records import records
from kapacitet.report.words import FRAME_KINDS, Names

CELL, ROW = 54.0, 24.0
STEPS = (0.25, 0.5, 0.75, 1.0)
CLASSES = ("til 25 %", "25–50 %", "50–75 %", "75–100 %", "over 100 %")
DARK = 0.5
FULL = 1.0 + 1e-9
ORDER = ("likviditet", "faellesramme", "anlaegsramme")


def frame_use(frames: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Frames with a limit, by who holds them and year: ``who``, ``kind``, ``limit``, ``draw`` (kr.) and ``share``.

    Share is what is drawn over the limit; a limit of 0 kr. that is drawn on is infinitely used.
    """
    known = frames[frames["limit"].notna()]
    used = (known["draw"] / known["limit"].where(known["limit"] > 0)).fillna(
        (known["draw"] > 0).map({True: float("inf"), False: 0.0})
    )
    who = [
        f"{names.party(party)}, {FRAME_KINDS[kind]}" if kind != "anlaegsramme" else names.party(party)
        for party, kind in zip(known["party"], known["kind"], strict=True)
    ]
    return known.assign(who=who, share=used)[["year", "kind", "party", "who", "limit", "draw", "share"]]


def frames_spec(
    tables: Mapping[str, pd.DataFrame], names: Names, subtitle: str, notes: tuple[str, ...]
) -> dict[str, Any]:
    """A table coloured by use: a row for each who spends anything, a column for each year.

    Args:
        tables: result table ``frames``.
        names: names of municipalities.
        subtitle: what plan it is.
        notes: lines below the chart.
    """
    use = frame_use(tables["frames"], names)
    spending = use.groupby("who")["draw"].transform("sum") > 0
    idle = use.loc[~spending & (use["kind"] == "anlaegsramme"), "who"].nunique()
    shown = use[spending].assign(rank=use["kind"].map({kind: i for i, kind in enumerate(ORDER)}))
    shown = shown.sort_values(["rank", "who", "year"])
    rows = list(dict.fromkeys(shown["who"]))
    cells = shown[shown["draw"] > 0].assign(
        klasse=[CLASSES[sum(share > step + 1e-9 for step in STEPS)] for share in shown["share"][shown["draw"] > 0]],
        text=[numbers.percent(share, 0) for share in shown["share"][shown["draw"] > 0]],
        beløb=[
            f"{numbers.millions(draw)} af {numbers.millions(limit)}"
            for draw, limit in zip(shown["draw"][shown["draw"] > 0], shown["limit"][shown["draw"] > 0], strict=True)
        ],
    )
    cells = cells.assign(share=cells["share"].clip(upper=99.0)).drop(columns=["limit", "draw"])
    years = sorted({int(year) for year in tables["frames"]["year"]})
    width = CELL * len(years)
    x = alt.X(
        "year:O", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(orient="top", labelAngle=0, ticks=False)
    )
    y = alt.Y("who:N", title=None, scale=alt.Scale(domain=rows), axis=alt.Axis(labelLimit=260, ticks=False))
    grey = alt.Chart(rows_of(shown[["who", "year"]])).mark_rect(color=look.NO_DATA, stroke=look.PAPER, strokeWidth=2)
    colour = alt.Color(
        "klasse:N",
        title="Forbrug af rammen",
        scale=alt.Scale(domain=list(CLASSES), range=[*look.USE_STEPS[1:], look.OVER]),
        legend=alt.Legend(orient="bottom", symbolType="square", symbolSize=180),
    )
    marks = alt.Chart(rows_of(cells))
    tooltip = [
        alt.Tooltip("who:N", title="Hvem"),
        alt.Tooltip("year:O", title="År"),
        alt.Tooltip("beløb:N", title="Forbrug"),
    ]
    boxes = marks.mark_rect(stroke=look.PAPER, strokeWidth=2).encode(x=x, y=y, color=colour, tooltip=tooltip)
    text = marks.mark_text(fontSize=11, fontWeight="bold").encode(
        x=x,
        y=y,
        text="text:N",
        color=alt.condition(f"datum.share > {DARK}", alt.value(look.PAPER), alt.value(look.INK)),
    )
    table = alt.layer(grey.encode(x=x, y=y), boxes, text).properties(width=width, height=ROW * max(len(rows), 1))
    every = (f"{idle} kommuner bruger intet af deres anlægsramme og er ikke vist.", *notes) if idle else notes
    chart = (
        alt.vconcat(table, notes_below(width, every), spacing=12)
        .resolve_scale(color="independent")
        .properties(title=alt.Title(text="Forbrug af anlægsramme og likviditet", subtitle=subtitle))
    )
    return look.finished(chart, description(use))


def description(use: pd.DataFrame) -> str:
    """The chart in words: where use is highest."""
    top = use[use["draw"] > 0].sort_values("share", ascending=False).head(5)
    if top.empty:
        return "Tabel over forbrug af rammer. Planen bruger ikke af nogen ramme."
    highest = [f"{row['who']} {row['year']}: {numbers.percent(row['share'], 0)}" for row in records(top)]
    return f"Tabel over forbrug af rammer efter år. Højest: {'; '.join(highest)}."
