"""Regions: their tables, how they are read, checked and written, and how one travels in them."""

from kapacitet.region.loading import load_region, region_from_tables, validate_region
from kapacitet.region.model import Region
from kapacitet.region.published import shipped_ids, shipped_region
from kapacitet.region.tables import TABLES, split_list
from kapacitet.region.travel import needs_ferry, travel_minutes, unreachable_pairs
from kapacitet.region.writing import (
    export_folder,
    export_workbook,
    package_descriptor,
    tables_markdown,
    template_bytes,
    workbook_bytes,
)

__all__ = [
    "TABLES",
    "Region",
    "export_folder",
    "export_workbook",
    "load_region",
    "needs_ferry",
    "package_descriptor",
    "region_from_tables",
    "shipped_ids",
    "shipped_region",
    "split_list",
    "tables_markdown",
    "template_bytes",
    "travel_minutes",
    "unreachable_pairs",
    "validate_region",
    "workbook_bytes",
]
