"""The plan as a readable action list: one Danish sentence for each thing somebody must do."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kapacitet.report import numbers, words
from kapacitet.report.records import Row, records
from kapacitet.report.words import Names


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: the year it begins, and the sentence with the year in front."""

    year: int
    text: str


def actions(builds: pd.DataFrame, names: Names) -> tuple[Action, ...]:
    """The plan's actions, by year, then by who acts.

    Args:
        builds: result table ``builds`` (kind byg, luk or omlaeg; money in kr.).
        names: names of municipalities.
    """
    sentences = {"byg": _build, "luk": _close, "omlaeg": _convert}
    found = [
        (int(row["start_year"]), names.owner(row["owner_type"], row["owner"]), sentences[row["kind"]](row, names))
        for row in records(builds)
    ]
    return tuple(Action(year, f"{year}: {text}") for year, _, text in sorted(found))


def who_acts(row: Row, names: Names) -> str:
    """Who acts; of an owner that isn't the municipality itself, also where."""
    owner, place = names.owner(row["owner_type"], row["owner"]), names.municipality(row["municipality"])
    return owner if owner == place else f"{owner} ({place})"


def which_places(row: Row) -> str:
    """Places, groups and legal basis: "12 pladser til autisme, §107"."""
    count = numbers.places(row["places"])
    noun = "plads" if count == "1" else "pladser"
    return f"{count} {noun} til {words.groups(row['target_groups'])}, {words.legal_basis(row['legal_basis'])}"


def _build(row: Row, names: Names) -> str:
    parts = [f"{who_acts(row, names)} bygger {which_places(row)}", numbers.money(row["construction_cost"])]
    if row["loan"] > 0:
        parts.append(f"heraf {numbers.money(row['loan'])} af lånepulje")
    parts.append(f"åbner {int(row['opening_year'])}")
    return ", ".join(parts) + (" (allerede besluttet)" if row["committed"] else "")


def _close(row: Row, names: Names) -> str:
    return ", ".join([f"{who_acts(row, names)} lukker {row['name']}, {which_places(row)}", *_one_off(row)])


def _convert(row: Row, names: Names) -> str:
    text = f"{who_acts(row, names)} omlægger {row['name']} til {words.groups(row['target_groups'])}"
    count = f"{numbers.places(row['places'])} pladser, {words.legal_basis(row['legal_basis'])}"
    return ", ".join([text, count, *_one_off(row), f"klar {int(row['opening_year'])}"])


def _one_off(row: Row) -> list[str]:
    cost = row["one_off_cost"]
    return [f"engangsudgift {numbers.money(cost)}"] if cost > 0 else []
