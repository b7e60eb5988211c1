"""The dual network simplex against HiGHS and NetworkX, its bound, its sameness, and what it refuses."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import linprog

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse import pivots
from kapacitet.planning.recourse.network_simplex import NetworkSimplex, Solution
from kapacitet.planning.recourse.tree import BoolArray

RELATIVE = 1e-8


@dataclass
class Case:
    """A network and R right-hand sides."""

    tail: IntArray
    head: IntArray
    cost: Array
    capacitated: BoolArray
    nodes: int
    supply: Array
    lower: Array
    upper: Array

    def simplex(self) -> NetworkSimplex:
        return NetworkSimplex(self.tail, self.head, self.cost, self.capacitated, self.nodes)

    def solve(self) -> Solution:
        return self.simplex().solve(self.supply, self.lower, self.upper, flows=True)

    def reduced(self, potential: Array) -> Array:
        whole = np.append(potential, 0.0)
        return np.asarray(self.cost - whole[self.tail] + whole[self.head])

    def bound(self, potential: Array, r: int) -> float:
        reduced = self.reduced(potential)
        held = np.where(self.capacitated, self.upper[r], 0.0)
        free = np.where(self.capacitated, np.minimum(reduced, 0.0), 0.0)
        return float(potential @ self.supply[r] + np.maximum(reduced, 0.0) @ self.lower[r] + free @ held)

    def incidence(self) -> Array:
        arcs = np.arange(len(self.tail))
        entries = np.concatenate([np.ones(len(arcs)), -np.ones(len(arcs))])
        at = (np.concatenate([self.tail, self.head]), np.concatenate([arcs, arcs]))
        return np.asarray(sp.csr_array((entries, at), shape=(self.nodes + 1, len(arcs))).toarray())

    def optimum(self, r: int) -> float | None:
        """By HiGHS; None if there is no flow."""
        bounds = np.stack([self.lower[r], self.upper[r]], axis=1)
        found = linprog(self.cost, A_eq=self.incidence()[: self.nodes], b_eq=self.supply[r], bounds=bounds)
        assert found.status in {0, 2}
        return float(found.fun) if found.status == 0 else None


def layered(seed: int, rights: int = 4, *, whole: bool = True, equal: bool = False, size: int = 5) -> Case:
    """Cells → (groups →) houses → root, with purchase, parallel arcs, bounds and houses that are shut at times."""
    rng = np.random.default_rng(seed)
    cells, houses, groups = (int(rng.integers(1, size + 3)), int(rng.integers(1, size + 1)), int(rng.integers(0, 3)))
    nodes = cells + groups + houses
    arcs: list[tuple[int, int, float, bool]] = []

    def price(low: float, high: float) -> float:
        return float(rng.integers(round(low), round(high) + 1)) if equal else float(rng.uniform(low, high))

    for c in range(cells):
        arcs.append((c, nodes, price(5, 9), False))
        if rng.random() < 0.5:
            arcs.append((c, nodes, price(2, 4), bool(rng.random() < 0.5)))
        for g in range(cells, cells + groups):
            if rng.random() < 0.5:
                arcs.append((c, g, price(0, 1), False))
    for h in range(cells + groups, nodes):
        for source in range(cells + groups):
            for _ in range(int(rng.choice([0, 1, 2], p=[0.4, 0.5, 0.1]))):
                held = bool(rng.random() < 0.2)
                arcs.append((source, h, price(-1, 1) if held else price(1, 3), held))
        arcs.append((h, nodes, price(-2, -1), True))
        if rng.random() < 0.7:
            arcs.append((h, nodes, 0.0, bool(rng.random() < 0.8)))
    for g in range(cells, cells + groups):
        arcs.append((g, nodes, price(5, 9), False))
    order = rng.permutation(len(arcs))
    tail, head, cost, held = (np.array(column)[order] for column in zip(*arcs, strict=True))
    shape = (rights, len(arcs))
    supply = np.zeros((rights, nodes))
    supply[:, : cells + groups] = rng.poisson(2.2, (rights, cells + groups))
    upper = rng.integers(0, 7, shape) * (rng.random(shape) < 0.8).astype(float)
    lower = np.minimum((rng.random(shape) < 0.05) * 1.0, np.where(held, upper, 1.0))
    if not whole:
        supply *= rng.uniform(0.5, 1.5, supply.shape)
        upper, lower = upper * 1.1, lower * rng.uniform(0.1, 1.0, shape)
    return Case(tail, head, cost, held, nodes, supply, lower, np.where(held, upper, np.inf))


@pytest.mark.parametrize("equal", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_optimum_flow_and_bound_agree_with_highs(whole: bool, equal: bool) -> None:
    solved = 0
    for seed in range(60):
        case = layered(seed, whole=whole, equal=equal, size=3 + seed % 8)
        simplex = case.simplex()
        for r in range(len(case.supply)):
            one = case.supply[r : r + 1], case.lower[r : r + 1], case.upper[r : r + 1]
            least = case.optimum(r)
            if least is None:
                with pytest.raises(RuntimeError, match="no flow keeps its bounds"):
                    simplex.solve(*one)
                continue
            solved += 1
            found = simplex.solve(*one, flows=True)
            assert found.flow is not None
            flow, slack = found.flow[0], RELATIVE * (1 + abs(least))
            assert found.cost[0] == pytest.approx(least, abs=slack)
            assert case.cost @ flow == pytest.approx(least, abs=slack)
            assert np.allclose(case.incidence()[: case.nodes] @ flow, case.supply[r], rtol=0, atol=1e-9)
            assert (flow >= case.lower[r] - 1e-9).all() and (flow <= case.upper[r] + 1e-9).all()
            assert (case.reduced(found.potential[0])[~case.capacitated] >= -1e-12).all()
            assert case.bound(found.potential[0], r) == pytest.approx(least, abs=slack)
            if whole:
                assert np.array_equal(flow, np.round(flow))
    assert solved > 100


def feasible(seeds: range, rights: int = 6) -> list[Case]:
    """Larger cases, whose right-hand sides all have a flow."""
    cases = [layered(seed, rights, whole=seed % 2 == 0, equal=seed % 3 == 0, size=12) for seed in seeds]
    kept = []
    for case in cases:
        at = [r for r in range(rights) if case.optimum(r) is not None]
        case.supply, case.lower, case.upper = case.supply[at], case.lower[at], case.upper[at]
        kept += [case] if at else []
    assert len(kept) > len(cases) // 2
    return kept


def test_duals_of_one_right_hand_side_bound_every_other_from_below() -> None:
    for case in feasible(range(100, 115)):
        found = case.solve()
        for potential in found.potential:
            for r, least in enumerate(found.cost):
                assert case.bound(potential, r) <= least + RELATIVE * (1 + abs(least))


def test_costs_dont_depend_on_what_was_solved_before_and_after_a_reset_nothing_does() -> None:
    for case in feasible(range(200, 215)):
        warm = case.solve()
        simplex = case.simplex()
        for r in reversed(range(len(case.supply))):
            one = case.supply[r : r + 1], case.lower[r : r + 1], case.upper[r : r + 1]
            cold = case.simplex().solve(*one)
            backwards = simplex.solve(*one)
            assert [cold.cost[0], backwards.cost[0]] == pytest.approx([warm.cost[r]] * 2, rel=RELATIVE, abs=RELATIVE)
            simplex.reset()
            again = simplex.solve(*one)
            assert np.array_equal(again.potential, cold.potential) and np.array_equal(again.cost, cold.cost)
            assert np.array_equal(again.pivots, cold.pivots)


def test_agrees_with_networkx_on_whole_numbers() -> None:
    for seed in range(300, 330):
        case = layered(seed, 1, equal=True)
        graph = nx.MultiDiGraph()
        demand = np.append(-case.supply[0], case.supply[0].sum())
        lower, upper = case.lower[0].astype(int), case.upper[0]
        np.add.at(demand, case.tail, lower)
        np.add.at(demand, case.head, -lower)
        graph.add_nodes_from((v, {"demand": int(d)}) for v, d in enumerate(demand))
        for e in range(len(case.tail)):
            room = {"capacity": int(upper[e]) - int(lower[e])} if case.capacitated[e] else {}
            graph.add_edge(int(case.tail[e]), int(case.head[e]), weight=int(case.cost[e]), **room)
        try:
            least = nx.network_simplex(graph)[0] + int(case.cost @ lower)
        except nx.NetworkXUnfeasible:
            with pytest.raises(RuntimeError):
                case.solve()
            continue
        assert case.solve().cost[0] == pytest.approx(least, abs=1e-8)


def test_rule_that_cannot_cycle_finds_the_same_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled kernel's constant can't be changed, so its Python source runs."""
    for name in ("_check", "_subtree", "_load", "_leaving", "_free_candidate", "_free_across", "_push", "_flip"):
        monkeypatch.setattr(pivots, name, getattr(pivots, name).py_func)
    for name in ("_capacitated_candidates", "_entering", "_exchange", "_pivots", "_optimise", "_tolerance"):
        monkeypatch.setattr(pivots, name, getattr(pivots, name).py_func)
    monkeypatch.setattr(pivots, "_PATIENCE", 0)
    for case in feasible(range(400, 405), rights=3):
        expected = case.solve().cost
        simplex = case.simplex()
        for r in range(len(case.supply)):
            one = case.supply[r], case.lower[r], case.upper[r]
            every = np.arange(len(case.tail), dtype=np.int32)
            status, _, _ = pivots._optimise(simplex._network, simplex._basis, every, case.cost, *one)
            assert status == pivots.OPTIMAL
        last = len(case.supply) - 1
        potential = simplex._basis.potential[: case.nodes] / simplex._scale
        assert case.bound(potential, last) == pytest.approx(expected[last], rel=RELATIVE, abs=RELATIVE)


