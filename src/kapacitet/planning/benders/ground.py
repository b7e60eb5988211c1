"""The master in the space of whole decisions alone, as annealing walks on it: rows, own costs, and all cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.benders.annealing import Ground
from kapacitet.planning.benders.blocks import Block, Cut
from kapacitet.planning.completion import Completion
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.plan import Decisions, Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.network import StateKey

MOST_CUTS = 150


class Decided:
    """Decisions of a problem by number: starts, then closures, then conversions; D in all."""

    def __init__(self, problem: Problem, completion: Completion, blocks: Sequence[Block]) -> None:
        self._problem, self._completion = problem, completion
        self._blocks = blocks
        self._slopes: list[tuple[int, int, float, Array]] = []  # profile, block, constant, slopes by decision

    @cached_property
    def _ends(self) -> tuple[int, int, int]:
        first = len(self._problem.starts)
        second = first + len(self._problem.closures)
        return first, second, second + len(self._problem.conversions)

    def numbers(self, decisions: Decisions) -> IntArray:
        """The decisions taken, by number."""
        first, second, _ = self._ends
        starts, closures, conversions = decisions
        return np.array([*starts, *(first + i for i in closures), *(second + i for i in conversions)], dtype=np.int64)

    def decisions(self, numbers: IntArray) -> Decisions:
        """The other way."""
        first, second, _ = self._ends
        on = sorted(numbers.tolist())
        return (
            tuple(i for i in on if i < first),
            tuple(i - first for i in on if first <= i < second),
            tuple(i - second for i in on if i >= second),
        )

    @cached_property
    def _effects(self) -> list[Mapping[StateKey, float]]:
        """The states each decision switches on."""
        result: list[Mapping[StateKey, float]] = []
        for j in range(self._ends[2]):
            state = Plan(*self.decisions(np.array([j]))).state(self._problem)
            result.append({key: value for key, value in state.items() if value})
        return result

    @cached_property
    def _on_block(self) -> list[sp.csr_array]:
        """(decisions, keys) by block: which of its states a decision switches on."""
        return [self._on({key: i for i, key in enumerate(block.keys)}) for block in self._blocks]

    def _on(self, position: Mapping[StateKey, int]) -> sp.csr_array:
        entries = [
            (j, position[key], value)
            for j, effect in enumerate(self._effects)
            for key, value in effect.items()
            if key in position
        ]
        j, i, value = zip(*entries, strict=True) if entries else ((), (), ())
        return sp.csr_array((np.array(value, dtype=np.float64), (j, i)), shape=(len(self._effects), len(position)))

    def add(self, cuts: Sequence[Cut]) -> None:
        """Know more cuts."""
        for cut in cuts:
            self._slopes.append((cut.profile, cut.block, cut.constant, self._on_block[cut.block] @ cut.slopes))

    def _nearest(self, start: IntArray) -> list[tuple[int, int, float, Array]]:
        """Of each profile and block the cuts that say most of ``start``: a walk stays near it."""
        says = sorted((*cut[:2], -(cut[2] + float(cut[3][start].sum())), i) for i, cut in enumerate(self._slopes))
        kept: list[int] = []
        for _, group in groupby(says, key=lambda one: one[:2]):
            kept += [i for *_, i in islice(group, MOST_CUTS)]
        return [self._slopes[i] for i in kept]

    @cached_property
    def _columns(self) -> tuple[IntArray, sp.csr_array]:
        """Columns of the decisions in the first stage's program, and what states each switches on, (D, n)."""
        first, program = self._completion.first, self._completion.program
        whole = program.positions([*first.start, *first.close, *first.convert])
        position = {
            (kind, member, t): program.column[column.id]
            for kind in ("open", "mature", "closed", "converted")
            for (member, t), column in getattr(first.state, kind).items()
        }
        n, D = len(program.cost), len(whole)
        own = sp.csr_array((np.ones(D), (np.arange(D), whole)), shape=(D, n))
        keys = list(position)
        on = self._on({key: i for i, key in enumerate(keys)})
        spread = sp.csr_array(
            (np.ones(len(keys)), (np.arange(len(keys)), [position[key] for key in keys])), shape=(len(keys), n)
        )
        return whole, sp.csr_array(own + on @ spread)

    @cached_property
    def _rows(self) -> tuple[sp.csc_array, Array, Array]:
        """Rows (≤) in decisions alone, (R, D), their limits, and the price per unit above (infinite if hard).

        A row with a priced column of its own for the excess is soft; rows with other columns beside the decisions
        (loans, planned places) are left out: pricing a plan looks at them.
        """
        program, (_, effect) = self._completion.program, self._columns
        loose = np.ones(len(program.cost), dtype=np.bool_)
        loose[np.unique(effect.indices)] = False
        inside = sp.csr_array(program.matrix @ effect.T)
        inside.eliminate_zeros()
        others = sp.csr_array(program.matrix.multiply(loose[None, :]))
        others.eliminate_zeros()
        rows: list[sp.csr_array] = []
        limits: list[float] = []
        prices: list[float] = []
        for r in range(program.matrix.shape[0]):
            beside = slice(others.indptr[r], others.indptr[r + 1])
            columns, weights = others.indices[beside], others.data[beside]
            soft = len(columns) == 1 and weights[0] < 0 and program.cost[columns[0]] > 0
            if inside.indptr[r] == inside.indptr[r + 1] or (len(columns) and not soft):
                continue
            if np.isfinite(program.row_upper[r]):
                rows.append(inside[[r]])
                limits.append(float(program.row_upper[r]))
                prices.append(float(program.cost[columns[0]] / -weights[0]) if soft else np.inf)
            if np.isfinite(program.row_lower[r]) and not soft:
                rows.append(-inside[[r]])
                limits.append(-float(program.row_lower[r]))
                prices.append(np.inf)
        matrix = sp.vstack(rows, format="csc") if rows else sp.csc_array((0, effect.shape[0]))
        return matrix, np.array(limits), np.array(prices)

    def ground(self, start: IntArray, impossible: IntArray) -> Ground | None:
        """What a walk from ``start`` needs; None where no cut says anything or nothing can be decided."""
        cuts = self._nearest(start)
        problem, effect, count = self._problem, self._columns[1], self._ends[2]
        projects = sorted({problem.units[s.unit].project for s in problem.starts})
        number = {project: i for i, project in enumerate(projects)}
        ends = [*(c.unit for c in problem.closures), *(c.unit for c in problem.conversions)]
        house = {u: len(projects) + i for i, u in enumerate(sorted(set(ends)))}
        project = [number[problem.units[s.unit].project] for s in problem.starts]
        project += [house[u] for u in ends]
        held = {project[i] for i, start in enumerate(problem.starts) if start.committed}
        free = [j for j in range(count) if project[j] not in held and j not in set(impossible.tolist())]
        if not cuts or not free:
            return None
        keys = [cut[:2] for cut in cuts]
        begins = [i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]]
        matrix, limits, prices = self._rows
        return Ground(
            cost=np.asarray(effect @ self._completion.cost),
            slope=np.ascontiguousarray(np.array([cut[3] for cut in cuts]).T),
            constant=np.array([cut[2] for cut in cuts]),
            block=np.array([*begins, len(cuts)], dtype=np.int64),
            profile=np.array([keys[i][0] for i in begins], dtype=np.int64),
            row_start=matrix.indptr.astype(np.int64),
            row=matrix.indices.astype(np.int64),
            weight=matrix.data,
            limit=limits,
            price=prices,
            project=np.array(project, dtype=np.int64),
            free=np.array(free, dtype=np.int64),
        )
