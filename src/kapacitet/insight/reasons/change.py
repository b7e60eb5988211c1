"""A difference between two optima of which only bounds are known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from kapacitet.insight.many import Answer
from kapacitet.insight.reasons.ground import Ground
from kapacitet.planning.solver import Ending

Sureness = Literal["bevist", "under usikkerheden", "ingen forskel", "umulig", "ikke regnet"]
NOTHING = 1_000.0
"""Kr.: less than this over all years is no difference to anybody."""


@dataclass(frozen=True)
class Change:
    """What an optimum changes by (kr., discounted; above zero is dearer).

    Attributes:
        point: between the best plans known; NaN where one of them isn't.
        low, high: the change lies between them for certain.
    """

    point: float
    low: float
    high: float
    sureness: Sureness

    @classmethod
    def between(cls, low: float, point: float, high: float) -> Change:
        """From bounds, told how sure it is."""
        point = min(max(point, low), high) if math.isfinite(point) else math.nan
        if max(abs(low), abs(high)) <= NOTHING:
            sure: Sureness = "ingen forskel"
        elif low > 0 or high < 0:
            sure = "bevist"
        else:
            sure = "under usikkerheden"
        return cls(point, low, high, sure)

    @classmethod
    def of_restriction(cls, ground: Ground, answer: Answer | None, quick: float = math.nan) -> Change:
        """With more required than of the plan: never cheaper.

        Args:
            quick: what it costs with all else as planned, so that it can't be dearer; NaN where that isn't known.
        """
        if answer is None:
            return UNKNOWN
        if answer.ending is Ending.INFEASIBLE:
            return IMPOSSIBLE
        most = answer.most if math.isnan(quick) else min(answer.most, ground.cost + quick)
        low = max(min(answer.least, most) - ground.best, 0.0)
        return cls.between(low, most - ground.best, max(most - ground.least, 0.0))

    @classmethod
    def of_relaxation(cls, ground: Ground, answer: Answer | None) -> Change:
        """With less required than of the plan: never dearer, since the plan may still be had."""
        if answer is None:
            return UNKNOWN
        most = min(answer.most, ground.best)
        high = min(most - ground.least, 0.0)
        return cls.between(min(min(answer.least, most) - ground.best, 0.0), most - ground.best, high)

    @classmethod
    def of_other(cls, ground: Ground, answer: Answer | None) -> Change:
        """Under other conditions: dearer or cheaper."""
        if answer is None:
            return UNKNOWN
        if answer.ending is Ending.INFEASIBLE:
            return IMPOSSIBLE
        return cls.between(answer.least - ground.best, answer.most - ground.best, answer.most - ground.least)

    def columns(self, name: str, sign: float = 1.0) -> dict[str, object]:
        """As columns of a table: ``name``, its bounds, and how sure it is; ``sign`` −1 tells what is saved."""
        low, high = sorted((sign * self.low, sign * self.high))
        values = {name: sign * self.point + 0.0, f"{name}_low": low + 0.0, f"{name}_high": high + 0.0}
        return {key: value if math.isfinite(value) else math.nan for key, value in values.items()} | {
            "sureness": self.sureness
        }


UNKNOWN = Change(math.nan, math.nan, math.nan, "ikke regnet")
IMPOSSIBLE = Change(math.nan, math.nan, math.nan, "umulig")
