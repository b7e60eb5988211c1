"""Who holds a run, without any process: two workers never finish one."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.runs import presence
from kapacitet_api.runs.claims import Claim, Refusal, Standing, claim_run, finish_run, kept_plan, note_standing
from kapacitet_api.runs.repository import events_after, find_run
from kapacitet_api.runs.states import State
from kapacitet_api.runs.tables import workers
from starlette.testclient import TestClient

from tests.api.workers import submit

FOUND = Standing("Søger", 0.5, 10.0, 9.0, 0.1)


def worker(database: Database, name: str) -> str:
    with database.write() as connection:
        presence.register(connection, name, "1")
    return name


def claim(database: Database, id: str, name: str, at_once: int = 9, most_attempts: int = 9) -> Claim | Refusal:
    with database.write() as connection:
        return claim_run(connection, id, name, at_once=at_once, most_attempts=most_attempts)


def release(database: Database, name: str, after: float = -1.0) -> bool:
    with database.write() as connection:
        return presence.release(connection, name, after)


def finish(database: Database, held: Claim, result: bytes) -> bool:
    with database.write() as connection:
        return finish_run(connection, held, State.DONE, result=result)


def test_only_the_newest_attempt_writes(client: TestClient, database: Database) -> None:
    a, b = worker(database, "a"), worker(database, "b")
    id = submit(client, "kort")["id"]
    first = claim(database, id, a)
    assert isinstance(first, Claim) and first.attempt == 1
    assert claim(database, id, b) is Refusal.NOT_YET
    with database.write() as connection:
        plan = {"decisions": [[1], [], []], "objective": 10.0}
        assert note_standing(connection, first, FOUND, plan, "1")
    assert release(database, a)
    second = claim(database, id, b)
    assert isinstance(second, Claim) and second.attempt == 2
    with database.write() as connection:
        assert not note_standing(connection, first, FOUND, None, "1")
        assert kept_plan(connection, id, "1") == [[1], [], []]
        assert kept_plan(connection, id, "2") is None
    assert not finish(database, first, b"of a")
    assert finish(database, second, b"of b")
    assert not finish(database, second, b"again") and not finish(database, first, b"late")
    assert claim(database, id, b) is Refusal.NEVER
    with database.read() as connection:
        row = find_run(connection, id)
        assert row is not None and row.state == "done" and row.attempts == 2
        assert [event.kind for event in events_after(connection, id, 0)].count("end") == 1


def test_a_worker_taken_for_dead_can_claim_nothing(client: TestClient, database: Database) -> None:
    a = worker(database, "a")
    assert release(database, a)
    assert claim(database, submit(client, "kort")["id"], a) is Refusal.NOT_YET
    with database.write() as connection:
        assert not presence.beat(connection, a)


def test_a_living_worker_is_not_released(client: TestClient, database: Database) -> None:
    a = worker(database, "a")
    held = claim(database, submit(client, "kort")["id"], a)
    assert isinstance(held, Claim)
    assert not release(database, a, after=15.0)
    assert finish(database, held, b"")


def test_slots_are_counted_at_the_claim(client: TestClient, database: Database) -> None:
    a = worker(database, "a")
    ids = [submit(client, "kort", seed)["id"] for seed in range(3)]
    held = claim(database, ids[0], a, at_once=1)
    assert isinstance(held, Claim)
    assert claim(database, ids[1], a, at_once=1) is Refusal.NOT_YET
    client.post(f"/api/v1/runs/{ids[0]}/cancel")  # its solving process isn't gone before the worker says so
    assert claim(database, ids[1], a, at_once=1) is Refusal.NOT_YET
    assert finish(database, held, b"too late")
    with database.read() as connection:
        row = find_run(connection, ids[0])
        assert row is not None and row.state == "cancelled" and row.result_sha256 is None
    assert isinstance(claim(database, ids[1], a, at_once=1), Claim)


def test_a_run_is_given_up_after_enough_attempts(client: TestClient, database: Database) -> None:
    id = submit(client, "kort")["id"]
    for name in ("a", "b"):
        assert isinstance(claim(database, id, worker(database, name), most_attempts=2), Claim)
        release(database, name)
    assert claim(database, id, worker(database, "c"), most_attempts=2) is Refusal.NEVER
    with database.read() as connection:
        row = find_run(connection, id)
    assert row is not None and row.state == "failed" and row.error["type"] == "/problems/given-up"


def test_a_dead_workers_cancelled_run_is_cancelled(client: TestClient, database: Database) -> None:
    a = worker(database, "a")
    id = submit(client, "kort")["id"]
    claim(database, id, a)
    client.post(f"/api/v1/runs/{id}/cancel")
    assert release(database, a)
    with database.read() as connection:
        row = find_run(connection, id)
    assert row is not None and row.state == "cancelled"


def test_a_run_whose_worker_is_dead_is_cancelled_at_once(client: TestClient, database: Database) -> None:
    a = worker(database, "a")
    id = submit(client, "kort")["id"]
    held = claim(database, id, a)
    assert isinstance(held, Claim)
    with database.write() as connection:
        connection.execute(workers.update().values(heartbeat_at=now(timedelta(seconds=-16))))
    assert client.post(f"/api/v1/runs/{id}/cancel").json()["state"] == "cancelled"
    assert not finish(database, held, b"too late")


def test_dead_workers_are_found(database: Database) -> None:
    for name in ("me", "alive", "left", "taken"):
        worker(database, name)
    with database.write() as connection:
        presence.leave(connection, "left")
        presence.leave(connection, "taken")
        presence.recovered(connection, "taken")
        assert presence.dead(connection, "me", 15.0) == ["left"]
        assert sorted(presence.dead(connection, "me", -1.0)) == ["alive", "left"]
        presence.leave(connection, "taken")
        assert sorted(presence.dead(connection, "me", 15.0)) == ["left", "taken"]
        count = sa.select(sa.func.count()).select_from(workers)
        assert connection.execute(count).scalar_one() == 4
