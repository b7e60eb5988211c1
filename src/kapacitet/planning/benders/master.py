"""The master: the first stage, and variables for the cost of the second, bounded from below by cuts.

Each profile of weights on futures has a variable θ per block. With one profile their sum is the cost; where the tail
counts for more, the cost is the largest sum of any profile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from kapacitet.planning.arrays import LinearProgram, highs_lp, hold_empty, linear_program, loaded
from kapacitet.planning.benders.blocks import Block, Cut
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.exclusions import AT_LEAST, Exclusion
from kapacitet.planning.extensive import add_master
from kapacitet.planning.interrupts import ctrl_c_noted
from kapacitet.planning.numbering import Numbering
from kapacitet.planning.objective import constant_cost, master_cost
from kapacitet.planning.plan import Decisions
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.rows import Model, linear
from kapacitet.planning.solver import POLL_SECONDS, SEED_LIMIT

DROPPED = 1e-9
"""Slopes below this are left out: with them HiGHS can fail. States lie in [0, 1], so a cut stays valid when its
constant gives up what a negative one could take."""
RELIABLE = 1
ENOUGH_FOUND = 3
UNBOUNDED = 1e12
BROKEN = 1e-6
SMALLEST = 1e-12
"""HiGHS leaves out coefficients below this once rows are scaled. By default 1e-9, which loses θ from a cut whose
slopes are large (an unmet penalty times thousands of places), and then the bound is above the optimum."""


@dataclass(frozen=True)
class MasterPoint:
    """A solution of the master: objective (money units, constant included), states, and θ by profile and block."""

    objective: float
    state: Mapping[StateKey, float]
    theta: Array


class Master:
    """The master in HiGHS; cuts are added to it and stay."""

    def __init__(self, problem: Problem, blocks: Sequence[Block], seed: int, *, averse: bool = False) -> None:
        model = Model("master")
        self.problem = problem
        self.first = add_master(model, problem)
        model.lp.setObjective(linear(master_cost(problem, self.first)))
        program = linear_program(model.lp)
        self._keys = [block.keys for block in blocks]
        self._theta: list[int] = []  # first column of each profile's θ
        self._worst: int | None = None  # column of the largest sum
        self._holds_empty = hold_empty(program.row_lower, program.row_upper)
        self.interrupted = False
        self.constant = constant_cost(problem)
        self._state = {key: program.column[column.id] for key, column in self.first.state.by_key().items()}
        self.whole = program.positions(self.first.whole)
        self.numbering = Numbering.of(problem)
        upper = impossible_alone(program, self.whole)
        self.impossible = np.flatnonzero(upper[self.whole] <= 0)
        self._highs = loaded(
            highs_lp(
                program.cost,
                program.matrix,
                program.row_lower,
                program.row_upper,
                program.lower,
                upper,
            ),
            random_seed=seed % SEED_LIMIT,
            mip_abs_gap=0.0,
            mip_pscost_minreliable=RELIABLE,
            small_matrix_value=SMALLEST,
        )
        self._cuts: dict[int, Cut] = {}  # by row
        if averse:
            self._worst = self._column(1.0)
        self.add_profile()

    def _column(self, cost: float) -> int:
        self._highs.addVar(0.0, highspy.kHighsInf)
        column = int(self._highs.getNumCol()) - 1
        self._highs.changeColCost(column, cost)
        return column

    def add_profile(self) -> None:
        """Another θ for every block."""
        first = self._highs.getNumCol()
        columns = [self._column(0.0 if self._worst is not None else 1.0) for _ in self._keys]
        self._theta.append(int(first))
        if self._worst is not None:
            index = np.array([self._worst, *columns], dtype=np.int32)
            self._highs.addRow(0.0, highspy.kHighsInf, len(index), index, np.array([1.0, *(-1.0 for _ in columns)]))

    def add(self, cuts: Iterable[Cut]) -> int:
        """Add cuts; the number added."""
        added = 0
        for cut in cuts:
            strong = np.flatnonzero(np.abs(cut.slopes) > DROPPED)
            keys = self._keys[cut.block]
            index = [self._theta[cut.profile] + cut.block, *(self._state[keys[i]] for i in strong)]
            weight = np.concatenate([[1.0], -cut.slopes[strong]])
            self._cuts[int(self._highs.getNumRow())] = cut
            given_up = float(np.minimum(cut.slopes[np.abs(cut.slopes) <= DROPPED], 0.0).sum())
            self._highs.addRow(
                cut.constant + given_up, highspy.kHighsInf, len(index), np.array(index, dtype=np.int32), weight
            )
            added += 1
        return added

    def exclude(self, exclusions: Iterable[Exclusion]) -> None:
        """Add rows that rule out refused plans."""
        for row in exclusions:
            weights = self.numbering.weights(row.starts, row.closures, row.conversions)
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
        if not self._highs.getNumCol():
            return MasterPoint(self.constant, {}, np.zeros((1, 0))) if self._holds_empty else None
        optimal, infeasible = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible
        self._highs.run()
        if self._highs.getModelStatus() != optimal:
            self._highs.clearSolver()  # rows have been added to its last basis; from nothing it is surer
            self._highs.run()
        if self._highs.getModelStatus() not in (optimal, infeasible):
            raise RuntimeError(f"HiGHS ended the master's relaxation with {self._highs.getModelStatus()}")
        return self._point() if self._highs.getModelStatus() == optimal else None

    def drop_slack_cuts(self, slack: float) -> list[Cut]:
        """Take away cuts further than ``slack`` money units from binding at the last relaxed point; those taken.

        Cuts of the first, wild points say hardly anything more, and every row slows every node of the search.
        """
        highs, rows = self._highs, np.array(list(self._cuts), dtype=np.int64)
        if not len(rows):
            return []
        activity = np.array(highs.getSolution().row_value)[rows]
        dead = rows[activity - np.array(highs.getLp().row_lower_)[rows] > slack]
        highs.deleteRows(len(dead), dead.astype(np.int32))
        dropped = [self._cuts.pop(int(row)) for row in dead]
        kept = np.array(list(self._cuts), dtype=np.int64)
        self._cuts = dict(zip((kept - np.searchsorted(dead, kept)).tolist(), self._cuts.values(), strict=True))
        return dropped

    def make_whole(self) -> None:
        """Make the decisions whole from now on."""
        kinds = np.full(len(self.whole), highspy.HighsVarType.kInteger)
        if len(self.whole):
            self._highs.changeColsIntegrality(len(self.whole), self.whole.astype(np.int32), kinds)

    def solve(
        self,
        gap: float,
        start: Decisions | None,
        stop: Callable[[], bool],
        target: float,
    ) -> tuple[list[Array], float, bool]:
        """Search the whole master: (columns of every improving solution met, bound, whether it is infeasible).

        ``start`` is a plan to begin from; ``gap`` is absolute; a bound of ``target`` is enough. In money units.
        """
        highs = self._highs
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", gap)
        if start is not None:
            highs.setSolution(len(self.whole), self.whole.astype(np.int32), self.numbering.values(start))
        enough = target - self.constant

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
        return pool, dual + self.constant, False

    def refute(self, target: float, stop: Callable[[], bool]) -> tuple[list[Array], float]:
        """Prove that nothing costs less than ``target`` (money units), or meet some that seem to.

        That is much quicker than a search for the optimum: with what is too dear cut off, few decisions are open.

        Returns:
            Columns of solutions below ``target``, and a bound.
        """
        highs = self._highs
        cost = np.array(highs.getLp().col_cost_)
        index = np.flatnonzero(cost)
        highs.addRow(-highspy.kHighsInf, target - self.constant, len(index), index.astype(np.int32), cost[index])
        highs.setOptionValue("mip_max_improving_sols", ENOUGH_FOUND)
        try:
            met, bound, impossible = self.solve(0.0, None, stop, target)
        finally:
            highs.setOptionValue("mip_max_improving_sols", highspy.kHighsIInf)
            last = np.array([highs.getNumRow() - 1], dtype=np.int32)
            highs.deleteRows(1, last)
        return met, target if impossible else min(bound, target)

    def model(self) -> highspy.HighsLp:
        """A copy of the master with all its cuts and exclusions."""
        return self._highs.getLp()

    def _point(self) -> MasterPoint:
        values = np.array(self._highs.getSolution().col_value)
        theta = np.array([values[first : first + len(self._keys)] for first in self._theta])
        objective = self._highs.getInfo().objective_function_value + self.constant
        return MasterPoint(objective, self.state_of(values), theta)

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


def impossible_alone(program: LinearProgram, whole: IntArray) -> Array:
    """Upper bounds of columns, 0 for whole ones that break a row by themselves, e.g. a house dearer than its frame.

    The relaxation would else build such houses in part, and cuts would be taken where no plan is.
    """
    upper, matrix = program.upper.copy(), program.matrix
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    low, high = (np.clip(bound, -UNBOUNDED, UNBOUNDED)[matrix.indices] for bound in (program.lower, program.upper))
    least = np.where(matrix.data > 0, matrix.data * low, matrix.data * high)
    total = np.bincount(row, least, minlength=matrix.shape[0])
    alone = total[row] - least + matrix.data
    broken = alone > program.row_upper[row] + BROKEN * np.maximum(1.0, np.abs(program.row_upper[row]))
    upper[np.intersect1d(matrix.indices[broken & (matrix.data > 0)], whole)] = 0.0
    return upper
