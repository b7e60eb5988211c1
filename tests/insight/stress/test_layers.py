"""Weights that keep the goals apart, and fit 63 bits."""

from __future__ import annotations

import pytest

from kapacitet.insight.stress.flow import COST_RANGE
from kapacitet.insight.stress.layers import Weights


@pytest.mark.parametrize(("houses", "cells"), [(1, 1), (2, 200), (60, 132), (140, 132), (600, 1800), (3000, 6000)])
@pytest.mark.parametrize("fullest", [1.0, 1.2])
def test_no_cycle_of_later_goals_outweighs_one_step_of_an_earlier(houses: int, cells: int, fullest: float) -> None:
    """A cycle passes at most 2·(houses + 2) arcs from cells; each changes (c) by less than 2 and a checksum."""
    w = Weights.of(houses, cells, fullest)
    passed = 2 * (min(houses, cells) + 2)
    assert w.alike >= passed * w.ties
    assert w.full >= passed * 2 * w.thirds * w.alike + passed * w.ties
    most = w.full * w.steps * (2 * fullest + 1) + 2 * w.thirds * w.alike + w.ties
    assert most * (2 * houses + cells + 2) < 2 * COST_RANGE
    assert w.steps >= 100
