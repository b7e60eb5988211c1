"""The rest of the first stage once it is decided what to build: loans drawn, excess, planned places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.planning.arrays import LinearProgram, WarmLp, linear_program
from kapacitet.planning.costs import Array
from kapacitet.planning.extensive import add_master
from kapacitet.planning.objective import constant_cost, master_cost
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model, RowInfo, linear
from kapacitet.planning.variables import FirstStage

NO_NEEDLESS_LOAN = 1e-6
DUST = 1e-9


@dataclass(frozen=True)
class Completed:
    """A completed plan.

    Attributes:
        cost: discounted cost of the first stage in kr., what no choice changes included.
        values: the master's columns, shape (n,).
        activity: of every master row, shape (m,).
    """

    plan: Plan
    cost: float
    values: Array
    activity: Array


class Completion:
    """The master as a linear program in which the whole decisions are fixed."""

    def __init__(self, problem: Problem) -> None:
        model = Model("completion")
        self.problem = problem
        self.first: FirstStage = add_master(model, problem)
        pairs = list(master_cost(problem, self.first))
        loans = [(loan, NO_NEEDLESS_LOAN) for loan in self.first.draw.values()]
        model.lp.setObjective(linear([*pairs, *loans]))
        self.rows: dict[str, RowInfo] = model.rows
        self.program: LinearProgram = linear_program(model.lp)
        self._lp = WarmLp(self.program)
        self._constant = float(constant_cost(problem))
        self.cost = np.zeros(len(self.program.cost))
        for variable, weight in pairs:
            self.cost[self.program.column[variable.id]] += weight

    def complete(
        self, starts: Sequence[int], closures: Sequence[int] = (), conversions: Sequence[int] = ()
    ) -> Completed | None:
        """The cheapest loans, excess and planned places for these whole decisions; None if they break a limit.

        Among equally cheap ones the least is borrowed: a loan nobody needs isn't drawn.
        """
        first, problem = self.first, self.problem
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        for columns, chosen in ((first.start, starts), (first.close, closures), (first.convert, conversions)):
            where = self.program.positions(list(columns))
            lower[where] = upper[where] = 0.0
            taken = where[np.array(sorted(chosen), dtype=np.int64)]
            lower[taken] = upper[taken] = 1.0
        solution = self._lp.solve(lower, upper)
        if solution is None:
            return None
        value = {identity: float(solution.values[i]) for identity, i in self.program.column.items()}
        unit = problem.money_unit
        plan = Plan(
            starts=tuple(sorted(starts)),
            closures=tuple(sorted(closures)),
            conversions=tuple(sorted(conversions)),
            draws={key: value[v.id] * unit for key, v in first.draw.items() if value[v.id] > DUST},
            excess={key: value[v.id] * unit for key, v in first.excess.items() if value[v.id] > DUST},
            planned={key: value[v.id] for key, v in first.planned.items() if value[v.id] > DUST},
        )
        cost = (float(self.cost @ solution.values) + self._constant) * unit
        return Completed(plan, cost, solution.values, self.program.matrix @ solution.values)
