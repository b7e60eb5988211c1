"""Who gains, in Danish: each municipality alone and together, groups that would do better alone, and the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kapacitet.insight.gains.costs import Cost
from kapacitet.insight.gains.key import Key
from kapacitet.insight.gains.result import Gains
from kapacitet.report import numbers
from kapacitet.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, grid
from kapacitet.report.gains_groups import group_blocks
from kapacitet.report.gains_key import key_blocks
from kapacitet.report.gains_words import (
    DIVISION_NAMES,
    amount,
    column_unit,
    division_word,
    in_unit,
    shown_divisions,
    with_columns,
)
from kapacitet.report.notes import made_up, source
from kapacitet.report.words import listed, sentence

ALONE = (
    "Alene betyder: kommunen eller gruppen har sine egne tilbud og projekter. Dens borgere i andres tilbud bliver "
    "boende og betaler takst, men ingen nye kan komme ind hos andre kommuner eller regionen. Andres borgere i dens "
    "tilbud bliver boende og betaler takst. Ledige private pladser og køb er delt efter behov. Gevinsten er et mål "
    "for, hvad samarbejdet er værd, ikke en prognose for, hvad der ville ske."
)


def gains_blocks(gains: Gains, summary: Mapping[str, Any]) -> list[Block]:
    """Everything ``kapacitet gains`` prints; ``summary`` is the content of ``result.json``."""
    blocks: list[Block] = [
        Heading(f"Hvem vinder ved at gå sammen: {summary['name']}", 1),
        Paragraph(str(summary["region_title"]), "quiet"),
        Paragraph(_together(gains), "strong"),
    ]
    if note := made_up(summary):
        blocks.append(Paragraph(f"Svaret hviler på illustrative data: {note}", "warning"))
    if not gains.complete:
        blocks.append(
            Paragraph("Tiden slap op, før alt var regnet: tomme felter og grænser er det, der mangler.", "warning")
        )
    blocks += [Paragraph(ALONE, "quiet"), Heading("Kommunerne"), _municipalities(gains), Bullets(_who(gains))]
    if gains.groups:
        blocks += [Heading("Grupper af kommuner"), *group_blocks(gains)]
    blocks += [Heading("Forslag til nøgle"), *key_blocks(gains)]
    took = sentence(f"Beregnet på {numbers.seconds(gains.seconds)}")
    blocks.append(Paragraph(f"{source(summary)} {took}", "quiet"))
    return blocks


def _together(gains: Gains) -> str:
    years = gains.problem.years
    total, external = gains.together.cost, gains.together.external
    said = f"Alle kommuner sammen: {amount(total)} for {years[0]}–{years[-1]} (nutidsværdi)"
    if external > 0:
        said += f"; planen koster {amount(total + external)}, og købere udenbys betaler {amount(external)} af det"
    alone = gains.cost_alone()
    if not np.isfinite(alone).all():
        return sentence(said)
    saved = float(alone.sum()) - total
    per_head = numbers.kroner(abs(saved) / float(gains.population.sum()))
    apart = f"Hver for sig: {amount(float(alone.sum()))}"
    verb = "sparer" if saved >= 0 else "koster"
    share = numbers.percent(abs(saved) / abs(float(alone.sum()))) if alone.sum() else ""
    return (
        f"{sentence(said)} {sentence(apart)} At gå sammen {verb} {amount(abs(saved))}"
        f"{f' ({share})' if share else ''}, {per_head} pr. indbygger."
    )


def _municipalities(gains: Gains) -> Grid:
    unit, shown = column_unit(gains), with_columns(gains)
    alone = gains.cost_alone()
    columns = ["Kommune", "Indbyggere", "Alene"]
    for name in shown:
        columns += [f"Efter {DIVISION_NAMES[name]}", "Gevinst", "Kr. pr. indb."]
    rows: list[list[str | Cell]] = []
    for k, m in enumerate(gains.problem.municipalities):
        row: list[str | Cell] = [m.name, numbers.number(m.population), _alone(alone[k], unit)]
        for name in shown:
            paid = float(gains.divisions[name][k])
            gain = float(alone[k]) - paid
            row += [
                in_unit(paid, unit),
                Cell(in_unit(gain, unit), gain < 0),
                numbers.number(gain / float(gains.population[k])),
            ]
        rows.append(row)
    total: list[str | Cell] = ["I alt", numbers.number(gains.population.sum()), _alone(float(alone.sum()), unit)]
    for name in shown:
        paid = float(gains.divisions[name].sum())
        gain = float(alone.sum()) - paid
        total += [in_unit(paid, unit), in_unit(gain, unit), numbers.number(gain / float(gains.population.sum()))]
    note = f"{unit.capitalize()} i nutidsværdi over alle år. * Betaler mere end alene."
    return grid(columns, [*rows, total], note=note)


def _alone(cost: float, unit: str) -> str:
    return "kan ikke" if cost == float("inf") else in_unit(cost, unit)


def _who(gains: Gains) -> tuple[str, ...]:
    """Who gains most and least, and who would lose, under each division."""
    alone, every = gains.cost_alone(), gains.problem.municipalities
    said = []
    for name in shown_divisions(gains):
        per_head = (alone - gains.divisions[name]) / gains.population
        known = [k for k in range(len(every)) if np.isfinite(per_head[k])]
        if not known:
            continue
        ranked = sorted(known, key=lambda k: (-per_head[k], every[k].code))
        best, worst = ranked[0], ranked[-1]
        losers = [every[k].name for k in known if gains.better_alone(name, _known(gains.alone[k]))]
        text = (
            f"{division_word(name)} vinder {every[best].name} mest pr. indbygger "
            f"({numbers.kroner(float(per_head[best]))}) og {every[worst].name} mindst "
            f"({numbers.kroner(float(per_head[worst]))})"
        )
        text += f"; {listed(losers)} ville klare sig billigere alene" if losers else "; ingen kommune taber"
        said.append(sentence(text))
    return tuple(said)


def _known(cost: Cost | None) -> Cost:
    assert cost is not None
    return cost


def statement(key: Key | None) -> str:
    """One word for ``result.json`` on whether the key holds."""
    if key is None:
        return "ikke søgt"
    return "stabil" if key.stable else "ingen stabil fordeling" if key.empty else "ikke bevist"
