"""Lines that stand under everything shown: which plan it is, where the figures come from, and what is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kapacitet.region import shipped_ids
from kapacitet.report import numbers

SHIPPED_OUTLINES = (
    "Omrids: react-denmark-map (MIT), kyst © OpenStreetMaps bidragydere (ODbL); byer: GeoNames (CC BY 4.0). "
    "Ikke juridiske grænser."
)
OWN_OUTLINES = "Omrids: regionens egne data."


def subtitle(summary: Mapping[str, Any]) -> str:
    """Which plan for which region."""
    return f"{summary['name']} · {summary['region_title']}"


def source(summary: Mapping[str, Any]) -> str:
    """Where the figures come from, and in what prices."""
    return (
        f"Kilde: kapacitet {summary['versions']['kapacitet']}, regionens data «{summary['region']}»; "
        f"{summary['price_year']}-priser."
    )


def made_up(summary: Mapping[str, Any]) -> str:
    """How many rows of the input are made up; blank if none is."""
    rows = sum(int(count) for count in summary["illustrative"].values())
    if not rows:
        return ""
    return f"{numbers.number(rows)} rækker er opfundet, så eksemplet kan køre, og er ikke fakta."


def chart_notes(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines below a chart: where the figures come from, and that some are made up."""
    note = made_up(summary)
    return (source(summary), f"Indeholder illustrative data: {note}") if note else (source(summary),)


def map_notes(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines below a map: those of a chart, and where outlines come from, as their licences ask."""
    return (*chart_notes(summary), SHIPPED_OUTLINES if summary["region"] in shipped_ids() else OWN_OUTLINES)
