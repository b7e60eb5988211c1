"""The master: the first stage, and a variable θ for the cost of each block, bounded from below by cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from kapacitet.planning.arrays import LinearProgram, highs_lp, hold_empty, linear_program, loaded
from kapacitet.planning.benders.blocks import Block, Cut, StateKey
from kapacitet.planning.costs import Array
from kapacitet.planning.exclusions import AT_LEAST, Exclusion
from kapacitet.planning.extensive import add_master
from kapacitet.planning.interrupts import ctrl_c_noted
from kapacitet.planning.objective import constant_cost, master_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model, linear
from kapacitet.planning.solver import POLL_SECONDS, SEED_LIMIT

DROPPED = 1e-12
SMALLEST = 1e-12
"""HiGHS leaves out coefficients below this once rows are scaled. By default 1e-9, which loses θ from a cut whose
slopes are large (an unmet penalty times thousands of places), and then the bound is above the optimum."""


@dataclass(frozen=True)
class MasterPoint:
    """A solution of the master: objective (money units, constant included), columns, states and θ."""

    objective: float
    values: Array
    state: Mapping[StateKey, float]
    theta: Array


class Master:
    """The master in HiGHS; cuts are added to it and stay."""

    def __init__(self, problem: Problem, blocks: Sequence[Block], seed: int) -> None:
        model = Model("master")
        self.problem = problem
        self.first = add_master(model, problem)
        model.lp.setObjective(linear(master_cost(problem, self.first)))
        program = linear_program(model.lp)
        self._first_columns = len(program.cost)
        self._first_rows = len(program.row_lower)
        self._holds_empty = hold_empty(program.row_lower, program.row_upper)
        self.interrupted = False
        self._constant = constant_cost(problem)
        self._state = {
            (kind, member, t): program.column[column.id]
            for kind in ("open", "mature", "closed", "converted")
            for (member, t), column in getattr(self.first.state, kind).items()
        }
        self.whole = program.positions([*self.first.start, *self.first.close, *self.first.convert])
        self._cost = np.concatenate([program.cost, np.ones(len(blocks))])
        self._highs = _loaded(program, len(blocks), seed)

    def add(self, cuts: Iterable[Cut]) -> int:
        """Add cuts; the number added."""
        added = 0
        for cut in cuts:
            index = [self._first_columns + cut.block]
            weight = [1.0]
            for key, slope in cut.slopes.items():
                if abs(slope) > DROPPED:
                    index.append(self._state[key])
                    weight.append(-slope)
            self._highs.addRow(
                cut.constant, highspy.kHighsInf, len(index), np.array(index, dtype=np.int32), np.array(weight)
            )
            added += 1
        return added

    def exclude(self, exclusions: Iterable[Exclusion]) -> None:
        """Add rows that rule out refused plans."""
        first, second = len(self.problem.starts), len(self.problem.starts) + len(self.problem.closures)
        for row in exclusions:
            weights = {
                **row.starts,
                **{first + i: w for i, w in row.closures.items()},
                **{second + i: w for i, w in row.conversions.items()},
            }
            columns = self.whole[list(weights)]
            self._highs.addRow(
                AT_LEAST - row.constant,
                highspy.kHighsInf,
                len(weights),
                columns.astype(np.int32),
                np.array(list(weights.values())),
            )

    def relax(self) -> MasterPoint | None:
        """Optimum of the linear relaxation; None if the first stage alone is infeasible."""
        if not len(self._cost):
            return self._point() if self._holds_empty else None
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return self._point()

    def drop_slack_cuts(self, slack: float) -> None:
        """Take away cuts further than ``slack`` money units from binding at the last relaxed point.

        Cuts of the first, wild points say nothing more, and every row slows every node of the search.
        """
        highs = self._highs
        activity = np.array(highs.getSolution().row_value)[self._first_rows :]
        bound = np.array(highs.getLp().row_lower_)[self._first_rows :]
        dead = self._first_rows + np.flatnonzero(activity - bound > slack)
        if len(dead):
            highs.deleteRows(len(dead), dead.astype(np.int32))

    def make_whole(self) -> None:
        """Make the decisions whole from now on."""
        kinds = np.full(len(self.whole), highspy.HighsVarType.kInteger)
        if len(self.whole):
            self._highs.changeColsIntegrality(len(self.whole), self.whole.astype(np.int32), kinds)

    def solve(
        self,
        gap: float,
        start: Array | None,
        stop: Callable[[], bool],
        target: float,
    ) -> tuple[list[Array], float, bool]:
        """Search the whole master: (columns of every improving solution met, bound, whether it is infeasible).

        ``start`` is a solution to begin from; a bound of ``target`` is enough. Both in money units.
        """
        highs = self._highs
        highs.setOptionValue("mip_rel_gap", gap)
        if start is not None:
            highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        enough = target - self._constant

        def check(event: Any) -> None:
            if event.data_out.mip_dual_bound >= enough:
                event.interrupt()

        highs.cbMipInterrupt.subscribe(check)
        try:
            with keeping_finds(highs) as pool:
                self.interrupted = run_until(highs, stop) or self.interrupted
        finally:
            highs.cbMipInterrupt.unsubscribe(check)
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return [], np.inf, True
        info = highs.getInfo()
        dual = info.mip_dual_bound if len(self.whole) else info.objective_function_value
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            pool.append(np.array(highs.getSolution().col_value))
        return pool, dual + self._constant, False

    def model(self) -> highspy.HighsLp:
        """A copy of the master with all its cuts and exclusions."""
        return self._highs.getLp()

    def _point(self) -> MasterPoint:
        values = np.array(self._highs.getSolution().col_value)
        return MasterPoint(
            float(self._cost @ values) + self._constant, values, self.state_of(values), values[self._first_columns :]
        )

    def state_of(self, values: Array) -> dict[StateKey, float]:
        """States of a solution's columns; zeros are left out."""
        return {key: float(values[i]) for key, i in self._state.items() if values[i] != 0.0}


@contextmanager
def keeping_finds(highs: highspy.Highs) -> Iterator[list[Array]]:
    """Within the block each improving solution that a search meets is added to the list."""
    pool: list[Array] = []

    def keep(event: Any) -> None:
        pool.append(np.array(event.data_out.mip_solution))

    highs.cbMipImprovingSolution.subscribe(keep)
    try:
        yield pool
    finally:
        highs.cbMipImprovingSolution.unsubscribe(keep)


def run_until(highs: highspy.Highs, stop: Callable[[], bool]) -> bool:
    """Solve until done, ``stop`` or Ctrl-C; whether it was stopped."""
    highs.HandleUserInterrupt = True
    stopped = False
    with ctrl_c_noted() as pressed:
        highs.startSolve()
        while not highs.wait(POLL_SECONDS)[0]:
            if stop() or pressed():
                stopped = True
                highs.cancelSolve()
    return stopped


def _loaded(program: LinearProgram, blocks: int, seed: int) -> highspy.Highs:
    """The master's linear program with one non-negative θ per block beside it."""
    infinite = np.full(blocks, highspy.kHighsInf)
    lp = highs_lp(
        np.concatenate([program.cost, np.ones(blocks)]),
        program.matrix,
        program.row_lower,
        program.row_upper,
        np.concatenate([program.lower, np.zeros(blocks)]),
        np.concatenate([program.upper, infinite]),
    )
    return loaded(lp, random_seed=seed % SEED_LIMIT, mip_abs_gap=0.0, small_matrix_value=SMALLEST)
