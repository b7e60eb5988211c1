"""An offer-year priced at the budgeted occupancy its scheme uses: C, r, q, and what buyers pay for places used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kapacitet.ledger.claims import Claim
from kapacitet.ledger.terms import ZERO, Agreement, OfferYear


@dataclass(frozen=True)
class Bill:
    """One offer-year under an agreement.

    Attributes:
        year: the offer in its year.
        agreement: parameters of the schemes.
        occupancy: β that the takst, C and the owner's limit rest on.
    """

    year: OfferYear
    agreement: Agreement
    occupancy: Fraction

    @cached_property
    def variable_cost(self) -> Fraction:
        """V̄, kr. per place-year: weighted by use; the first group's where nobody lives there."""
        used = self.year.used
        if used:
            return (self.year.cost - self.year.fixed_cost) / used
        return next(iter(self.year.groups.values())).variable_cost

    @cached_property
    def base(self) -> Fraction:
        """C = F + β·P·V̄, kr."""
        return self.year.fixed_cost + self.occupancy * self.year.places * self.variable_cost

    @cached_property
    def mean_takst(self) -> Fraction:
        """C/(β·P), kr. per place-year: the takst of a place nobody uses, whatever its group."""
        return self.base / (self.occupancy * self.year.places)

    @cached_property
    def owner_limit(self) -> Fraction:
        """What the owner covers of a deficit, or may keep of a surplus, at most, kr."""
        return self.agreement.owner_limit * self.base

    def takst(self, group: str) -> Fraction:
        """r[o,g] = F/(β·P) + V[o,g] + (1−s)·(Y[g] − Ȳ[o]), kr. per place-year."""
        terms = self.year.groups[group]
        return self.year.fixed_cost / (self.occupancy * self.year.places) + terms.variable_cost + terms.supplement

    def price(self, payer: str, group: str) -> Fraction:
        """q[k,o,g]: the agreed price where given, else the takst under its ceiling, kr. per place-year."""
        agreed = self.year.agreed.get((payer, group))
        if agreed is not None:
            return agreed
        ceiling = self.year.groups[group].ceiling
        takst = self.takst(group)
        return takst if ceiling is None else min(takst, ceiling)

    def takst_claims(self) -> tuple[Claim, ...]:
        """q·n by payer: everybody with citizens there pays, buyers from outside the region and the owner included."""
        paid: dict[str, Fraction] = {}
        for (payer, group), n in sorted(self.year.use.items()):
            if n:
                paid[payer] = paid.get(payer, ZERO) + self.price(payer, group) * n
        return tuple(
            Claim("takst", payer, amount, self.year.year, "Prisen for brugte helårspladser.")
            for payer, amount in paid.items()
        )
