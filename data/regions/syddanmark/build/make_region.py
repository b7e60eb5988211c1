"""Build the region Syddanmark: every table, the outlines and the package description.

    python make_region.py [--out FOLDER]

Without ``--out`` the tables are written to the region's own folder. The random numbers are seeded, so the same
inputs always give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import limits
import municipal
import reference
from files import Row, write_table
from layout import TABLES
from package import write_outlines, write_package
from projects import candidates
from residents import residents
from supply import offers

REGION_FOLDER = Path(__file__).resolve().parents[1]


def tables() -> dict[str, Sequence[Row]]:
    """The rows of every table; those the region has no rows for are empty."""
    existing = offers()
    frames = limits.anlaegsramme()
    return {
        "municipalities": municipal.municipalities(),
        "target_groups": municipal.target_groups(),
        "demand": municipal.demand(),
        "demand_futures": [],
        "demand_rates": municipal.demand_rates(),
        "population_projection": municipal.population_projection(),
        "offers": existing,
        "residents": residents(existing),
        "candidates": candidates(),
        "conversions": limits.conversions(),
        "anlaegsramme": frames,
        "joint_frame": limits.joint_frame(frames),
        "region_liquidity": limits.region_liquidity(),
        "service_frame": [],
        "staff_limits": limits.staff_limits(),
        "loan_pools": limits.loan_pools(),
        "purchase_prices": limits.purchase_prices(),
        "agreed_prices": limits.agreed_prices(existing),
        "support_step_price": reference.support_step_price(),
        "pl_index": reference.pl_index(),
        "refund_thresholds": reference.refund_thresholds(),
        "keys": reference.keys(),
        "travel_links": reference.travel_links(),
        "travel_times": [],
        "figures": reference.figures(),
    }


def main() -> None:
    """Write the region to the folder given."""
    parser = argparse.ArgumentParser(description="Build the region Syddanmark.")
    parser.add_argument("--out", type=Path, default=REGION_FOLDER)
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    built = tables()
    for name in TABLES:
        write_table(folder, name, built[name])
    write_outlines(folder)
    write_package(folder)


if __name__ == "__main__":
    main()
