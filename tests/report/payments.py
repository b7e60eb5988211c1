"""Hand-made tables of who pays: two municipalities, the region and the state in two years, the second worth half."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from kapacitet.insight.acceptance_tables import NEW_KINDS, PICKED
from kapacitet.insight.account_tables import ACCOUNTS
from kapacitet.insight.result import Result
from kapacitet.ledger.schemes import SCHEMES
from tests.report import world

FACTORS = {2026: 1.0, 2027: 0.5}
PEOPLE = {"575": 40_000.0, "630": 100_000.0}


def account(
    party: str, name: str, role: str, year: int, total: float, before: float, **more: float
) -> dict[str, Any]:
    """A row of ``accounts``; ``total`` and ``before`` in mio. kr., all of it takst."""
    factor, people = FACTORS[year], PEOPLE.get(party, float("nan"))
    row: dict[str, Any] = dict.fromkeys(ACCOUNTS, 0.0)
    row |= {"party": party, "party_name": name, "role": role, "year": year, "discount_factor": factor}
    row |= {"takst": total * 1e6, "total": total * 1e6, "baseline": before * 1e6, "population": people}
    row |= {"discounted": total * 1e6 * factor, "baseline_discounted": before * 1e6 * factor}
    return row | {name: kr * 1e6 for name, kr in more.items()}


def accounts(*, refund: bool = True) -> pd.DataFrame:
    """Vejen 24 to 20 mio. kr. (-100 kr. each), Vejle 48 to 50 (+20), the region 0 to -1, the state 8 to 5."""
    rows = [
        account("575", "Vejen", "kommune", 2026, 10, 12),
        account("575", "Vejen", "kommune", 2027, 20, 24),
        account("630", "Vejle", "kommune", 2026, 30, 28, anlaeg=6),
        account("630", "Vejle", "kommune", 2027, 40, 40, anlaeg=4, kapitalomkostning=1),
        account("region", "Regionen", "region", 2026, -1, 0),
        account("staten", "Staten", "stat", 2026, 5, 8),
    ]
    return pd.DataFrame(rows if refund else rows[:-1])


def acceptance(*missed: tuple[str, str, str, int | None, float, float, float]) -> pd.DataFrame:
    """Demands as (role, party, name, year, stated, limit, missed)."""
    columns = ["role", "party", "party_name", "year", "stated", "limit", "missed"]
    return pd.DataFrame(list(missed), columns=columns).astype({"year": "Int64", "missed": float})


def agreements() -> pd.DataFrame:
    """The new house under abonnement: Vejle takes 6 + 1 places, Vejen 2."""
    rows = [("630", "autisme", 6.0), ("575", "autisme", 2.0), ("630", "dom", 1.0)]
    return pd.DataFrame(
        [("nyt-12", "630", "abonnement", *row) for row in rows],
        columns=["offer", "owner", "scheme", "subscriber", "target_group", "subscribed"],
    )


def schemes(**changed: dict[str, float]) -> pd.DataFrame:
    """Each scheme: takst 100 mio. kr., owner's result -10; refused by one, one better off, nobody dares."""
    row = {"accepted": False, "refusals": 1, "better_off": 1, "worse_off": 1, "largest_burden": 20.0, "gain": 2e6}
    row |= {"dare_from": float("inf"), **dict.fromkeys(NEW_KINDS, 0.0), "takst": 100e6, "ejer": -10e6}
    return pd.DataFrame([{"scheme": name, **row, **changed.get(name, {})} for name in (*SCHEMES, PICKED)])


def scheme_accounts() -> pd.DataFrame:
    """Every scheme alike but takststyring, which charges Vejle 400 kr. less and Vejen 150 kr. more for each."""
    bill = {"municipality": ["575", "630"], "name": ["Vejen", "Vejle"], "population": [40_000.0, 100_000.0]}
    table = pd.DataFrame({**bill, "baseline": [24e6, 48e6]})
    for name in (*SCHEMES, PICKED):
        table[name] = [30e6, 8e6] if name == "takststyring" else [20e6, 50e6]
    return table


def result(summary: dict[str, Any] | None = None, **tables: pd.DataFrame) -> Result:
    """The small region's plan, paid for as these tables say."""
    found = world.result()
    told = {"accepted": True, "enforced": False, "refused_plans": 0, "refusals": [], "better_off": 1, "worse_off": 1}
    checked = {"largest_difference": 0.013, "cost": 74e6, "by_year_booked": 75.25e6, "beyond_horizon": 250_000.0}
    mine = {
        "accounts": accounts(),
        "acceptance": acceptance(("deltager", "575", "Vejen", None, 1.0, 2.0, 0.0)),
        "agreements": agreements(),
        "schemes": schemes(),
        "scheme_accounts": scheme_accounts(),
    }
    known = {"acceptance": {**told, "gain": 2e6, "state_refund": 5e6, **(summary or {})}, "balance": checked}
    return replace(found, summary={**found.summary, **known}, tables={**found.tables, **mine, **tables})
