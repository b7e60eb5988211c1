r"""Right-hand sides that depend on the future and on the first stage's states:

β(ω, s) = β₀ + G·s + (B + Σ_i s_i·H_i)·φ(ω),

with features φ(ω) of the future (need, residents, guests) and states s of the plan (what is open or ended).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array, IntArray

NO = -1


@dataclass
class AffineBuilder:
    """Collects terms of β; entries, features and states are known by number."""

    constant: list[float] = field(default_factory=list)
    terms: list[tuple[int, int, int, float]] = field(default_factory=list)

    def entry(self, constant: float = 0.0) -> int:
        """A new entry of β."""
        self.constant.append(constant)
        return len(self.constant) - 1

    def add(self, entry: int, weight: float, *, feature: int = NO, state: int = NO) -> None:
        """β[entry] += weight · φ[feature] · s[state]; a factor that isn't named is 1."""
        self.terms.append((entry, feature, state, weight))

    def build(self, features: int, states: int) -> Affine:
        """The terms as arrays."""
        terms = sorted(self.terms, key=lambda term: term[0])
        table = np.array([term[:3] for term in terms], dtype=np.int64).reshape(-1, 3)
        weight = np.array([term[3] for term in terms], dtype=np.float64)
        return Affine(np.array(self.constant), table[:, 0], table[:, 1], table[:, 2], weight, features, states)


@dataclass(frozen=True, eq=False)
class Affine:
    """β with n entries as terms weight·φ[feature]·s[state]; −1 stands for a factor of 1.

    Attributes:
        constant: β₀, shape (n,).
        entry, feature, state, weight: of each term, ordered by entry.
        features, states: how many there are.
    """

    constant: Array
    entry: IntArray
    feature: IntArray
    state: IntArray
    weight: Array
    features: int
    states: int

    def at(self, states: Array) -> tuple[Array, sp.csr_array]:
        """(fixed part (n,), matrix (n, features)) so that β(ω, s) = fixed + matrix·φ(ω)."""
        n = len(self.constant)
        factor = self.weight * np.append(states, 1.0)[self.state]
        whole = self.feature == NO
        fixed = self.constant + np.bincount(self.entry[whole], factor[whole], minlength=n)
        moving = ~whole & (factor != 0)
        matrix = sp.csr_array((factor[moving], (self.entry[moving], self.feature[moving])), shape=(n, self.features))
        return fixed, matrix

    def slopes(self, dual: Array, mean: Array, mass: Array) -> tuple[Array, Array]:
        """Constants (P,) and slopes by state (P, states) of Σ weight·dual·β(φ, s) as functions of s.

        Args:
            dual: by entry, the same in all futures, shape (n,).
            mean: Σ weight·φ over futures, shape (P, features); ``mass`` sum of weights, shape (P,).
        """
        share = np.concatenate([mean, mass[:, None]], axis=1)
        amount = dual[self.entry] * self.weight * share[:, self.feature]
        total = np.array([np.bincount(self.state + 1, row, minlength=self.states + 1) for row in amount])
        return mass * float(dual @ self.constant) + total[:, 0], total[:, 1:]

    def part(self, entries: IntArray) -> tuple[Affine, IntArray, IntArray]:
        """The same for some entries alone, with the features and states they use, which are renumbered.

        Returns:
            The part, and the old numbers of its features and of its states.
        """
        new = np.full(len(self.constant), NO, dtype=np.int64)
        new[entries] = np.arange(len(entries))
        mine = np.flatnonzero(new[self.entry] != NO)
        mine = mine[np.argsort(new[self.entry[mine]], kind="stable")]
        features, feature = _renumbered(self.feature[mine])
        states, state = _renumbered(self.state[mine])
        part = Affine(
            self.constant[entries],
            new[self.entry[mine]],
            feature,
            state,
            self.weight[mine],
            len(features),
            len(states),
        )
        return part, features, states


def _renumbered(numbers: IntArray) -> tuple[IntArray, IntArray]:
    """The numbers used, ascending, and each one's position among them (−1 stays)."""
    used = np.unique(numbers[numbers != NO])
    return used, np.where(numbers == NO, NO, np.searchsorted(used, numbers))
