"""Who pays what beyond the takst: a table of payers and schemes, coloured by amount."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from kapacitet.ledger.case import Case
from kapacitet.ledger.futures import Settlement
from kapacitet.report import numbers
from kapacitet.report.charts import look
from kapacitet.report.charts.matrix import matrix
from kapacitet.report.charts.surface import notes_below
from kapacitet.report.records import records
from kapacitet.report.settlement import paid_by, payers
from kapacitet.report.words import Names

CELL, ROW, LINE = 132.0, 26.0, 14.0
BACK, NOTHING = "får penge tilbage", "intet"
CLASSES = (BACK, NOTHING, "til en fjerdedel", "til halvdelen", "til tre fjerdedele", "op til det højeste")


def settlement_table(case: Case, settlements: Sequence[Settlement]) -> pd.DataFrame:
    """A row for each payer and scheme: ``payer``, ``scheme``, ``amount`` (expected kr. beyond takst, all years)."""
    names = Names(case.names)
    return pd.DataFrame(
        [
            {
                "payer": names.party(payer),
                "scheme": found.scheme.title,
                "amount": float(found.mean(paid_by(payer, takst=False))),
            }
            for payer in payers(settlements)
            for found in settlements
        ],
        columns=["payer", "scheme", "amount"],
    )


def settlement_spec(case: Case, settlements: Sequence[Settlement]) -> dict[str, Any]:
    """The chart as a Vega-Lite specification.

    Args:
        case: the case.
        settlements: the case under each scheme shown.
    """
    table = settlement_table(case, settlements)
    highest = max(table["amount"].max(), 0.0) if len(table) else 0.0
    table = table.assign(
        klasse=[_class(amount, highest) for amount in table["amount"]],
        text=[numbers.millions(amount) if amount else "" for amount in table["amount"]],
    )
    schemes, rows = [found.scheme.title for found in settlements], list(dict.fromkeys(table["payer"]))
    width = CELL * len(schemes)
    headings = {
        "labelLimit": CELL,
        "labelExpr": "split(replace(datum.label, ' med ', '|med '), '|')",
        "labelPadding": 4 + LINE * any(" med " in scheme for scheme in schemes),
    }
    colour = alt.Color(
        "klasse:N",
        title="Betaling af det højeste beløb",
        scale=alt.Scale(domain=list(CLASSES), range=["#c7e0c3", look.NO_DATA, *look.USE_STEPS[1:]]),
        legend=alt.Legend(orient="bottom", symbolType="square", symbolSize=180, columns=3, titleLimit=CELL * 3),
    )
    drawn = matrix(
        table,
        columns=("scheme", schemes),
        rows=("payer", rows),
        headings=headings,
        colour=colour,
        dark=f"datum.klasse === '{CLASSES[-1]}' || datum.klasse === '{CLASSES[-2]}'",
        cell=CELL,
        row=ROW,
    )
    notes = ("Alle år i kr., ejerens eget resultat talt med hos ejeren.", *case.notes)
    title = alt.Title(text="Hvem betaler hvad ud over taksten", subtitle=case.name)
    chart = alt.vconcat(drawn, notes_below(width, notes), spacing=12).properties(title=title)
    return look.finished(chart, _description(case, table))


def _class(amount: float, highest: float) -> str:
    if amount < 0:
        return BACK
    if amount == 0:
        return NOTHING
    return CLASSES[2 + min(int(4 * amount / highest), 3)]


def _description(case: Case, table: pd.DataFrame) -> str:
    said = [
        f"{row['scheme']}: {row['payer']} {numbers.money(row['amount'])}" for row in records(table) if row["amount"]
    ]
    return f"Tabel over, hvem der betaler hvad ud over taksten for {case.name}. {'; '.join(said) or 'Ingen betaler'}."
