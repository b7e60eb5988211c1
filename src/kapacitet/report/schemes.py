"""The plan under each scheme for all its new houses: who accepts, who gains, who dares, and what is paid."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kapacitet.insight.acceptance_tables import NEW_KINDS, PICKED
from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Cell, Grid, Paragraph, grid
from kapacitet.report.records import Row, records

KRONE = 1.0


def scheme_blocks(result: Result) -> tuple[Block, ...]:
    """Nothing where no house is new: then schemes don't differ."""
    if result.tables["agreements"].empty:
        return ()
    schemes = result.tables["schemes"]
    people = result.tables["scheme_accounts"]["population"]
    return (_parties(result, people), Paragraph(best_schemes(schemes, people)), _payments(schemes))


def _parties(result: Result, people: pd.Series) -> Grid:
    allowed = {PICKED, *result.scenario.underskud.allowed}
    rows = [
        [
            words.scheme(row["scheme"]) + ("" if row["scheme"] in allowed else " (ikke tilladt)"),
            "ingen" if row["accepted"] else Cell(words.counted(row["refusals"], "part", "parter"), marked=True),
            f"{row['better_off']} / {row['worse_off']}",
            numbers.number(row["largest_burden"], signed=True),
            numbers.number(row["gain"] / numbers.MILLION, 1, signed=True),
            inhabitants_needed(row["dare_from"]),
            f"{daring(row['dare_from'], people)} af {len(people)}",
        ]
        for row in records(result.tables["schemes"])
    ]
    columns = [
        "Ordning",
        "Afvises af",
        "Bedre / dårligere",
        "Største byrde",
        "Gevinst",
        "Tør bygge fra",
        "Tør i alt",
    ]
    one = " Kun én fremtid er regnet, så risikoen ved et behov, der svinger, er ikke med."
    note = (
        "Alle nye tilbud under samme ordning, mod ikke at bygge nyt; nutidsværdi. Bedre og dårligere stillet: antal "
        "kommuner. Største byrde: kr. pr. indbygger over planens år for den kommune, som planen er dyrest for; minus "
        "er en lettelse. Gevinst: kommunernes, mio. kr. Tør bygge fra: så mange indbyggere skal en kommune have for "
        "at bære tabet på det mest risikable nye tilbud inden for scenariets grænser; så mange kommuner har det. "
        "Planens aftaler er valgt, så ingen afviser dem, om muligt, og så den største byrde bliver mindst."
        + (one if result.scenario.futures.count == 1 else "")
    )
    return grid(columns, rows, note=note)


def inhabitants_needed(dare_from: float) -> str:
    """From how many inhabitants a municipality can bear the riskiest new house."""
    if dare_from == 0:
        return "alle"
    return "ingen er store nok" if dare_from == float("inf") else numbers.number(dare_from)


def daring(dare_from: float, people: pd.Series) -> int:
    """How many municipalities are large enough."""
    return int((people >= dare_from).sum())


def best_schemes(schemes: pd.DataFrame, people: pd.Series) -> str:
    """Which scheme makes most municipalities better off, and which lets the smallest municipality dare to build."""
    pure = records(schemes[schemes["scheme"] != PICKED])
    most = max(row["better_off"] for row in pure)
    least = min(row["dare_from"] for row in pure)
    better = _titles(row for row in pure if row["better_off"] == most)
    whole = words.counted(len(people), "kommune", "kommuner")
    first = f"Flest kommuner bliver bedre stillet under {better}: {most} af {whole}."
    moved = _moved(max(row["gain"] for row in pure) - min(row["gain"] for row in pure))
    if least == float("inf"):
        second = "Ingen kommune er stor nok til at bære det mest risikable nye tilbud, uanset ordning."
        return f"{first} {second}{moved}"
    dares = _titles(row for row in pure if row["dare_from"] == least)
    if least == 0:
        return f"{first} Enhver kommune tør bygge ethvert af de nye tilbud under {dares}.{moved}"
    return (
        f"{first} Den mindste kommune tør bygge det mest risikable nye tilbud under {dares}: "
        f"fra {numbers.number(least)} indbyggere ({daring(least, people)} af {whole}).{moved}"
    )


def _moved(spread: float) -> str:
    """Whose money the difference in the municipalities' gain between schemes is, where there is one."""
    if spread < numbers.MILLION / 10:
        return ""
    return (
        f" Ordningerne flytter kun betalinger: forskellen i kommunernes gevinst, op til {numbers.millions(spread)}, "
        "er statens (refusionen følger taksten), regionens eller andre parters penge."
    )


def _titles(rows: Iterable[Row]) -> str:
    titles = [words.scheme(row["scheme"]) for row in rows]
    return words.listed(title[0].lower() + title[1:] for title in titles)


def _payments(schemes: pd.DataFrame) -> Grid:
    paid = [kind for kind in NEW_KINDS if (schemes[kind].abs() >= KRONE).any()]
    rows = [[words.scheme(row["scheme"]), *_amounts(row, paid)] for row in records(schemes)]
    note = (
        "De nye tilbuds betalinger, mio. kr., nutidsværdi; alle rækker giver samme sum: tilbuddenes omkostning. "
        "Ejerens resultat: plus er et underskud, ejeren selv bærer, minus et overskud, den beholder."
    )
    return grid(["Betalt som", *(words.KINDS[kind].capitalize() for kind in paid), "I alt"], rows, note=note)


def _amounts(row: Row, kinds: list[str]) -> list[str]:
    amounts = [row[kind] for kind in kinds]
    return [numbers.number(kr / numbers.MILLION, 1) for kr in (*amounts, sum(amounts))]
