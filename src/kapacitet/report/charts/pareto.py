"""The front: what each plan costs more a year than the cheapest against how far it gets, its bound, and the knee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.report import numbers
from kapacitet.report.charts import look
from kapacitet.report.charts.surface import notes_below, rows_of

WIDTH, HEIGHT = 760.0, 380.0


def front_spec(
    table: pd.DataFrame,
    goals: Sequence[tuple[str, str, float]],
    bend: int | None,
    *,
    subtitle: str,
    notes: tuple[str, ...],
    told: str,
) -> dict[str, Any]:
    """The picture of a front.

    Args:
        table: of ``front_table``.
        goals: key, title and factor of each; the second goal is told by shade.
        bend: position of the knee, if there is one.
        told: the answer in words.
    """
    (key, title, factor), *second = goals
    shown = table.assign(
        x=table[key] * factor,
        y=table["extra_cost_per_year"] / numbers.MILLION,
        low=table["extra_bound_per_year"] / numbers.MILLION,
        label=[f"{plan} (knæk)" if i == bend else str(plan) for i, plan in enumerate(table["plan"])],
        shade=table[second[0][0]] * second[0][2] if second else 0.0,
    )[["x", "y", "low", "label", "shade", "settled", "plan"]]
    x = alt.X("x:Q", title=title, axis=alt.Axis(tickCount=7), scale=alt.Scale(zero=False, padding=24))
    y = alt.Y(
        "y:Q",
        title="Mere om året end den billigste plan, mio. kr.",
        axis=alt.Axis(tickCount=6),
        scale=alt.Scale(zero=False, padding=14),
    )
    base = alt.Chart(rows_of(shown))
    reach = base.mark_rule(color=look.USE_STEPS[1], strokeWidth=5).encode(x=x, y=y, y2="low:Q")
    colour = (
        alt.Color("shade:Q", title=second[0][1], scale=alt.Scale(range=list(look.USE_STEPS[1:])))
        if second
        else alt.value(look.BUILD)
    )
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(x=x, y=y, color=colour)
    text = base.mark_text(align="left", dx=9, dy=-8, fontSize=11, color=look.INK).encode(x=x, y=y, text="label:N")
    path = [] if second else [base.mark_line(color=look.QUIET, strokeWidth=1.5).encode(x=x, y=y, order="y:Q")]
    ring = shown.iloc[[bend]] if bend is not None else shown.iloc[:0]
    circle = alt.Chart(rows_of(ring)).mark_point(size=420, color=look.OVER, strokeWidth=2).encode(x=x, y=y)
    body = alt.layer(reach, *path, dots, circle, text).properties(width=WIDTH, height=HEIGHT)
    every = (
        "Lys streg ned: så meget billigere kan en plan, der når lige så langt, højst være.",
        *(("Ring: knækket, hvor en krone mere begynder at give mindre.",) if bend is not None else ()),
        *notes,
    )
    chart = (
        alt.vconcat(body, notes_below(WIDTH, every), spacing=12)
        .resolve_scale(color="independent", x="independent", y="independent")
        .properties(title=alt.Title(text="Hvad det koster at nå længere", subtitle=subtitle))
    )
    return look.finished(chart, told)
