"""Whether a pattern of hidden cells leaves the attacker far enough from every one of them.

Each guess that agrees with the published cells proves something of many cells at once, and stays a proof for every
pattern that hides the cells it changes. So guesses are kept, and the attacker's problem is solved only for what
they leave unproven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np

from kapacitet.report.small_numbers.attack import EXACT, AttackProgram
from kapacitet.report.small_numbers.component import Array, Component, Flags
from kapacitet.report.small_numbers.guesses import Guesses

Kind = Literal["lower", "upper", "sliding"]
ROW: Mapping[Kind, int] = {"lower": 0, "upper": 1, "sliding": 2}
"""Rows of :attr:`Component.levels`."""
JOINT_SOLVES = 12
FEW = 12
"""Up to so many unproven levels are attacked one by one at once."""


@dataclass(frozen=True)
class Shortfall:
    """A hidden cell that an attacker comes too close to.

    Attributes:
        column: the cell.
        kind: which of its levels isn't met.
        reached: how far a guess can go, persons.
        proof: (sign, γ) per direction of the linear programs that show it; empty if only whole numbers do.
    """

    column: int
    kind: Kind
    reached: float
    proof: tuple[tuple[float, Array], ...]


class Prover:
    """The proofs of one component."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self._program = AttackProgram(component, whole=False)
        self._in_whole = AttackProgram(component, whole=True) if component.whole else None
        self._guesses = Guesses(len(component.cells))
        self._transposed = component.matrix.T.tocsr()

    def shortfalls(self, hidden: Flags, *, most: int | None = None, first: Flags | None = None) -> list[Shortfall]:
        """The hidden cells not protected as asked; none proves the pattern safe.

        Args:
            hidden: pattern, shape (n,).
            most: stop after so many.
            first: cells to attack first, shape (n,), as those near what was just shown.
        """
        room = Room(self.component, hidden)
        low, high = self._guesses.ranges(hidden)
        found: list[Shortfall] = []
        if first is not None:
            found = list(islice(self._one_by_one(room, hidden & first, low, high), most))
        if len(found) == most:
            return found
        if room.unproven(low, high) > FEW:
            self._joint(room, low, high)
        rest = hidden if first is None else hidden & ~first
        return found + list(islice(self._one_by_one(room, rest, low, high), most))[:most]

    def near(self, columns: Flags) -> Flags:
        """The cells that share a relation with ``columns``."""
        rows = abs(self.component.matrix) @ columns.astype(float)
        return np.asarray(abs(self._transposed) @ rows > 0)

    def _joint(self, room: Room, low: Array, high: Array) -> None:
        """Guesses that move as many unproven cells as can be, up and then down; ``low`` and ``high`` are widened."""
        for sign in (1.0, -1.0):
            for _ in range(JOINT_SOLVES):
                cap = room.wanted(sign, low, high)
                left = np.isfinite(cap)
                if not left.any():
                    break
                guess = self._program.solve(np.where(left, -sign, 0.0), *room.bounds(sign, cap))
                if guess is None or not self._learn(guess.deviation, low, high):
                    break
                if np.isfinite(room.wanted(sign, low, high)).sum() == left.sum():
                    break

    def _one_by_one(self, room: Room, which: Flags, low: Array, high: Array) -> Iterator[Shortfall]:
        lower, upper, sliding = room.component.levels
        for k in np.flatnonzero(which).tolist():
            if high[k] < upper[k] - EXACT:
                reached, proof = self._push(room, k, 1.0, upper[k], low, high)
                if reached < upper[k] - EXACT:
                    yield Shortfall(k, "upper", reached, proof)
                    continue
            if low[k] > -lower[k] + EXACT:
                reached, proof = self._push(room, k, -1.0, lower[k], low, high)
                if reached < lower[k] - EXACT:
                    yield Shortfall(k, "lower", reached, proof)
                    continue
            if high[k] - low[k] < sliding[k] - EXACT:
                most, above = self._push(room, k, 1.0, sliding[k], low, high)
                least, below = self._push(room, k, -1.0, sliding[k] - most, low, high)
                if most + least < sliding[k] - EXACT:
                    yield Shortfall(k, "sliding", most + least, above + below if above and below else ())

    def _push(
        self, room: Room, k: int, sign: float, level: float, low: Array, high: Array
    ) -> tuple[float, tuple[tuple[float, Array], ...]]:
        """How far cell k can go in the direction, at most ``level``; and the proof of that."""
        cost = np.zeros(len(room.hidden))
        cost[k] = -sign
        cap = np.full(len(cost), np.inf)
        cap[k] = max(level, 0.0)
        bounds = room.bounds(sign, cap)
        guess = self._program.solve(cost, *bounds)
        if guess is None:
            raise RuntimeError("The true table doesn't agree with itself.")
        proof = ((sign, guess.multipliers),)
        if self._in_whole is None or sign * guess.deviation[k] < level - EXACT:
            self._learn(guess.deviation, low, high)
            return sign * float(guess.deviation[k]), proof
        if self._learn(guess.deviation, low, high):
            return sign * float(guess.deviation[k]), proof
        guess = self._in_whole.solve(cost, *bounds)
        if guess is None or not self._learn(guess.deviation, low, high):
            return 0.0, ()
        return sign * float(guess.deviation[k]), ()

    def _learn(self, deviation: Array, low: Array, high: Array) -> bool:
        """Keep a guess if it really agrees with the table, and widen the ranges by it; whether it was kept."""
        clean = np.where(np.abs(deviation) < EXACT, 0.0, deviation)
        if self.component.whole:
            clean = np.round(clean)
            if np.abs(clean - deviation).max(initial=0.0) > EXACT:
                return False
        if not agrees(self.component, clean):
            return False
        np.minimum(low, clean, out=low)
        np.maximum(high, clean, out=high)
        self._guesses.keep(clean)
        return True

    def separate(self, x: Array, k: int, sign: float, level: float, floor: float) -> Array | None:
        """Multipliers of the tightest proof for cell k where ``x`` in [0, 1] tells how much each cell is hidden.

        Shown cells are taken as hidden by ``floor``, so that of several proofs the one is found that fewest and
        dearest cells could break.
        """
        component = self.component
        share = np.where(x > 1 - EXACT, np.inf, np.maximum(x, floor))
        capped = max(float(component.levels.max()), 1.0)
        down = np.where(np.isinf(share), component.down, np.minimum(component.down, capped) * np.minimum(share, 1.0))
        up = np.where(np.isinf(share), component.up, np.minimum(component.up, capped) * np.minimum(share, 1.0))
        cost = np.zeros(len(x))
        cost[k] = -sign
        if sign > 0:
            up[k] = min(up[k], level)
        else:
            down[k] = min(down[k], level)
        guess = self._program.solve(cost, -down, up)
        return None if guess is None or sign * guess.deviation[k] > level - EXACT else guess.multipliers

    def capacities(self, k: int, sign: float, multipliers: Array) -> Array:
        """What hiding each cell lets cell k deviate at most, from q = sign·e_k + Mᵀγ; shape (n,), may be infinite.

        Whatever γ is, sign·d_k = q·d ≤ Σ (q⁺·up + q⁻·down) over the hidden cells.
        """
        q = self._transposed @ multipliers
        q[k] += sign
        q[np.abs(q) < 1e-7] = 0.0
        with np.errstate(invalid="ignore"):
            most = np.where(q > 0, q * self.component.up, -q * self.component.down)
        return np.where(q == 0, 0.0, most)


