"""What one house more or less means to every demand: demands as sums over starts, around a plan.

Accounts and losses are sums over years, and a year's part depends on what is open that year alone. So one allocation
of each year with, or without, a house gives the exact change for any year of opening; changes of several houses are
added as if they didn't touch each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from kapacitet.ledger.acceptance.limits import builder_limit, heads
from kapacitet.ledger.acceptance.looks import Looks
from kapacitet.ledger.acceptance.offers import HouseOptions, house_options
from kapacitet.ledger.acceptance.verdict import Verdict
from kapacitet.ledger.acceptance.worlds import Worlds
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.rates import UnitRates
from kapacitet.ledger.standing import offer_burden, standing_burden
from kapacitet.ledger.use import use_of_units
from kapacitet.ledger.world import World, committed_units
from kapacitet.planning.costs import Array
from kapacitet.planning.exclusions import Ask
from kapacitet.planning.plan import Plan


@dataclass
class Marginals:
    """What looks at a plan with one house more or less mean to everybody.

    Attributes:
        looks: at the plan demands are looked at from, finished.
        verdict: on it; its new houses keep the agreements picked there.
    """

    worlds: Worlds
    looks: Looks
    verdict: Verdict

    def __post_init__(self) -> None:
        self._problem, self._plan = self.worlds.problem, self.looks.plan
        self._world = self.worlds.of(self._plan)
        self._committed = committed_units(self._world)

    @cached_property
    def _seen(self) -> _Seen:
        """All years looked at, settled in one go: N rows of years, the n-th the n-th look at each."""
        problem, chances = self._problem, self._world.probability
        count, outcome = self.looks.count, self.looks.outcome()
        many = replace(problem, futures=problem.futures * count)
        others = [self._rates(mine[0]) for u, mine in self.looks.starts.items() if u not in self.looks.start_of]
        rates = (*self._world.rates, *(one for one in others if one))
        use = use_of_units(many, self._plan, outcome, rates)
        now = len(self._world.rates)
        world = World(many, self._plan, outcome, self._world.rules, rates[:now], use[:now])
        shape = (count, len(chances), len(problem.years))
        account = np.einsum("nwtk,w->ntk", standing_burden(world).concerned.reshape(*shape, -1), chances)
        burden, loss = {}, {}
        for i in world.houses:
            u = world.rates[i].unit
            settled = world.settled(i, self.verdict.agreements[world.rates[i].offer])
            is_open = self._is_open(u, count)
            shared = offer_burden(world, i, settled).concerned.reshape(*shape, -1)
            burden[u] = np.einsum("nwtk,w->ntk", shared, chances) * is_open[..., None]
            loss[u] = np.einsum("nwt,w->nt", settled.loss.reshape(shape), chances) * is_open
        by_unit = {one.unit: n.reshape(*shape, *n.shape[2:]) for one, n in zip(rates, use, strict=True)}
        return _Seen(account + sum(burden.values(), np.zeros(1)), burden, loss, by_unit)

    def _is_open(self, u: int, count: int) -> Array:
        """Whether a house of the plan is in each row and year, 0 or 1, shape (N, T)."""
        result = np.ones((count, len(self._problem.years)))
        for n, t, there in self.looks.shows(u):
            result[n, t] = there
        return result

    def effects(self) -> dict[int, Effect]:
        """What each start of the units means to everybody, by index among the problem's starts."""
        years, owners = np.array(self._problem.years), self._world.owners
        found = {}
        for u, mine in self.looks.starts.items():
            rest, lost, use = self._others(u)
            for i in mine:
                opens = years >= self._problem.starts[i].open_year
                others = rest[opens].sum(axis=0)
                own, loss = self._own(u, i, use, others)
                losses = {party: amounts * opens for party, amounts in lost.items()}
                if loss.any():
                    losses[owners[u]] = losses.get(owners[u], 0.0) + loss
                found[i] = Effect(others + own, losses)
        return found

    def asks(self, effects: Mapping[int, Effect], allowed: Array) -> tuple[Ask, ...]:
        """Participants' and builders' demands.

        Args:
            effects: of every start that may change.
            allowed: the most each municipality accepts, kr., shape (K,).
        """
        here = [i for i in self._plan.starts if i in effects]
        found = []
        for k, m in enumerate(self._problem.municipalities):
            weights = {i: float(effect.account[k]) / heads(m.population) for i, effect in effects.items()}
            room = float(allowed[k] - self.verdict.account[k]) / heads(m.population)
            found.append(Ask(("deltager", m.code, None), weights, room + sum(weights[i] for i in here)))
        for party in sorted({party for effect in effects.values() for party in effect.losses}):
            found += self._builder(party, effects, here)
        return tuple(found)

    def _builder(self, party: str, effects: Mapping[int, Effect], here: Sequence[int]) -> Iterator[Ask]:
        """Its expected loss each year."""
        limit = builder_limit(self._problem, party)
        own = [loss[0] for u, loss in self._seen.loss.items() if self._counts(u) and self._world.owners[u] == party]
        now = sum(own, np.zeros(len(self._problem.years)))
        for t, year in enumerate(self._problem.years):
            weights = {
                i: float(effect.losses[party][t]) / limit.population
                for i, effect in effects.items()
                if party in effect.losses and effect.losses[party][t]
            }
            room = (limit.expected - float(now[t])) / limit.population
            yield Ask(("bygger_forventet", party, year), weights, room + sum(weights.get(i, 0.0) for i in here))

    def _counts(self, u: int) -> bool:
        """Whether the loss on a house is its owner's to accept; what is decided already is a fact."""
        return u not in self._committed

    def _others(self, u: int) -> tuple[Array, dict[str, Array], Array]:
        """What a house means to everything else by year: discounted account (T, K), losses by party; and its use."""
        problem, seen = self._problem, self._seen
        T, K = len(problem.years), len(problem.municipalities)
        rest, lost = np.zeros((T, K)), {self._world.owners[h]: np.zeros(T) for h in seen.loss}
        use = np.zeros(seen.use[u].shape[1:] if u in seen.use else (1, T, 1, 1))
        seen_at = [t for t in sorted(self.looks.sampled) if self.looks.pair(u, t)]
        for t in seen_at:
            without, present = self.looks.rows(u, t)
            rest[t] = seen.account[present, t] - seen.account[without, t]
            if u in seen.burden:
                rest[t] -= seen.burden[u][present, t]
            for h, loss in seen.loss.items():
                if h != u and self._counts(h):
                    lost[self._world.owners[h]][t] += loss[present, t] - loss[without, t]
            if u in seen.use:
                use[:, t] = seen.use[u][present, :, t]
        for amounts in (rest, *lost.values(), use.swapaxes(0, 1)):
            _fill(amounts, seen_at)
        return rest * problem.discount[:, None], lost, use

    def _own(self, u: int, i: int, use: Array, rest: Array) -> tuple[Array, Array]:
        """What a house started so brings by itself: each municipality's account (K,), its owner's loss (T,)."""
        problem, plan = self._problem, Plan((i,), self._plan.closures, self._plan.conversions)
        rates = self._rates(i)
        if rates is None:
            return np.zeros(len(problem.municipalities)), np.zeros(len(problem.years))
        mine = np.where(rates.open[None, :, None, None], use, 0.0)
        alone = World(problem, plan, self._world.outcome, self._world.rules, (rates,), (mine,))
        agreed: HouseAgreement | None = self.verdict.agreements.get(rates.offer)
        options = house_options(alone, 0, agreed)
        v = self._pick(options, rest) if len(options.agreements) > 1 else 0
        return options.concerned[v], options.loss[v].T @ self._world.probability

    def _rates(self, i: int) -> UnitRates | None:
        """Rates of a house started so; None if it isn't a shared offer."""
        plan = Plan((i,), self._plan.closures, self._plan.conversions)
        unit = self._problem.starts[i].unit
        return next((one for one in self.worlds.rates(plan) if one.unit == unit), None)

    def _pick(self, options: HouseOptions, rest: Array) -> int:
        """The agreement under which the house is refused least, as the plan stands."""
        limit = builder_limit(self._problem, options.owner)
        population = np.array([heads(m.population) for m in self._problem.municipalities])
        answer = {
            a.demand.party: a.stated - a.demand.limit for a in self.verdict.answers if a.demand.role == "deltager"
        }
        now = np.array([answer[m.code] for m in self._problem.municipalities])
        burden = np.maximum(now + (options.concerned + rest) / population, 0.0).sum(axis=1)
        loss = np.einsum("vwt,w->vt", options.loss, self._world.probability)
        return int((burden + np.maximum(loss - limit.expected, 0.0).sum(axis=1) / limit.population).argmin())


def _fill(amounts: Array, known: Sequence[int]) -> None:
    """Years between known ones get amounts in between, in place; the first axis is the year's."""
    for before, after in pairwise(known):
        for t in range(before + 1, after):
            share = (t - before) / (after - before)
            amounts[t] = (1 - share) * amounts[before] + share * amounts[after]


@dataclass(frozen=True)
class Effect:
    """What a start brings, to be added to a plan without it: kr. on each municipality's account, expected and
    discounted, shape (K,), and on each builder's expected loss by year, party -> shape (T,)."""

    account: Array
    losses: Mapping[str, Array]


@dataclass(frozen=True)
class _Seen:
    """N rows of years settled, expected kr.: the plan itself is row 0.

    Attributes:
        account: what municipalities bear, the plan's own houses included, shape (N, T, K).
        burden, loss: the part of each of the plan's houses, and its owner's loss, by unit: (N, T, K), (N, T).
        use: who uses each house, by unit, shape (N, Ω, T, K+1, G).
    """

    account: Array
    burden: dict[int, Array]
    loss: dict[int, Array]
    use: dict[int, Array]
