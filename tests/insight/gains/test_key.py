"""The least core against scipy's LP over every group, and what a key must hold."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from kapacitet.insight.gains.costs import Costs
from kapacitet.insight.gains.divisions import by_population
from kapacitet.insight.gains.key import Key, KeySearch
from kapacitet.insight.gains.world import World
from tests.independent.tiny_world import FAMILIES
from tests.properties.renaming import renamed

from .worlds import ENDS_STAYS, draw, every_group, least_excess_by_lp, priced, value, world_of

KNOWN_TO_THE_MIP = frozenset(FAMILIES) - ENDS_STAYS
SHARP = 1e-7


def found_key(world: World, total: float) -> Key:
    """The key, from each municipality alone and all together."""
    costs = Costs(world)
    for group in (world.everyone, *(frozenset({k}) for k in sorted(world.everyone))):
        costs.of(group)
    reference = by_population(world.problem, total)
    return KeySearch(world, costs, total, reference, lambda: False, tolerance=SHARP).run()


def check(seed: int, municipalities: int, families: frozenset[str]) -> None:
    world, costs = priced(seed, municipalities, families)
    total = value(costs, world.everyone)
    assert np.isfinite(total)
    scale = abs(total)
    key = found_key(world, total)
    assert key.division.sum() == pytest.approx(total, rel=1e-9)
    above = [float(key.division[sorted(g)].sum()) - value(costs, g) for g in every_group(world)]
    assert max(above) <= key.level + 1e-6 * scale
    assert max(above) <= key.excess + 1e-6 * scale
    least = least_excess_by_lp(world, costs)
    if np.isfinite(least):
        assert key.least == pytest.approx(least, abs=1e-6 * scale)
        assert key.most == pytest.approx(least, abs=1e-6 * scale)
        assert key.level == pytest.approx(max(least, 0.0), abs=1e-6 * scale)
        assert key.proven
        assert key.empty == (least > key.tolerance)
    assert key.stable == (key.excess <= key.tolerance)


@pytest.mark.parametrize("municipalities", [3, 4, 5])
@pytest.mark.parametrize("seed", range(8))
def test_the_least_core_is_that_of_every_group(seed: int, municipalities: int) -> None:
    check(seed, municipalities, KNOWN_TO_THE_MIP)


@pytest.mark.parametrize("seed", range(12))
def test_so_it_is_where_stays_may_end(seed: int) -> None:
    check(seed, 3, frozenset(FAMILIES))


def test_some_games_have_a_stable_division_and_some_have_none() -> None:
    least = [least_excess_by_lp(*priced(seed, size, KNOWN_TO_THE_MIP)) for seed in range(8) for size in (3, 4, 5)]
    sure = [value for value in least if np.isfinite(value)]
    assert any(value > 0 for value in sure) and any(value < 0 for value in sure)


@pytest.mark.parametrize("seed", [2, 4, 6, 7])
def test_names_and_order_change_nothing(seed: int) -> None:
    drawn = draw(seed, 4, KNOWN_TO_THE_MIP)
    world = world_of(drawn)
    there, new = renamed(copy.deepcopy(drawn), seed)
    other = world_of(there)
    total = Costs(world).of(world.everyone)
    assert total is not None
    assert np.isfinite(total.cost)
    here, away = found_key(world, total.cost), found_key(other, total.cost)
    position = {m.code: k for k, m in enumerate(other.problem.municipalities)}
    moved = [away.division[position[new[m.code]]] for m in world.problem.municipalities]
    assert moved == pytest.approx(here.division.tolist(), abs=1e-5 * abs(total.cost))
    assert away.least == pytest.approx(here.least, abs=1e-6 * abs(total.cost))


def test_stopped_at_once_nothing_is_claimed() -> None:
    world, costs = priced(4, 4, KNOWN_TO_THE_MIP)
    total = value(costs, world.everyone)
    fresh = Costs(world, stop=lambda: True)
    key = KeySearch(world, fresh, total, by_population(world.problem, total), lambda: True).run()
    assert key.division.tolist() == by_population(world.problem, total).tolist()
    assert not key.stable and not key.proven and not key.empty
