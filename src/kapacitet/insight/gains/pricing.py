"""Separation without the one MIP: groups priced one after another, all of them where they are few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np

from kapacitet.insight.gains.costs import Costs, Stop
from kapacitet.insight.gains.separation.oracle import Verdict
from kapacitet.insight.gains.world import Group
from kapacitet.planning.costs import Array

FEW = 8
TRIED = 3


class Pricing:
    """As :class:`Separation`, for rules the MIP doesn't know: closures, conversions and moves.

    Up to ``FEW`` municipalities every group is priced, so the answer is proven. With more, the groups that differ
    in one member from those that pay most above their cost are; then nothing is proven, and the bound is infinite.
    """

    def __init__(self, costs: Costs) -> None:
        self._costs = costs

    def exclude(self, group: Group) -> None:
        """Nothing to do: what is priced is known."""

    def worst(self, division: Array, enough: float, tolerance: float, stop: Stop = lambda: False) -> Verdict:
        """As :meth:`Separation.worst`."""
        everyone = self._costs.world.everyone
        few = len(everyone) <= FEW
        for group in _all(everyone) if few else self._near(division):
            if self._costs.known(group) is not None:
                continue
            found = None if stop() else self._costs.of(group)
            if found is None:
                return Verdict((), np.inf)
            if division[sorted(group)].sum() - found.cost > enough + tolerance:
                return Verdict((group,), np.inf)
        return Verdict((), -np.inf if few else np.inf)

    def _near(self, division: Array) -> Iterable[Group]:
        """Groups one member away from the ``TRIED`` that pay most above their cost."""
        everyone = self._costs.world.everyone
        known = [c for c in self._costs if len(c.group) < len(everyone) and np.isfinite(c.cost)]
        known.sort(key=lambda c: (c.cost - division[sorted(c.group)].sum(), sorted(c.group)))
        near = (c.group ^ {k} for c in known[:TRIED] for k in sorted(everyone))
        return (group for group in near if 0 < len(group) < len(everyone))


def _all(everyone: Group) -> Iterator[Group]:
    return (frozenset(some) for size in range(1, len(everyone)) for some in combinations(sorted(everyone), size))
