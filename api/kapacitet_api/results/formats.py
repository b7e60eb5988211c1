"""Which format an answer has: what is asked for by ``?format=``, else by ``Accept`` (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request

from kapacitet_api.problems import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
TYPES: Mapping[str, str] = {"json": "application/json", "csv": "text/csv", "parquet": PARQUET, "xlsx": XLSX}
"""Short name -> media type."""


def chosen(request: Request, asked: str | None, among: Sequence[str]) -> str:
    """The format of the answer, one of ``among`` (keys of :data:`TYPES`), the first where nothing is asked.

    Raises:
        Problem: 406, none that is asked for is among them.
    """
    if asked is not None:
        if asked in among:
            return asked
        raise _refused(among)
    text = request.headers.get("accept", "").strip()
    if not text:
        return among[0]
    weighed = {name: _weight(text, TYPES[name]) for name in among}
    best = max(weighed.values())
    if best <= 0:
        raise _refused(among)
    return next(name for name in among if weighed[name] == best)


def content_type(name: str) -> str:
    """The value of ``Content-Type``."""
    return f"{TYPES[name]}; charset=utf-8" if name == "csv" else TYPES[name]


def _weight(accept: str, kind: str) -> float:
    """What a client gives for a media type: that of the narrowest range that it falls in."""
    found = (-1, 0.0)
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        narrowness = {kind: 2, f"{kind.split('/')[0]}/*": 1, "*/*": 0}.get(name)
        if narrowness is not None and narrowness > found[0]:
            found = (narrowness, _quality(parameters))
    return found[1]


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _refused(among: Sequence[str]) -> Problem:
    known = ", ".join(f"{name} ({TYPES[name]})" for name in among)
    return Problem("not-acceptable", f"Vælg et af formaterne {known} med Accept eller ?format=.")
