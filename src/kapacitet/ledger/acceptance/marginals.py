"""What one house more or less means to every demand: demands as sums over starts, around a plan.

Accounts and losses are sums over years, and a year's part depends on what is open that year alone. So one allocation
of each year with, or without, a house gives the exact change for any year of opening; changes of several houses are
added as if they didn't touch each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kapacitet.ledger.acceptance.demands import committed_units
from kapacitet.ledger.acceptance.limits import builder_limit
from kapacitet.ledger.acceptance.offers import HouseOptions, house_options
from kapacitet.ledger.acceptance.verdict import Verdict
from kapacitet.ledger.acceptance.worlds import Worlds
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.standing import offer_burden, standing_burden
from kapacitet.ledger.use import use_of_units
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.exclusions import Ask
from kapacitet.planning.plan import Outcome, Plan, YearOutcome

Look = tuple[int, ...]
"""Starts of a plan looked at in one year."""


@dataclass
class Marginals:
    """Years of a plan with one house more or less.

    Attributes:
        plan, verdict: where demands are looked at from; new houses keep the agreements picked there.
        units: candidates that may be built, dropped or moved.
    """

    worlds: Worlds
    plan: Plan
    verdict: Verdict
    units: Sequence[int]

    def __post_init__(self) -> None:
        problem = self.worlds.problem
        self._problem = problem
        self._start_of = {problem.starts[i].unit: i for i in self.plan.starts}
        self._project = {problem.units[u].project: u for u in self._start_of}
        self._world = self.worlds.of(self.plan)
        self._committed = committed_units(self._world)
        self._starts: dict[int, list[int]] = {}
        for i, start in enumerate(problem.starts):
            if start.unit in set(self.units) and start.open_year <= problem.years[-1] and not start.committed:
                self._starts.setdefault(start.unit, []).append(i)
        self._row: dict[tuple[int, Look], int] = {}
        self._outcomes: list[list[tuple[YearOutcome, ...]]] = [[] for _ in problem.years]

    def look(self, halted: Callable[[], bool]) -> bool:
        """Allocate every year with and without each house; False if halted before the end."""
        for t in range(len(self._problem.years)):
            self._see(t, self.plan.starts)
            for u in self._starts:
                if halted():
                    return False
                for starts in self._pair(u, t) or ():
                    self._see(t, starts)
        return True

    def _pair(self, u: int, t: int) -> tuple[Look, Look] | None:
        """Starts without and with the house in a year; None if it can't be open then."""
        problem, year = self._problem, self._problem.years[t]
        mine = [i for i in self._starts[u] if problem.starts[i].open_year <= year]
        if not mine:
            return None
        rival = self._start_of.get(self._project.get(problem.units[u].project, -1))
        without = tuple(i for i in self.plan.starts if i != rival)
        now = self._start_of.get(u)
        own = now if now in mine else min(mine, key=lambda i: problem.starts[i].open_year)
        return without, tuple(sorted((*without, own)))

    def _see(self, t: int, starts: Look) -> None:
        key = self._key(t, starts)
        if key not in self._row:
            state = Plan(starts, self.plan.closures, self.plan.conversions).state(self._problem)
            years = tuple(self.worlds.year(f, t, state) for f in range(len(self.worlds.recourses)))
            self._row[key] = len(self._outcomes[t])
            self._outcomes[t].append(years)

    def _key(self, t: int, starts: Look) -> tuple[int, Look]:
        year = self._problem.years[t]
        return t, tuple(i for i in starts if self._problem.starts[i].open_year <= year)

    @cached_property
    def _seen(self) -> _Seen:
        """All years looked at, settled in one go: N rows of years, the n-th the n-th look at each."""
        problem, chances = self._problem, self._world.probability
        count = max(len(looks) for looks in self._outcomes)
        padded = [looks + looks[:1] * (count - len(looks)) for looks in self._outcomes]
        outcome = Outcome(
            tuple(tuple(looks[n][f] for looks in padded) for n in range(count) for f in range(len(chances)))
        )
        many = replace(problem, futures=problem.futures * count)
        others = [self.worlds.rates(Plan((mine[0],)))[-1] for u, mine in self._starts.items() if u not in self._start_of]
        rates = (*self._world.rates, *others)
        use = use_of_units(many, self.plan, outcome, rates)
        now = len(self._world.rates)
        world = World(many, self.plan, outcome, self._world.rules, rates[:now], use[:now])
        shape = (count, len(chances), *world.use[0].shape[1:2])
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
        result, start = np.ones((count, len(self._problem.years))), self._start_of[u]
        for (t, starts), n in self._row.items():
            result[n, t] = start in starts
        return result

    def asks(self, allowed: Array) -> tuple[Ask, ...]:
        """Participants' and builders' demands; ``allowed`` is the most each municipality accepts, kr., shape (K,)."""
        problem, T = self._problem, len(self._problem.years)
        K, owners = len(problem.municipalities), self._world.owners
        parties = sorted({owners[u] for u in (*self._start_of, *self._starts)} - {""})
        account: dict[int, Array] = {}
        losses: dict[int, dict[str, Array]] = {}
        for u, mine in self._starts.items():
            rest, lost, use = self._others(u)
            for i in mine:
                opens = np.array(problem.years) >= problem.starts[i].open_year
                own, loss = self._own(u, i, use, rest[opens].sum(axis=0))
                account[i] = rest[opens].sum(axis=0) + own
                losses[i] = {p: lost[p] * opens for p in lost}
                losses[i][owners[u]] = losses[i].get(owners[u], np.zeros(T)) + loss
        here = [i for i in self.plan.starts if i in account]
        found = []
        for k in range(K):
            population = problem.municipalities[k].population
            weights = {i: float(amounts[k]) / population for i, amounts in account.items()}
            room = float(allowed[k] - self.verdict.account[k]) / population
            name = ("deltager", problem.municipalities[k].code, None)
            found.append(Ask(name, weights, room + sum(weights[i] for i in here)))
        for party in parties:
            found += self._builder(party, losses, here)
        return tuple(found)

    def _builder(self, party: str, losses: dict[int, dict[str, Array]], here: Sequence[int]) -> list[Ask]:
        limit = builder_limit(self._problem, party)
        base = sum(
            (self._seen.loss[u][0] for u in self._seen.loss if self._counts(u, party)),
            np.zeros(len(self._problem.years)),
        )
        found = []
        for t, year in enumerate(self._problem.years):
            weights = {
                i: float(by[party][t]) / limit.population for i, by in losses.items() if party in by and by[party][t]
            }
            room = (limit.expected - float(base[t])) / limit.population
            if sum(max(weight, 0.0) for i, weight in weights.items() if i not in here) > room:
                most = room + sum(weights.get(i, 0.0) for i in here)
                found.append(Ask(("bygger_forventet", party, year), weights, most))
        return found

    def _counts(self, u: int, party: str) -> bool:
        return self._world.owners[u] == party and u not in self._committed

    def _others(self, u: int) -> tuple[Array, dict[str, Array], Array]:
        """What a house means to everything else by year: discounted account (T, K), losses by party; and its use."""
        problem, seen = self._problem, self._seen
        T, K = len(problem.years), len(problem.municipalities)
        rest, lost = np.zeros((T, K)), {self._world.owners[h]: np.zeros(T) for h in seen.loss}
        use = np.zeros(seen.use[u].shape[1:])
        for t in range(T):
            pair = self._pair(u, t)
            if pair is None:
                continue
            without, present = (self._row[self._key(t, starts)] for starts in pair)
            rest[t] = seen.account[present, t] - seen.account[without, t]
            if u in seen.burden:
                rest[t] -= seen.burden[u][present, t]
            for h, loss in seen.loss.items():
                if h != u and h not in self._committed:
                    lost[self._world.owners[h]][t] += loss[present, t] - loss[without, t]
            use[:, t] = seen.use[u][present, :, t]
        return rest * problem.discount[:, None], lost, use

    def _own(self, u: int, i: int, use: Array, rest: Array) -> tuple[Array, Array]:
        """What a house started so brings by itself: each municipality's account (K,), its owner's loss (T,)."""
        plan = Plan((i,), self.plan.closures, self.plan.conversions)
        rates = next(one for one in self.worlds.rates(plan) if one.unit == u)
        mine = np.where(rates.open[None, :, None, None], use, 0.0)
        alone = World(self._problem, plan, self._world.outcome, self._world.rules, (rates,), (mine,))
        agreed: HouseAgreement | None = self.verdict.agreements.get(rates.offer)
        options = house_options(alone, 0, agreed)
        v = self._pick(options, rest) if len(options.agreements) > 1 else 0
        return options.concerned[v], options.loss[v].T @ self._world.probability

    def _pick(self, options: HouseOptions, rest: Array) -> int:
        """The agreement under which the house is refused least, as the plan stands."""
        limit, population = (
            builder_limit(self._problem, options.owner),
            np.array([m.population for m in self._problem.municipalities]),
        )
        answer = {a.demand.party: a.stated - a.demand.limit for a in self.verdict.answers if a.demand.role == "deltager"}
        now = np.array([answer[m.code] for m in self._problem.municipalities])
        burden = np.maximum(now + (options.concerned + rest) / population, 0.0).sum(axis=1)
        loss = np.einsum("vwt,w->vt", options.loss, self._world.probability)
        return int((burden + np.maximum(loss - limit.expected, 0.0).sum(axis=1) / limit.population).argmin())


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
