"""Constraint families, one per file: those of the master (first stage) and those of the recourse.

The two lists are what any way of solving must use, whole: the one model with everything in it, or a master and
its recourse apart. A family has FAMILY, TAG, ``rows`` and ``sentence``; some masters add ``state_rows``.
"""

from __future__ import annotations

from types import ModuleType

from kapacitet.planning.constraints import (
    anlaegsramme,
    building_use,
    capacity,
    critical_mass,
    demand,
    joint_frame,
    legal_basis,
    loan_pools,
    planned_places,
    projects,
    public_share,
    purchase,
    region_liquidity,
    reserve,
    residents_stay,
    restructuring,
    staff,
)

MASTER: tuple[ModuleType, ...] = (
    projects,
    restructuring,
    anlaegsramme,
    joint_frame,
    region_liquidity,
    loan_pools,
    planned_places,
    reserve,
    public_share,
    staff,
)
RECOURSE: tuple[ModuleType, ...] = (
    demand,
    capacity,
    legal_basis,
    residents_stay,
    critical_mass,
    purchase,
)
STRENGTHENING: tuple[ModuleType, ...] = (building_use,)
FAMILIES: dict[str, ModuleType] = {m.FAMILY: m for m in (*MASTER, *RECOURSE, *STRENGTHENING)}
