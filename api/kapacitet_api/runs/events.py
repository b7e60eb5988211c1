"""A run's events as a stream (Server-Sent Events) that goes on where a broken one ended."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from kapacitet_api.database import Database
from kapacitet_api.runs.repository import events_after
from kapacitet_api.runs.watching import Watcher

QUIET = 15.0
"""Seconds of silence before a sign of life."""
END = "end"


async def stream(database: Database, watcher: Watcher, id: str, after: int) -> AsyncIterator[str]:
    """Every event above ``after`` as it comes, until the one that ends the run; it is the last."""
    yield "retry: 2000\n\n"
    while True:
        try:
            rows = await run_in_threadpool(_read, database, id, after)
        except SQLAlchemyError:
            return  # the client comes back with the number it has reached
        for row in rows:
            after = row.number
            yield written(row)
            if row.kind == END:
                return
        if not rows and not await watcher.news(id, after, QUIET):
            yield ": \n\n"


def written(row: sa.Row[Any]) -> str:
    """An event as it goes over the line."""
    data = json.dumps({**row.payload, "at": row.at.isoformat()}, ensure_ascii=False)
    return f"id: {row.number}\nevent: {row.kind}\ndata: {data}\n\n"


def _read(database: Database, id: str, after: int) -> Sequence[sa.Row[Any]]:
    with database.read() as connection:
        return events_after(connection, id, after)
