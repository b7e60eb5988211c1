"""Waiting for news of runs: one look at the database for all who follow one, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from kapacitet_api.database import Database
from kapacitet_api.runs.repository import last_numbers

LOOK = 0.5
"""Seconds between two looks."""
AT_A_TIME = 500
"""Runs in one query."""


@dataclass(eq=False)
class _Follower:
    """One who waits for an event of a run above a number."""

    run_id: str
    after: int
    told: asyncio.Event = field(default_factory=asyncio.Event)


class Watcher:
    """Looks for as long as anybody waits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: set[_Follower] = set()
        self._looking: asyncio.Task[None] | None = None

    async def news(self, run_id: str, after: int, seconds: float) -> bool:
        """Wait for an event of the run above ``after``, for at most so long; whether there may be one.

        It is told so too when the database can't be asked, so that the reader finds out.
        """
        follower = _Follower(run_id, after)
        self._waiting.add(follower)
        looking = self._looking
        if looking is None or looking.done() or looking.get_loop() is not asyncio.get_running_loop():
            self._looking = asyncio.create_task(self._look())
        try:
            async with asyncio.timeout(seconds):
                await follower.told.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(follower)
        return True

    async def _look(self) -> None:
        while self._waiting:
            try:
                numbers = await run_in_threadpool(self._numbers, sorted({one.run_id for one in self._waiting}))
            except SQLAlchemyError:
                for one in self._waiting:
                    one.told.set()
            else:
                for one in self._waiting:
                    if numbers.get(one.run_id, 0) > one.after:
                        one.told.set()
            await asyncio.sleep(LOOK)

    def _numbers(self, ids: Sequence[str]) -> Mapping[str, int]:
        found: dict[str, int] = {}
        with self._database.read() as connection:
            for start in range(0, len(ids), AT_A_TIME):
                found |= last_numbers(connection, ids[start : start + AT_A_TIME])
        return found
