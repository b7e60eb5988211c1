"""e[g,o]: which demand cells an offer may serve by target group and legal basis, and at what lock-in cost.

Hard: cost chooses only among adequate offers. A mismatch of legal basis alone is open at a stated price.
"""

from __future__ import annotations

from collections.abc import Collection

from kapacitet.planning.sets import Cell, Unit
from kapacitet.scenario.models import Scenario

FITTING_BASIS = {"midlertidig": {"sel107"}, "langvarig": {"sel108", "abl105"}}


def basis_fits(cell: Cell, unit: Unit, *, abl_for_complex: bool) -> bool:
    """Whether the legal basis of ``unit`` fits the term of ``cell``.

    Temporary cells use §107 (or flexible) places; long-term cells §108, ABL §105/85 or flexible. ABL candidates
    are for complex groups only with ``abl_for_complex`` (the paper to the KKR advises against it).
    """
    usable = set(unit.legal_basis)
    if cell.complex and not unit.existing and not abl_for_complex:
        usable.discard("abl105")
    return bool(usable & FITTING_BASIS[cell.term])


def lock_in_price(cell: Cell, unit: Unit, scenario: Scenario) -> float | None:
    """Extra cost per place-year of placing ``cell`` in ``unit`` (0 when the basis fits); None if it may not.

    An ABL candidate barred for complex groups stays barred: the price opens a mismatch of term only.
    """
    allow_abl = scenario.limits.abl_for_complex
    if basis_fits(cell, unit, abl_for_complex=allow_abl):
        return 0.0
    only_abl = set(unit.legal_basis) == {"abl105"}
    if only_abl and cell.complex and not unit.existing and not allow_abl:
        return None
    return scenario.levers.lock_in_cost.get(cell.group)


def eligible(cell: Cell, unit: Unit, groups: Collection[str], scenario: Scenario) -> bool:
    """Whether ``unit``, serving ``groups``, fits ``cell`` without a lock-in."""
    fits = basis_fits(cell, unit, abl_for_complex=scenario.limits.abl_for_complex)
    return cell.group in groups and fits
