"""Demand is built often (brute-force checks) and of the largest regions; it must not be what one waits for."""

from __future__ import annotations

import time

from kapacitet.demand.cells import cell_demand
from kapacitet.region import region_from_tables

from .worlds import group, living, municipality, need, offer, scenario

YEARS = range(2026, 2038)
GROUPS = ("autisme", "dom", "dobbeltdiagnose")


def test_region_of_the_shipped_size_takes_a_fraction_of_a_second() -> None:
    codes = [str(code) for code in range(400, 422)]
    homes = [offer("flex", ";".join(GROUPS)) | {"id": f"o{n}", "municipality": codes[n % 22]} for n in range(120)]
    region = region_from_tables(
        "stor",
        2025,
        {
            "municipalities": [municipality(code) for code in codes],
            "target_groups": [group(name, 0.05) for name in GROUPS],
            "offers": homes,
            "demand": [need(code, year, 40, 50, 60, name) for code in codes for year in YEARS for name in GROUPS],
            "residents": [
                living(code, f"o{n * 5 + k}", 1, name)
                for n, code in enumerate(codes)
                for k, name in enumerate(GROUPS * 2)
            ],
            "purchase_prices": [{"target_group": name, "year": 2026, "price": 1e6} for name in GROUPS],
            "travel_links": [{"from": codes[0], "to": code, "kind": "road", "minutes": 30} for code in codes[1:]],
        },
        source="test",
        evidence="illustrativ",
    )
    question = scenario(2026, 2037)
    cell_demand(region, question)

    began = time.process_time()
    result = cell_demand(region, question)
    seconds = time.process_time() - began

    assert len(result.demand) == len(codes) * len(YEARS) * len(GROUPS) * 2
    assert seconds < 0.2
