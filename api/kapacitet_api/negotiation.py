"""Which format an answer is wanted in: ``?format=``, else ``Accept``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request

from kapacitet_api.problems import Problem


def wanted(request: Request, asked: str | None, offered: Mapping[str, str]) -> str:
    """The name of the format to answer in.

    Args:
        asked: the query's ``format``; None to go by ``Accept`` (RFC 9110, 12.5.1).
        offered: media type by name, the one to use when anything will do first.

    Raises:
        Problem: 406, none that is asked for is among them.
    """
    if asked is not None:
        if asked not in offered:
            raise _refused(offered)
        return asked
    ranges = _ranges(request.headers.get("accept") or "*/*")
    best, found = 0.0, None
    for name, kind in offered.items():
        quality = _quality(kind.split(";")[0], ranges)
        if quality > best:
            best, found = quality, name
    if found is None:
        raise _refused(offered)
    return found


def _ranges(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        kind, *parameters = (text.strip().lower() for text in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found.append((kind, quality))
    return found


def _quality(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most particular range that holds the type."""
    for pattern in (kind, f"{kind.split('/')[0]}/*", "*/*"):
        mine = [quality for one, quality in ranges if one == pattern]
        if mine:
            return max(mine)
    return 0.0


def _refused(offered: Mapping[str, str]) -> Problem:
    known = ", ".join(f"{name} ({kind.split(';')[0]})" for name, kind in offered.items())
    return Problem("not-acceptable", f"Vælg et af formaterne {known} med Accept eller ?format=.")
