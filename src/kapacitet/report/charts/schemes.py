"""Who pays under each scheme: a table of municipalities and schemes, coloured by the change per inhabitant."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.report import numbers, words
from kapacitet.report.charts import look
from kapacitet.report.charts.matrix import matrix
from kapacitet.report.charts.surface import notes_below
from kapacitet.report.records import records

CELL, ROW, LINE = 112.0, 23.0, 13.0
ALL = "Alle kommuner"
SAME = "uændret"
LESS, MORE = look.USE_STEPS[1:4], look.SHARE_STEPS[1:4]
DARK = {LESS[-1], MORE[-1]}
NICE = (1, 2, 5, 10)
ORDER = (PICKED, *SCHEMES)
NOTE = (
    "Kr. pr. indbygger over planens år, nutidsværdi; minus er en lettelse. Hver søjle er planen med den ordning for "
    "alle nye tilbud; udækket behov er regnet til årets dyreste private pris."
)


def scheme_changes(bill: pd.DataFrame) -> pd.DataFrame:
    """``who``, ``scheme`` (title) and ``change`` in kr. per inhabitant from the baseline; all together last.

    Args:
        bill: result table ``scheme_accounts``; municipalities without inhabitants are left out.
    """
    bill = bill[bill["population"] > 0]
    shown = [name for name in ORDER if name in bill]
    columns = ["population", "baseline", *shown]
    whole = bill[columns].sum().to_frame().T.assign(name=ALL)
    everybody = pd.concat([bill[["name", *columns]], whole], ignore_index=True)
    return pd.DataFrame(
        [
            {
                "who": row["name"],
                "scheme": words.scheme(name),
                "change": (row[name] - row["baseline"]) / row["population"],
            }
            for row in records(everybody)
            for name in shown
        ]
    )


def schemes_spec(tables: Mapping[str, pd.DataFrame], subtitle: str, notes: tuple[str, ...]) -> dict[str, Any]:
    """The chart as a Vega-Lite specification.

    Args:
        tables: result table ``scheme_accounts``.
        subtitle: what plan it is.
        notes: lines below the chart.
    """
    table = scheme_changes(tables["scheme_accounts"])
    classes = _classes(float(table["change"].abs().max()))
    table = table.assign(
        klasse=[_class(change, classes) for change in table["change"]],
        text=[numbers.number(change, signed=True) for change in table["change"]],
    )
    colours = dict(zip([name for name, _ in classes], [*reversed(LESS), look.NO_DATA, *MORE], strict=True))
    used = [name for name in colours if name in set(table["klasse"])]
    dark = [name for name in used if colours[name] in DARK]
    schemes, rows = [words.scheme(name) for name in ORDER], list(dict.fromkeys(table["who"]))
    width = CELL * len(schemes)
    headings = {
        "labelLimit": 2 * CELL,
        "labelExpr": "split(replace(replace(datum.label, 'Objektiv ', 'Objektiv|'), ' med ', '|med '), '|')",
        "labelPadding": 6 + 3 * LINE,
        "labelBaseline": "top",
    }
    colour = alt.Color(
        "klasse:N",
        title="Mod ikke at bygge nyt, kr. pr. indbygger",
        scale=alt.Scale(domain=used, range=[colours[name] for name in used]),
        legend=alt.Legend(orient="bottom", symbolType="square", symbolSize=180, titleLimit=400, columns=4),
    )
    drawn = matrix(
        table,
        columns=("scheme", schemes),
        rows=("who", rows),
        headings=headings,
        colour=colour,
        dark=" || ".join(f"datum.klasse === '{name}'" for name in dark) or "false",
        cell=CELL,
        row=ROW,
    )
    chart = (
        alt.vconcat(drawn, notes_below(width, (NOTE, *notes)), spacing=12)
        .resolve_scale(color="independent")
        .properties(title=alt.Title(text="Hvem betaler under hver ordning", subtitle=subtitle))
    )
    return look.finished(chart, description(table))


def _classes(highest: float) -> list[tuple[str, float]]:
    """Names and upper ends of the classes, from most relieved to most burdened."""
    step = _nice(highest / 3)
    low, high = numbers.number(step), numbers.number(2 * step)
    return [
        (f"mere end {high} mindre", -2 * step),
        (f"{low} til {high} mindre", -step),
        (f"op til {low} mindre", -0.5),
        (SAME, 0.5),
        (f"op til {low} mere", step),
        (f"{low} til {high} mere", 2 * step),
        (f"mere end {high} mere", float("inf")),
    ]


def _nice(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … that isn't above ``value``; 1 if none."""
    power = 1
    while power * 10 <= value:
        power *= 10
    return float(max((each * power for each in NICE if each * power <= value), default=1))


def _class(change: float, classes: list[tuple[str, float]]) -> str:
    for (name, end), (following, _) in pairwise(classes):
        if change < end:
            return name
        if following == classes[-1][0]:
            return following
    return classes[-1][0]


def description(table: pd.DataFrame) -> str:
    """The chart in words: for each scheme how many are relieved, and who is burdened most."""
    said = []
    for scheme, mine in table[table["who"] != ALL].groupby("scheme", sort=False):
        worst = mine.sort_values("change", kind="stable").iloc[-1]
        better = int((mine["change"] < -0.5).sum())
        said.append(
            f"{scheme}: {better} af {len(mine)} betaler mindre; mest betaler {worst['who']}, "
            f"{numbers.number(worst['change'], signed=True)} kr. pr. indbygger"
        )
    return f"Tabel over, hvem der betaler under hver ordning, mod ikke at bygge nyt. {'. '.join(said)}."
