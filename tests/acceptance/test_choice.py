"""The small program that picks agreements, against trying every combination."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from kapacitet.ledger.acceptance.choice import choose
from kapacitet.ledger.acceptance.demands import TAIL, Demand
from kapacitet.ledger.acceptance.offers import HouseOptions
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.arrays import tail_mean

YEARS, TOWNS = 2, 3


def option(rng: np.random.Generator, house: int, agreements: int, futures: int) -> HouseOptions:
    """A house with random costs under each of its agreements."""
    return HouseOptions(
        house,
        "101",
        tuple(HouseAgreement(f"ordning {v}") for v in range(agreements)),
        rng.normal(0.0, 10.0, (agreements, TOWNS)),
        np.zeros((agreements, YEARS, TOWNS)),
        rng.uniform(0.0, 20.0, (agreements, futures, YEARS)),
    )


def asked(rng: np.random.Generator, options: list[HouseOptions], chances: np.ndarray) -> list[Demand]:
    """A demand of each kind, tight enough to bind now and then."""
    found = []
    for k in range(TOWNS):
        cost = {p: one.concerned[:, k] for p, one in enumerate(options)}
        found.append(Demand("deltager", str(k), None, 1.0, cost, float(rng.normal(5.0, 15.0))))
    for t in range(YEARS):
        losses = {p: one.loss[:, :, t] for p, one in enumerate(options)}
        means = {p: loss @ chances for p, loss in losses.items()}
        found.append(Demand("bygger_forventet", "101", t, 1.0, means, float(rng.uniform(15.0, 50.0))))
        found.append(Demand("bygger_risiko", "101", t, 1.0, losses, float(rng.uniform(25.0, 70.0))))
    return found


def missed(demand: Demand, picked: tuple[int, ...], chances: np.ndarray) -> float:
    """By how much a combination misses a demand; CVaR by sorting, apart from the code under test."""
    total = sum(np.asarray(cost[picked[p]], dtype=float) for p, cost in demand.cost.items())
    if demand.role == "bygger_risiko":
        left, found = 0.05, 0.0
        for amount, chance in sorted(zip(np.atleast_1d(total), chances, strict=True), reverse=True):
            part = min(left, chance)
            found, left = found + part * amount, left - part
        total = found / 0.05
    return max(float(total) - demand.limit, 0.0)


@pytest.mark.parametrize("seed", range(60))
def test_no_combination_misses_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    futures = int(rng.integers(1, 6)) if seed % 2 else 1
    chances = rng.dirichlet(np.ones(futures))
    options = [option(rng, i, int(rng.integers(1, 5)), futures) for i in range(int(rng.integers(1, 4)))]
    demands = asked(rng, options, chances)
    burdens = [Demand(d.role, d.party, None, 1.0, d.cost, 0.0) for d in demands if d.role == "deltager"]
    every = list(product(*(range(len(one.agreements)) for one in options)))
    least = min(sum(missed(d, picked, chances) for d in demands) for picked in every)
    within = [p for p in every if sum(missed(d, p, chances) for d in demands) <= least + 1e-6]
    largest = {p: max(sum(d.cost[h][v] for h, v in enumerate(p)) for d in burdens) for p in within}

    choice = choose(options, demands, chances, burdens=burdens)

    assert sum(choice.missed) == pytest.approx(least, abs=1e-5)
    assert choice.accepted == (least <= 1e-6)
    assert largest[choice.picked] == pytest.approx(min(largest.values()), abs=1e-5)
    assert choose(options, demands, chances).accepted == choice.accepted


def test_some_of_the_cases_are_refused_and_some_are_not() -> None:
    outcomes = set()
    for seed in range(60):
        rng = np.random.default_rng(seed)
        futures = int(rng.integers(1, 6)) if seed % 2 else 1
        chances = rng.dirichlet(np.ones(futures))
        options = [option(rng, i, int(rng.integers(1, 5)), futures) for i in range(int(rng.integers(1, 4)))]
        outcomes.add(choose(options, asked(rng, options, chances), chances).accepted)
    assert outcomes == {True, False}


def test_of_equal_agreements_the_simplest_is_picked() -> None:
    same = HouseOptions(
        0,
        "101",
        (HouseAgreement("standard"), HouseAgreement("objektiv")),
        np.zeros((2, TOWNS)),
        np.zeros((2, YEARS, TOWNS)),
        np.zeros((2, 1, YEARS)),
    )
    burden = Demand("deltager", "0", None, 1.0, {0: np.zeros(2)}, 0.0)
    assert choose([same], [burden], np.ones(1), burdens=[burden]).picked == (0,)


def test_the_tail_is_the_mean_of_the_worst_five_per_cent() -> None:
    losses = np.arange(100.0)
    assert tail_mean(losses, np.full(100, 0.01), TAIL) == pytest.approx((95 + 96 + 97 + 98 + 99) / 5)
    assert tail_mean(np.array([7.0]), np.ones(1), TAIL) == pytest.approx(7.0)
    # 3 % at 100, 97 % at 10: the worst 5 % hold 2 % of the latter.
    assert tail_mean(np.array([10.0, 100.0]), np.array([0.97, 0.03]), TAIL) == pytest.approx((3 * 100 + 2 * 10) / 5)


def test_without_houses_there_is_nothing_to_pick() -> None:
    demand = Demand("deltager", "0", None, 1.0, {}, 0.0)
    choice = choose([], [demand], np.ones(1), burdens=[demand])
    assert choice.accepted and choice.picked == ()
