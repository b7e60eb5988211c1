"""What is settled: an offer in one year, and what its parties have agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)
Cell = tuple[str, str]
"""A payer's code and a target group's id."""


@dataclass(frozen=True, slots=True)
class GroupTerms:
    """Cost and price of a target group in an offer, kr. per place-year.

    Attributes:
        variable_cost: V[o,g], the varying share of the ydelsestakst included.
        supplement: (1−s)·(Y[g] − Ȳ[o]), by which the takst differs from that of the offer's mean group.
        ceiling: takstloft; None where there is none.
    """

    variable_cost: Fraction
    supplement: Fraction = ZERO
    ceiling: Fraction | None = None


@dataclass(frozen=True, slots=True)
class OfferYear:
    """One offer in one year.

    Attributes:
        offer, owner: its id and the code of who runs it.
        year: calendar year.
        operation_year: 0 in the year it opened.
        places: P, above 0.
        fixed_cost: F, kr.
        budgeted_occupancy: β in full operation, above 0.
        startup_occupancy: β of the first years of operation; used under takststyring.
        groups: terms by target group, in the offer's order.
        use: n, place-years by payer and group.
        agreed: q by payer and group, where it isn't the takst (under its ceiling), kr. per place-year.
    """

    offer: str
    owner: str
    year: int
    operation_year: int
    places: Fraction
    fixed_cost: Fraction
    budgeted_occupancy: Fraction
    groups: Mapping[str, GroupTerms]
    use: Mapping[Cell, Fraction]
    startup_occupancy: tuple[Fraction, ...] = ()
    agreed: Mapping[Cell, Fraction] = field(default_factory=dict)

    @property
    def used(self) -> Fraction:
        """n, place-years used in all."""
        return sum(self.use.values(), ZERO)

    @property
    def cost(self) -> Fraction:
        """F + Σ V·n, kr."""
        return sum((self.groups[group].variable_cost * n for (_, group), n in self.use.items()), self.fixed_cost)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Parameters of the schemes; each scheme reads its own.

    Attributes:
        owner_limit: share of C the owner covers of a deficit and may keep of a surplus.
        lag: years until the rest is charged or paid back.
        subscriptions: a, places by payer and group.
        alpha: α, share of the price paid for a subscribed place that isn't used.
        key: weights by participant.
        psi: ψ, share of a deficit the owner keeps under objektiv.
        guarantee_years: years of operation the guarantee lasts.
        guarantee_share: φ, share of the takst paid for an empty place.
    """

    owner_limit: Fraction = Fraction(1, 20)
    lag: int = 2
    subscriptions: Mapping[Cell, Fraction] = field(default_factory=dict)
    alpha: Fraction = ONE
    key: Mapping[str, Fraction] = field(default_factory=dict)
    psi: Fraction = ZERO
    guarantee_years: int = 3
    guarantee_share: Fraction = Fraction(4, 5)
