"""What every party pays in a year concerned: entries by kind, and accounts (section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tests.independent.case import EXTERNAL, blank_is_zero, parts
from tests.independent.money import (
    candidate_fixed,
    capital_after_closing,
    is_shared,
    marginal,
    offer_fixed,
    private_price,
    top_up,
)
from tests.independent.plans import Plan, opening
from tests.independent.recourse import State

from .prices import ordered_groups, paid_price, refund, takst
from .settlement import HouseYear, Lines, settle
from .world import STATE, World

Subscribed = tuple[tuple[tuple[str, str], float], ...]
"""(municipality, group) with the places subscribed to."""
Agreement = tuple[str, Subscribed]
Agreements = Mapping[str, Agreement]
"""New house to its scheme and subscriptions."""

STANDARD: Agreement = ("standard", ())
WAITING = "venteliste"


class Ledger:
    """Entries of a world, kept by what they depend on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._houses: dict[tuple[int, State, str, int | None, Agreement], Lines] = {}
        self._common: dict[tuple[int, State], Lines] = {}

    def house(self, future: int, at: State, unit: str, first: int | None, agreement: Agreement) -> Lines:
        """Entries of one offer of the rammeaftale in a year, the state refund of its users included.

        Args:
            future: number of the future.
            at: what is open that year.
            unit: existing offer or candidate.
            first: the candidate's opening year, None for an existing offer.
            agreement: its scheme and subscriptions.
        """
        key = (future, at, unit, first, agreement)
        if key not in self._houses:
            self._houses[key] = self._settled(*key)
        return self._houses[key]

    def house_year(self, future: int, at: State, unit: str, first: int | None, agreement: Agreement) -> HouseYear:
        """The offer-year as settlement sees it."""
        case, year = self.world.case, at.year
        row, groups = case.site(unit), at.groups(case)[unit]
        scheme, subscribed = agreement
        age = 0 if first is None else year - first
        beta, places = float(row["budgeted_occupancy"]), float(row["places"])
        if "takststyring" in scheme:
            own = parts(row.get("startup_occupancy"))
            startup = [float(part) for part in self.world.rules.underskud["startup_occupancy"] or own]
            beta = startup[age] if age < len(startup) else beta
        fixed = offer_fixed(case, unit, groups, year) if first is None else candidate_fixed(case, unit, first, year)
        used = self.world.used(future, at, unit)
        full = {
            group: takst(case, unit, groups, group, year, fixed / (beta * places), self.world.openings)
            for group in groups
        }
        payers = {*used, *(pair for pair, _ in subscribed)}
        return HouseYear(
            self.world.bearer(unit),
            self.world.keeper(unit),
            places,
            fixed,
            beta,
            age,
            {group: marginal(case, unit, group, year) for group in ordered_groups(case, unit, groups)},
            {(who, group): paid_price(case, who, unit, group, full[group]) for who, group in sorted(payers)},
            used,
        )

    def _settled(self, future: int, at: State, unit: str, first: int | None, agreement: Agreement) -> Lines:
        house = self.house_year(future, at, unit, first, agreement)
        lines = defaultdict(float, settle(house, agreement[0], self.world.rules, dict(agreement[1])))
        extra = top_up(self.world.case, unit)
        for (payer, group), n in house.used.items():
            if payer != EXTERNAL:
                self._refunded(lines, payer, n, house.price[payer, group] + extra)
        return dict(lines)

    def _refunded(self, lines: Lines, payer: str, n: float, price: float) -> None:
        back = n * refund(self.world.bands, price)
        if back:
            lines["refusion", payer] = lines.get(("refusion", payer), 0.0) - back
            lines["refusion", STATE] = lines.get(("refusion", STATE), 0.0) + back

    def common(self, future: int, at: State) -> Lines:
        """Entries of a year that no agreement touches: existing offers, purchases, top-ups, lock-in, waiting."""
        key = (future, at)
        if key not in self._common:
            self._common[key] = self._shared_by_all(future, at)
        return self._common[key]

    def _shared_by_all(self, future: int, at: State) -> Lines:
        world, case, year = self.world, self.world.case, at.year
        here = world.allocation(future, at)
        lines: Lines = defaultdict(float)
        for unit, groups in at.groups(case).items():
            existing = unit in case.offers
            if existing and is_shared(case.offers[unit]):
                for entry, amount in self.house(future, at, unit, None, STANDARD).items():
                    lines[entry] += amount
                for group in groups:
                    lines["tillaeg", EXTERNAL] += top_up(case, unit) * world.guests(future, at, unit).get(group, 0.0)
            for (payer, _), n in world.used(future, at, unit).items():
                if payer == EXTERNAL:
                    continue
                lines["tillaeg", payer] += top_up(case, unit) * n
                if existing and not is_shared(case.offers[unit]):
                    price = private_price(case, case.offers[unit], year)
                    lines["privat", payer] += price * n
                    self._refunded(lines, payer, n, price + top_up(case, unit))
        for ((code, group, term), unit), n in here.x.items():
            if not case.fits(unit, term):
                lines["fastlaasning", code] += n * float(case.key("levers", "lock_in_cost").get(group, 0.0))
        for (code, group, _), n in here.p.items():
            price = world.futures[future].recourse.prices[group, year][0]
            lines["koeb", code] += price * n
            self._refunded(lines, code, n, price)
        for (code, _, _), n in here.u.items():
            lines[WAITING, code] += world.dearest(year) * n
        return dict(lines)

    def decided(self, plan: Plan, year: int) -> Lines:
        """What closing and converting cost the owners in a year, the same in every future."""
        case = self.world.case
        lines: Lines = defaultdict(float)
        for unit, number, start in plan.conversions:
            if start == year:
                lines["omlaegning", self.world.bearer(unit)] += float(case.conversions[number]["cost"])
        ends = {unit: row["closes"] for unit, row in case.offers.items() if row["closes"] and is_shared(row)}
        for unit, closes in {**ends, **dict(plan.closures)}.items():
            if closes == year:
                lines["lukning", self.world.bearer(unit)] += blank_is_zero(case.offers[unit]["closing_cost"])
            if closes <= year:
                lines["kapital", self.world.bearer(unit)] += capital_after_closing(case, unit, year)
        return dict(lines)

    def year(self, future: int, plan: Plan, at: State, agreements: Agreements) -> Lines:
        """All entries that concern a year under a plan; houses without an agreement are settled as standard."""
        lines: Lines = defaultdict(float)
        firsts = {unit: opening(self.world.case, unit, start) for unit, start in plan.builds}
        per_house = [
            self.house(future, at, unit, firsts[unit], agreements.get(unit, STANDARD)) for unit, _ in at.candidates
        ]
        for part in (self.common(future, at), self.decided(plan, at.year), *per_house):
            for entry, amount in part.items():
                lines[entry] += amount
        return dict(lines)


def by_party(lines: Lines) -> dict[str, float]:
    """Party to kr. of the year, whatever the kind."""
    found: dict[str, float] = defaultdict(float)
    for (_, party), amount in lines.items():
        found[party] += amount
    return dict(found)
