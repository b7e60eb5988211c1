"""Who joins and what they build: the first stage with membership binaries, and θ for the cost of each block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from pulp import LpVariable

from kapacitet.insight.gains.separation.blocks import Cut, StateKey
from kapacitet.insight.gains.world import Group, World
from kapacitet.planning.arrays import LinearProgram, highs_lp, linear_program, loaded
from kapacitet.planning.benders.master import SMALLEST
from kapacitet.planning.costs import Array
from kapacitet.planning.extensive import add_master
from kapacitet.planning.interrupts import ctrl_c_noted
from kapacitet.planning.objective import master_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model, Row, linear, ones
from kapacitet.planning.solver import POLL_SECONDS, SEED_LIMIT

HALF = 0.5


@dataclass(frozen=True)
class Point:
    """A solution of the master: cost of the first stage less x(S), columns, states and θ (money units)."""

    first: float
    values: Array
    state: dict[StateKey, float]
    theta: Array


def municipal_problem(world: World) -> Problem:
    """The problem with what municipalities can build, and no requirement that isn't a member's own.

    Committed and forced projects are asked for by :class:`GroupMaster` if their holder is in. Reserve and public
    share follow the group's demand and are left out: so the master's bound stays below c(S), and groups they make
    dearer are priced exactly.
    """
    problem = world.problem
    limits, projects = problem.scenario.limits, problem.scenario.projects
    relaxed = limits.model_copy(update={"reserve_min": 0.0, "reserve_max": 1.0, "public_share_min": 0.0})
    free = projects.model_copy(update={"forced": ()})
    committed = {s.unit for s in problem.starts if s.committed}
    return replace(
        problem,
        scenario=problem.scenario.model_copy(update={"limits": relaxed, "projects": free}),
        starts=tuple(replace(s, committed=False) for s in problem.starts if world.holder[s.unit] >= 0),
        requires=tuple((u, able) for u, able in problem.requires if u not in committed),
    )


class GroupMaster:
    """The master in HiGHS; cuts and excluded groups are added to it and stay, only the division x changes."""

    def __init__(self, world: World, problem: Problem, standing: Array, blocks: int, seed: int) -> None:
        self.problem, self._unit, self._standing = problem, problem.money_unit, standing
        model = Model("gruppe")
        first = add_master(model, problem)
        member = [model.variable(f"member_{k}", binary=True) for k in sorted(world.everyone)]
        model.add(_gates(world, problem, first.start, member), "membership", "regnskab")
        model.add(_sizes(member), "membership", "regnskab")
        model.lp.setObjective(linear([*master_cost(problem, first), *((z, 1.0) for z in member)]))
        program = linear_program(model.lp)
        self._member = program.positions(member)
        self._whole = program.positions([*first.start, *member])
        self._state = {
            (kind, u, t): program.column[column.id]
            for kind in ("open", "mature")
            for (u, t), column in getattr(first.state, kind).items()
        }
        self._first = len(program.cost)
        self._options: dict[str, float] = {"random_seed": seed % SEED_LIMIT, "small_matrix_value": SMALLEST}
        self._highs = loaded(_with_blocks(program, blocks), **self._options)

    def price(self, division: Array) -> None:
        """Let the objective be c(S) − x(S) of ``division`` x (kr.), to be minimised."""
        cost = (self._standing - division) / self._unit
        self._highs.changeColsCost(len(cost), self._member.astype(np.int32), cost)

    def add(self, cuts: Iterable[Cut]) -> None:
        """Add cuts on θ."""
        for cut in cuts:
            index, weight = [self._first + cut.block], [1.0]
            for key, slope in cut.slopes.items():
                if slope != 0.0:
                    index.append(int(self._member[key[1]]) if key[0] == "member" else self._state[key])
                    weight.append(-slope)
            self._highs.addRow(
                cut.constant, highspy.kHighsInf, len(index), np.array(index, dtype=np.int32), np.array(weight)
            )

    def exclude(self, group: Group) -> None:
        """Leave ``group`` out from now on: its cost is known."""
        weight = np.array([-1.0 if k in group else 1.0 for k in range(len(self._member))])
        least = 1.0 - len(group)
        self._highs.addRow(least, highspy.kHighsInf, len(weight), self._member.astype(np.int32), weight)

    def relax(self) -> Point | None:
        """Optimum of the linear relaxation; None if no group is left."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return self._point(np.array(self._highs.getSolution().col_value))

    def solve(self, gap: float, stop: Callable[[], bool], enough: float) -> tuple[list[Point], float]:
        """Whole solutions met and a bound no group falls below (money units, infinite if no group is left).

        ``gap`` is absolute; a bound of ``enough`` ends the search.
        """
        highs, pool = self._whole_copy(gap), list[Array]()

        def keep(event: Any) -> None:
            pool.append(np.array(event.data_out.mip_solution))

        def check(event: Any) -> None:
            if event.data_out.mip_dual_bound >= enough:
                event.interrupt()

        highs.cbMipImprovingSolution.subscribe(keep)
        highs.cbMipInterrupt.subscribe(check)
        _run(highs, stop)
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return [], np.inf
        info = highs.getInfo()
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            pool.append(np.array(highs.getSolution().col_value))
        return [self._point(values) for values in pool], float(info.mip_dual_bound)

    def _whole_copy(self, gap: float) -> highspy.Highs:
        """The master with whole decisions, in a solver of its own: one that was interrupted can't be used again."""
        highs = loaded(self._highs.getLp(), **self._options, mip_rel_gap=0.0, mip_abs_gap=gap)
        kinds = np.full(len(self._whole), highspy.HighsVarType.kInteger)
        highs.changeColsIntegrality(len(self._whole), self._whole.astype(np.int32), kinds)
        return highs

    def _point(self, values: Array) -> Point:
        state = {key: float(values[i]) for key, i in self._state.items() if values[i] != 0.0}
        for t in range(len(self.problem.years)):
            state |= {("member", k, t): float(values[i]) for k, i in enumerate(self._member) if values[i] != 0.0}
        cost = np.array(self._highs.getLp().col_cost_)
        first = float(cost[: self._first] @ values[: self._first])
        return Point(first, values, state, values[self._first :])

    def group(self, point: Point) -> Group:
        """The members of a whole solution."""
        return frozenset(int(k) for k in np.flatnonzero(point.values[self._member] > HALF))


