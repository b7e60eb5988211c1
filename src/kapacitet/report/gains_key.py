"""The suggested key in Danish: whether it holds, how far that is proven, and what it asks of each municipality."""

from __future__ import annotations

import numpy as np

from kapacitet.insight.gains.key import Key
from kapacitet.insight.gains.result import KEY, POPULATION, Gains
from kapacitet.report import numbers
from kapacitet.report.document import Block, Bullets, Grid, Paragraph, grid
from kapacitet.report.gains_words import amount, column_unit, in_unit
from kapacitet.report.words import sentence


def key_blocks(gains: Gains) -> list[Block]:
    """What can be said of a key that nobody has reason to leave."""
    key = gains.key
    if key is None:
        return [Paragraph("Nøglen er ikke søgt: tiden slap op. Giv den mere med --time-limit.", "warning")]
    same = np.allclose(gains.divisions[KEY], gains.divisions[POPULATION])
    said = [_holds(gains, key, same), _excess(key), _proof(gains, key)]
    blocks: list[Block] = [Paragraph(said[0], "strong"), Bullets(tuple(text for text in said[1:] if text))]
    return blocks if same else [*blocks, _table(gains)]


def _holds(gains: Gains, key: Key, same: bool) -> str:
    name = "En fordeling efter folketal" if same else "Forslaget herunder"
    gap = numbers.percent(gains.problem.scenario.solver.gap)
    if key.stable:
        rest = "" if same else " Det er den fordeling af den slags, der ligger nærmest folketallet."
        return (
            f"{name} holder: ingen kommune og ingen gruppe af kommuner ville klare sig billigere alene "
            f"(bevist inden for regnenøjagtigheden, {gap}).{rest}"
        )
    if key.empty:
        return (
            f"Ingen fordeling holder: uanset nøglen betaler mindst én gruppe {amount(key.least)} mere, end den "
            "koster alene, så har nogen altid en grund til at gå. Forslaget gør den grund så lille som muligt og "
            "ligger ellers nærmest folketallet."
        )
    known = f"{numbers.number(gains.priced - 1)} grupper, der er regnet på"
    text = f"{name} giver ingen af de {known}, grund til at gå."
    if np.isfinite(key.excess):
        return f"{text} For alle andre er det bevist, at ingen kan spare mere end {amount(key.excess)} ved at gå."
    return f"{text} For alle andre er det ikke bevist."


def _excess(key: Key) -> str:
    """ε in words."""
    low, high = key.least, key.most
    if not np.isfinite(low) and not np.isfinite(high):
        return ""
    if not np.isfinite(low):
        return f"{sentence(f'Den mindste merpris, ε, er højst {amount(high)}')} En nedre grænse er ikke fundet."
    if not np.isfinite(high):
        return f"{sentence(f'Den mindste merpris, ε, er mindst {amount(low)}')} En øvre grænse er ikke bevist."
    where = f"er {amount(low)}" if key.proven else f"ligger mellem {amount(low)} og {amount(high)}"
    value = sentence(f"Den mindste merpris, ε, {where}")
    if high < 0:
        return (
            f"{value} Under 0 betyder, at der findes fordelinger, som ingen gruppe har grund til at forlade: "
            f"hver eneste kan spare mindst {amount(-high)} ved at være med."
        )
    if low > 0:
        return f"{value} Så meget for meget betaler den dårligst stillede gruppe, selv når der deles bedst muligt."
    return f"{value} 0 eller derunder betyder, at der findes en fordeling, ingen har grund til at forlade."


def _proof(gains: Gains, key: Key) -> str:
    every = 2 ** len(gains.problem.municipalities) - 2
    priced = numbers.number(gains.priced - 1)
    sure = "ε er bevist" if key.proven else "ε er ikke bevist helt"
    return (
        f"Der er regnet på {priced} af {numbers.number(every)} mulige grupper; resten er dækket af en nedre grænse "
        f"for deres omkostning, så langt beviset rækker. {sure}."
    )


def _table(gains: Gains) -> Grid:
    unit = column_unit(gains)
    reference, suggested = gains.divisions[POPULATION], gains.divisions[KEY]
    rows = [
        [
            m.name,
            numbers.percent(float(reference[k] / reference.sum()), 2),
            numbers.percent(float(suggested[k] / suggested.sum()), 2),
            in_unit(float(reference[k]), unit),
            in_unit(float(suggested[k]), unit),
            numbers.number(float((suggested[k] - reference[k]) / gains.population[k]), signed=True),
        ]
        for k, m in enumerate(gains.problem.municipalities)
    ]
    columns = ["Kommune", "Folketal", "Forslag", "Efter folketal", "Efter forslaget", "Forskel, kr. pr. indb."]
    return grid(columns, rows, note=f"Andele af omkostningen og {unit} i nutidsværdi.")
