"""Uploads: what is kept, what is refused with every fault, and files made to harm."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from kapacitet_api.app import create_app
from kapacitet_api.audit.tables import audit
from kapacitet_api.database import Database
from kapacitet_api.regions.repository import newest_dataset
from kapacitet_api.regions.tables import datasets
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.regions import files
from tests.api.regions.files import WORKBOOK, ZIP, archive, book, changed, zipped

DATASETS = "/api/v1/regions/proeve/datasets"
SQLITE_ONLY = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def send(client: TestClient, data: Any, kind: str = ZIP, path: str = DATASETS, **query: str) -> Any:
    return client.post(path, content=data, headers={"Content-Type": kind}, params=query)


def told(answer: Any, status: int = 422) -> str:
    """The problem's texts; it must be a problem."""
    assert answer.status_code == status, answer.text[:2000]
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    return " ".join([body["detail"], *(one["detail"] for one in body.get("errors", []))])


def test_a_workbook_becomes_the_next_version(client: TestClient, database: Database) -> None:
    answer = send(client, book(changed(**{"575": "Brørup"})), WORKBOOK, note="Nyt rådhus")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["id"], made["version"], made["note"], made["usable"]) == ("proeve-2", 2, "Nyt rådhus", True)
    assert made["input_hash"] == changed(**{"575": "Brørup"}).content_hash
    assert answer.headers["location"] == f"{DATASETS}/2"
    read = client.get(answer.headers["location"])
    assert read.json() == made and read.headers["etag"] == answer.headers["etag"]
    with database.read() as connection:
        row = connection.execute(sa.select(audit).where(audit.c.object == "proeve-2")).one()
        newest = newest_dataset(connection, "proeve")
    assert row.what == "dataset.create" and row.input_hash == made["input_hash"] and row.who.startswith("key:")
    assert newest is not None and newest.id == "proeve-2"


def test_the_same_content_is_the_same_version(client: TestClient) -> None:
    for data, kind in ((archive(), ZIP), (book(), WORKBOOK)):
        answer = send(client, data, kind)
        assert answer.status_code == 200 and answer.json()["id"] == "proeve-1"
    assert len(client.get(DATASETS).json()["items"]) == 1


def test_a_download_sent_back_is_the_same_version(client: TestClient) -> None:
    send(client, book(changed(**{"575": "Brørup"})), WORKBOOK)
    for format, kind in (("zip", ZIP), ("xlsx", WORKBOOK)):
        data = client.get(f"{DATASETS}/2/download", params={"format": format})
        assert data.headers["content-type"] == kind
        answer = send(client, data.content, kind)
        assert answer.status_code == 200 and answer.json()["version"] == 2
    old = client.get(f"{DATASETS}/1/download").content
    assert send(client, old).json()["version"] == 3  # it isn't the newest, so it is kept anew


def test_a_new_region(client: TestClient) -> None:
    found = files.parts(archive())
    descriptor = json.loads(found["datapackage.json"])
    descriptor |= {"name": "ny-region", "licenses": [{"name": "CC-BY-4.0"}], "hobby": "x"}
    data = zipped({**found, "datapackage.json": json.dumps(descriptor).encode()})
    mismatch = send(client, data)
    assert "hedder ny-region" in told(mismatch)
    assert mismatch.json()["errors"][0]["pointer"] == "#/id"
    answer = send(client, data, path="/api/v1/regions/ny-region/datasets")
    assert answer.status_code == 201 and answer.json()["id"] == "ny-region-1"
    assert [one["id"] for one in client.get("/api/v1/regions").json()["items"]] == ["ny-region", "proeve"]
    kept = json.loads(
        files.parts(client.get("/api/v1/regions/ny-region/datasets/1/download").content)["datapackage.json"]
    )
    assert kept["licenses"] == [{"name": "CC-BY-4.0"}] and "hobby" not in kept


def test_all_faults_at_once(client: TestClient) -> None:
    answer = send(client, files.spoilt())
    text = told(answer)
    places = {(one.get("table"), one.get("column"), one.get("value")) for one in answer.json()["errors"]}
    assert {("offers", "places", "tolv"), ("demand", "municipality", "999")} <= places
    assert all(one["row"] > 1 for one in answer.json()["errors"] if one.get("table") == "offers")
    assert answer.json()["count"] == len(answer.json()["errors"]) and "den er ikke gemt" in text
    assert len(client.get(DATASETS).json()["items"]) == 1


def test_names_in_a_sound_file_that_no_database_can_hold(client: TestClient) -> None:
    found = files.parts(archive())
    descriptor = json.loads(found["datapackage.json"])
    descriptor["resources"].append({"name": "\0\ud800" + "x" * 5000, "path": "a.csv"})
    descriptor["title"] = "Ny"
    answer = send(client, zipped({**found, "datapackage.json": json.dumps(descriptor).encode()}))
    assert answer.status_code == 201, answer.text
    (warning,) = (one for one in answer.json()["warnings"] if "xxx" in one["detail"])
    assert "\ufffd\ufffdxxx" in warning["detail"] and len(warning["detail"]) <= 1000


