"""Requests about runs: what is answered at once, what is refused, and how."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from kapacitet_api.app import create_app
from kapacitet_api.database import Database
from kapacitet_api.runs import presence
from kapacitet_api.runs.claims import Claim, claim_run, finish_run
from kapacitet_api.runs.repository import events_after
from kapacitet_api.runs.states import State
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.workers import look, submit

RUNS = "/api/v1/runs"


def solve(database: Database, id: str, result: bytes = b"svar") -> None:
    """Finish a run without a worker."""
    with database.write() as connection:
        presence.register(connection, f"w-{id}", "1")
        held = claim_run(connection, id, f"w-{id}", at_once=99, most_attempts=9)
        assert isinstance(held, Claim)
        assert finish_run(connection, held, State.DONE, result=result)


def pointers(answer: Any) -> set[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return {one.get("pointer") or one["parameter"] for one in answer.json()["errors"]}


def test_a_run_is_accepted_at_once(client: TestClient) -> None:
    began = time.monotonic()
    answer = client.post(RUNS, json={"scenario": "kort"})
    assert answer.status_code == 202 and time.monotonic() - began < 2.0
    run = answer.json()
    assert answer.headers["location"] == f"{RUNS}/{run['id']}"
    assert (run["state"], run["dataset"], run["scenario_version"]) == ("queued", "proeve-1", 1)
    assert client.get(answer.headers["location"]).json() == run


def test_a_repeated_request_is_one_run(client: TestClient) -> None:
    headers, body = {"Idempotency-Key": "a-1"}, {"scenario": "kort"}
    first = client.post(RUNS, json=body, headers=headers)
    again = client.post(RUNS, json=body, headers=headers)
    assert again.status_code == 202 and again.json()["id"] == first.json()["id"]
    assert again.headers["idempotent-replayed"] == "true" and "idempotent-replayed" not in first.headers
    other = client.post(RUNS, json={"scenario": "lang"}, headers=headers)
    assert other.status_code == 409 and other.json()["type"] == "/problems/conflict"
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: client.post(RUNS, json=body, headers={"Idempotency-Key": "b"}), range(8)))
    assert {answer.status_code for answer in together} == {202}
    assert len({answer.json()["id"] for answer in together}) == 1
    assert len(client.get(RUNS).json()["items"]) == 2


def test_an_equal_finished_run_answers(client: TestClient, database: Database) -> None:
    first = submit(client, "kort")
    assert submit(client, "kort")["state"] == "queued"  # nothing to answer from yet
    solve(database, first["id"])
    done = look(client, first["id"])
    same = submit(client, "kort")
    assert (same["state"], same["reused_from"], same["result"]) == ("done", first["id"], done["result"])
    assert submit(client, "kort", again=True)["state"] == "queued"
    assert submit(client, "kort", seed=2)["state"] == "queued"
    assert submit(client, "lang")["state"] == "queued"
    with database.read() as connection:
        assert [event.kind for event in events_after(connection, same["id"], 0)] == ["end"]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"#/scenario"}),
        ({"scenario": "findes-ikke"}, {"#/scenario"}),
        ({"scenario": "kort", "scenario_version": 7}, {"#/scenario"}),
        ({"scenario": "kort", "dataset": "andet-1"}, {"#/dataset"}),
        ({"scenario": "../kort"}, {"#/scenario"}),
        ({"scenario": "kort\u0000"}, {"#/scenario"}),
        ({"scenario": "kort", "options": {"gap": 2}, "x": 1}, {"#/options/gap", "#/x"}),
        ({"scenario": "kort", "options": {"gap": "0,1"}}, {"#/options/gap"}),
        ({"scenario": "kort", "options": {"seed": 2**70}}, {"#/options/seed"}),
        ({"scenario": "kort", "options": {"time_limit": 7200}}, {"#/options/time_limit"}),
        ({"scenario": "kort", "options": []}, {"#/options"}),
        ([], {"#"}),
    ],
)
def test_wrong_bodies(client: TestClient, body: Any, wrong: set[str]) -> None:
    answer = client.post(RUNS, json=body)
    assert answer.status_code == 422
    assert pointers(answer) == wrong


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b"[" * 100_000, b'{"scenario": ' + b"9" * 5000 + b"}", b'{"scenario": "\\ud800"}', b"NaN"],
)
def test_bodies_that_cannot_be_read(client: TestClient, content: bytes) -> None:
    answer = client.post(RUNS, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "application/zip"])
def test_a_body_that_is_too_large(client: TestClient, kind: str) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(2):
            yield b" " * 1024 * 1024

    for content in (b" " * (1024 * 1024 + 1), parts()):
        answer = client.post(RUNS, content=content, headers={"Content-Type": kind})
        assert answer.status_code == 413 and answer.json()["type"] == "/problems/too-large"


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_a_full_disk(client: TestClient, database: Database) -> None:
    def full(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA max_page_count=1")  # no more than there are

    sa.event.listen(database.engine, "connect", full)
    database.engine.dispose()
    for seed in range(200):
        answer = client.post(RUNS, json={"scenario": "kort", "options": {"seed": seed}})
        if answer.status_code != 202:
            break
    assert answer.status_code == 503 and answer.json()["type"] == "/problems/unavailable"
    assert "retry-after" in answer.headers and client.get(RUNS).status_code == 200
    sa.event.remove(database.engine, "connect", full)
    database.engine.dispose()
    assert submit(client, "kort", seed)["state"] == "queued"
    assert len(client.get(RUNS, params={"limit": 200}).json()["items"]) == seed + 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{RUNS}/00000000-0000-0000-0000-000000000000", 404),
        (f"{RUNS}/00000000-0000-0000-0000-000000000000/events", 404),
        (f"{RUNS}/x", 422),
        (f"{RUNS}?limit=0", 422),
        (f"{RUNS}?limit=1000000", 422),
        (f"{RUNS}?state=x", 422),
        (f"{RUNS}?after=x", 422),
        (f"{RUNS}?after=LTk5OTk5OTk5OTk5OTk5OTk5OTk5OmE", 422),
        (f"{RUNS}?scenario=%00", 422),
        ("/api/v1/findes-ikke", 404),
    ],
)
def test_wrong_addresses(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_pages(client: TestClient) -> None:
    made = [submit(client, "kort" if seed % 2 else "lang", seed)["id"] for seed in range(7)]
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(RUNS, params={"limit": 3, **after}).json()
        found += [run["id"] for run in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert sorted(found) == sorted(made) and len(found) == 7
    times = [look(client, id)["created_at"] for id in found]
    assert times == sorted(times, reverse=True)
    assert len(client.get(RUNS, params={"scenario": "lang"}).json()["items"]) == 4
    client.post(f"{RUNS}/{made[0]}/cancel")
    assert [run["id"] for run in client.get(RUNS, params={"state": "cancelled"}).json()["items"]] == [made[0]]


def test_too_many_that_wait(settings: Settings, database: Database, client: TestClient) -> None:
    from dataclasses import replace

    app = create_app(replace(settings, most_queued=2), database)
    with TestClient(app, headers=client.headers) as few:
        for seed in range(2):
            submit(few, "kort", seed)
        refused = few.post(RUNS, json={"scenario": "kort", "options": {"seed": 3}})
    assert refused.status_code == 429 and refused.headers["retry-after"] == "60"


def test_events_go_on_where_they_ended(client: TestClient, database: Database) -> None:
    id = submit(client, "kort")["id"]
    solve(database, id)
    whole = client.get(f"{RUNS}/{id}/events")
    assert whole.headers["content-type"].startswith("text/event-stream")
    events = [block for block in whole.text.split("\n\n") if block.startswith("id: ")]
    assert [block.split("\n")[0] for block in events] == [f"id: {number + 1}" for number in range(len(events))]
    assert "event: end" in events[-1]
    assert json.loads(events[-1].split("data: ")[1])["state"] == "done"
    rest = client.get(f"{RUNS}/{id}/events", headers={"Last-Event-ID": "1"}).text
    assert [block for block in rest.split("\n\n") if block.startswith("id: ")] == events[1:]
    assert client.get(f"{RUNS}/{id}/events", headers={"Last-Event-ID": "x"}).status_code == 422
