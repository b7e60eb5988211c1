"""Whether somebody has reason to refuse a plan (section 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from tests.independent.plans import Plan, committed, opening

from .accounts import Agreement, Agreements, Ledger, by_party
from .agreements import Option, options
from .quadratic import Array

NEAR = 1e-6
ORE = 0.01


@dataclass(frozen=True)
class Verdict:
    """The answer to one plan.

    Attributes:
        accepted: whether some combination of agreements satisfies everybody.
        agreements: one such combination (empty if there is none).
        builders: owners no agreement of their own houses satisfies.
        participants: municipalities no combination that keeps the builders within limits satisfies.
            Both are empty in a refused plan where each could be satisfied, but not all at once.
    """

    accepted: bool
    agreements: dict[str, Agreement] = field(default_factory=dict)
    builders: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


def baseline_plan(ledger: Ledger) -> Plan:
    """Committed candidates and nothing else."""
    return Plan(builds=tuple(sorted(committed(ledger.world.case).items())))


def expected_accounts(ledger: Ledger, plan: Plan, agreements: Agreements, houses: bool = True) -> Array:
    """Expected discounted kr. by municipality, the waiting list included; ``houses`` False leaves new ones out."""
    world = ledger.world
    found = np.zeros(len(world.case.municipalities))
    for future, probability in enumerate(world.probabilities):
        for at in world.states(plan):
            if houses:
                lines = [ledger.year(future, plan, at, agreements)]
            else:
                lines = [ledger.common(future, at), ledger.decided(plan, at.year)]
            for part in lines:
                paid = by_party(part)
                amounts = np.array([paid.get(code, 0.0) for code in world.case.municipalities])
                found += probability * world.case.discount(at.year) * amounts
    return found


def most_accepted(ledger: Ledger) -> Array:
    """The account each municipality accepts: baseline and tolerance per inhabitant and year."""
    case, rules = ledger.world.case, ledger.world.rules
    years = sum(case.discount(year) for year in case.years)
    people = np.array([rules.population[code] for code in case.municipalities])
    tolerance = float(rules.acceptance["tolerance"])
    return expected_accounts(ledger, baseline_plan(ledger), {}) + tolerance * people * years


def tail_mean(values: Array, probabilities: list[float], level: float) -> float:
    """CVaR: the mean of the worst 1 − level of the probability."""
    left, total = 1.0 - level, 0.0
    for at in np.argsort(-values):
        taken = min(left, probabilities[at])
        total += taken * float(values[at])
        left -= taken
        if left <= 0:
            break
    return total / (1.0 - level)


def judge(ledger: Ledger, plan: Plan, most: Array, near: float = NEAR) -> Verdict:
    """Seek a combination of agreements nobody refuses, house by house.

    Args:
        ledger: the world's entries.
        plan: a plan that keeps the hard limits.
        most: what ``most_accepted`` gives.
        near: amounts that differ by less than this share of the limit are equal.
    """
    world = ledger.world
    units = [unit for unit, start in plan.builds if opening(world.case, unit, start) <= world.case.last]
    room = most - expected_accounts(ledger, plan, {}, houses=False) + np.maximum(ORE, near * np.abs(most))
    decided = committed(world.case)
    open_to: dict[str, list[Option]] = {unit: options(ledger, plan, unit) for unit in units}
    for unit in decided.keys() & open_to.keys():  # a fact is nobody's to refuse; its scheme is still free
        open_to[unit] = [replace(option, losses=np.zeros_like(option.losses)) for option in open_to[unit]]
    owners = {world.bearer(unit) for unit in units}
    builders = tuple(
        sorted(
            owner
            for owner in owners
            if next(_kept(ledger, owner, {u: o for u, o in open_to.items() if world.bearer(u) == owner}, near), None)
            is None
        )
    )
    if builders:
        return Verdict(False, builders=builders)
    found = _search(ledger, open_to, room, near)
    if found is not None:
        return Verdict(True, {unit: option.agreement for unit, option in found.items()})
    refusing = [
        code
        for at, code in enumerate(world.case.municipalities)
        if _search(ledger, open_to, np.where(np.arange(len(room)) == at, room, np.inf), near) is None
    ]
    return Verdict(False, participants=tuple(refusing))


def _within(ledger: Ledger, owner: str, losses: Array, near: float) -> bool:
    """Whether an owner's losses (futures × years) keep the expected limit and the risk limit in every year."""
    world = ledger.world
    if owner not in world.rules.limits:
        return True
    expected, risk = world.rules.limits[owner]
    level = world.openings.cvar_level
    means = np.array(world.probabilities) @ losses
    tails = [tail_mean(losses[:, year], world.probabilities, level) for year in range(losses.shape[1])]
    return bool(means.max() <= expected + max(ORE, near * expected) and max(tails) <= risk + max(ORE, near * risk))


def _kept(ledger: Ledger, owner: str, open_to: dict[str, list[Option]], near: float) -> Iterator[dict[str, Option]]:
    """Combinations of an owner's houses within its limits; losses only add, so a house too many ends a branch."""

    def extend(units: list[str], chosen: dict[str, Option], losses: Array) -> Iterator[dict[str, Option]]:
        if not units:
            yield chosen
            return
        for option in open_to[units[0]]:
            more = losses + option.losses
            if _within(ledger, owner, more, near):
                yield from extend(units[1:], {**chosen, units[0]: option}, more)

    shape = (len(ledger.world.futures), len(ledger.world.case.years))
    return extend(sorted(open_to), {}, np.zeros(shape))


def _search(ledger: Ledger, open_to: dict[str, list[Option]], room: Array, near: float) -> dict[str, Option] | None:
    """A combination within every builder's limits and within ``room`` (kr. left for new houses by municipality)."""
    units = sorted(open_to)
    owner = {unit: ledger.world.bearer(unit) for unit in units}
    none = np.zeros((len(ledger.world.futures), len(ledger.world.case.years)))
    least = [np.zeros(len(room))]
    for unit in reversed(units):
        least.insert(0, least[0] + np.min([option.accounts for option in open_to[unit]], axis=0))

    def extend(at: int, spent: Array, losses: dict[str, Array]) -> dict[str, Option] | None:
        if (spent + least[at] > room).any():
            return None
        if at == len(units):
            return {}
        unit = units[at]
        for option in open_to[unit]:
            more = losses.get(owner[unit], none) + option.losses
            if not _within(ledger, owner[unit], more, near):
                continue
            rest = extend(at + 1, spent + option.accounts, {**losses, owner[unit]: more})
            if rest is not None:
                return {unit: option, **rest}
        return None

    return extend(0, np.zeros(len(room)), {})
