"""Many who follow cost one look; each is told of its own run's news."""

from __future__ import annotations

import asyncio
import time

import pytest
from kapacitet_api.database import Database
from kapacitet_api.runs import watching
from kapacitet_api.runs.repository import add_event
from kapacitet_api.runs.watching import Watcher
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from tests.api.workers import submit


def test_many_followers_are_one_query(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LOOK", 0.05)
    first, second = (submit(client, "proeve", seed=n)["id"] for n in range(2))
    looks = []
    watcher = Watcher(database)
    numbers = watcher._numbers
    monkeypatch.setattr(watcher, "_numbers", lambda ids: looks.append(ids) or numbers(ids))

    async def follow() -> tuple[list[bool], bool]:
        many = [asyncio.create_task(watcher.news(first, 1, 10)) for _ in range(200)]
        other = asyncio.create_task(watcher.news(second, 1, 0.6))
        await asyncio.sleep(0.3)
        with database.write() as connection:
            add_event(connection, first, "progress", {})
        began = time.monotonic()
        told = await asyncio.gather(*many)
        assert time.monotonic() - began < 1
        return told, await other

    told, other = asyncio.run(follow())
    assert told == [True] * 200 and other is False
    assert len(looks) < 20 and all(ids == sorted({first, second}) or ids == [second] for ids in looks)


def test_old_news_are_told_at_once_and_nobody_looks_when_nobody_waits(client: TestClient, database: Database) -> None:
    id = submit(client, "proeve")["id"]
    watcher = Watcher(database)

    async def follow() -> None:
        began = time.monotonic()
        assert await watcher.news(id, 0, 10)
        assert time.monotonic() - began < watching.LOOK
        assert not await watcher.news(id, 1, 0.01)
        assert watcher._looking is not None
        await asyncio.wait_for(watcher._looking, 2)

    asyncio.run(follow())


def test_a_database_that_is_away_is_told_too(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(database, "read", away)
    assert asyncio.run(Watcher(database).news("x", 0, 5))
