"""Standard (rammeaftalen): the owner bears up to 5 % of C, the users the rest two years later.

Source: forslag A, "En sælgerkommune/region som har underskud på et botilbud, skal selv dække op til 5 % inden for
egen ramme. Underskud over 5% indregnes i taksten to år efter det år underskuddet vedrører og det dækkes blandt de
kommuner, der har haft borgere på tilbuddet." A surplus mirrors it. The later charge is a claim of its own, never a
part of a later C or takst, so it is settled also after the offer has closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kapacitet.ledger.arrays import Numbers, ratio
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.protocol import Need, Part


class Standard:
    """The rule of the rammeaftale."""

    name = "standard"
    title = "Standard"
    sentence = (
        "Ejeren dækker et underskud op til sin grænse; resten betales af brugerne ved en efterregulering senere."
    )
    needs: frozenset[Need] = frozenset()

    def occupancy(self, budgeted: Any, startup: Sequence[Any], operation_year: npt.NDArray[np.int64]) -> Numbers:
        """β of full operation."""
        return np.full(operation_year.shape, budgeted)

    def cover(self, bill: Bill, deficit: Numbers) -> tuple[Part, ...]:
        """The owner up to the limit, the users the rest."""
        return owner_then_users(bill, deficit)


def owner_then_users(bill: Bill, deficit: Numbers, unused: Numbers | None = None) -> tuple[Part, ...]:
    """Settle what remains by the standard rule.

    min(D, 5 % of C) is the owner's; the rest is booked ``lag`` years later on those with citizens there, by n_k. A
    surplus mirrors it. With n = 0 the whole deficit is the owner's, and a surplus beyond the limit goes back to
    subscribers by what they paid for unused places.

    Args:
        bill: offer-years, priced.
        deficit: what remains, kr., shape (…); below zero for a surplus.
        unused: kr. paid for unused subscribed places by subscriber, shape (…, K).
    """
    weight = bill.used_by_payer
    if unused is not None:
        back = (bill.used == 0) & (deficit < 0)
        weight = np.where(back[..., None], unused, weight)
    shares = ratio(weight, weight.sum(axis=-1)[..., None])
    shared = weight.sum(axis=-1) != 0
    own = np.where(shared, np.maximum(np.minimum(deficit, bill.limit), -bill.limit), deficit)
    rest = (deficit - own)[..., None] * shares
    return (
        Part("ejer", own, lambda: _owner_rule(bill, deficit, own)),
        Part("efterregulering", rest, lambda: _later_rule(bill, deficit)),
    )


def _owner_rule(bill: Bill, deficit: Numbers, own: Numbers) -> str:
    share = percent(bill.owner_limit)
    if abs(own.item()) > bill.limit.item():
        return "Ingen har boet der, så ejeren bærer hele resultatet."
    if deficit.item() < 0:
        return f"Ejeren beholder et overskud op til {share} af takstgrundlaget."
    return f"Ejeren dækker et underskud op til {share} af takstgrundlaget."


def _later_rule(bill: Bill, deficit: Numbers) -> str:
    share = percent(bill.owner_limit)
    if deficit.item() > 0:
        return f"Underskud over {share} af takstgrundlaget, fordelt efter brugte helårspladser."
    if bill.used.item():
        return f"Overskud over {share} af takstgrundlaget tilbage, fordelt efter brugte helårspladser."
    return f"Overskud over {share} af takstgrundlaget tilbage til abonnenterne efter betaling for ubrugte pladser."
