"""What an offer, a candidate and a purchase cost in a year."""

from __future__ import annotations

from typing import Any

from .case import Case, Row, blank_is_zero, parts

DAYS = 365


def is_shared(row: Row) -> bool:
    """Municipal, regional, or selvejende inside the rammeaftale: cost F + ΣV·x whatever their use."""
    return row["owner_type"] in ("kommune", "region") or (
        row["owner_type"] == "selvejende" and bool(row["in_rammeaftale"])
    )


def reduction(case: Case, owner_type: str, year: int) -> float:
    """Share taken off F and V of shared offers; a named owner type goes before the general share."""
    named: Any = case.key("levers", "takst_reduction_by").get(owner_type)
    if named is None:
        return float(case.key("levers", "takst_reduction"))
    if isinstance(named, dict):
        begun = {int(start): share for start, share in named.items() if int(start) <= year}
        return float(begun[max(begun)]) if begun else 0.0
    return float(named)


def support_price(case: Case, group: str, year: int) -> float:
    """Y[g] = max(0, trin − progression·(t − first) − ½) · step price of the price year · 365."""
    price = next(row["price"] for row in case.tables["support_step_price"] if row["year"] == case.price_year)
    step = float(case.groups[group]["support_step"])
    step -= case.key("levers", "progression") * (year - case.first)
    return float(max(0.0, step - 0.5) * float(price) * DAYS)


def mean_support(case: Case, groups: frozenset[str], year: int) -> float:
    """Ȳ[o], the mean Y of the groups the offer serves."""
    at = year if case.readings.rammebudget_progresses else case.first
    return sum(support_price(case, group, at) for group in groups) / len(groups)


def private_price(case: Case, row: Row, year: int) -> float:
    """Price of an offer outside the shared ones: price · (1 + growth)^(t − price year)."""
    grows = row["owner_type"] == "privat" or case.readings.outside_selvejende_grows
    growth = case.key("levers", "private_price_growth") if grows else 0.0
    return float(row["price"]) * float((1.0 + growth) ** (year - case.price_year))


def marginal(case: Case, unit: str, group: str, year: int) -> float:
    """V[o,g] of a shared offer or candidate, the price of any other."""
    row = case.site(unit)
    if unit in case.offers and not is_shared(row):
        return private_price(case, row, year)
    share = case.key("costs", "support_variable_share")
    rammebudget = unit in case.key("levers", "rammebudget")
    varying = 0.0 if rammebudget else share * support_price(case, group, year)
    return (float(row["variable_cost"]) + varying) * (1.0 - reduction(case, row["owner_type"], year))


def top_up(case: Case, unit: str) -> float:
    """kr. per place-year used, beside V or price; candidates have none."""
    return blank_is_zero(case.site(unit).get("top_up"))


def construction(case: Case, unit: str) -> float:
    """M with overrun."""
    return float(case.candidates[unit]["construction_cost"]) * (
        1.0 + float(case.key("levers", "construction_overrun"))
    )


def annuity(case: Case, unit: str) -> float:
    """Yearly capital charge of a candidate; without interest M / life."""
    rate, life = case.key("costs", "capital_rate"), case.key("costs", "capital_life")
    factor = 1.0 / life if rate == 0 else rate / (1.0 - (1.0 + rate) ** -life)
    return construction(case, unit) * float(factor)


def _rammebudget_part(case: Case, unit: str, groups: frozenset[str], year: int) -> float:
    """s·Ȳ·β·P, which moves into F where the budget is one whatever the support level."""
    if unit not in case.key("levers", "rammebudget"):
        return 0.0
    row = case.site(unit)
    share = float(case.key("costs", "support_variable_share"))
    return share * mean_support(case, groups, year) * float(row["budgeted_occupancy"]) * float(row["places"])


def offer_fixed(case: Case, unit: str, groups: frozenset[str], year: int) -> float:
    """F of an open existing offer; 0 outside the shared ones."""
    row = case.offers[unit]
    if not is_shared(row):
        return 0.0
    whole = float(row["fixed_cost"]) + blank_is_zero(row["yearly_tilsyn"])
    whole += _rammebudget_part(case, unit, groups, year)
    return whole * (1.0 - reduction(case, row["owner_type"], year))


def candidate_fixed(case: Case, unit: str, opening: int, year: int) -> float:
    """F of an open candidate: fixed, tilsyn and annuity, and approval in the opening year only."""
    row = case.candidates[unit]
    groups = frozenset(parts(row["target_groups"]))
    cut = 1.0 - reduction(case, row["owner_type"], year)
    whole = float(row["fixed_cost"]) + blank_is_zero(row["yearly_tilsyn"]) + annuity(case, unit)
    whole += _rammebudget_part(case, unit, groups, year)
    approval = blank_is_zero(row["approval_cost"]) if year == opening else 0.0
    return whole * cut + approval * (cut if case.readings.approval_reduced else 1.0)


def capital_after_closing(case: Case, unit: str, year: int) -> float:
    """The capital charge a closed shared offer leaves behind."""
    row = case.offers[unit]
    cut = reduction(case, row["owner_type"], year) if case.readings.capital_charge_reduced else 0.0
    return blank_is_zero(row["capital_charge"]) * (1.0 - cut)


def purchase(case: Case, group: str, year: int) -> tuple[float, float | None]:
    """Price and places to be had (None: unlimited) outside the listed offers.

    A year without a row takes the nearest earlier row, else the nearest later, moved by the growth.
    """
    rows = {row["year"]: row for row in case.tables["purchase_prices"] if row["target_group"] == group}
    earlier = [named for named in rows if named <= year]
    named = max(earlier) if earlier else min(rows)
    growth = 1.0 + case.key("levers", "private_price_growth")
    price = float(rows[named]["price"]) * float(growth ** (year - named))
    available = rows[named]["available"]
    if available is None or (named != year and not case.readings.available_follows_price):
        return price, None
    return price, float(available)


def open_by_table(row: Row, year: int) -> bool:
    """``opened`` is the first year with places, ``closes`` the first without."""
    opened, closes = row["opened"], row["closes"]
    return (opened is None or opened <= year) and (closes is None or year < closes)


def unmet_penalty(case: Case, year: int) -> float:
    """max(unmet_penalty, 1.25 × the dearest purchase or private price of the year)."""
    prices = [purchase(case, group, year)[0] for group in case.groups]
    prices += [
        private_price(case, row, year)
        for row in case.offers.values()
        if not is_shared(row) and (case.readings.penalty_prices == "all" or open_by_table(row, year))
    ]
    return max(float(case.key("costs", "unmet_penalty")), 1.25 * max(prices))


def takst_in_full_operation(case: Case, unit: str, group: str) -> float:
    """r = F/(β·P) + V + (1 − s)·(Y − Ȳ) without approval cost, reduction or progression."""
    row = case.candidates[unit]
    groups = frozenset(parts(row["target_groups"]))
    share = float(case.key("costs", "support_variable_share"))
    y, mean = support_price(case, group, case.first), mean_support(case, groups, case.first)
    fixed = float(row["fixed_cost"]) + blank_is_zero(row["yearly_tilsyn"]) + annuity(case, unit)
    per_place = fixed / (float(row["budgeted_occupancy"]) * float(row["places"]))
    if unit in case.key("levers", "rammebudget"):
        return per_place + share * mean + float(row["variable_cost"])
    return per_place + float(row["variable_cost"]) + share * y + (1.0 - share) * (y - mean)
