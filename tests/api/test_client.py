"""The client of the documentation, run as it stands, on the shipped region."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from kapacitet_api.settings import Settings

from tests.api.ports import free_port
from tests.api.test_serve import command, ready, running
from tests.project import ROOT

PATIENCE = 280


def script() -> str:
    """The lines between the fences of the page."""
    found = re.search(
        r"## Fem linjer.*?```sh\n(.*?)```", (ROOT / "docs" / "api" / "README.md").read_text("utf-8"), re.S
    )
    assert found is not None
    return found[1]


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_the_five_lines(empty: Settings, tmp_path: Path) -> None:
    assert len(script().splitlines()) == 5
    settings = replace(empty, port=free_port())
    made = command(settings, "key", "Mit program", "--scope", "plan")
    key, errors = made.communicate(timeout=PATIENCE)
    assert made.returncode == 0, errors
    base = f"http://127.0.0.1:{settings.port}"
    environment = {**os.environ, "KAPACITET_KEY": key.strip(), "KAPACITET_API": base}
    with running(settings, "serve"), httpx2.Client(base_url=base) as client:
        ready(client)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script()],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    events, _, run = done.stdout.rpartition("\n\n")
    assert "event: progress" in events and "event: end" in events
    told = json.loads(run)
    assert told["scenario"] == "basis" and told["state"] == "done" and 0 <= told["gap"] <= 0.001
    with (tmp_path / "byggerier.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert rows and {"candidate", "municipality"} <= set(rows[0])
