"""``python -m benchmarks service``: the API while solves use every core, for SQLite and PostgreSQL.

The load generator is wrk (Debian's package ``wrk``), on loopback: each request is asked again and again over so many
connections for so many seconds. ``kapacitet serve`` runs as anybody runs it, with its worker; runs without an end are
solved meanwhile, one on each core.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.database import open_database
from kapacitet_api.serving import prepare
from kapacitet_api.settings import Settings

from benchmarks.report import machine
from benchmarks.sections import write_section
from tests.api import postgres
from tests.api.ports import free_port

REPORT = Path(__file__).parent / "RESULTS.md"
TARGET = 100.0
"""Milliseconds that the median of a read may take."""
PATIENCE = 120.0
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True)
class Measured:
    """What wrk tells: requests a second, and milliseconds by share."""

    rate: float
    median: float
    p99: float
    errors: int


def main(words: Sequence[str]) -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks service", description=__doc__)
    parser.add_argument("--seconds", type=int, default=10, help="of each request")
    parser.add_argument("--connections", type=int, nargs="+", default=(1, 16))
    parser.add_argument("--out", type=Path, default=REPORT, help="the report")
    asked = parser.parse_args(words)
    if shutil.which("wrk") is None:
        parser.error("wrk is needed: install Debian's package wrk")
    lines = [f"`python -m benchmarks service {' '.join(words)}`".replace(" `", "`"), "", machine()]
    lines += [
        f"- load generator: wrk, {asked.seconds} s for each line, beside a solve on each core",
        "",
        "| database | request | connections | requests a second | median, ms | 99 %, ms |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    slow = []
    for name in ("SQLite", "PostgreSQL"):
        for request, connections, found in _measure(name, asked.seconds, asked.connections):
            row = f"| {name} | {request} | {connections} | {found.rate:.0f} | {found.median:.1f} | {found.p99:.0f} |"
            lines.append(row)
            print(row, flush=True)
            slow += [f"{name}, {request}, {connections} connections"] if found.median > TARGET else []
            if found.errors:
                raise SystemExit(f"{found.errors} answers were errors")
    told = f"**over {TARGET:.0f} ms: {'; '.join(slow)}**" if slow else f"each under {TARGET:.0f} ms"
    lines += ["", f"- Medians: {told}."]
    write_section(asked.out, "service", "\n".join(lines))
    return 0


def _measure(name: str, seconds: int, connections: Sequence[int]) -> Iterator[tuple[str, int, Measured]]:
    with _serving(name) as (base, key, client):
        for title, path, headers in _requests(client):
            for count in connections:
                yield title, count, _wrk(base + path, {"Authorization": f"Bearer {key}", **headers}, count, seconds)
        unfinished = [run["state"] for run in client.get("/api/v1/runs").json()["items"]]
        assert unfinished.count("running") == os.cpu_count(), f"the solves ended before the load: {unfinished}"


def _requests(client: httpx2.Client) -> list[tuple[str, str, dict[str, str]]]:
    """Title, path and headers of what is asked; a solved and published run is there."""
    done = client.get("/api/v1/runs", params={"state": "done"}).json()["items"][0]["id"]
    summary = "/api/v1/dashboard/summary?region=syddanmark"
    tag = client.get(summary).raise_for_status().headers["ETag"]
    found = [
        ("list of runs", "/api/v1/runs", {}),
        ("a run", f"/api/v1/runs/{done}", {}),
        ("list of scenarios", "/api/v1/scenarios", {}),
        ("table `builds`", f"/api/v1/runs/{done}/tables/builds", {}),
        ("table `placements`, 100 rows", f"/api/v1/runs/{done}/tables/placements?limit=100", {}),
        ("dashboard", summary, {}),
        ("dashboard, unchanged", summary, {"If-None-Match": tag}),
    ]
    for _, path, headers in found:
        assert client.get(path, headers=headers).status_code in (200, 304), path
    return found


@contextmanager
def _serving(name: str) -> Iterator[tuple[str, str, httpx2.Client]]:
    """A service with a published run, and one run without an end for each core; its address, a key and a client."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        cores = os.cpu_count() or 1
        settings = Settings(data=folder / "data", port=free_port(), runs_at_once=cores, worker_runs=cores)
        if name == "PostgreSQL":
            settings = replace(settings, database_url=f"{stack.enter_context(postgres.server())}/postgres")
        # The limits on one party would answer 429 instead.
        settings = replace(settings, requests_a_minute=10_000_000, address_requests_a_minute=10_000_000)
        prepare(settings)
        database = open_database(settings)
        with database.write() as connection:
            key = create_key(connection, "måling", [Scope.ADMIN], "system")
        database.close()
        stack.enter_context(_process(settings))
        base = f"http://127.0.0.1:{settings.port}"
        headers = {"Authorization": f"Bearer {key}"}
        client = stack.enter_context(httpx2.Client(base_url=base, headers=headers, timeout=60))
        _until(lambda: client.get("/readyz").status_code == 200)
        _publish(client, _run(client, gap=0.01))
        endless = [_run(client, gap=0.0, seed=seed, time_limit=3600.0) for seed in range(cores)]
        _until(lambda: all(client.get(f"/api/v1/runs/{id}").json()["best"] is not None for id in endless))
        yield base, key, client


def _run(client: httpx2.Client, **options: Any) -> str:
    answer = client.post("/api/v1/runs", json={"scenario": "basis", "options": options})
    id: str = answer.raise_for_status().json()["id"]
    return id


def _publish(client: httpx2.Client, id: str) -> None:
    _until(lambda: client.get(f"/api/v1/runs/{id}").json()["state"] == "done")
    client.post(f"/api/v1/runs/{id}/publish").raise_for_status()
    summary = "/api/v1/dashboard/summary?region=syddanmark"
    _until(lambda: client.get(summary).status_code == 200)


@contextmanager
def _process(settings: Settings) -> Iterator[None]:
    words = [sys.executable, "-m", "kapacitet.cli", "serve"]
    process = subprocess.Popen(
        words, env={**os.environ, **settings.environment()}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _wrk(address: str, headers: dict[str, str], connections: int, seconds: int) -> Measured:
    words = ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    told = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    text = subprocess.run([*words, *told, address], check=True, capture_output=True, text=True).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    assert rate is not None, text
    return Measured(float(rate[1]), _share(text, 50), _share(text, 99), int(errors[1]) if errors else 0)


def _share(text: str, percent: int) -> float:
    """Milliseconds within which so many percent of the requests were answered."""
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.MULTILINE)
    assert found is not None, text
    return float(found[1]) * _UNITS[found[2]]


def _until(holds: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if holds():
                return
        except httpx2.TransportError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("the service didn't come to where it can be measured")
        time.sleep(0.2)
