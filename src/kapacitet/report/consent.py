"""Whether the parties can agree to the plan: who refuses and by how much, what is agreed, and who gains."""

from __future__ import annotations

import pandas as pd

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.insight.result import Result
from kapacitet.ledger.acceptance.choice import WITHIN
from kapacitet.report import numbers, words
from kapacitet.report.accounts import refund_change
from kapacitet.report.actions import which_places, who_acts
from kapacitet.report.document import Block, Bullets, Grid, Paragraph, grid
from kapacitet.report.records import records
from kapacitet.report.words import Names
from kapacitet.scenario.coverage import year_ranges

SHOWN = 8
KRONE = 1.0


def consent_blocks(result: Result, names: Names) -> tuple[Block, ...]:
    """Nothing where the plan agrees nothing and nothing was refused."""
    refused, agreed = refusals(result.tables["acceptance"]), agreements(result, names)
    if agreed is None and not refused and not result.summary["acceptance"]["refused_plans"]:
        return ()
    blocks: list[Block] = [Paragraph(verdict(result), "warning" if refused else "strong")]
    if refused:
        more = (f"… og {len(refused) - SHOWN} til; se acceptance.csv.",) if len(refused) > SHOWN else ()
        blocks.append(Bullets((*refused[:SHOWN], *more)))
    if agreed is not None:
        blocks += [agreed, Paragraph(gains(result))]
    return tuple(blocks)


def refusing(acceptance: pd.DataFrame) -> tuple[str, ...]:
    """Names of the parties that refuse, each once."""
    return tuple(dict.fromkeys(acceptance.loc[acceptance["missed"] > WITHIN, "party_name"]))


def refusals(acceptance: pd.DataFrame) -> tuple[str, ...]:
    """A sentence for each party and reason, its years together, the figures those of the worst year."""
    missed = acceptance[acceptance["missed"] > WITHIN]
    found = []
    for (role, _), mine in missed.groupby(["role", "party"], sort=False):
        worst = mine.sort_values("missed", kind="stable").iloc[-1]
        found.append(
            words.REFUSALS[str(role)].format(
                party=worst["party_name"],
                most="op til " if len(mine) > 1 else "",
                years=year_ranges(int(year) for year in mine["year"].dropna()),
                **{name: numbers.number(worst[name], 2) for name in ("stated", "limit", "missed")},
            )
        )
    return tuple(found)


def verdict(result: Result) -> str:
    """Whether anybody refuses, and whether the scenario asks for consent."""
    known, refused = result.summary["acceptance"], refusing(result.tables["acceptance"])
    if refused:
        asked = "" if known["enforced"] else " Scenariet kræver ikke tilslutning."
        return f"{words.listed(refused)} har grund til at afvise planen.{asked}"
    if not known["enforced"]:
        return "Ingen part har grund til at afvise planen med de aftaler, der står her; scenariet kræver det ikke."
    tried = words.counted(known["refused_plans"], "anden plan", "andre planer")
    searched = f" Undervejs blev {tried} afvist." if known["refused_plans"] else ""
    return f"Ingen part har grund til at afvise planen, som scenariet kræver.{searched}"


def agreements(result: Result, names: Names) -> Grid | None:
    """Scheme and subscribers of each new house, by the year it opens; None where nothing is agreed."""
    agreed = result.tables["agreements"]
    builds = result.tables["builds"]
    rows = []
    for build in records(builds[builds["kind"] == "byg"].sort_values(["opening_year", "candidate"])):
        mine = agreed[agreed["offer"] == build["candidate"]]
        if not mine.empty:
            rows.append(
                [
                    f"{who_acts(build, names)}: {which_places(build)}",
                    words.scheme(mine["scheme"].iloc[0]),
                    subscribers(mine, names),
                    str(build["opening_year"]),
                ]
            )
    if not rows:
        return None
    return grid(["Nyt tilbud", "Ordning", "Abonnenter og pladser", "Åbner"], rows, left=3)


def subscribers(mine: pd.DataFrame, names: Names) -> str:
    """Who subscribes to how many places of a house, most first; a dash where nobody does."""
    taken = mine.dropna(subset=["subscribed"]).groupby("subscriber")["subscribed"].sum()
    taken = taken[taken > 0].sort_values(ascending=False, kind="stable")
    return (
        ", ".join(f"{names.municipality(code)} {numbers.places(count)}" for code, count in taken.items())
        or numbers.MISSING
    )


def gains(result: Result) -> str:
    """How many municipalities are better off, the largest burden, and how state refund changes."""
    known, bill = result.summary["acceptance"], result.tables["scheme_accounts"]
    worse = f"{known['worse_off']} dårligere" if known["worse_off"] else "ingen dårligere"
    parts = [
        f"{known['better_off']} af {words.counted(len(bill), 'kommune', 'kommuner')} bliver bedre stillet end uden "
        f"planen, {worse}."
    ]
    each = (bill[PICKED] - bill["baseline"]) / bill["population"].clip(lower=1)
    name, burden = bill["name"].iloc[int(each.argmax())], float(each.max())
    amount = f"{numbers.number(abs(burden))} kr."
    over = "pr. indbygger over planens år (nutidsværdi)."
    parts.append(
        f"Størst er byrden i {name}: {amount} mere {over}"
        if burden > 0
        else f"Mindst får {name} ud af den: {amount} {over}"
    )
    gain, refund = float(known["gain"]), refund_change(result.tables["accounts"])
    parts.append(f"Kommunerne {'sparer' if gain >= 0 else 'mister'} tilsammen {numbers.millions(abs(gain))}")
    if refund is not None and abs(refund) >= KRONE:
        moved, left = "stiger" if refund > 0 else "falder", gain - refund
        parts.append(
            "Det er efter statsrefusion af særligt dyre enkeltsager (SEL § 176, en tilnærmelse efter prisen pr. "
            f"helårsplads), som {moved} {numbers.millions(abs(refund))} Med uændret statsrefusion ville kommunerne "
            f"have {'sparet' if left >= 0 else 'mistet'} {numbers.millions(abs(left))}"
        )
    return " ".join(parts)
