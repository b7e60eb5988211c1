"""State refund of dear single cases (statsrefusion, SEL §176).

The state pays a rising share of what a municipality spends on one person in a year, above thresholds that are
indexed. Here it is an approximation: the cost of a person is taken to be the price of a place-year, top-up included,
and everybody to be below 67.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.faults import Fault
from kapacitet.ledger.indexation import pl_factor
from kapacitet.planning.costs import Array
from kapacitet.region.model import Region

APPROXIMATION = (
    "Statsrefusionen er en tilnærmelse: den er beregnet af prisen for en helårsplads med tillægsydelse, som om alle "
    "borgere er under 67 år (SEL § 176)."
)


@dataclass(frozen=True, slots=True)
class RefundStep:
    """The state pays ``percent`` of what lies above ``threshold`` (kr. of the price year, per person and year)."""

    threshold: float
    percent: float


Steps = tuple[RefundStep, ...]


@dataclass(frozen=True)
class RefundRate:
    """Thresholds of every year, in rising order, and what should be known about them.

    Attributes:
        by_year: steps of each year; none where the region states none.
        warnings: rows whose thresholds could not be moved to the price year.
    """

    by_year: tuple[Steps, ...]
    warnings: tuple[Fault, ...]

    def refund(self, price: Array) -> Array:
        """Refund per place-year for prices by year; the last axis of ``price`` is the years, as of the result."""
        parts = [refund_per_place_year(price[..., t], steps) for t, steps in enumerate(self.by_year)]
        return np.stack(parts, axis=-1)


def refund_rate(region: Region, years: Sequence[int]) -> RefundRate:
    """Thresholds that hold in each of ``years``, in kr. of the price year.

    A year takes the rows of the latest year at or before it, else the earliest. Thresholds are moved from their own
    year to the price year by ``pl_index``; where it lacks one of the two they stay as they are, with a warning.
    """
    table = region.tables["refund_thresholds"]
    stated = sorted({int(year) for year in table["year"]})
    if not stated:
        return RefundRate(((),) * len(years), ())
    source = {year: max((s for s in stated if s <= year), default=stated[0]) for year in years}
    factors = dict(zip(stated, pl_factor(region, stated), strict=True))
    steps: dict[int, Steps] = {}
    for year in stated:
        rows = table[table["year"] == year].sort_values("threshold")
        move = 1.0 if np.isnan(factors[year]) else 1 / factors[year]
        steps[year] = tuple(
            RefundStep(float(threshold * move), float(percent))
            for threshold, percent in zip(rows["threshold"], rows["percent"], strict=True)
        )
    unmoved = [year for year in sorted(set(source.values())) if np.isnan(factors[year])]
    return RefundRate(tuple(steps[source[year]] for year in years), tuple(_unmoved(region, y) for y in unmoved))


def refund_per_place_year(price: Array, steps: Sequence[RefundStep]) -> Array:
    """What the state refunds of ``price``: Σ (percent_i − percent_{i−1})/100 · max(0, price − threshold_i).

    Args:
        price: kr. per place-year that the municipality pays, top-up included, of any shape.
        steps: the thresholds of the year, in rising order.
    """
    result = np.zeros_like(price, dtype=np.float64)
    before = 0.0
    for step in steps:
        result += (step.percent - before) / 100 * np.maximum(price - step.threshold, 0.0)
        before = step.percent
    return result


def _unmoved(region: Region, year: int) -> Fault:
    return Fault(
        f"Refusionsgrænserne fra {year} er ikke regnet om til prisåret {region.price_year}, da pl_index mangler et "
        "af de to år.",
        f"Tilføj både {year} og {region.price_year} i pl_index.",
        table="refund_thresholds",
        column="year",
        value=str(year),
        severity="advarsel",
    )
