"""Blocks: costs against a linear program written from the right-hand sides, cuts against costs, kept bases."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from kapacitet.planning.benders.blocks import MOST_RECENT
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.costs import Array
from kapacitet.planning.recourse.affine import AffineBuilder
from kapacitet.planning.recourse.component import Component
from kapacitet.planning.recourse.network_simplex import NetworkSimplex
from tests.planning.test_many_futures import drawn

SEEDS = [601, 604, 613, 622, 637]
EQUAL = 1e-7


def by_linear_program(part: Component, point: Array, features: Array) -> float:
    """The least cost of one future, from β = β₀ + Σ weight·φ·s and the network alone."""
    beta = part.beta.constant.copy()
    for entry, feature, state, weight in zip(
        part.beta.entry, part.beta.feature, part.beta.state, part.beta.weight, strict=True
    ):
        beta[entry] += weight * (features[feature] if feature >= 0 else 1) * (point[state] if state >= 0 else 1)
    supplies, lows, ups, priced = np.split(beta, np.cumsum([len(part.supply), len(part.lower), len(part.upper)]))
    fixed = float(priced @ part.price)
    if not len(part.arcs):
        return fixed
    balance = np.zeros((part.nodes, len(part.arcs)))
    for e, (tail, head) in enumerate(zip(part.tail, part.head, strict=True)):
        if tail < part.nodes:
            balance[tail, e] += 1
        if head < part.nodes:
            balance[head, e] -= 1
    supply = np.zeros(part.nodes)
    supply[part.supply] = supplies
    upper = np.full(len(part.arcs), np.inf)
    upper[part.upper] = np.maximum(ups, 0)
    lower = np.zeros(len(part.arcs))
    lower[part.lower] = np.maximum(lows, 0)
    bounds = np.column_stack([np.minimum(lower, upper), upper])
    found = linprog(part.cost, A_eq=balance, b_eq=supply, bounds=bounds, method="highs")
    assert found.status == 0
    return float(found.fun) + fixed


def points(stage: Stage, seed: int) -> list[dict[object, float]]:
    """Whole states and states between them, some near each other, some far."""
    rng = np.random.default_rng(seed)
    keys = sorted({key for block in stage.blocks for key in block.keys})
    whole = [{key: float(on) for key, on in zip(keys, rng.random(len(keys)) < 0.5, strict=True)} for _ in range(3)]
    near = dict(whole[0])
    for i in rng.integers(0, len(keys), size=min(2, len(keys))) if keys else ():
        near[keys[i]] = 1 - near[keys[i]]
    between = {key: 0.7 * whole[0][key] + 0.3 * whole[1][key] for key in keys}
    return [whole[0], near, between, whole[1], whole[0], {key: 0.5 for key in keys}, whole[2], near]


@pytest.mark.parametrize("seed", SEEDS)
def test_costs_and_cuts_from_kept_bases(seed: int) -> None:
    """What was solved before changes no cost; cuts are tight where they were made and valid elsewhere."""
    stage = Stage.of(drawn(seed, "all", 4, 0.5))
    seen = points(stage, seed)
    prices, cuts = [], []
    rng = np.random.default_rng(seed)
    for state in seen:
        price = stage.price(state)
        stage.profiles = [stage.risk.chances, *rng.dirichlet(np.ones(4), size=2)]
        prices.append(price)
        cuts.append(stage.cuts(price.parts))
        for block, part in zip(stage.blocks, price.parts, strict=True):
            for f in range(4):
                expected = by_linear_program(block.part, block.point(state), block.features[f]) * block.factor
                assert part.costs[f] == pytest.approx(expected, rel=EQUAL, abs=EQUAL)
        for cut in cuts[-1]:
            block = stage.blocks[cut.block]
            for other, told in zip(seen, prices, strict=False):
                says = cut.constant + float(cut.slopes @ block.point(other))
                real = float(stage.profiles[cut.profile] @ told.parts[cut.block].costs)
                assert says <= real + EQUAL * max(1.0, abs(real))
                if other is state:
                    assert says == pytest.approx(real, rel=EQUAL, abs=EQUAL)


def test_a_point_met_not_long_ago_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage.of(drawn(SEEDS[0], "all", 3))
    solved: list[int] = []
    original = Component.solve

    def counted(part: Component, *given: object) -> Array:
        solved.append(1)
        return original(part, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Component, "solve", counted)
    first = {key: 1.0 for block in stage.blocks for key in block.keys}
    expected = stage.price(first).totals
    stage.price({})
    count = len(solved)
    assert np.array_equal(stage.price(first).totals, expected) and len(solved) == count
    for i in range(MOST_RECENT):
        stage.price({key: 0.1 * (i + 1) for key in first})
    stage.price(first)
    assert len(solved) > count + MOST_RECENT


def test_a_low_upper_bound_spoils_no_other_future() -> None:
    """3 must leave: at 10 on an arc that takes from 1 to φ, the rest at 5. φ = 0: 15; φ = 2: 10 + 2·5 = 20."""
    beta = AffineBuilder()
    supply, lower, upper = beta.entry(3.0), beta.entry(1.0), beta.entry()
    beta.add(upper, 1.0, feature=0)
    ends, none = np.zeros(2, np.int64), np.zeros(0, np.int64)
    simplex = NetworkSimplex(ends, ends + 1, np.array([10.0, 5.0]), np.array([True, False]), 1)
    entries = simplex.entries(*(np.array([0]) for _ in (supply, lower, upper)), np.zeros(0), beta.build(1, 0))
    features = np.array([[0.0], [2.0], [0.0]])
    cost, _ = simplex.solve_futures(entries, none.astype(float), features, simplex.no_trees(3))
    assert cost.tolist() == [15.0, 20.0, 15.0]
