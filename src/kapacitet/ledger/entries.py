"""The ledger of a whole plan: every krone between parties, to the øre, for one future.

Shared offers are settled offer-year by offer-year (MODEL, section 6); what has one payer and needs no settling
(private places, purchase, top-ups, closing …) is booked beside it, so that together the entries are the resource
cost less unmet need, travel and penalties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from kapacitet.ledger.agreements import HouseAgreement, base_agreement, exact_agreement
from kapacitet.ledger.claims import Claim, Entry, OtherKind
from kapacitet.ledger.ended import closing_by_unit, converting_by_unit
from kapacitet.ledger.exact import ORE, exact, half_up
from kapacitet.ledger.parties import EXTERNAL, STATE, TENANTS
from kapacitet.ledger.rates import UnitRates
from kapacitet.ledger.refund import refund_per_place_year
from kapacitet.ledger.rounding import whole_ore
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.settle import settle_year
from kapacitet.ledger.terms import Agreement, GroupTerms, OfferYear
from kapacitet.ledger.world import World
from kapacitet.planning.objective import move_cost
from kapacitet.planning.sets import REGION_PARTY

MARKET = "privat marked"
"""The payee of what is bought outside the listed offers."""


def plan_entries(world: World, agreements: Mapping[str, HouseAgreement], future: int = 0) -> tuple[Entry, ...]:
    """Every entry of a plan in one future.

    Args:
        agreements: offer -> what is agreed about each new house; others follow the scenario or standard.
    """
    found = [*_settled(world, agreements, future), *_placed(world, future), *_bought(world, future), *_ended(world)]
    found += _housing(world)
    found += _refunds(world, agreements, future)
    found += _region_spread(world, found)
    kept = (entry for entry in found if entry.ore)
    return tuple(sorted(kept, key=lambda e: (e.concerns_year, e.offer, e.booked_year, e.kind, e.payer)))


def offer_years(world: World, i: int, future: int) -> Iterator[OfferYear]:
    """The i-th shared offer in each of its open years, in fractions."""
    rates, payers = world.rates[i], world.rules.payers
    use = world.use[i][future]
    agreed = {cell: exact(price) for cell, price in rates.agreed.items()}
    for t in np.flatnonzero(rates.open):
        used = {
            (payers[k], rates.groups[g]): exact(float(use[t, k, g])) for k, g in zip(*np.nonzero(use[t]), strict=True)
        }
        yield OfferYear(
            offer=rates.offer,
            owner=rates.owner,
            year=world.problem.years[t],
            operation_year=int(rates.operation_year[t]),
            places=exact(float(rates.places[t])),
            fixed_cost=exact(float(rates.fixed[t])),
            budgeted_occupancy=exact(rates.occupancy),
            groups={group: _terms(rates, int(t), g) for g, group in enumerate(rates.groups)},
            use=used,
            startup_occupancy=tuple(exact(level) for level in rates.startup),
            agreed=agreed,
        )


def _terms(rates: UnitRates, t: int, g: int) -> GroupTerms:
    ceiling = float(rates.ceiling[t, g])
    return GroupTerms(
        exact(float(rates.variable[t, g])),
        exact(float(rates.supplement[t, g])),
        exact(ceiling) if np.isfinite(ceiling) else None,
    )


def _settled(world: World, agreements: Mapping[str, HouseAgreement], future: int) -> Iterator[Entry]:
    base: Agreement = base_agreement(world.problem)
    for i, rates in enumerate(world.rates):
        house = agreements.get(rates.offer) or world.fixed_agreement(i)
        agreement = exact_agreement(base, house)
        for year in offer_years(world, i, future):
            for e in settle_year(year, agreement, SCHEMES[house.scheme]):
                yield replace(e, scheme=house.scheme)


def _ore(amount: float) -> int:
    return half_up(exact(float(amount)) * ORE)


def _one(year: int, payer: str, payee: str, offer: str, kind: OtherKind, kr: float, rule: str) -> Entry:
    return Entry(year, year, payer, payee, offer, kind, _ore(kr), rule)


PLACED: dict[OtherKind, str] = {
    "privat": "Prisen for brugte helårspladser i et tilbud uden for rammeaftalen.",
    "tillaegsydelse": "Tillægsydelse ved siden af taksten.",
    "fastlaasning": "Tillæg for en plads efter et andet lovgrundlag end det rette.",
    "flytning": "En flytning må ikke regnes som en besparelse.",
}


def _placed(world: World, future: int) -> Iterator[Entry]:
    """What municipalities pay for each place used, beside taksts; buyers from outside pay their top-ups."""
    problem, arcs = world.problem, world.problem.arcs
    top_up = problem.costs.top_up[arcs.u]
    private = ~problem.shared[arcs.u]
    for t, year in enumerate(problem.years):
        outcome = world.outcome.years[future][t]
        amounts: dict[OtherKind, np.ndarray] = {
            "privat": np.where(private, problem.arc_service_cost[:, t], 0.0) * outcome.use,
            "tillaegsydelse": top_up * outcome.use,
            "fastlaasning": arcs.lock_in * outcome.use,
            "flytning": move_cost(problem, t) * outcome.moved,
        }
        for kind, by_arc in amounts.items():
            for (k, u), kr in _summed(arcs.k, arcs.u, by_arc).items():
                unit = problem.units[u]
                payer = problem.municipalities[k].code
                yield _one(year, payer, world.owners[u], unit.id, kind, kr, PLACED[kind])
    for rates, use in zip(world.rates, world.use, strict=True):
        for t, places in enumerate(use[future, :, -1].sum(axis=-1)):
            kr = float(places) * rates.top_up
            rule = PLACED["tillaegsydelse"]
            yield _one(problem.years[t], EXTERNAL, rates.owner, rates.offer, "tillaegsydelse", kr, rule)


def _summed(k: np.ndarray, u: np.ndarray, amounts: np.ndarray) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for a in np.flatnonzero(amounts):
        key = (int(k[a]), int(u[a]))
        found[key] = found.get(key, 0.0) + float(amounts[a])
    return found


def _bought(world: World, future: int) -> Iterator[Entry]:
    problem = world.problem
    groups = [cell.group for cell in problem.cells]
    for t, year in enumerate(problem.years):
        bought = world.outcome.years[future][t].buy * problem.purchase_price[None, :, t]
        for k, c in zip(*np.nonzero(bought), strict=True):
            code, kr = problem.municipalities[k].code, float(bought[k, c])
            yield _one(
                year, code, MARKET, f"udenfor:{groups[c]}", "koeb", kr, "Køb af plads uden for de nævnte tilbud."
            )


def _ended(world: World) -> Iterator[Entry]:
    """Closing, the capital that stays after it, and conversion: the owner's."""
    problem, plan = world.problem, world.plan
    ending: tuple[tuple[OtherKind, dict[int, np.ndarray], str], ...] = (
        ("lukning", closing_by_unit(problem, plan), "Lukning: engangsudgift, derefter kapital, der fortsætter."),
        ("omlaegning", converting_by_unit(problem, plan), "Omlægning til andre målgrupper."),
    )
    for kind, by_unit, rule in ending:
        for u, amounts in by_unit.items():
            owner, offer = world.owners[u], problem.units[u].id
            for t in np.flatnonzero(amounts):
                yield _one(problem.years[t], owner, owner, offer, kind, float(amounts[t]), rule)