def _gates(
    world: World, problem: Problem, start: Sequence[LpVariable], member: Sequence[LpVariable]
) -> Iterator[Row]:
    r"""y[j,s] ≤ z[holder of j];  Σ y of a committed or forced project ≥ z of whoever could build it."""
    holder, asked = world.holder, _asked(world)
    mine: dict[tuple[str, int], list[LpVariable]] = defaultdict(list)
    every: dict[str, list[LpVariable]] = defaultdict(list)
    for number, (y, s) in enumerate(zip(start, problem.starts, strict=True)):
        k, unit = int(holder[s.unit]), problem.units[s.unit]
        yield Row(f"joins_{number}", linear([(y, 1.0), (member[k], -1.0)]) <= 0.0, {"k": k})
        for name in {unit.id, unit.project} & asked:
            every[name].append(y)
            mine[name, k].append(y)
    for name, k in sorted(mine):
        yield Row(f"asked_{name}_{k}", linear([*ones(every[name]), (member[k], -1.0)]) >= 0.0, {"k": k})


def _asked(world: World) -> set[str]:
    problem = world.problem
    return {*problem.scenario.projects.forced, *(problem.units[s.unit].id for s in problem.starts if s.committed)}


def _sizes(member: Sequence[LpVariable]) -> Iterator[Row]:
    """Neither nobody nor everybody."""
    yield Row("somebody", linear(ones(member)) >= 1.0, {})
    yield Row("not_all", linear(ones(member)) <= len(member) - 1.0, {})


def _run(highs: highspy.Highs, stop: Callable[[], bool]) -> None:
    highs.HandleUserInterrupt = True
    with ctrl_c_noted() as pressed:
        highs.startSolve()
        while not highs.wait(POLL_SECONDS)[0]:
            if stop() or pressed():
                highs.cancelSolve()


def _with_blocks(program: LinearProgram, blocks: int) -> highspy.HighsLp:
    """The linear program with one non-negative θ per block beside it."""
    return highs_lp(
        np.concatenate([program.cost, np.ones(blocks)]),
        program.matrix,
        program.row_lower,
        program.row_upper,
        np.concatenate([program.lower, np.zeros(blocks)]),
        np.concatenate([program.upper, np.full(blocks, highspy.kHighsInf)]),
    )
