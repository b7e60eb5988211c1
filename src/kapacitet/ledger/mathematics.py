"""The mathematics of settlement and acceptance as Markdown, generated from the docstrings.

``python -m kapacitet.ledger.mathematics models/samlet.md`` writes it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from kapacitet.ledger.acceptance import choice, demands, limits, monotone, subscribers
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.refund import refund_per_place_year
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.schemes.standard import owner_then_users
from kapacitet.ledger.standing import dearest_private, result_shares
from kapacitet.planning import exclusions

DEMANDS: tuple[Callable[..., object], ...] = (
    demands.builders_demands,
    demands.participants_demands,
    demands.frame_demands,
)


def mathematics() -> str:
    """The page."""
    parts = [
        "# The model `samlet`: a plan nobody has reason to refuse",
        "Generated from the code by `python -m kapacitet.ledger.mathematics models/samlet.md`; do not edit. The plan "
        "itself is the model of `plan.md`; here is what it is settled by, what the parties ask, and what a refusal "
        "rules out.",
        "Symbols: k municipality or other payer, g target group, o offer, t year, ω future; n place-years used, "
        "P places, β budgeted occupancy, F fixed cost, V variable cost, r takst, q price, a subscribed places.",
        "## An offer-year",
        *(_named(name, part.func) for name, part in vars(Bill).items() if isinstance(part, cached_property)),
        "## What remains after takst",
        _named("owner_then_users", owner_then_users),
        *(f"**{scheme.name}**: {_text(scheme.cover.__doc__)}" for scheme in SCHEMES.values()),
        "## Beside the schemes",
        *(_named(part.__name__, part) for part in (refund_per_place_year, result_shares, dearest_private)),
        "## What the parties ask",
        *(_named(part.__name__, part) for part in DEMANDS),
        *(_named(part.__name__, part) for part in (limits.builder_limit, limits.tolerance)),
        "## Which agreements are picked",
        _text(choice.__doc__),
        *(_named(part.__name__, part) for part in (subscribers.subscribable, subscribers.subscriptions)),
        "## What a refusal rules out",
        _text(exclusions.Exclusion.__doc__),
        _text(monotone.__doc__),
    ]
    return "\n\n".join(parts) + "\n"


def _named(name: str, part: Callable[..., object]) -> str:
    return f"**{name}**: {_text(part.__doc__)}"


def _text(doc: str | None) -> str:
    return inspect.cleandoc(doc or "")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(mathematics(), encoding="utf-8")
