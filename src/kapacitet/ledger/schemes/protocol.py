"""What a scheme of underskudsdækning is: the occupancy it prices by, and who covers what takst doesn't."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from kapacitet.ledger.arrays import Numbers
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Kind

Need = Literal["subscriptions", "key", "startup_occupancy"]
"""What a scheme can't do anything of its own without; named by the key of the contract."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule makes of offer-years.

    Attributes:
        kind: what the amounts are for; ``ejer`` is the owner's, ``efterregulering`` is booked later.
        amount: kr., shape (…) for the owner, else (…, K) by payer; below zero for what is kept or paid back.
        rule: the rule in Danish.
    """

    kind: Kind
    amount: Numbers
    rule: Callable[[], str]


class Scheme(Protocol):
    """A scheme; it holds no figures of its own, so one object serves every offer and year."""

    @property
    def name(self) -> str:
        """The name of the contract, e.g. ``abonnement+takststyring``."""

    @property
    def title(self) -> str:
        """What it is called in Danish."""

    @property
    def sentence(self) -> str:
        """Its rule in a Danish sentence."""

    @property
    def needs(self) -> frozenset[Need]:
        """What must be agreed for it to differ from the standard rule."""

    def occupancy(self, budgeted: Any, startup: Sequence[Any], operation_year: npt.NDArray[np.int64]) -> Numbers:
        """β for takst, C and the owner's limit, shape of ``operation_year``.

        Args:
            budgeted: β of full operation.
            startup: β of the first years of operation.
            operation_year: 0 in the year of opening.
        """

    def cover(self, bill: Bill, deficit: Numbers) -> tuple[Part, ...]:
        """Who bears what takst leaves.

        Args:
            bill: offer-years, priced.
            deficit: cost less takst, kr., shape (…); below zero for a surplus.

        Returns:
            parts that together are exactly ``deficit``; amounts may be zero.
        """