@dataclass(frozen=True)
class Room:
    """The deviations a pattern leaves open."""

    component: Component
    hidden: Flags

    def bounds(self, sign: float, cap: Array) -> tuple[Array, Array]:
        """Bounds on deviations, with those in the direction of ``sign`` at most ``cap``."""
        down = np.where(self.hidden, self.component.down, 0.0)
        up = np.where(self.hidden, self.component.up, 0.0)
        return (-down, np.minimum(up, cap)) if sign > 0 else (-np.minimum(down, cap), up)

    def unproven(self, low: Array, high: Array) -> int:
        """How many cells' levels the ranges don't prove."""
        return sum(int(np.isfinite(self.wanted(sign, low, high)).sum()) for sign in (1.0, -1.0))

    def wanted(self, sign: float, low: Array, high: Array) -> Array:
        """How far hidden cells must still be shown to go in the direction; infinite for those proven."""
        lower, upper, sliding = self.component.levels
        level, seen = (upper, high) if sign > 0 else (lower, -low)
        narrow = high - low < sliding - EXACT
        needed = np.where(seen < level - EXACT, level, -np.inf)
        needed = np.where(narrow, np.maximum(needed, sliding - (-low if sign > 0 else high)), needed)
        return np.where(self.hidden & (needed > -np.inf), needed, np.inf)


def agrees(component: Component, deviation: Array) -> bool:
    """Whether a deviation fulfils all relations and bounds of the attacker."""
    left = np.abs(component.matrix @ deviation)
    inside = (deviation >= -component.down - EXACT) & (deviation <= component.up + EXACT)
    return bool(inside.all() and left.max(initial=0.0) <= EXACT * (1.0 + np.abs(deviation).max(initial=0.0)))
