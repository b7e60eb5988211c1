"""Removing what isn't kept any more, an hour apart, by one process at a time.

Datasets, scenarios, the audit log, published runs and those others were answered from stay.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from kapacitet_api.audit.repository import record
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.columns import now
from kapacitet_api.database import UNREACHABLE, Database, insert_new
from kapacitet_api.operation import old_rows
from kapacitet_api.operation.tables import chores
from kapacitet_api.runs.engine import RunQueue
from kapacitet_api.settings import Settings

APART: Final = timedelta(hours=1)
CHORE: Final = "retention"
ASK: Final = 60.0
"""Seconds between two questions whether it is time."""
ON_THE_QUEUE: Final = timedelta(days=7)
"""How long the queue's own books of an ended run are kept."""
AT_A_TIME: Final = 200
"""Runs that are removed in one transaction, so that others needn't wait for long."""
_log = logging.getLogger("kapacitet")


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed: numbers of rows, and of entries in the queue's books."""

    runs: int
    events: int
    plans: int
    queue: int
    blobs: int


def due(database: Database) -> bool:
    """Whether it is time, and ours to do: only one of those who ask at the same time is told so."""
    with database.write() as connection:
        insert_new(connection, chores, [{"name": CHORE, "begun_at": old_rows.BEGINNING}])
        late = chores.update().where(chores.c.name == CHORE, chores.c.begun_at < now(-APART))
        return connection.execute(late.values(begun_at=now())).rowcount == 1


class Tidying:
    """Tidies now and then, in a thread of its own."""

    def __init__(self, database: Database, settings: Settings, queue: RunQueue) -> None:
        self._database, self._settings, self._queue = database, settings, queue
        self._asked = -math.inf
        self._thread: threading.Thread | None = None

    def now_and_then(self) -> None:
        """Begin, if it is time; to be called often."""
        if time.monotonic() - self._asked < ASK or (self._thread is not None and self._thread.is_alive()):
            return
        self._asked = time.monotonic()
        if due(self._database):
            self._thread = threading.Thread(target=self._tidy, name="retention", daemon=True)
            self._thread.start()

    def _tidy(self) -> None:
        try:
            removed = tidy(self._database, self._settings, self._queue.forget)
        except UNREACHABLE:
            return  # an hour later it is tried again
        except Exception:
            _log.exception("old rows aren't removed")
            return
        if any(asdict(removed).values()):
            _log.info("old rows removed", extra=asdict(removed))


def tidy(database: Database, settings: Settings, forget: Callable[[datetime], int]) -> Removed:
    """Remove what is older than ``settings`` say.

    Args:
        forget: removes from the queue's own books what ended before a moment; how many.
    """
    events = _all(
        database, lambda connection: old_rows.remove_events(connection, settings.keep_events_days, AT_A_TIME)
    )
    plans = _all(database, old_rows.remove_plans)
    queue = forget(datetime.now(UTC) - ON_THE_QUEUE)
    runs = _all(database, lambda connection: _remove_runs(connection, settings))
    with database.write() as connection:
        unused = blobs.remove_unused(connection)
    return Removed(runs, events, plans, queue, unused)


def _all(database: Database, work: Callable[[sa.Connection], int]) -> int:
    """Do ``work``, which removes some, until none is left."""
    total = 0
    while True:
        with database.write() as connection:
            found = work(connection)
        total += found
        if not found:
            return total


def _remove_runs(connection: sa.Connection, settings: Settings) -> int:
    ids = old_rows.remove_runs(connection, settings.keep_failed_days, settings.keep_runs_days, AT_A_TIME)
    for id in ids:
        record(connection, "system", "run.remove", id)
    return len(ids)
