"""Ways to divide the plan's cost: by population, by demand, by given accounts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kapacitet.faults import Fault, FaultyInput
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem


def by_population(problem: Problem, total: float) -> Array:
    """Equal kr. per inhabitant, shape (K,); equal shares where nobody is said to live anywhere."""
    people = np.array([m.population for m in problem.municipalities])
    people = people if people.any() else np.ones_like(people)
    return np.asarray(total * people / people.sum())


def by_demand(problem: Problem, total: float) -> Array:
    """Equal kr. per place-year needed in the years of the plan, shape (K,); by population where nobody asks."""
    need = problem.futures[0].demand.sum(axis=(1, 2))
    return np.asarray(total * need / need.sum()) if need.sum() > 0 else by_population(problem, total)


def by_accounts(problem: Problem, accounts: Mapping[str, float]) -> Array:
    """What each municipality's account says (kr., discounted), shape (K,).

    Raises:
        FaultyInput: a municipality is missing, or a code is none of the region's.
    """
    codes = [m.code for m in problem.municipalities]
    faults = [
        Fault("Kommunen har intet regnskab.", "Giv hver kommune et beløb, også 0.", table="accounts", value=code)
        for code in codes
        if code not in accounts
    ]
    faults += [
        Fault("Kommunen findes ikke i regionen.", "Fjern rækken.", table="accounts", value=code)
        for code in sorted(set(accounts) - set(codes))
    ]
    if faults:
        raise FaultyInput(faults)
    return np.array([accounts[code] for code in codes])
