"""One offer settled over all its years and futures at once, in floats, by the same rules as the exact ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kapacitet.ledger.agreements import key_array
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.parties import payers
from kapacitet.ledger.rates import UnitRates
from kapacitet.ledger.rates_unit import Flags
from kapacitet.ledger.refund import RefundRate, refund_rate
from kapacitet.ledger.schemes import Scheme
from kapacitet.ledger.settle import parts_of
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem


@dataclass(frozen=True)
class Rules:
    """What every offer of a plan is settled by: payers (K+1), key, parameters, state refund."""

    problem: Problem
    payers: tuple[str, ...]
    key: Array
    refund: RefundRate

    @classmethod
    def of(cls, problem: Problem) -> Rules:
        """The rules of a scenario."""
        return cls(problem, payers(problem), key_array(problem), refund_rate(problem.region, problem.years))


@dataclass(frozen=True)
class Settled:
    """An offer settled, by year concerned, kr.; leading axes as those of the use it was settled for.

    Attributes:
        now: what payers pay the same year, shape (…, T, K+1).
        later: efterregulering, concerning the year but booked ``lag`` years later, shape (…, T, K+1).
        own: the owner's own result as a cost, shape (…, T).
        refund: state refund to the payers, shape (…, T, K+1); none to those outside.
    """

    now: Array
    later: Array
    own: Array
    refund: Array

    @property
    def loss(self) -> Array:
        """max(0, ejer), kr., shape (…, T)."""
        return np.maximum(self.own, 0.0)


def float_bill(
    rules: Rules, rates: UnitRates, use: Array, scheme: Scheme, subscriptions: Array | None = None
) -> Bill:
    """The open years of an offer, priced by ``scheme``.

    Args:
        rates: the offer.
        use: n in its open years, shape (…, t, K+1, G).
        subscriptions: a, shape (…, 1, K+1, G).
    """
    chosen = rules.problem.scenario.underskud
    on = rates.open
    agreed = np.array([[rates.agreed.get((k, g), np.nan) for g in rates.groups] for k in rules.payers])
    return Bill(
        payers=rules.payers,
        use=use,
        places=rates.places[on],
        fixed_cost=rates.fixed[on],
        variable_cost=rates.variable[on],
        supplement=rates.supplement[on],
        ceiling=rates.ceiling[on],
        agreed=agreed,
        is_agreed=~np.isnan(agreed),
        occupancy=scheme.occupancy(rates.occupancy, rates.startup, rates.operation_year[on]),
        operation_year=rates.operation_year[on],
        subscriptions=np.zeros((1, *agreed.shape)) if subscriptions is None else subscriptions,
        key=rules.key,
        owner_limit=chosen.owner_limit,
        alpha=chosen.alpha,
        psi=chosen.psi,
        guarantee_years=chosen.guarantee_years,
        guarantee_share=chosen.guarantee_share,
    )


def settle_unit(
    rules: Rules, rates: UnitRates, use: Array, scheme: Scheme, subscriptions: Array | None = None
) -> Settled:
    """An offer settled in all its years.

    Args:
        rates: the offer.
        use: n, shape (…, T, K+1, G).
        scheme: who covers what takst doesn't.
        subscriptions: a, shape (…, 1, K+1, G), with as many leading axes as ``use`` or more.
    """
    on = rates.open
    bill = float_bill(rules, rates, use[..., on, :, :], scheme, subscriptions)
    kinds = _by_kind(bill, scheme)
    own, later = kinds.pop("ejer"), kinds.pop("efterregulering")
    now = sum(kinds.values())
    refund = np.zeros(now.shape)
    if any(rules.refund.by_year):
        steps = [steps for steps, is_open in zip(rules.refund.by_year, on, strict=True) if is_open]
        per_place = RefundRate(tuple(steps), ()).refund(np.moveaxis(bill.price + rates.top_up, -3, -1))
        refund = (np.moveaxis(per_place, -1, -3) * bill.use).sum(axis=-1)
        refund[..., -1] = 0.0
    return Settled(_spread(now, on, -2), _spread(later, on, -2), _spread(own, on, -1), _spread(refund, on, -2))


def kinds_of_unit(
    rules: Rules, rates: UnitRates, use: Array, scheme: Scheme, subscriptions: Array | None = None
) -> dict[str, Array]:
    """Kind of entry -> kr. of all payers by year, shape (…, T); arguments as ``settle_unit``."""
    on = rates.open
    bill = float_bill(rules, rates, use[..., on, :, :], scheme, subscriptions)
    return {
        kind: _spread(amount if kind == "ejer" else amount.sum(axis=-1), on, -1)
        for kind, amount in _by_kind(bill, scheme).items()
    }


def _by_kind(bill: Bill, scheme: Scheme) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts_of(bill, scheme):
        found[part.kind] = found.get(part.kind, 0.0) + part.amount
    return found


def _spread(amounts: Array, on: Flags, axis: int) -> Array:
    """Open years' amounts on the whole horizon; 0 in other years."""
    shape = list(amounts.shape)
    shape[axis] = len(on)
    result = np.zeros(shape)
    where: list[Any] = [slice(None)] * len(shape)
    where[axis] = on
    result[tuple(where)] = amounts
    return result
