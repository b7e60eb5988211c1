"""Who needs a place, and who has one: demand cells and today's residents year by year."""

from __future__ import annotations

from dataclasses import dataclass, field

from .case import EXTERNAL, LONG, OUTSIDE, TEMPORARY, TERMS, Case, Cell


@dataclass
class People:
    """One year's demand and residents.

    Attributes:
        demand: place-years needed per cell.
        residents: (cell, offer) to today's residents still there if nothing closes.
        outside: cell to today's residents bought for outside the listed offers.
        external: (offer, target group) to residents of ``udenbys``.
    """

    demand: dict[Cell, float] = field(default_factory=dict)
    residents: dict[tuple[Cell, str], float] = field(default_factory=dict)
    outside: dict[Cell, float] = field(default_factory=dict)
    external: dict[tuple[str, str], float] = field(default_factory=dict)


def thinned(case: Case, row: dict[str, object], year: int) -> float:
    """count · (1 − attrition)^(t − base), the exponent never negative."""
    base = int(str(row["as_of"])[:4])
    attrition = float(case.groups[str(row["target_group"])]["attrition"])
    return float(str(row["count"])) * (1.0 - attrition) ** max(0, year - base)


def people(case: Case, year: int) -> People:
    """Demand per cell and residents per offer in ``year`` by MODEL.md section 2 and decisions.md."""
    found = People()
    projected = {
        (row["municipality"], row["target_group"]): float(row[case.key("demand", "projection")])
        for row in case.tables["demand"]
        if row["year"] == year
    }
    housed: dict[tuple[str, str], dict[str, float]] = {}
    for row in case.tables["residents"]:
        code, group, place = row["municipality"], row["target_group"], row["offer"]
        count = thinned(case, row, year)
        if code == EXTERNAL:
            found.external[place, group] = found.external.get((place, group), 0.0) + count
        else:
            where = housed.setdefault((code, group), {})
            where[place] = where.get(place, 0.0) + count
    for code in case.municipalities:
        for group in case.groups:
            _split(case, year, found, code, group, projected[code, group], housed.get((code, group), {}))
    return found


def _split(
    case: Case, year: int, found: People, code: str, group: str, projected: float, housed: dict[str, float]
) -> None:
    """Fill in the temporary and the long-term cell of one municipality and group."""
    total = sum(housed.values())
    scale = min(1.0, projected / total) if total > 0 else 1.0
    sigma = float(case.groups[group]["temporary_share"])
    stay = dict.fromkeys(TERMS, 0.0)
    floor = 0.0
    for place, count in housed.items():
        here = count * scale
        counts_for_demand = case.readings.closed_residents_floor_demand or not _gone(case, place, year)
        floor += here if counts_for_demand else 0.0
        for term, share in _terms(case, place, sigma).items():
            if share == 0.0:
                continue
            cell = (code, group, term)
            stay[term] += here * share if counts_for_demand else 0.0
            if place.startswith(OUTSIDE):
                found.outside[cell] = found.outside.get(cell, 0.0) + here * share
            else:
                found.residents[cell, place] = here * share
    diverted = projected * (1.0 - case.key("demand", "diversion").get(group, 0.0))
    demand = max(diverted, floor)
    temporary = min(max(sigma * demand, stay[TEMPORARY]), max(stay[TEMPORARY], demand - stay[LONG]))
    found.demand[code, group, TEMPORARY] = temporary
    found.demand[code, group, LONG] = max(demand - temporary, stay[LONG])


def _terms(case: Case, place: str, sigma: float) -> dict[str, float]:
    """Share of residents in each term: by the offer's legal basis, else by σ."""
    if place.startswith(OUTSIDE):
        return {TEMPORARY: sigma, LONG: 1.0 - sigma}
    temporary, long = case.fits(place, TEMPORARY), case.fits(place, LONG)
    if temporary and long:
        return {TEMPORARY: sigma, LONG: 1.0 - sigma}
    return {TEMPORARY: 1.0 if temporary else 0.0, LONG: 0.0 if temporary else 1.0}


def _gone(case: Case, place: str, year: int) -> bool:
    """Whether the ``closes`` column has ended the offer by ``year``."""
    if place.startswith(OUTSIDE):
        return False
    closes = case.offers[place]["closes"]
    return closes is not None and year >= closes
