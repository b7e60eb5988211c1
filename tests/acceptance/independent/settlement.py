"""One offer-year settled under one scheme (section 6), in floats without rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .rules import Rules

Lines = dict[tuple[str, str], float]
"""(kind, payer) to kr. concerning the year; a surplus kept or paid back is negative."""


@dataclass(frozen=True)
class HouseYear:
    """An offer of the rammeaftale in one year.

    Attributes:
        bearer: who covers a deficit.
        keeper: who keeps a surplus.
        places: P.
        fixed: F.
        beta: β of the year, the start-up one under takststyring.
        age: 0-based year of operation.
        variable: group to V; the first group comes first.
        price: (payer, group) to q, for everybody who lives there or subscribes.
        used: (payer, group) to place-years, udenbys included.
    """

    bearer: str
    keeper: str
    places: float
    fixed: float
    beta: float
    age: int
    variable: dict[str, float]
    price: dict[tuple[str, str], float]
    used: dict[tuple[str, str], float]

    @property
    def total(self) -> float:
        """n."""
        return sum(self.used.values())

    @property
    def cost(self) -> float:
        """F + Σ V·n."""
        return self.fixed + sum(self.variable[group] * n for (_, group), n in self.used.items())

    @property
    def base(self) -> float:
        """C = F + β·P·V̄, V̄ weighted by use; the first group's if nobody lives there."""
        n = self.total
        mean = (self.cost - self.fixed) / n if n > 0 else next(iter(self.variable.values()))
        return self.fixed + self.beta * self.places * mean


def settle(house: HouseYear, scheme: str, rules: Rules, subscribed: Mapping[tuple[str, str], float]) -> Lines:
    """Everything the house's payers and its bearer pay for the year; it sums to the cost of the year.

    Args:
        house: the offer-year.
        scheme: one of the schemes, two joined by ``+``.
        rules: parameters and key.
        subscribed: (municipality, group) to places, where abonnement is part of the scheme.
    """
    agreed = rules.underskud
    lines: Lines = defaultdict(float)
    for (payer, group), n in house.used.items():
        lines["takst", payer] += house.price[payer, group] * n
    unused: dict[str, float] = defaultdict(float)
    if "abonnement" in scheme:
        for (payer, group), a in subscribed.items():
            empty = max(0.0, a - house.used.get((payer, group), 0.0))
            unused[payer] += agreed["alpha"] * house.price[payer, group] * empty
        for payer, paid in unused.items():
            lines["abonnement", payer] += paid
    missing = house.cost - sum(lines.values())
    if missing > 0 and "objektiv" in scheme:
        lines["ejer", house.bearer] += agreed["psi"] * missing
        for payer, weight in rules.weights.items():
            lines["objektiv", payer] += (1.0 - agreed["psi"]) * missing * weight
        return dict(lines)
    if missing > 0 and scheme == "garanti" and house.age < agreed["guarantee_years"]:
        per_place = house.base / (house.beta * house.places)
        given = agreed["guarantee_share"] * per_place * max(0.0, house.places - house.total)
        given = min(given, missing)
        for payer, weight in rules.weights.items():
            lines["garanti", payer] += given * weight
        missing -= given
    _standard(house, lines, missing, agreed["owner_limit"] * house.base, unused)
    return dict(lines)


def _standard(house: HouseYear, lines: Lines, missing: float, limit: float, unused: Mapping[str, float]) -> None:
    """The bearer's own part up to the limit, the rest by use; a surplus mirrors it."""
    own = min(max(missing, -limit), limit)
    rest = missing - own
    by_payer: dict[str, float] = defaultdict(float)
    for (payer, _), n in house.used.items():
        by_payer[payer] += n
    n, paid = house.total, sum(unused.values())
    if n > 0:
        for payer, mine in by_payer.items():
            lines["efterregulering", payer] += rest * mine / n
    elif rest < 0 < paid:
        for payer, mine in unused.items():
            lines["efterregulering", payer] += rest * mine / paid
    else:
        own += rest
    lines["ejer", house.bearer if own >= 0 else house.keeper] += own
