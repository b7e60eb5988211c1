"""Who pays under each plan, under which schemes, and who would refuse, beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.insight.result import Result
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.report import numbers, words
from kapacitet.report.accounts import KRONE, MUNICIPALITY, discounted_accounts, refund_change
from kapacitet.report.comparison_line import Line, Value, compared
from kapacitet.report.consent import refusing

ACCOUNT = "Regnskab (nutidsværdi)"
EACH = "Mod ikke at bygge nyt, kr. pr. indbygger"


def payment_lines(results: Sequence[Result]) -> list[Line]:
    """Consent, agreements, municipalities' payments by kind, and the accounts of all parties."""
    accounts = [discounted_accounts(result.tables["accounts"]) for result in results]
    return [*_consent(results), *_agreements(results), *_kinds(results), *_accounts(accounts), *_changes(accounts)]


def _consent(results: Sequence[Result]) -> list[Line]:
    part = "Tilslutning"
    known: list[dict[str, Any]] = [result.summary["acceptance"] for result in results]
    refused = [words.listed(refusing(result.tables["acceptance"])) or "ingen" for result in results]
    burdens = [_largest_burden(result.tables["scheme_accounts"]) for result in results]
    refunds: list[Value] = [refund_change(result.tables["accounts"]) for result in results]
    asked = ["ja" if each["enforced"] else "nej" for each in known]
    lines = [
        compared(part, "Kræves af scenariet", asked, numbers.number),
        compared(part, "Afvises af", refused, numbers.number),
        compared(part, "Kommuner bedre stillet", [float(each["better_off"]) for each in known], numbers.places),
        compared(part, "Kommuner dårligere stillet", [float(each["worse_off"]) for each in known], numbers.places),
        compared(part, "Største byrde (kr. pr. indbygger)", burdens, _signed),
        compared(part, "Kommunernes gevinst", [float(each["gain"]) for each in known], numbers.millions),
    ]
    if any(refund is not None for refund in refunds):
        title = "Ændring i statsrefusion (SEL § 176, tilnærmet)"
        lines.append(compared(part, title, refunds, _signed_millions))
    return lines


def _largest_burden(bill: pd.DataFrame) -> float:
    return float(((bill[PICKED] - bill["baseline"]) / bill["population"].clip(lower=1)).max())


def _agreements(results: Sequence[Result]) -> list[Line]:
    part = "Aftaler om nye tilbud (pladser)"
    houses = [_houses(result) for result in results]
    lines = []
    for scheme in SCHEMES:
        places = [float(found.loc[found["scheme"] == scheme, "places"].sum()) for found in houses]
        if any(places):
            lines.append(compared(part, words.scheme(scheme), places, numbers.places))
    subscribed = [float(result.tables["agreements"]["subscribed"].sum()) for result in results]
    if any(subscribed):
        lines.append(compared(part, "– heraf tegnet i abonnement", subscribed, numbers.places))
    return lines


def _houses(result: Result) -> pd.DataFrame:
    """A row per new house: ``scheme`` and ``places``."""
    agreed = result.tables["agreements"].drop_duplicates("offer")[["offer", "scheme"]]
    builds = result.tables["builds"]
    new = builds.loc[builds["kind"] == "byg", ["candidate", "places"]]
    return agreed.merge(new, left_on="offer", right_on="candidate")


def _kinds(results: Sequence[Result]) -> list[Line]:
    paid = []
    for result in results:
        accounts = result.tables["accounts"]
        towns = accounts[accounts["role"] == MUNICIPALITY]
        paid.append({kind: float((towns[kind] * towns["discount_factor"]).sum()) for kind in words.KINDS})
    return [
        compared("Kommunernes betalinger (nutidsværdi)", title.capitalize(), _of(paid, kind), numbers.millions)
        for kind, title in words.KINDS.items()
        if any(abs(each[kind]) >= KRONE for each in paid)
    ]


def _of(sums: Iterable[dict[str, float]], kind: str) -> list[float]:
    return [each[kind] for each in sums]


def _accounts(accounts: Sequence[pd.DataFrame]) -> list[Line]:
    lines = [compared(ACCOUNT, name, values, numbers.millions) for name, values in _towns(accounts, "after")]
    for role, title in words.ROLES.items():
        sums = [float(found.loc[found["role"] == role, "after"].sum()) for found in accounts]
        if any(sums):
            lines.append(compared(ACCOUNT, title + " i alt" * (role == MUNICIPALITY), sums, numbers.millions))
    return lines


def _changes(accounts: Sequence[pd.DataFrame]) -> list[Line]:
    return [compared(EACH, name, values, _signed) for name, values in _towns(accounts, "per_inhabitant")]


def _towns(accounts: Sequence[pd.DataFrame], column: str) -> list[tuple[str, list[Value]]]:
    """Each municipality's name and its figure in each plan; None where the plan is for another region."""
    towns = [found[found["role"] == MUNICIPALITY] for found in accounts]
    names = {
        str(code): str(name) for found in towns for code, name in zip(found["party"], found["name"], strict=True)
    }
    figures = [dict(zip(found["party"], found[column].astype(float), strict=True)) for found in towns]
    return [(name, [each.get(code) for each in figures]) for code, name in names.items()]


def _signed(value: float | None) -> str:
    return numbers.number(value, signed=True)


def _signed_millions(value: float | None) -> str:
    return numbers.millions(value, signed=True)
