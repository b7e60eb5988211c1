"""The log: one JSON object a line for programs, plain lines for a person at a terminal."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, Literal

from pythonjsonlogger.json import JsonFormatter

type Form = Literal["", "json", "tekst"]
_PLAIN = "%(asctime)s %(levelname)s %(message)s"
_ROW = re.compile(r"^DETAIL: .*$", re.MULTILINE)
"""PostgreSQL tells the row that it refuses, and what is in it."""


class _Plain(logging.Formatter):
    """A traceback without values."""

    def formatException(self, ei: Any) -> str:
        return _ROW.sub("DETAIL: …", super().formatException(ei))


class _Json(JsonFormatter):
    """Time in UTC with milliseconds, and what the line tells beside its text."""

    def formatException(self, ei: Any) -> str:
        return _ROW.sub("DETAIL: …", str(super().formatException(ei)))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def configure(form: Form) -> None:
    """Let the process log on standard error.

    Requests are logged to programs (``json``) alone; a person at a terminal (``tekst``) sees what goes wrong. Neither
    sees queries, headers, bodies or values of SQL, so nothing secret gets here.

    Args:
        form: by whether standard error is a terminal if empty.
    """
    plain = form == "tekst" or (form == "" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    fields = {"asctime": "at", "levelname": "level", "name": "logger"}
    json = _Json("%(asctime)s %(levelname)s %(name)s %(message)s", rename_fields=fields, json_ensure_ascii=False)
    handler.setFormatter(_Plain(_PLAIN) if plain else json)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("kapacitet").setLevel(logging.WARNING if plain else logging.INFO)
