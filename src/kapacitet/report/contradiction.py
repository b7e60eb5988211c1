"""Why there is no plan: requirements that can't all hold, or parties that can't all agree, in few lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kapacitet.demand.terms import LONG_TERM, TEMPORARY
from kapacitet.insight.result import Conflict, Relaxation
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Heading, Paragraph
from kapacitet.report.folding import AMOUNT, YEAR, alike, years_of

CELL = re.compile(rf"\S+ \((?:{TEMPORARY}|{LONG_TERM})\)")
CONSENT = "acceptance"


def contradiction_blocks(conflict: Conflict) -> list[Block]:
    """Everything said of a conflict."""
    if all(requirement.family == CONSENT for requirement in conflict.requirements):
        return _nobody_consents(conflict)
    contradictions: dict[int, list[Relaxation]] = defaultdict(list)
    for requirement in conflict.requirements:
        contradictions[requirement.contradiction].append(requirement)
    alone = [mine[0] for mine in contradictions.values() if len(mine) == 1]
    together = [mine for mine in contradictions.values() if len(mine) > 1]
    blocks: list[Block] = [
        Heading("Kravene strider mod hinanden"),
        Paragraph("Ingen plan kan opfylde alle krav."),
    ]
    if alone:
        blocks += [Paragraph("Det kan ikke lade sig gøre, uanset de andre krav; lemp det nok:"), _impossible(alone)]
    if together:
        count = words.counted(len(together), "modsigelse", "modsigelser")
        once = "Lempes ét af disse krav nok, kan de andre overholdes:"
        blocks.append(
            Paragraph(once if len(together) == 1 else f"Der er {count}; lemp mindst ét krav i hver af dem:")
        )
    for number, requirements in enumerate(together, start=1):
        if len(together) > 1:
            blocks.append(Paragraph(f"Modsigelse {number}"))
        blocks.append(Bullets(tuple(_told(mine, every=False) for mine in _alike(requirements))))
    if conflict.warnings:
        blocks += [Heading("Advarsler"), Bullets(conflict.warnings)]
    return blocks


def _impossible(requirements: Sequence[Relaxation]) -> Bullets:
    return Bullets(tuple(_told(mine, every=True) for mine in _alike(requirements)))


def _alike(requirements: Sequence[Relaxation]) -> list[list[Relaxation]]:
    """Requirements that say the same of several years or demand cells, by year."""
    in_order = sorted(requirements, key=lambda requirement: YEAR.findall(requirement.sentence))
    return alike(in_order, lambda requirement: f"{requirement.sentence} {requirement.unit}", YEAR, CELL)


def _told(mine: Sequence[Relaxation], *, every: bool) -> str:
    """One line for requirements that are alike: all of them must give way (``every``), or one is enough."""
    if len(mine) == 1:
        return mine[0].text()
    first, text = mine[0], _together(mine)
    enough = [requirement for requirement in mine if requirement.amount is not None]
    if not enough:
        return f"{text} ({first.tag}); det er ikke nok at lempe ét af disse krav alene"
    pick = (max if every else min)(enough, key=lambda requirement: requirement.amount or 0.0)
    amount = f"{numbers.number(pick.amount, 2).removesuffix(',00')} {first.unit}".rstrip()
    where = " i ".join([*CELL.findall(pick.sentence), *YEAR.findall(pick.sentence)[:1]])
    if every:
        return f"{text} ({first.tag}); lemp dem alle, mest for {where}: mindst {amount}"
    return f"{text} ({first.tag}); lemp ét af dem, mindst er det for {where}: {amount}"


def _together(mine: Sequence[Relaxation]) -> str:
    """The sentence once, with all years in it, and with demand cells each with its years."""
    sentence = mine[0].sentence
    years: dict[str, list[str]] = defaultdict(list)
    for requirement in mine:
        cell = CELL.search(requirement.sentence)
        years[cell[0] if cell else ""].append(requirement.sentence)
    if "" in years:
        return YEAR.sub(years_of(years[""]), sentence, count=1)
    when = words.listed(f"{cell} i {years_of(texts)}" for cell, texts in years.items())
    return re.sub(rf"{CELL.pattern} i {YEAR.pattern}", lambda _: when, sentence, count=1)


def _nobody_consents(conflict: Conflict) -> list[Block]:
    """Who refuses the plan that lacks least; a party's years together, the worst of them told."""
    found = alike(conflict.requirements, lambda requirement: requirement.sentence, AMOUNT, YEAR)
    return [
        Heading("Parterne kan ikke blive enige"),
        *(Paragraph(warning) for warning in conflict.warnings),
        Bullets(tuple(_refusal(mine) for mine in found)),
        Paragraph(
            "Det kan hjælpe at tillade flere ordninger (underskud.allowed), at ændre på det, scenariet tvinger "
            "igennem (projects), eller at lempe grænserne for tab (acceptance) og servicerammen."
        ),
    ]


def _refusal(mine: Sequence[Relaxation]) -> str:
    worst = max(mine, key=lambda requirement: requirement.amount or 0.0)
    lacking = f"mangler {numbers.number(worst.amount, 2)} {worst.unit}"
    if len(mine) == 1:
        return f"{worst.sentence} ({lacking})"
    others = years_of(requirement.sentence for requirement in mine if requirement is not worst)
    return f"{worst.sentence} ({lacking}; også i {others})"