def _housing(world: World) -> Iterator[Entry]:
    for rates in world.rates:
        kr = float(world.problem.costs.housing[rates.unit])
        for t in np.flatnonzero(rates.open):
            rule = "Boligudgift i almen bolig, betalt af husleje."
            yield _one(world.problem.years[t], TENANTS, rates.owner, rates.offer, "husleje", kr, rule)


def _refunds(world: World, agreements: Mapping[str, HouseAgreement], future: int) -> Iterator[Entry]:
    """SEL §176: two entries for each refund, one to the municipality and one from the state."""
    rule = "Statsrefusion af særligt dyre enkeltsager (SEL § 176), tilnærmet af prisen pr. helårsplads."
    for offer, k, t, kr in _refunded(world, agreements, future):
        year, code, ore = world.problem.years[t], world.problem.municipalities[k].code, _ore(kr)
        yield Entry(year, year, code, STATE, offer, "statsrefusion", -ore, rule)
        yield Entry(year, year, STATE, code, offer, "statsrefusion", ore, rule)


def _refunded(
    world: World, agreements: Mapping[str, HouseAgreement], future: int
) -> Iterator[tuple[str, int, int, float]]:
    """(offer, municipality, year index, kr.) of what the state refunds."""
    problem, arcs, steps = world.problem, world.problem.arcs, world.rules.refund.by_year
    for i, rates in enumerate(world.rates):
        house = agreements.get(rates.offer) or world.fixed_agreement(i)
        amounts = world.settled(i, house).refund[future]
        for t, k in zip(*np.nonzero(amounts), strict=True):
            yield rates.offer, int(k), int(t), float(amounts[t, k])
    private = ~problem.shared[arcs.u]
    top_up = problem.costs.top_up[arcs.u]
    for t, outcome in enumerate(world.outcome.years[future]):
        price = problem.arc_service_cost[:, t] + top_up
        by_arc = np.where(private, refund_per_place_year(price, steps[t]), 0.0) * outcome.use
        for (k, u), kr in _summed(arcs.k, arcs.u, by_arc).items():
            yield problem.units[u].id, k, t, kr
        bought = outcome.buy * refund_per_place_year(problem.purchase_price[:, t], steps[t])
        for k, c in zip(*np.nonzero(bought), strict=True):
            yield f"udenfor:{problem.cells[c].group}", int(k), t, float(bought[k, c])


def _region_spread(world: World, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The region's result on the municipalities by population, where the scenario says so; to the øre, every year."""
    problem = world.problem
    if problem.scenario.underskud.region_result == "own":
        return
    rule = "Regionens resultat fordeles på kommunerne efter indbyggertal."
    whole = sum(exact(m.population) for m in problem.municipalities)
    for year in sorted({entry.concerns_year for entry in entries}):
        ore = sum(e.ore for e in entries if e.payer == REGION_PARTY and e.concerns_year == year)
        claims = [
            Claim("objektiv", m.code, Fraction(ore, ORE) * exact(m.population) / whole, year, rule)
            for m in problem.municipalities
        ]
        for claim, part in zip(claims, whole_ore(claims), strict=True):
            yield Entry(year, year, claim.payer, REGION_PARTY, "", "regionens_resultat", part, rule)
        yield Entry(year, year, REGION_PARTY, REGION_PARTY, "", "regionens_resultat", -ore, rule)
