"""The extensive form: first stage, and every future and year of the second, in one mixed-integer program."""

from __future__ import annotations

from dataclasses import dataclass

from pulp import LpAffineExpression

from kapacitet.planning.constraints import MASTER, RECOURSE, STRENGTHENING
from kapacitet.planning.objective import constant_cost, master_cost, recourse_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model, Pair, linear
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


def build_extensive(problem: Problem, *, strengthen: bool = True) -> Extensive:
    """The whole model; ``strengthen=False`` leaves out rows that whole decisions don't need."""
    model = Model("kapacitet")
    first = add_master(model, problem)
    second = tuple(
        add_recourse(model, problem, f, t, first.state, strengthen=strengthen)
        for f in range(len(problem.futures))
        for t in range(len(problem.years))
    )
    pairs: list[Pair] = list(master_cost(problem, first))
    for v in second:
        weight = problem.futures[v.future].probability
        pairs += [(column, weight * cost) for column, cost in recourse_cost(problem, v)]
    objective: LpAffineExpression = linear(pairs)
    model.lp.setObjective(objective + constant_cost(problem))
    return Extensive(model, first, second)
