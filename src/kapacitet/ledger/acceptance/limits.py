"""What each party puts up with: builders' limits on loss, participants' burden, the service frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import REGION_PARTY


@dataclass(frozen=True)
class BuilderLimit:
    """A builder's limits on its yearly loss on new houses, kr.

    Attributes:
        population: whom the limits per inhabitant are counted on.
        expected: on the expected loss.
        risk: on CVaR_95 of the loss.
    """

    population: float
    expected: float
    risk: float


def heads(population: float) -> float:
    """Inhabitants to count amounts on: at least one, so that a party without any is still heard."""
    return max(float(population), 1.0)


def builder_limit(problem: Problem, party: str) -> BuilderLimit:
    """The limits of a municipality, or of the region (counted on all its inhabitants).

    A municipality's own columns ``expected_limit`` and ``risk_limit`` go before the scenario's.
    """
    acceptance, table = problem.scenario.acceptance, problem.region.tables["municipalities"]
    if party == REGION_PARTY:
        population = heads(sum(m.population for m in problem.municipalities))
        return BuilderLimit(population, acceptance.expected_limit * population, acceptance.risk_limit * population)
    row = table[table["code"] == party].iloc[0]
    expected, risk = (
        float(default if np.isnan(own) else own)
        for own, default in (
            (row["expected_limit"], acceptance.expected_limit),
            (row["risk_limit"], acceptance.risk_limit),
        )
    )
    population = heads(row["population"])
    return BuilderLimit(population, expected * population, risk * population)


def tolerance(problem: Problem) -> Array:
    """What a plan may cost each municipality more than the baseline, discounted kr. over the horizon, shape (K,)."""
    population = np.array([m.population for m in problem.municipalities])
    return np.asarray(problem.scenario.acceptance.tolerance * population * problem.discount.sum())


def service_frame(problem: Problem) -> Array | None:
    """The service frame by year and municipality, kr., shape (T, K), infinite where no row says; None if off."""
    if problem.scenario.limits.service_frame == "off":
        return None
    result = np.full((len(problem.years), len(problem.municipalities)), np.inf)
    place = {m.code: k for k, m in enumerate(problem.municipalities)}
    for row in problem.region.tables["service_frame"].to_dict("records"):
        if row["year"] in problem.years:
            result[problem.years.index(row["year"]), place[row["municipality"]]] = float(row["amount"])
    return result
