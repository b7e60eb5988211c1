"""The extensive form: first stage, and every future and year of the second, in one mixed-integer program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pulp import LpAffineExpression

from kapacitet.planning.constraints import MASTER, RECOURSE, STRENGTHENING
from kapacitet.planning.objective import constant_cost, master_cost, recourse_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.risk import Risk
from kapacitet.planning.rows import Model, Pair, Row, linear
from kapacitet.planning.variables import FirstStage, Recourse, State, first_stage, recourse


@dataclass(frozen=True)
class Extensive:
    """The model with its columns."""

    model: Model
    first: FirstStage
    second: tuple[Recourse, ...]


def add_master(model: Model, problem: Problem) -> FirstStage:
    """First-stage columns and every master family."""
    first = first_stage(model, problem)
    for family in MASTER:
        model.add(family.rows(problem, first), family.FAMILY, family.TAG)
        if hasattr(family, "state_rows"):
            model.add(family.state_rows(problem, first), family.FAMILY, "regnskab")
    return first


def add_recourse(model: Model, problem: Problem, future: int, t: int, state: State, *, strengthen: bool) -> Recourse:
    """Second-stage columns and every recourse family of one future and year."""
    second = recourse(model, problem, future, t, state, label=f"_f{future}")
    for family in (*RECOURSE, *(STRENGTHENING if strengthen else ())):
        model.add(family.rows(problem, state, second), family.FAMILY, family.TAG)
    return second


def _second_cost(model: Model, problem: Problem, second: tuple[Recourse, ...]) -> Iterator[Pair]:
    r"""(1 − λ)·Σ π_ω·Q_ω + λ·(η + Σ π_ω·z_ω/(1 − α)),  z_ω ≥ Q_ω − η,  z ≥ 0: expectation and CVaR_α of recourse.

    Rockafellar and Uryasev, *Journal of Risk* 2 (2000).
    """
    risk = Risk.of(problem)
    share = 1 - risk.weight if risk.averse else 1.0
    costs: list[list[Pair]] = [[] for _ in problem.futures]
    for v in second:
        costs[v.future] += recourse_cost(problem, v)
    for f, future in enumerate(problem.futures):
        yield from ((column, share * future.probability * cost) for column, cost in costs[f])
    if risk.averse:
        threshold = model.variable("var", -np.inf)
        yield threshold, risk.weight
        for f, future in enumerate(problem.futures):
            above = model.variable(f"above_f{f}")
            yield above, risk.weight * future.probability / (1 - risk.level)
            row = linear([(above, 1.0), (threshold, 1.0), *((column, -cost) for column, cost in costs[f])]) >= 0.0
            model.add([Row(f"tail_f{f}", row, {"f": f})], "tail", "regnskab")


def build_extensive(problem: Problem, *, strengthen: bool = True) -> Extensive:
    """The whole model; ``strengthen=False`` leaves out rows that whole decisions don't need."""
    model = Model("kapacitet")
    first = add_master(model, problem)
    second = tuple(
        add_recourse(model, problem, f, t, first.state, strengthen=strengthen)
        for f in range(len(problem.futures))
        for t in range(len(problem.years))
    )
    pairs: list[Pair] = [*master_cost(problem, first), *_second_cost(model, problem, second)]
    objective: LpAffineExpression = linear(pairs)
    model.lp.setObjective(objective + constant_cost(problem))
    return Extensive(model, first, second)
