"""What is asked and where figures come from, for what consists of several plans."""

from __future__ import annotations

from typing import Any

from kapacitet.insight.run import illustrative_rows, input_hash, versions
from kapacitet.region import Region
from kapacitet.scenario.models import Scenario


def summary_of(region: Region, scenario: Scenario) -> dict[str, Any]:
    """What is asked and where figures come from, as reports and pictures tell it."""
    return {
        "name": scenario.name,
        "description": scenario.description,
        "region": region.id,
        "region_title": region.title,
        "price_year": region.price_year,
        "seed": scenario.futures.seed,
        "input_hash": input_hash(region, scenario),
        "versions": versions(),
        "illustrative": illustrative_rows(region),
    }
