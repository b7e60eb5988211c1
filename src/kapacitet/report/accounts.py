"""The account of every party over the plan's years, with and without the plan, and the check of every krone."""

from __future__ import annotations

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Cell, Grid, Paragraph, grid
from kapacitet.report.records import Row, records

KRONE = 1.0
MUNICIPALITY = "kommune"
UNIT = "Mio. kr., nutidsværdi over planens år; minus er en indtægt eller en lettelse."
SUMS = ["before", "after", "change", "construction", "capital", "waiting_before", "waiting"]


def discounted_accounts(accounts: pd.DataFrame) -> pd.DataFrame:
    """A row per party: role, party, name, population, then discounted kr. over the years concerned.

    Args:
        accounts: result table ``accounts``.

    Returns:
        ``before`` and ``after`` (account without and with the plan), ``change`` (above zero: the plan costs more),
        ``per_inhabitant`` (of the change), ``construction`` (cash), ``capital`` (the charge in the cost of new
        houses), ``waiting_before`` and ``waiting`` (unmet need at the dearest private price, in no account).
    """
    now = accounts.assign(
        before=accounts["baseline_discounted"],
        after=accounts["discounted"],
        change=accounts["discounted"] - accounts["baseline_discounted"],
        construction=accounts["anlaeg"] * accounts["discount_factor"],
        capital=accounts["kapitalomkostning"] * accounts["discount_factor"],
        waiting_before=accounts["baseline_venteliste"] * accounts["discount_factor"],
        waiting=accounts["venteliste"] * accounts["discount_factor"],
    )
    by_party = now.groupby(["role", "party"], sort=False)
    found = by_party[SUMS].sum()
    found["name"], found["population"] = by_party["party_name"].first(), by_party["population"].first()
    found["per_inhabitant"] = found["change"] / found["population"]
    return found.reset_index()


def refund_change(accounts: pd.DataFrame) -> float | None:
    """Discounted kr. of state refund more than without the plan; None where the state refunds nothing at all."""
    state = accounts[accounts["role"] == "stat"]
    if state.empty:
        return None
    return float((state["discounted"] - state["baseline_discounted"]).sum())


def differs(found: pd.DataFrame) -> bool:
    """Whether anybody's account differs from the one without the plan."""
    return bool((found["change"].abs() >= KRONE).any())


def account_blocks(result: Result) -> tuple[Block, ...]:
    """The accounts of municipalities one by one and of the other roles, and that every krone in is a krone out."""
    found = discounted_accounts(result.tables["accounts"])
    return _table(found), Paragraph(balance_sentence(result))


def _table(found: pd.DataFrame) -> Grid:
    towns = found[found["role"] == MUNICIPALITY]
    rows = [_row(str(row["name"]), row, row["population"]) for row in records(towns)]
    rows.append(_row(f"{words.ROLES[MUNICIPALITY]} i alt", _summed(towns), towns["population"].sum()))
    for role, title in words.ROLES.items():
        if role != MUNICIPALITY and not (mine := found[found["role"] == role]).empty:
            rows.append(_row(title, _summed(mine), None))
    rows.append(_row("I alt", _summed(found), None))
    if not differs(found):
        return grid(["Part", "Regnskab"], [[title, after] for title, _, after, *_ in rows], note=UNIT)
    columns = ["Part", "Uden planen", "Med planen", "Forskel", "Kr. pr. indbygger", "Anlæg", "Kapitalomkostning"]
    return grid(columns, rows, note=_note(_summed(found)))


def _row(title: str, sums: Row, population: float | None) -> list[str | Cell]:
    change = sums["change"]
    each = numbers.number(change / population, signed=True) if population else ""
    figures = [_millions(sums["before"]), _millions(sums["after"]), _millions(change, signed=True)]
    builder = [_millions(sums[column]) if sums[column] >= KRONE else "" for column in ("construction", "capital")]
    return [title, *figures, Cell(each, marked=bool(population) and change > KRONE), *builder]


def _summed(found: pd.DataFrame) -> Row:
    return {column: float(found[column].sum()) for column in SUMS}


def _millions(kr: float, *, signed: bool = False) -> str:
    return numbers.number(kr / numbers.MILLION, 1, signed=signed)


def _note(sums: Row) -> str:
    note = (
        f"{UNIT} Anlæg er udbetalt, når der bygges, og er ikke i regnskabet; det betales tilbage over taksten som "
        "kapitalomkostning, også efter planens sidste år."
    )
    if max(sums["waiting"], sums["waiting_before"]) < KRONE:
        return note
    return (
        f"{note} Udækket behov er ikke i regnskabet; til årets dyreste private pris er det "
        f"{numbers.millions(sums['waiting'])} med planen og {numbers.millions(sums['waiting_before'])} uden."
    )


def balance_sentence(result: Result) -> str:
    """That accounts and resource cost agree, when amounts are booked, and what falls due after the plan's years."""
    checked, last = result.summary["balance"], result.scenario.horizon.last
    ore = numbers.number(checked["largest_difference"] * 100, 1)
    text = (
        f"Hver krone ind er en krone ud: alle regnskaber er tilsammen {numbers.millions(checked['cost'])}, som er "
        f"planens omkostning uden rejser, udækket behov og straffe (største forskel i et år: {ore} øre, afrunding). "
        f"Efter det år, beløbene bogføres, er de {numbers.millions(checked['by_year_booked'])}"
    )
    beyond = checked["beyond_horizon"]
    if abs(beyond) < KRONE:
        return text
    which = "skal der betales" if beyond > 0 else "betales der"
    back = "" if beyond > 0 else " tilbage"
    return f"{text} Efter {last} {which} {numbers.money(abs(beyond))}{back} i efterregulering for planens år."