def test_bounds_in_one_row_hold_for_all() -> None:
    case = layered(3, 5)
    case.lower[:], case.upper[:] = 0.0, np.where(case.capacitated, 4.0, np.inf)
    case.supply[:, :] = np.minimum(case.supply, 2.0)
    whole = case.solve()
    short = case.simplex().solve(case.supply, case.lower[:1], case.upper[:1])
    assert np.array_equal(whole.cost, short.cost) and short.flow is None


def test_instances_run_in_threads_and_survive_pickling() -> None:
    cases = feasible(range(500, 508))
    expected = [case.solve() for case in cases]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(Case.solve, cases))
    for case, one, other in zip(cases, expected, found, strict=True):
        sent = pickle.loads(pickle.dumps(case.simplex())).solve(case.supply, case.lower, case.upper)
        assert np.array_equal(one.potential, other.potential) and np.array_equal(one.cost, other.cost)
        assert np.array_equal(one.potential, sent.potential)


def test_refuses_what_it_cannot_solve() -> None:
    two = (np.array([0, 0]), np.array([1, 1]), np.array([1.0, -1.0]), np.array([False, True]), 1)
    simplex = NetworkSimplex(*two)
    free = np.array([[np.inf, 2.0]])
    with pytest.raises(ValueError, match="bounds must have shape"):
        simplex.solve(np.ones((1, 1)), np.zeros((1, 3)), free)
    with pytest.raises(ValueError, match="supply must be finite"):
        simplex.solve(np.array([[np.nan]]), np.zeros((1, 2)), free)
    for lower, upper in (
        ([0, -1], [np.inf, 2]),
        ([0, 0], [5, 2]),
        ([0, 0], [np.inf, np.inf]),
        ([np.nan, 0], free[0]),
    ):
        with pytest.raises(ValueError, match="lower must be"):
            simplex.solve(np.ones((1, 1)), np.array([lower], float), np.array([upper], float))
    with pytest.raises(RuntimeError, match="right-hand side 0: no flow"):
        simplex.solve(np.ones((1, 1)), np.array([[0.0, 3.0]]), free)
    with pytest.raises(RuntimeError, match="right-hand side 1: no flow"):
        simplex.solve(np.array([[2.0], [-1.0]]), np.zeros((1, 2)), free)
    assert simplex.solve(np.full((1, 1), 3.0), np.zeros((1, 2)), free).cost[0] == pytest.approx(-1.0)
    with pytest.raises(ValueError, match="joins node 0 with the root"):
        NetworkSimplex(np.array([1]), np.array([2]), np.ones(1), np.zeros(1, bool), 2)
    with pytest.raises(ValueError, match="cycle"):
        NetworkSimplex(np.array([0, 1, 0]), np.array([1, 0, 2]), np.array([1.0, -2.0, 1.0]), np.zeros(3, bool), 2)
    with pytest.raises(ValueError, match="different shapes"):
        NetworkSimplex(np.array([0]), np.array([1, 1]), np.ones(1), np.zeros(1, bool), 1)
    with pytest.raises(ValueError, match="no node"):
        NetworkSimplex(np.array([0]), np.array([5]), np.ones(1), np.zeros(1, bool), 1)
    with pytest.raises(ValueError, match="finite"):
        NetworkSimplex(np.array([0]), np.array([1]), np.array([np.inf]), np.zeros(1, bool), 1)
