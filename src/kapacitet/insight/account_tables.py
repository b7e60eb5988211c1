"""Result tables of who pays: every entry of the ledger, and the account of every party by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.claims import KINDS, OTHER_KINDS, Entry
from kapacitet.ledger.exact import ORE
from kapacitet.ledger.indexation import pl_factor
from kapacitet.ledger.parties import EXTERNAL, STATE, TENANTS, party_name
from kapacitet.ledger.standing import waiting_list
from kapacitet.ledger.world import World
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import REGION_PARTY

LEDGER = ["booked_year", "concerns_year", "payer", "payee", "offer", "kind", "amount", "scheme", "rule"]
ALL_KINDS: tuple[str, ...] = (*KINDS, *OTHER_KINDS)
MEMO = ["venteliste", "anlaeg", "laan", "kapitalomkostning"]
ACCOUNTS = [
    "party",
    "party_name",
    "role",
    "year",
    *ALL_KINDS,
    "total",
    "baseline",
    "discount_factor",
    "discounted",
    "baseline_discounted",
    "population",
    "per_inhabitant",
    "booked",
    *MEMO,
    "baseline_venteliste",
    "pl_factor",
]


def ledger_table(entries: Sequence[Entry]) -> pd.DataFrame:
    """One row per entry; amounts in kr. with whole øre."""
    rows = [
        (e.booked_year, e.concerns_year, e.payer, e.payee, e.offer, e.kind, e.ore / ORE, e.scheme, e.rule)
        for e in entries
    ]
    return pd.DataFrame(rows, columns=LEDGER)


def accounts_table(
    world: World, entries: Sequence[Entry], baseline: World, baseline_entries: Sequence[Entry]
) -> pd.DataFrame:
    """One row per party and year concerned, kr. of the price year; what a party gets is negative.

    ``total`` sums the kinds, ``baseline`` is the same without new places under the standard rule, ``booked`` is the
    total by the year of booking (years beyond the horizon have rows of their own; the baseline's bookings have none).
    ``role`` is kommune, region, anden_ejer, udenbys, stat or lejere; ``population`` and ``per_inhabitant`` are of
    municipalities and the region; ``pl_factor`` is blank where the region's index is. Memo columns are not in the
    total: unmet need at the dearest private price, construction as cash and loans in it, and the capital charge in
    the cost of the party's new houses, which recovers it through the takst.
    """
    problem = world.problem
    amounts, booked = _summed(entries)
    before, _ = _summed(baseline_entries)
    plain = {key: sum(kinds.values()) for key, kinds in before.items()}
    memo, memo_before = _memo(world), _waiting(baseline)
    codes = [m.code for m in problem.municipalities]
    others = sorted({party for party, _ in (*amounts, *booked, *plain)} - {*codes, REGION_PARTY, EXTERNAL, STATE})
    parties = [*codes, REGION_PARTY, *(p for p in others if p != TENANTS), EXTERNAL, STATE, TENANTS]
    years = [*problem.years, *sorted({year for _, year in booked} - set(problem.years))]
    index = dict(zip(years, pl_factor(problem.region, years), strict=True))
    people = {m.code: m.population for m in problem.municipalities}
    people[REGION_PARTY] = sum(people.values())
    rate = 1 + problem.scenario.costs.discount_rate
    rows = []
    for party in parties:
        for year in years:
            mine, total = amounts.get((party, year), {}), sum(amounts.get((party, year), {}).values())
            old, due = plain.get((party, year), 0), booked.get((party, year), 0)
            notes = memo.get((party, year), {})
            if not (mine or old or due or any(notes.values())) and party not in codes:
                continue
            if year > problem.years[-1] and not due:
                continue
            factor = rate ** (problem.years[0] - year)
            rows.append(
                {
                    "party": party,
                    "party_name": party_name(problem, party),
                    "role": _role(party, codes),
                    "year": year,
                    **{kind: mine.get(kind, 0) / ORE for kind in ALL_KINDS},
                    "total": total / ORE,
                    "baseline": old / ORE,
                    "discount_factor": factor,
                    "discounted": total / ORE * factor,
                    "baseline_discounted": old / ORE * factor,
                    "population": people.get(party, np.nan),
                    "per_inhabitant": total / ORE / people[party] if people.get(party) else np.nan,
                    "booked": due / ORE,
                    **{name: notes.get(name, 0.0) for name in MEMO},
                    "baseline_venteliste": memo_before.get((party, year), 0.0),
                    "pl_factor": index[year],
                }
            )
    return pd.DataFrame(rows, columns=ACCOUNTS)


def agreements_table(world: World, agreements: Mapping[str, HouseAgreement]) -> pd.DataFrame:
    """One row per new house and subscription (a single, blank one without).

    Columns: offer, owner, scheme, subscriber (code), target_group, subscribed (places).
    """
    rows = []
    for i in world.houses:
        rates = world.rates[i]
        agreement = agreements[rates.offer]
        taken = sorted(agreement.subscriptions.items()) or [(("", ""), np.nan)]
        rows += [(rates.offer, rates.owner, agreement.scheme, payer, group, n) for (payer, group), n in taken]
    return pd.DataFrame(rows, columns=["offer", "owner", "scheme", "subscriber", "target_group", "subscribed"])


def _role(party: str, codes: Sequence[str]) -> str:
    if party in codes:
        return "kommune"
    known = {REGION_PARTY: "region", EXTERNAL: "udenbys", STATE: "stat", TENANTS: "lejere"}
    return known.get(party, "anden_ejer")


def _summed(
    entries: Sequence[Entry],
) -> tuple[dict[tuple[str, int], dict[str, int]], dict[tuple[str, int], int]]:
    """(party, year concerned) -> kind -> øre, and (party, year booked) -> øre."""
    amounts: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    booked: dict[tuple[str, int], int] = defaultdict(int)
    for entry in entries:
        amounts[entry.payer, entry.concerns_year][entry.kind] += entry.ore
        booked[entry.payer, entry.booked_year] += entry.ore
    return amounts, booked


def _waiting(world: World, future: int = 0) -> dict[tuple[str, int], float]:
    """Unmet need at the year's dearest private price, by municipality and year."""
    kr = waiting_list(world)[future]
    return {
        (m.code, year): float(kr[t, k])
        for t, year in enumerate(world.problem.years)
        for k, m in enumerate(world.problem.municipalities)
    }


def _memo(world: World) -> dict[tuple[str, int], dict[str, float]]:
    found: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for key, kr in _waiting(world).items():
        found[key]["venteliste"] = kr
    for key, kr in _construction(world.problem, world).items():
        found[key]["anlaeg"] += kr
    for (_, u, t), kr in world.plan.draws.items():
        found[world.owners[u], world.problem.years[t]]["laan"] += kr
    for i in world.houses:
        for t, kr in enumerate(world.rates[i].capital):
            found[world.rates[i].owner, world.problem.years[t]]["kapitalomkostning"] += float(kr)
    return found


def _construction(problem: Problem, world: World) -> dict[tuple[str, int], float]:
    found: dict[tuple[str, int], float] = defaultdict(float)
    for start in (problem.starts[i] for i in world.plan.starts):
        for t, kr in enumerate(start.spending):
            found[world.owners[start.unit], problem.years[t]] += kr
    return found
