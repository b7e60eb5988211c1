"""The formats of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request

from kapacitet_api.negotiation import wanted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
TYPES: Mapping[str, str] = {"json": "application/json", "csv": "text/csv", "parquet": PARQUET, "xlsx": XLSX}
"""Short name -> media type."""


def chosen(request: Request, asked: str | None, among: Sequence[str]) -> str:
    """The format of the answer, one of ``among`` (keys of :data:`TYPES`), the first where nothing is asked.

    Raises:
        Problem: 406, none that is asked for is among them.
    """
    return wanted(request, asked, {name: TYPES[name] for name in among})


def content_type(name: str) -> str:
    """The value of ``Content-Type``."""
    return f"{TYPES[name]}; charset=utf-8" if name == "csv" else TYPES[name]
