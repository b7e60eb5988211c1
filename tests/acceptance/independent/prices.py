"""Taksts, agreed prices, caps and the state refund: what a place-year costs the one who pays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests.independent.case import EXTERNAL, Case, parts
from tests.independent.money import marginal, mean_support, reduction, support_price

from .rules import Openings


@dataclass(frozen=True)
class Band:
    """Above ``threshold`` (kr. of the price year) the state pays ``share`` more of every krone."""

    threshold: float
    share: float


def takst(
    case: Case, unit: str, groups: frozenset[str], group: str, year: int, per_place: float, how: Openings
) -> float:
    """r[o,g] = F/(β·P) + V + (1 − s)·(Y − Ȳ); under rammebudget one price whatever the support level.

    Args:
        groups: what the unit serves that year.
        per_place: F/(β·P).
    """
    price = per_place + marginal(case, unit, group, year)
    if unit in case.key("levers", "rammebudget"):
        return price
    share = 1.0 - float(case.key("costs", "support_variable_share"))
    supplement = share * (support_price(case, group, year) - mean_support(case, groups, year))
    if how.supplement_reduced:
        supplement *= 1.0 - reduction(case, case.site(unit)["owner_type"], year)
    return price + supplement


def paid_price(case: Case, payer: str, unit: str, group: str, full: float) -> float:
    """q[k,o,g]: the agreed price where there is one, else the takst below its cap. Nothing is agreed with udenbys."""
    if payer != EXTERNAL:
        for row in case.tables.get("agreed_prices", []):
            if (str(row["municipality"]), row["offer"], row["target_group"]) == (payer, unit, group):
                return float(row["price"])
    cap = case.key("levers", "takst_cap").get(group)
    return full if cap is None else min(full, float(cap))


def ordered_groups(case: Case, unit: str, groups: frozenset[str]) -> list[str]:
    """Groups in the order of the unit's row; those a conversion added come last."""
    named = [group for group in parts(case.site(unit)["target_groups"]) if group in groups]
    return named + [group for group in case.groups if group in groups and group not in named]


def bands(case: Case) -> tuple[Band, ...]:
    """Thresholds of SEL §176 in kr. of the price year, with what each adds to the share the state pays.

    Rows of the nearest year up to the price year count, else of the first year there is; ``pl_index`` moves them
    to the price year where it names both years.
    """
    rows = case.tables.get("refund_thresholds", [])
    if not rows:
        return ()
    index = {row["year"]: float(row["index"]) for row in case.tables.get("pl_index", [])}
    known = {row["year"] for row in rows}
    named = max((year for year in known if year <= case.price_year), default=min(known))
    moved = index[case.price_year] / index[named] if {named, case.price_year} <= index.keys() else 1.0
    found, before = [], 0.0
    for row in sorted((row for row in rows if row["year"] == named), key=lambda row: float(row["threshold"])):
        percent = float(row["percent"])
        found.append(Band(float(row["threshold"]) * moved, (percent - before) / 100.0))
        before = percent
    return tuple(found)


@cache
def refund(levels: tuple[Band, ...], price: float) -> float:
    """What the state pays of a place-year that costs ``price``, top-up included."""
    return sum(band.share * max(0.0, price - band.threshold) for band in levels)
