"""Readings of the rules where the text leaves a choice.

The defaults are the readings this check holds to be meant. Each switch is explained in README.md; turning one
shows whether a difference between this check and the model comes from that choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Readings:
    """One value per question the text leaves open (numbers refer to README.md)."""

    move_charge_over: Literal["plan", "possible"] = "possible"  # A1
    closes_column_costs: bool = True  # A2
    capital_charge_reduced: bool = False  # A3
    closable_without_earliest: bool = False  # A4
    reserve_offers: Literal["not_privat", "shared"] = "not_privat"  # A5
    lock_in_counts_for_reserve: bool = False  # A6
    external_top_up: bool = True  # A7
    outside_selvejende_grows: bool = True  # A8
    penalty_prices: Literal["open", "all"] = "open"  # A9
    available_follows_price: bool = True  # A10
    staff_counts_offers: bool = True  # A11
    rammebudget_progresses: bool = True  # A12
    closed_residents_floor_demand: bool = True  # A13
    approval_reduced: bool = True  # A14
    udenfor_may_move: bool = False  # A15


DEFAULT_READINGS = Readings()
