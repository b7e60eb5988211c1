"""Offer-years priced at the budgeted occupancy their scheme uses: C, r, q, and what is paid for places used.

Everything is an array, so that one rule serves one offer-year in exact fractions and thousands of futures in floats.
Leading axes (…) are any that broadcast: years, futures, ways to subscribe. K payers, G target groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kapacitet.ledger.arrays import Numbers, positive, ratio


@dataclass(frozen=True)
class Bill:
    """Offer-years under an agreement.

    Attributes:
        payers: codes of those who may pay, shape (K,).
        use: n, place-years, shape (…, K, G).
        places: P, above 0, shape (…).
        fixed_cost: F, kr., shape (…).
        variable_cost: V[o,g], kr. per place-year, shape (…, G).
        supplement: by which the takst of a group differs from F/(β·P) + V, kr. per place-year, shape (…, G).
        ceiling: takstloft, infinite where there is none, shape (…, G).
        agreed, is_agreed: q where it isn't the takst under its ceiling, and whether, shape (…, K, G).
        occupancy: β that takst, C and the owner's limit rest on, shape (…).
        operation_year: 0 in the year of opening, shape (…).
        subscriptions: a, places, shape (…, K, G).
        key: weights of the participants, shape (K,).
        owner_limit, alpha, psi, guarantee_years, guarantee_share: parameters of the schemes.
    """

    payers: tuple[str, ...]
    use: Numbers
    places: Numbers
    fixed_cost: Numbers
    variable_cost: Numbers
    supplement: Numbers
    ceiling: Numbers
    agreed: Numbers
    is_agreed: npt.NDArray[np.bool_]
    occupancy: Numbers
    operation_year: npt.NDArray[np.int64]
    subscriptions: Numbers
    key: Numbers
    owner_limit: Any
    alpha: Any
    psi: Any
    guarantee_years: int
    guarantee_share: Any

    @cached_property
    def used_by_payer(self) -> Numbers:
        """n_k, place-years, shape (…, K)."""
        return np.asarray(self.use.sum(axis=-1))

    @cached_property
    def used(self) -> Numbers:
        """n, place-years in all, shape (…)."""
        return np.asarray(self.used_by_payer.sum(axis=-1))

    @cached_property
    def running_cost(self) -> Numbers:
        """Σ V·n, kr., shape (…)."""
        return np.asarray((self.use.sum(axis=-2) * self.variable_cost).sum(axis=-1))

    @cached_property
    def cost(self) -> Numbers:
        """F + Σ V·n, kr., shape (…)."""
        return np.asarray(self.fixed_cost + self.running_cost)

    @cached_property
    def mean_variable_cost(self) -> Numbers:
        """V̄, kr. per place-year, weighted by use; the first group's where nobody lives there, shape (…)."""
        return np.where(self.used == 0, self.variable_cost[..., 0], ratio(self.running_cost, self.used))

    @cached_property
    def base(self) -> Numbers:
        """C = F + β·P·V̄, kr., shape (…)."""
        return np.asarray(self.fixed_cost + self.occupancy * self.places * self.mean_variable_cost)

    @cached_property
    def mean_takst(self) -> Numbers:
        """C/(β·P), kr. per place-year: the takst of a place nobody uses, whatever its group, shape (…)."""
        return ratio(self.base, self.occupancy * self.places)

    @cached_property
    def limit(self) -> Numbers:
        """What the owner covers of a deficit, or may keep of a surplus, at most, kr., shape (…)."""
        return np.asarray(self.owner_limit * self.base)

    @cached_property
    def takst(self) -> Numbers:
        """r[o,g] = F/(β·P) + V[o,g] + (1−s)·(Y[g] − Ȳ[o]), kr. per place-year, shape (…, G)."""
        full = ratio(self.fixed_cost, self.occupancy * self.places)
        return full[..., None] + self.variable_cost + self.supplement

    @cached_property
    def price(self) -> Numbers:
        """q[k,o,g]: the agreed price where given, else the takst under its ceiling, kr. per place-year, (…, K, G)."""
        capped = np.minimum(self.takst, self.ceiling)[..., None, :]
        return np.where(self.is_agreed, self.agreed, capped)

    @cached_property
    def paid(self) -> Numbers:
        """q·n by payer, kr., shape (…, K): everybody with citizens there, outsiders and the owner included."""
        return np.asarray((self.price * self.use).sum(axis=-1))

    @cached_property
    def unused_paid(self) -> Numbers:
        """α·q·max(0, a − n) by subscriber, kr., shape (…, K).

        Counted per target group: a group used above its subscription doesn't net one below it.
        """
        return np.asarray((self.alpha * self.price * positive(self.subscriptions - self.use)).sum(axis=-1))

    def by_key(self, amount: Numbers) -> Numbers:
        """``amount`` (…) split by the key, in proportion to the weights, shape (…, K).

        Raises:
            ValueError: the key has no weight above zero; there is nobody to split on.
        """
        whole = self.key.sum()
        if whole <= 0:
            raise ValueError("a key needs a weight above zero")
        return np.asarray(amount[..., None] * (self.key / whole))
