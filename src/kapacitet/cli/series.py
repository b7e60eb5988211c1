"""What commands that write a folder of several plans have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet.insight.run import illustrative_rows, input_hash, versions
from kapacitet.region import Region
from kapacitet.scenario.models import Scenario


def place_for(folder: Path, marker: str) -> None:
    """Make the folder, unless something else is there.

    Raises:
        FaultyInput: a file, a folder with content but without ``marker``, or one that can't be made.
    """
    try:
        if folder.exists() and not folder.is_dir():
            fault = Fault(
                "Stien til --out er en fil, ikke en mappe.", "Vælg en ny eller tom mappe.", value=str(folder)
            )
            raise FaultyInput([fault])
        if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
            message = "Mappen til --out har indhold, der ikke er fra denne kommando, og røres ikke."
            raise FaultyInput([Fault(message, "Vælg en anden mappe.", value=str(folder))])
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FaultyInput([Fault(system_message(error, folder), value=str(folder))]) from None


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
