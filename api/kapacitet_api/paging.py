"""Pages of a list, newest first: a mark tells where the next one begins, whatever comes in meanwhile."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta

from kapacitet_api.problems import Problem

MOST = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def mark(at: datetime, id: str) -> str:
    """The place after an item made ``at`` that time."""
    text = f"{(at - _EPOCH) // timedelta(milliseconds=1)}:{id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(text: str | None) -> tuple[datetime, str] | None:
    """What :func:`mark` was made of; None for the first page.

    Raises:
        Problem: it is no such mark.
    """
    if text is None:
        return None
    try:
        number, id = (
            base64.b64decode(text + "=" * (-len(text) % 4), "-_", validate=True).decode("ascii").split(":", 1)
        )
        if not id.isprintable():
            raise ValueError("no database can hold it")
        return _EPOCH + timedelta(milliseconds=int(number)), id
    except (ValueError, binascii.Error, OverflowError):
        errors = [{"detail": "Er ikke et mærke fra en tidligere side.", "parameter": "after"}]
        raise Problem("invalid", "Ret felterne, og send igen.", errors=errors) from None
