"""Result tables of acceptance: each party's demand, and the schemes side by side for the plan as it stands."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kapacitet.ledger.acceptance.demands import TAIL
from kapacitet.ledger.acceptance.limits import heads
from kapacitet.ledger.acceptance.subscribers import all_subscribe, subscribable
from kapacitet.ledger.acceptance.verdict import Jury, Verdict
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.arrays import tail_mean
from kapacitet.ledger.bulk import kinds_of_unit
from kapacitet.ledger.parties import party_name
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.world import World, committed_units
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem

HALF_A_KRONE = 0.5
PICKED = "planens"
"""The mix of agreements the plan has picked, beside the pure schemes."""
NEW_KINDS = ("takst", "abonnement", "objektiv", "garanti", "efterregulering", "ejer")


def acceptance_table(world: World, verdict: Verdict) -> pd.DataFrame:
    """One row per demand, amounts in kr. per inhabitant.

    Columns: role, party, party_name, year, population, stated, limit, missed, binding. For builders ``stated`` is the
    loss on new houses in the year. For participants it is what new houses bring over the whole horizon, discounted,
    and ``limit`` the room left for it: the baseline's account with tolerance, less everything else. For the service
    frame both are of the year as booked, new houses apart. Demands that don't bind only inform.
    """
    rows = [
        {
            "role": answer.demand.role,
            "party": answer.demand.party,
            "party_name": party_name(world.problem, answer.demand.party),
            "year": answer.demand.year,
            "population": answer.demand.population,
            "stated": answer.stated,
            "limit": answer.demand.limit,
            "missed": answer.missed,
            "binding": answer.demand.binding,
        }
        for answer in verdict.answers
    ]
    columns = ["role", "party", "party_name", "year", "population", "stated", "limit", "missed", "binding"]
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64"})


def same_scheme(world: World, name: str) -> dict[str, HouseAgreement]:
    """Every new house under one scheme; with subscriptions everybody takes what it may."""
    needs = SCHEMES[name].needs
    return {
        world.rates[i].offer: HouseAgreement(
            name,
            all_subscribe(subscribable(world, i), world.rates[i].places.max()) if "subscriptions" in needs else {},
        )
        for i in world.houses
    }


def _known(world: World) -> list[str]:
    """Schemes that can be shown: those that split by key only where somebody has a weight in it."""
    return [name for name, scheme in SCHEMES.items() if world.rules.key.any() or "key" not in scheme.needs]


def judged_schemes(world: World, jury: Jury, picked: Verdict) -> dict[str, Verdict]:
    """What the parties say with every new house under one scheme, and under the agreements picked."""
    pure = {name: jury.judge(world, agreements=same_scheme(world, name)) for name in _known(world)}
    return {**pure, PICKED: picked}


def schemes_table(world: World, baseline: Array, judged: Mapping[str, Verdict]) -> pd.DataFrame:
    """The plan under each scheme for all new houses, and under the agreements picked; a row each.

    Columns: scheme, accepted, refusals, refused_by (codes), better_off, worse_off (municipalities, against the
    baseline), largest_burden (kr. per inhabitant over the horizon), gain (discounted kr. of all municipalities),
    dare_from (inhabitants a municipality needs to bear the riskiest new house within its limits), and discounted
    kr. of the new houses by kind.

    Args:
        baseline: what each municipality bears without the plan, kr., shape (K,).
        judged: from ``judged_schemes``.
    """
    people = np.array([heads(m.population) for m in world.problem.municipalities])
    rows = []
    for name, verdict in judged.items():
        agreements, change = verdict.agreements, verdict.account - baseline
        rows.append(
            {
                "scheme": name,
                "accepted": verdict.accepted,
                "refusals": len({(a.demand.role, a.demand.party) for a in verdict.refusals}),
                "refused_by": ";".join(sorted({a.demand.party for a in verdict.refusals})),
                "better_off": int((change < -HALF_A_KRONE).sum()),
                "worse_off": int((change > HALF_A_KRONE).sum()),
                "largest_burden": float((change / people).max()),
                "gain": float(-change.sum()),
                "dare_from": max(
                    (_dares(world, world.settled(i, agreements[world.rates[i].offer]).loss) for i in _chosen(world)),
                    default=np.nan,
                ),
                **_by_kind(world, agreements),
            }
        )
    return pd.DataFrame(rows)


def scheme_accounts_table(problem: Problem, baseline: Array, judged: Mapping[str, Verdict]) -> pd.DataFrame:
    """What each municipality bears, discounted, in the baseline and under every scheme for all new houses.

    Columns: municipality, name, population, baseline, then kr. under each scheme and under the agreements picked.
    The waiting list counts at the dearest private price in every column.
    """
    towns = problem.municipalities
    return pd.DataFrame(
        {
            "municipality": [m.code for m in towns],
            "name": [m.name for m in towns],
            "population": [m.population for m in towns],
            "baseline": baseline,
            **{name: verdict.account for name, verdict in judged.items()},
        }
    )


def risk_table(world: World, judged: Mapping[str, Verdict]) -> pd.DataFrame:
    """What each new house may cost its builder: a row per house and scheme, and one under the agreement picked.

    Columns: offer, owner, scheme (``planens`` for what is picked), worst_year (blank without a loss), expected_loss
    (kr. in that year), dare_from (inhabitants a municipality needs to bear it within the scenario's limits). Houses
    already committed are left out: nobody is asked whether to build them.
    """
    rows = []
    for name, verdict in judged.items():
        for i in _chosen(world):
            rates = world.rates[i]
            losses = world.settled(i, verdict.agreements[rates.offer]).loss
            mean = world.probability @ losses
            worst = int(mean.argmax())
            year = world.problem.years[worst] if mean[worst] > 0 else pd.NA
            rows.append((rates.offer, rates.owner, name, year, float(mean[worst]), _dares(world, losses)))
    columns = ["offer", "owner", "scheme", "worst_year", "expected_loss", "dare_from"]
    table = pd.DataFrame(rows, columns=columns).astype({"worst_year": "Int64"})
    return table.sort_values("offer", kind="stable", ignore_index=True)


def _chosen(world: World) -> list[int]:
    """New houses that the plan has chosen to build."""
    decided = committed_units(world)
    return [i for i in world.houses if world.rates[i].unit not in decided]


def _dares(world: World, losses: Array) -> float:
    """Inhabitants needed for the scenario's limits to hold for these losses, shape (Ω, T), in every year."""
    acceptance, needed = world.problem.scenario.acceptance, 0.0
    for t in range(losses.shape[1]):
        expected = float(world.probability @ losses[:, t])
        tail = tail_mean(losses[:, t], world.probability, TAIL)
        for amount, limit in ((expected, acceptance.expected_limit), (tail, acceptance.risk_limit)):
            if amount > 0:
                needed = max(needed, amount / limit if limit else np.inf)
    return needed


def _by_kind(world: World, agreements: Mapping[str, HouseAgreement]) -> dict[str, float]:
    """Expected, discounted kr. of the new houses by kind."""
    found = dict.fromkeys(NEW_KINDS, 0.0)
    for i in world.houses:
        agreement = agreements[world.rates[i].offer]
        scheme, places = SCHEMES[agreement.scheme], world.subscription_array(i, agreement)
        for kind, amounts in kinds_of_unit(world.rules, world.rates[i], world.use[i], scheme, places).items():
            found[kind] += float(world.probability @ amounts @ world.problem.discount)
    return found
