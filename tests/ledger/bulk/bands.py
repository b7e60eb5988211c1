"""State refund summed band by band, as the act says it: so many per cent of what lies between two thresholds."""

from __future__ import annotations

from kapacitet.ledger.refund import RefundStep


def banded(price: float, steps: tuple[RefundStep, ...]) -> float:
    """Refund of one place-year at ``price``."""
    found = 0.0
    for number, step in enumerate(steps):
        top = steps[number + 1].threshold if number + 1 < len(steps) else float("inf")
        found += step.percent / 100 * max(0.0, min(price, top) - step.threshold)
    return found
