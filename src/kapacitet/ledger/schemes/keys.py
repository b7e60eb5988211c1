"""Splitting an amount by a key (fordelingsnøgle)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kapacitet.ledger.terms import ZERO


def key_shares(key: Mapping[str, Fraction], amount: Fraction) -> dict[str, Fraction]:
    """``amount`` by participant, in proportion to the weights, in order of code.

    Raises:
        ValueError: the key has no weight above zero; there is nobody to split on.
    """
    whole = sum(key.values(), ZERO)
    if whole <= 0:
        raise ValueError("a key needs a weight above zero")
    return {payer: amount * weight / whole for payer, weight in sorted(key.items()) if weight}