HARMFUL: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "bombe": (files.bomb, ZIP, "pakkes ud|svulmer op"),
    "latter": (files.laughs, WORKBOOK, "XML-entiteter"),
    "kæmpeark": (files.huge_dimension, WORKBOOK, "kolonner|rækker"),
    "sti": (lambda: files.with_part("../../ud.csv", b"x"), ZIP, "fører ud af dens mappe"),
    "rod": (lambda: files.with_part("/etc/passwd", b"x"), ZIP, "fører ud af dens mappe"),
    "andetsteds": (lambda: files.elsewhere("../../../etc/passwd"), ZIP, "fører ud af regionens mappe"),
    "net": (lambda: files.elsewhere("http://127.0.0.1/x.csv"), ZIP, "fører ud af regionens mappe"),
    "makroer": (lambda: files.with_part("xl/vbaProject.bin", b"x", book), WORKBOOK, "makroer"),
    "kodeord": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, WORKBOOK, "adgangskode"),
    "krypteret": (files.encrypted, ZIP, "krypteret"),
    "forklædt projektmappe": (book, ZIP, "er en Excel-projektmappe"),
    "forklædt zip": (archive, WORKBOOK, "Content-Type application/zip"),
    "afskåret": (lambda: archive()[:-200], ZIP, "beskadiget"),
    "afskåret bog": (lambda: book()[: len(book()) // 2], WORKBOOK, "beskadiget"),
    "løgn": (files.lying_sizes, ZIP, "beskadiget"),
    "tom": (lambda: b"", ZIP, "ikke sendt nogen fil"),
    "ikke en zip": (lambda: b"hej", ZIP, "beskadiget"),
    "tom zip": (lambda: zipped({}), ZIP, "datapackage.json"),
    "latin-1": (
        lambda: files.with_part(
            "municipalities.csv",
            files.parts(archive())["municipalities.csv"].replace(b"Fan", "Fanø".encode("latin-1")),
        ),
        ZIP,
        "UTF-8",
    ),
    "utf-16": (lambda: files.with_part("offers.csv", "id,name".encode("utf-16")), ZIP, "UTF-16"),
    "en million rækker": (files.many_rows, ZIP, "200.000 rækker"),
    "dyb json": (lambda: files.with_part("datapackage.json", b"[" * 200_000), ZIP, "JSON"),
    "zip i zip": (lambda: zipped({"indre.zip": archive()}), ZIP, "datapackage.json"),
    "surrogat": (lambda: files.with_part("datapackage.json", b'{"name": "\\ud800"}'), ZIP, "id"),
    "nul": (lambda: files.with_part("datapackage.json", b'{"name": "a\\u0000b"}'), ZIP, "id"),
}


@SQLITE_ONLY
def test_harmful_files(client: TestClient, settings: Settings) -> None:
    """One test for all, so that the memory of this process is seen over all of them."""
    before = _memory()
    for name, (make, kind, words) in HARMFUL.items():
        data = make()
        began = time.monotonic()
        text = told(send(client, data, kind))
        assert any(word in text for word in words.split("|")), (name, text[:500])
        assert time.monotonic() - began < 30, name
        del data
    assert len(client.get(DATASETS).json()["items"]) == 1
    assert _memory() < before + 1500
    assert not list(Path("/tmp").glob(f"kapacitet-run-{os.getpid()}-*"))


def _memory() -> float:
    """Resident megabytes of this process."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return float(text.split("VmRSS:")[1].split()[0]) / 1024


@SQLITE_ONLY
def test_what_fills_the_memory_ends_alone(settings: Settings, database: Database, client: TestClient) -> None:
    tight = create_app(replace(settings, check_memory_mb=600), database)
    data = files.quiet_bomb(100)
    assert len(data) < 50_000_000
    with TestClient(tight, headers=client.headers, raise_server_exceptions=False) as few:
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(send, few, data, WORKBOOK)
            longest = 0.0
            while not sent.done():  # the API answers all the while
                began = time.monotonic()
                assert few.get("/healthz").status_code == 200
                longest = max(longest, time.monotonic() - began)
                time.sleep(0.05)
        assert "hukommelse" in told(sent.result()) and longest < 5.0
        assert send(few, archive()).status_code == 200


@SQLITE_ONLY
def test_what_takes_too_long_is_ended(settings: Settings, database: Database, client: TestClient) -> None:
    hasty = create_app(replace(settings, check_seconds=2), database)
    with TestClient(hasty, headers=client.headers, raise_server_exceptions=False) as few:
        began = time.monotonic()
        assert "ikke læst på 2 sekunder" in told(send(few, files.quiet_bomb(150), WORKBOOK))
        assert time.monotonic() - began < 30
    assert not _children()


@SQLITE_ONLY
def test_too_many_at_once(settings: Settings, database: Database, client: TestClient) -> None:
    app = create_app(settings, database)
    gate = threading.Event()

    def slow() -> Iterator[bytes]:
        yield archive()[:100]
        gate.wait(20)
        yield archive()[100:]

    with TestClient(app, headers=client.headers, raise_server_exceptions=False) as few, ThreadPoolExecutor(9) as pool:
        sent = [app.state.hands.receiving() for _ in range(8)]
        for one in sent:
            one.__enter__()
        refused = send(few, archive())
        assert "for mange" in told(refused, 429) and refused.headers["retry-after"] == "10"
        for one in sent:
            one.__exit__(None, None, None)
        several = [pool.submit(send, few, slow()) for _ in range(4)]
        gate.set()
        assert [one.result().status_code for one in several] == [200] * 4


def test_a_process_ends_with_its_api(tmp_path: Path) -> None:
    """The API is killed in the middle of an upload; what reads it doesn't live on."""
    (tmp_path / "fil.xlsx").write_bytes(files.quiet_bomb(250))
    code = (
        "import sys; from pathlib import Path; from kapacitet_api.regions.hands import Hands;"
        "from kapacitet_api.settings import Settings;"
        f"Hands(Settings()).run('upload', Path({str(tmp_path)!r}), file='fil.xlsx')"
    )
    import sys

    with subprocess.Popen([sys.executable, "-c", code]) as api:
        deadline = time.monotonic() + 20
        while not (found := _children(api.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert found
        time.sleep(1.0)
        api.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{child}/cmdline").exists() for child in found) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{child}/cmdline").exists() for child in found)


def _children(parent: int | None = None) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text, command = status.read_text(), (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if f"PPid:\t{parent or os.getpid()}\n" in text and b"kapacitet_api.regions.child" in command:
            found.append(int(status.parent.name))
    return found


@pytest.mark.parametrize(
    "kind",
    ["", "application/json", "text/csv", "application/vnd.ms-excel.sheet.macroEnabled.12", "multipart/form-data"],
)
def test_other_content_types(client: TestClient, kind: str) -> None:
    text = told(send(client, b"x", kind), 415)
    assert ("makroer" in text) == ("macro" in kind)


@SQLITE_ONLY
def test_the_limit_of_an_upload(settings: Settings, database: Database, client: TestClient) -> None:
    app = create_app(replace(settings, body_mb=2), database)

    def stream(megabytes: int) -> Iterator[bytes]:
        for _ in range(megabytes):
            yield b"\0" * 1024 * 1024

    with TestClient(app, headers=client.headers) as few:
        assert "beskadiget" in told(send(few, b"\0" * 2 * 1024 * 1024))
        for data in (b"\0" * (2 * 1024 * 1024 + 1), stream(3)):
            told(send(few, data), 413)
        told(few.post("/api/v1/runs", content=stream(2), headers={"Content-Type": ZIP}), 413)


def test_nothing_is_read_of_one_who_may_not(anonymous: TestClient, keys: Any) -> None:
    read: list[int] = []

    def body() -> Iterator[bytes]:
        for number in range(5):
            read.append(number)
            yield b"\0" * 1024

    assert send(anonymous, archive()).status_code == 401
    anonymous.headers["Authorization"] = f"Bearer {keys['read']}"
    assert send(anonymous, body()).status_code == 403


def test_many_at_the_same_time_are_versions_in_order(client: TestClient, database: Database) -> None:
    books = [book(changed(**{"575": f"By {number}"})) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda data: send(client, data, WORKBOOK), [*books, books[0]]))
    assert {answer.status_code for answer in answers} <= {200, 201}, [answer.text for answer in answers]
    with database.read() as connection:
        rows = connection.execute(sa.select(datasets.c.version, datasets.c.input_hash)).all()
    versions = sorted(row.version for row in rows)
    assert versions == list(range(1, len(versions) + 1)) and len(versions) in (5, 6)


@pytest.mark.parametrize("id", ["X", "-a", "a b", "æ", "a" * 81, "a%00", "%F0%9F%8D%8E", "a%0Ab"])
def test_wrong_ids(client: TestClient, id: str) -> None:
    told(send(client, archive(), path=f"/api/v1/regions/{id}/datasets"))
    assert client.get(f"/api/v1/regions/{id}").status_code == 422
    assert client.get("/api/v1/regions/..%2F..%2Fetc/datasets").status_code == 404
    told(client.post(DATASETS + "?note=%00", content=archive(), headers={"Content-Type": ZIP}))
