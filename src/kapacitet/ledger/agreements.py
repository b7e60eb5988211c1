"""What a scenario lets the parties agree on: parameters of the schemes, the key, and the scheme of each new house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from kapacitet.ledger.exact import exact
from kapacitet.ledger.parties import payers
from kapacitet.ledger.terms import Agreement, Cell
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.scenario.check_names import key_weights as region_key_weights

STANDARD = "standard"


@dataclass(frozen=True)
class HouseAgreement:
    """What is agreed about one house: its scheme, and places subscribed by payer and target group."""

    scheme: str = STANDARD
    subscriptions: Mapping[Cell, float] = field(default_factory=dict)


STANDARD_AGREEMENT = HouseAgreement()


def participants(problem: Problem) -> tuple[str, ...]:
    """Codes of the municipalities that take part in the schemes."""
    named = problem.scenario.underskud.participants
    codes = [m.code for m in problem.municipalities]
    return tuple(codes if named == "all" else [code for code in codes if code in set(named)])


def key_weights(problem: Problem) -> dict[str, float]:
    """Weights of the participants by the scenario's key."""
    weight = region_key_weights(problem.region, problem.scenario.underskud.key)
    return {code: float(weight[code]) for code in participants(problem)}


def base_agreement(problem: Problem) -> Agreement:
    """The scenario's parameters in fractions, without subscriptions."""
    chosen = problem.scenario.underskud
    return Agreement(
        owner_limit=exact(chosen.owner_limit),
        lag=chosen.lag,
        alpha=exact(chosen.alpha),
        key={code: exact(weight) for code, weight in key_weights(problem).items() if weight},
        psi=exact(chosen.psi),
        guarantee_years=chosen.guarantee_years,
        guarantee_share=exact(chosen.guarantee_share),
    )


def exact_agreement(base: Agreement, house: HouseAgreement) -> Agreement:
    """``base`` with the house's subscriptions."""
    subscribed: dict[Cell, Fraction] = {cell: exact(places) for cell, places in house.subscriptions.items()}
    return replace(base, subscriptions=subscribed)


def key_array(problem: Problem) -> Array:
    """Weights in the order of ``payers``, shape (K+1,); buyers from outside weigh nothing."""
    weight = key_weights(problem)
    return np.array([weight.get(payer, 0.0) for payer in payers(problem)])
