"""What a planner reads first: the plan in words, what to do, what it gives, and what it rests on.

The same blocks are printed in the terminal and written as ``plan.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.accounts import account_blocks
from kapacitet.report.actions import actions
from kapacitet.report.assumptions import assumptions
from kapacitet.report.consent import consent_blocks
from kapacitet.report.document import Block, Bullets, Heading, Paragraph, Picture
from kapacitet.report.economy import delta, frames, key_figures
from kapacitet.report.folding import worst_told
from kapacitet.report.limits import binding, nearly_chosen
from kapacitet.report.notes import made_up
from kapacitet.report.occupancy import critical_mass, emptiest
from kapacitet.report.plan_change import plan_change_blocks
from kapacitet.report.schemes import scheme_blocks
from kapacitet.report.supply import supply
from kapacitet.report.uncertainty import uncertainty_blocks
from kapacitet.report.words import Names


def summary(result: Result, names: Names, pictures: Sequence[Picture] = ()) -> tuple[Block, ...]:
    """The whole summary of a result.

    Args:
        result: a plan.
        names: names of municipalities.
        pictures: pictures beside the report, shown after the actions.
    """
    known = result.summary
    blocks: list[Block] = [Heading(str(known["name"]), 1), Paragraph(str(known["region_title"]), "quiet")]
    if known["description"]:
        blocks.append(Paragraph(str(known["description"])))
    blocks.append(Paragraph(status(result), "strong"))
    if note := made_up(known):
        blocks.append(Paragraph(f"Planen hviler på illustrative data: {note}", "warning"))
    blocks += _section("Anbefaling", Paragraph(recommendation(result, names)))
    todo = tuple(action.text for action in actions(result.tables["builds"], names))
    blocks += _section("Handlinger", Bullets(todo) if todo else None)
    blocks += _section("Ændringer siden sidste plan", *plan_change_blocks(result, names))
    blocks += pictures
    blocks += _section("Nøgletal", key_figures(result))
    blocks += _section("Forskel fra ikke at bygge nyt", delta(result))
    blocks += _section("Usikkerhed", *uncertainty_blocks(result))
    blocks += _section("Tilslutning", *consent_blocks(result, names))
    blocks += _section("Ordninger side om side", *scheme_blocks(result))
    blocks += _section("Regnskab pr. kommune", *account_blocks(result))
    blocks += _section("Målgrupper", supply(result))
    blocks += _section("Rammer brugt over 80 %", frames(result, names))
    blocks += _section("Laveste belægning", emptiest(result, names))
    blocks += _section("Kritisk masse", critical_mass(result))
    blocks += _section("Grænser, der holder planen tilbage", binding(result))
    blocks += _section("Næsten valgt", nearly_chosen(result, names))
    warnings = (*worst_told(known["shortages"]), *known["warnings"])
    blocks += _section("Advarsler", Bullets(warnings) if warnings else None)
    blocks += _section("Forudsætninger", assumptions(result))
    blocks.append(Paragraph(calculation(result), "quiet"))
    return tuple(blocks)


def _section(title: str, *bodies: Block | None) -> list[Block]:
    """A heading with its body; nothing where there is nothing to say."""
    said = [body for body in bodies if body is not None]
    return [Heading(title), *said] if said else []


def status(result: Result) -> str:
    """How sure the plan is, and what it costs."""
    known = result.summary
    years = result.scenario.horizon.years
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    cost = f"Omkostning {span}: {numbers.millions(known['objective'])} (nutidsværdi i {known['price_year']}-priser)."
    if known["status"] == "optimal":
        near = known["gap"] is not None and known["gap"] < numbers.SMALL_GAP
        sure = "" if near else f": ingen plan er mere end {numbers.gap(known['gap'])} billigere"
        return f"Planen er optimal{sure}. {cost}"
    if known["gap"] is None:
        return f"Søgningen blev standset; hvor god planen er, er ikke bevist. {cost}"
    return f"Søgningen blev standset: den bedst mulige plan er højst {numbers.gap(known['gap'])} billigere. {cost}"


def recommendation(result: Result, names: Names) -> str:
    """What the plan recommends, and what that gives against building nothing new."""
    known, builds = result.summary, result.tables["builds"]
    new = builds[(builds["kind"] == "byg") & ~builds["committed"].astype(bool)]
    sentences = []
    if new.empty:
        decided = " andet end det, der allerede er besluttet" if (builds["kind"] == "byg").any() else " nyt"
        sentences.append(f"Planen bygger ikke{decided}.")
    else:
        owners = [
            f"{numbers.places(mine['places'].sum())} pladser hos {owner}"
            for owner, mine in new.assign(
                by=[names.owner(kind, owner) for kind, owner in zip(new["owner_type"], new["owner"], strict=True)]
            ).groupby("by")
        ]
        count = f"{len(new)} nye tilbud" if len(new) > 1 else "et nyt tilbud"
        sentences.append(f"Byg {numbers.places(new['places'].sum())} pladser i {count}: {words.listed(owners)}.")
        sentences.append(words.sentence(f"Anlæg koster {numbers.millions(new['construction_cost'].sum())}"))
    for kind, verb in (("luk", "Luk"), ("omlaeg", "Omlæg")):
        if count_of := int((builds["kind"] == kind).sum()):
            sentences.append(f"{verb} {count_of} tilbud.")
    sentences += _difference(known, nothing=builds.empty)
    return " ".join(sentences)


def _difference(known: Mapping[str, Any], *, nothing: bool) -> list[str]:
    """Cost and cover against building nothing new; cover alone where the plan does nothing either."""
    now, bare = known["kpis"], known["baseline"]["kpis"]
    saved = known["baseline"]["objective"] - known["objective"]
    same_cost = numbers.millions(saved) == numbers.millions(0)
    private, without = (numbers.percent(kpis["privat_andel"], 0) for kpis in (now, bare))
    unmet, unmet_without = (numbers.places(kpis["udaekket_helaarspladser"]) for kpis in (now, bare))
    if same_cost and (private, unmet) == (without, unmet_without):
        cover = f"Private og købte pladser dækker {private} af behovet; {unmet} helårspladser er udækket."
        return [cover] if nothing else ["Det koster det samme som ikke at bygge nyt.", cover]
    compared = "mindre" if saved > 0 else "mere"
    return [
        "Det koster det samme som ikke at bygge nyt."
        if same_cost
        else f"Det koster {numbers.millions(abs(saved))} {compared} over planens år end ikke at bygge nyt "
        "(nutidsværdi).",
        f"Private og købte pladser dækker {private} af behovet mod {without}, hvis der ikke bygges; {unmet} "
        f"helårspladser er udækket mod {unmet_without}.",
    ]


def calculation(result: Result) -> str:
    """How the answer was found, so that it can be found again."""
    known = result.summary
    return (
        f"Beregnet på {numbers.seconds(known['seconds'])} med kapacitet {known['versions']['kapacitet']} "
        f"({numbers.number(known['columns'])} variable, {numbers.number(known['rows'])} krav). "
        f"Inputnøgle {known['input_hash'][:12]}."
    )
