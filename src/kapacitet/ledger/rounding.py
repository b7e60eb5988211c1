"""From exact claims to whole øre, so that each offer-year balances (MODEL, settlement, "Øre").

The total is the cost rounded half-up. Every claim is floored, and the øre left over go to the largest remainders
over all claims; ties are decided by kind, then payer code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from kapacitet.ledger.claims import KINDS, Claim, Entry
from kapacitet.ledger.exact import ORE, half_up

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


def total_ore(cost: Fraction) -> int:
    """The cost of an offer-year in whole øre, halves upwards."""
    return half_up(cost * ORE)


def whole_ore(claims: Sequence[Claim]) -> list[int]:
    """Each claim in whole øre; together they are the sum of the claims rounded half-up."""
    exact = [claim.amount * ORE for claim in claims]
    floors = [amount.__floor__() for amount in exact]
    left = half_up(sum(exact, Fraction(0))) - sum(floors)
    order = sorted(
        range(len(claims)),
        key=lambda i: (floors[i] - exact[i], _RANK[claims[i].kind], claims[i].payer, claims[i].booked),
    )
    for i in order[:left]:
        floors[i] += 1
    return floors


def entries_of(claims: Iterable[Claim], *, offer: str, owner: str, concerns: int) -> tuple[Entry, ...]:
    """The claims of one offer-year as entries, in order of booking, kind and payer; nothing is booked as 0 øre.

    Args:
        claims: all claims of the offer-year; together they are its cost.
        offer, owner: the offer and who runs it, to whom all is paid.
        concerns: the year the claims settle.
    """
    known = sorted(claims, key=lambda claim: (claim.booked, _RANK[claim.kind], claim.payer))
    return tuple(
        Entry(claim.booked, concerns, claim.payer, owner, offer, claim.kind, ore, claim.rule)
        for claim, ore in zip(known, whole_ore(known), strict=True)
        if ore
    )
