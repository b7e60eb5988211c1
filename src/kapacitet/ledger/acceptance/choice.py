"""The small mixed-integer program that picks an agreement for each new house.

In stages: how far the binding demands must be missed at least; then those that only inform; with no more missed than
that, the least largest burden per inhabitant; with that too, the simplest agreements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse as sp

from kapacitet.ledger.acceptance.demands import TAIL, Demand
from kapacitet.ledger.acceptance.offers import HouseOptions
from kapacitet.ledger.arrays import tail_mean
from kapacitet.planning.arrays import highs_lp, loaded
from kapacitet.planning.costs import Array

WITHIN = 1e-6
"""Kr. per inhabitant: less than this is rounding, not a refusal."""
FEASIBLE = 1e-9
SLACK = 1e-7


@dataclass(frozen=True)
class Choice:
    """The agreements picked.

    Attributes:
        picked: position of the agreement of each house.
        stated: what each demand's sum comes to, kr. per inhabitant, in the order of the demands.
        missed: by how much each is missed.
    """

    picked: tuple[int, ...]
    stated: Array
    missed: Array

    @property
    def accepted(self) -> bool:
        """Whether no demand is missed."""
        return bool((self.missed <= WITHIN).all())


def choose(
    options: Sequence[HouseOptions],
    demands: Sequence[Demand],
    chances: Array,
    *,
    burdens: Sequence[Demand] = (),
) -> Choice:
    """Agreements under which the demands are missed least; then the largest of ``burdens`` is least.

    Args:
        options: of each new house.
        demands: what the parties ask.
        chances: probability of each future, shape (Ω,).
        burdens: what each municipality bears; the limit of each is what it bore in the baseline. Without any, only
            how far demands are missed is looked at.
    """
    program = _Program(options, demands, burdens, chances)
    picked: tuple[int, ...] = tuple(0 for _ in options)
    for missing in (program.binding, program.informing):
        if missing:
            picked, least = program.solve(missing)
            program.keep(missing, least + SLACK)
    if burdens:
        picked, largest = program.solve(program.largest)
        program.keep(program.largest, largest + SLACK * max(1.0, abs(largest)))
        picked, _ = program.solve(program.plainness)
    stated = np.array([_stated(demand, picked, chances) for demand in demands])
    limits = np.array([demand.limit for demand in demands])
    return Choice(picked, stated, np.maximum(stated - limits, 0.0))


def _stated(demand: Demand, picked: Sequence[int], chances: Array) -> float:
    total = sum((cost[picked[p]] for p, cost in demand.cost.items()), np.zeros(1))
    if demand.role == "bygger_risiko":
        return float(tail_mean(np.broadcast_to(total, chances.shape), chances, TAIL))
    return float(np.squeeze(total))


class _Program:
    """Columns: one binary per house and agreement, one slack per demand, the largest burden, and CVaR's own."""

    def __init__(
        self, options: Sequence[HouseOptions], demands: Sequence[Demand], burdens: Sequence[Demand], chances: Array
    ) -> None:
        sizes = [len(option.agreements) for option in options]
        self._first = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
        self._binaries = int(self._first[-1])
        self._slack = self._binaries + np.arange(len(demands))
        self._largest = self._binaries + len(demands)
        self._columns = self._largest + 1
        self._rows: list[tuple[dict[int, float], float, float]] = []
        for p in range(len(options)):
            self._rows.append((dict.fromkeys(range(self._first[p], self._first[p + 1]), 1.0), 1.0, 1.0))
        for slack, demand in zip(self._slack.tolist(), demands, strict=True):
            self._demand(demand, slack, chances)
        for burden in burdens:
            self._bound({**self._weights(burden.cost), self._largest: -1.0}, burden.limit)
        known = list(zip(self._slack.tolist(), demands, strict=True))
        self.binding = {slack: 1.0 for slack, demand in known if demand.binding}
        self.informing = {slack: 1.0 for slack, demand in known if not demand.binding}
        self.largest = {self._largest: 1.0}
        self.plainness = {int(self._first[p]) + v: float(v) for p, size in enumerate(sizes) for v in range(size)}

    def _weights(self, cost: dict[int, Array], future: int | None = None) -> dict[int, float]:
        return {
            int(self._first[p]) + v: float(amount)
            for p, amounts in cost.items()
            for v, amount in enumerate(amounts if future is None else amounts[:, future])
        }

    def keep(self, weights: dict[int, float], most: float) -> None:
        """Later stages may not be worse than ``most`` in what this one has minimised."""
        self._bound(weights, most)

    def _bound(self, weights: dict[int, float], most: float) -> None:
        self._rows.append((weights, -np.inf, most))

    def _demand(self, demand: Demand, slack: int, chances: Array) -> None:
        if demand.role != "bygger_risiko":
            self._bound({**self._weights(demand.cost), slack: -1.0}, demand.limit)
        elif len(chances) == 1:
            self._bound({**self._weights(demand.cost, 0), slack: -1.0}, demand.limit)
        else:  # η + Σ π·w/tail ≤ limit, w_ω ≥ loss_ω − η (Rockafellar and Uryasev, 2000)
            eta, above = self._columns, range(self._columns + 1, self._columns + 1 + len(chances))
            self._columns += 1 + len(chances)
            tail = {w: float(chance) / TAIL for w, chance in zip(above, chances, strict=True)}
            self._bound({eta: 1.0, **tail, slack: -1.0}, demand.limit)
            for future, w in enumerate(above):
                self._bound({**self._weights(demand.cost, future), eta: -1.0, w: -1.0}, 0.0)

    def solve(self, objective: dict[int, float]) -> tuple[tuple[int, ...], float]:
        """The agreement picked for each house, and the least objective."""
        rows = self._rows
        cost = np.zeros(self._columns)
        cost[list(objective)] = list(objective.values())
        lower, upper = np.zeros(self._columns), np.full(self._columns, np.inf)
        upper[: self._binaries] = 1.0
        lower[self._largest] = -np.inf
        highs = loaded(
            highs_lp(
                cost,
                sp.csr_array(
                    (
                        [value for weights, _, _ in rows for value in weights.values()],
                        [column for weights, _, _ in rows for column in weights],
                        np.concatenate([[0], np.cumsum([len(weights) for weights, _, _ in rows])]),
                    ),
                    shape=(len(rows), self._columns),
                ),
                np.array([low for _, low, _ in rows]),
                np.array([high for _, _, high in rows]),
                lower,
                upper,
            ),
            threads=1,
            mip_rel_gap=0.0,
            mip_abs_gap=FEASIBLE,
            primal_feasibility_tolerance=FEASIBLE,
            mip_feasibility_tolerance=FEASIBLE,
        )
        kinds = np.full(self._binaries, highspy.HighsVarType.kInteger)
        if self._binaries:
            highs.changeColsIntegrality(self._binaries, np.arange(self._binaries, dtype=np.int32), kinds)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended a choice of agreements with {highs.getModelStatus()}")
        values = np.array(highs.getSolution().col_value)
        picked = [int(values[start:end].argmax()) for start, end in zip(self._first, self._first[1:], strict=False)]
        return tuple(picked), float(highs.getObjectiveValue())
