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
from kapacitet.planning.numbering import Numbering
from kapacitet.planning.plan import Plan
from kapacitet.planning.recourse.network import StateKey

MOST_CUTS = 150


class Decided:
    """Decisions of a problem by number: starts, then closures, then conversions; D in all."""

    def __init__(self, completion: Completion, blocks: Sequence[Block], impossible: IntArray) -> None:
        """``impossible`` are decisions that no plan can take."""
        self._problem, self._completion = completion.problem, completion
        self._numbering = Numbering.of(completion.problem)
        self._blocks, self._impossible = blocks, impossible
        self._slopes: list[tuple[int, int, float, Array]] = []  # profile, block, constant, slopes by decision

    @cached_property
    def _effects(self) -> list[Mapping[StateKey, float]]:
        """The states each decision switches on."""
        result: list[Mapping[StateKey, float]] = []
        for j in range(self._numbering.count):
            state = Plan(*self._numbering.decisions([j])).state(self._problem)
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
    def _effect(self) -> sp.csr_array:
        """Columns of the first stage's program that each decision switches on, its own and the states', (D, n)."""
        first, program = self._completion.first, self._completion.program
        whole, states = program.positions(first.whole), first.state.by_key()
        n, count = len(program.cost), self._numbering.count
        own = sp.csr_array((np.ones(count), (np.arange(count), whole)), shape=(count, n))
        on = self._on({key: i for i, key in enumerate(states)})
        column = [program.column[column.id] for column in states.values()]
        spread = sp.csr_array((np.ones(len(column)), (np.arange(len(column)), column)), shape=(len(column), n))
        return sp.csr_array(own + on @ spread)

    @cached_property
    def _rows(self) -> tuple[sp.csc_array, Array, Array]:
        """Rows (≤) in decisions alone, (R, D), their limits, and the price per unit above (infinite if hard).

        A row with a priced column of its own for the excess is soft; rows with other columns beside the decisions
        (loans, planned places) are left out: pricing a plan looks at them.
        """
        program, effect = self._completion.program, self._effect
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

    @cached_property
    def _project(self) -> IntArray:
        """A number of each decision's project, or of the house it ends; those of one rule each other out."""
        problem = self._problem
        names = [("project", problem.units[start.unit].project) for start in problem.starts]
        ends = [*(closure.unit for closure in problem.closures), *(c.unit for c in problem.conversions)]
        names += [("house", str(unit)) for unit in ends]
        number = {name: i for i, name in enumerate(sorted(set(names)))}
        return np.array([number[name] for name in names], dtype=np.int64)

    @cached_property
    def _free(self) -> IntArray:
        """Decisions that may change: possible, and not of a committed project."""
        committed = [i for i, start in enumerate(self._problem.starts) if start.committed]
        held = np.isin(self._project, self._project[committed])
        held[self._impossible] = True
        return np.flatnonzero(~held)

    @cached_property
    def _cost(self) -> Array:
        return np.asarray(self._effect @ self._completion.cost)

    def ground(self, start: IntArray) -> Ground | None:
        """What a walk from ``start`` needs; None where no cut says anything or nothing can be decided."""
        cuts = self._nearest(start)
        if not cuts or not len(self._free):
            return None
        keys = [cut[:2] for cut in cuts]
        begins = [i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]]
        matrix, limits, prices = self._rows
        return Ground(
            cost=self._cost,
            slope=np.ascontiguousarray(np.array([cut[3] for cut in cuts]).T),
            constant=np.array([cut[2] for cut in cuts]),
            block=np.array([*begins, len(cuts)], dtype=np.int64),
            profile=np.array([keys[i][0] for i in begins], dtype=np.int64),
            row_start=matrix.indptr.astype(np.int64),
            row=matrix.indices.astype(np.int64),
            weight=matrix.data,
            limit=limits,
            price=prices,
            project=self._project,
            free=self._free,
        )
