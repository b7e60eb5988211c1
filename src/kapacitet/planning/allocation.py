"""Which optimum: the one allocation of a fixed plan, unique and independent of names and order.

Per future and year: (a) least cost; (b) among those least Σ n_o²/P_o, so that houses are equally full; (c) among
those least Σ x²/d + Σ p²/d + Σ u²/d, so that municipalities are treated alike. (a) is a flow of least cost; the face
of its optima is what complementary slackness with one dual solution leaves free; (b) and (c) are quadratic
programs on that face.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Outcome, Plan, YearOutcome
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.building import year_network
from kapacitet.planning.recourse.component import Component, components
from kapacitet.planning.recourse.face import Face
from kapacitet.planning.recourse.network import Network, StateKey
from kapacitet.planning.recourse.tree import Trees

SNAP = 1e-10
COST_AGREEMENT = 1e-6


@dataclass(eq=False)
class _Year:
    """A year's network in its parts, shared by all futures, and its right-hand sides at the state last asked for."""

    network: Network
    parts: tuple[Component, ...]
    _asked: tuple[bytes, Array, sp.csr_array] | None = field(default=None)

    def beta(self, point: Array, future: int) -> Array:
        """β of a future, shape (entries,)."""
        key = point.tobytes()
        if self._asked is None or self._asked[0] != key:
            self._asked = (key, *self.network.beta.at(point))
        _, fixed, matrix = self._asked
        return np.asarray(fixed + matrix @ self.network.features[future])


@dataclass(frozen=True, eq=False)
class YearRecourse:
    """The recourse of one future and year, to be solved for one plan after another."""

    problem: Problem
    future: int
    year: _Year
    trees: tuple[Trees, ...]

    def least_cost(self, state: Mapping[StateKey, float]) -> float:
        """Least undiscounted cost (kr.) of the year under ``state``."""
        return float(sum(self._solved(part, trees, state) for part, trees in self._parts())) * self.problem.money_unit

    def worth(self, state: Mapping[StateKey, float]) -> dict[tuple[str, int], float]:
        """(kind, member) -> kr. by which the year's cost changes, at best, per unit more of a state.

        A subgradient at ``state``: cost is convex in the states, so no change can save more than this says.
        """
        found = {(kind, member): 0.0 for kind, member, _ in self.year.network.states}
        for part, trees in self._parts():
            self._solved(part, trees, state)
            _, slopes = part.slopes(self._features(part), trees, np.ones((1, 1)))
            for (kind, member, _), slope in zip(part.keys, slopes[0], strict=True):
                found[kind, member] += float(slope) * self.problem.money_unit
        return found

    def _parts(self) -> Iterator[tuple[Component, Trees]]:
        return zip(self.year.parts, self.trees, strict=True)

    def _features(self, part: Component) -> Array:
        return np.asarray(self.year.network.features[self.future, part.features][None])

    def _solved(self, part: Component, trees: Trees, state: Mapping[StateKey, float]) -> float:
        point = np.array([state.get(key, 0.0) for key in part.keys])
        return float(part.solve(point, self._features(part), trees)[0])

    def allocate(self, state: Mapping[StateKey, float]) -> YearOutcome:
        """(a), (b) and (c): the one allocation."""
        network, beta = self.year.network, self._beta(state)
        flow = np.zeros(len(network.tail))
        for part in self.year.parts:
            if len(part.arcs):
                flow[part.arcs] = self._chosen(part, beta)
        cost = float(network.cost @ flow + network.price @ beta[network.priced[:, 1]])
        return self._outcome(flow, beta, cost * self.problem.money_unit)

    def _beta(self, state: Mapping[StateKey, float]) -> Array:
        return self.year.beta(self.year.network.point(state), self.future)

    def _chosen(self, part: Component, beta: Array) -> Array:
        problem, network, t = self.problem, self.year.network, self.year.network.t
        right = beta[None, part.entries]
        _, lower, upper, _ = part.bounds(right)
        best = part.flow(right)
        assert best.flow is not None
        face = Face.of(part, best.flow[0], part.reduced_costs(best.potential)[0], lower[0], upper[0])
        need = network.need[part.arcs]
        amounts = np.where(need >= 0, np.append(network.features[self.future], 0.0)[need], 0.0)
        weights = np.where(amounts > 0, 1 / np.maximum(amounts, SNAP), 0.0)
        guests = problem.futures[self.future].guests_in(t)
        flow = face.chosen(network.house[part.arcs], guests, problem.places[:, t], weights)
        flow = np.where(np.abs(flow - lower[0]) < SNAP, lower[0], flow)
        if abs(float(part.cost @ (flow - best.flow[0]))) > COST_AGREEMENT * max(1.0, abs(float(best.cost[0]))):
            raise RuntimeError("the allocation rule left the face of least cost")
        return flow

    def _outcome(self, flow: Array, beta: Array, cost: float) -> YearOutcome:
        problem, network = self.problem, self.year.network
        shape = (len(problem.municipalities), len(problem.cells))
        use, moved = np.zeros(len(problem.arcs)), np.zeros(len(problem.arcs))
        buy, unmet, short = np.zeros(shape), np.zeros(shape), np.zeros(len(problem.units))
        uses = np.flatnonzero(network.use >= 0)
        use[network.use[uses]] = np.maximum(flow[uses], 0.0)
        for target, arcs in ((buy, network.buy), (unmet, network.unmet)):
            for key, arc in arcs.items():
                target[key] = max(flow[arc], 0.0)
        inside = np.bincount(problem.arcs.u, use, minlength=len(problem.units))
        for u, entry in network.lack.items():
            short[u] = max(beta[entry] - inside[u], 0.0)
        for a, entry in network.stay.items():
            moved[a] = max(beta[entry] - use[a], 0.0)
        return YearOutcome.of(use, buy, unmet, short, moved, cost)


Recourses = tuple[tuple[YearRecourse, ...], ...]


def year_recourses(problem: Problem) -> Recourses:
    """The recourse of every future and year, ``[future][t]``."""
    networks = [year_network(problem, t) for t in range(len(problem.years))]
    years = [_Year(network, tuple(components(network))) for network in networks]
    return tuple(
        tuple(YearRecourse(problem, f, year, tuple(part.no_trees(1) for part in year.parts)) for year in years)
        for f in range(len(problem.futures))
    )


def least_costs(problem: Problem, plan: Plan, recourses: Recourses) -> Array:
    """Least discounted cost (kr.) of each future's placements under ``plan``, shape (S,)."""
    state, totals = plan.state(problem), np.zeros(len(problem.futures))
    for t, factor in enumerate(problem.discount):
        for f, future in enumerate(recourses):
            totals[f] += factor * future[t].least_cost(state)
    return totals


def allocate(problem: Problem, plan: Plan, recourses: Recourses | None = None) -> Outcome:
    """The allocation of ``plan`` in every future and year."""
    state = plan.state(problem)
    every = recourses or year_recourses(problem)
    found: list[list[YearOutcome]] = [[] for _ in every]
    for t in range(len(problem.years)):
        for f, future in enumerate(every):
            found[f].append(future[t].allocate(state))
    return Outcome(tuple(tuple(years) for years in found))
