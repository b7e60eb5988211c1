"""Ctrl-C and SIGTERM in a process of its own: a plan is kept, a second one ends everything, never a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kapacitet.insight.store import read_result
from tests.cli.waiting import DEAF, KEEPS_A_PLAN
from tests.project import ROOT
from tests.report.world import scenario, write_scenario

PATIENCE = 60


def start(folder: Path, description: str) -> subprocess.Popen[str]:
    """A solve that waits for a stop; the call returns when it searches."""
    path = write_scenario(folder)
    text = scenario().model_copy(update={"description": description}).model_dump_json()
    path.write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.waiting", "solve", str(path), "--out", str(folder / "plan")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "klar\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_plan_is_kept(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path, KEEPS_A_PLAN)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert "Vejle bygger 12 pladser" in out
    assert "beholder den bedste plan" in err and "Traceback" not in err
    assert read_result(tmp_path / "plan").summary["name"] == "Prøve"


def test_stopped_before_any_plan(tmp_path: Path) -> None:
    process = start(tmp_path, "")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4
    assert out == "" and "før der var fundet en plan" in err and "Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} == {"proeve", "prøve.json"}


def test_a_second_signal_ends_everything(tmp_path: Path) -> None:
    process = start(tmp_path, DEAF)
    process.send_signal(signal.SIGINT)
    assert process.stdout is not None and process.stdout.readline() == "hørt\n"
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, err = process.communicate(timeout=PATIENCE)
    assert time.monotonic() - began < 5
    assert process.returncode == 4
    assert err.endswith("Afbrudt. Intet er skrevet.\n") and "Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} == {"proeve", "prøve.json"}


def test_a_real_search_can_be_stopped(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kapacitet.cli", "solve", "basis", "--out", str(tmp_path / "plan"), "--gap", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    deadline = time.monotonic() + PATIENCE
    while not any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 4), err
    assert "Traceback" not in err
    assert (tmp_path / "plan").is_dir() == (process.returncode == 0)


def test_nobody_reads_the_output() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kapacitet.cli", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=PATIENCE)
    assert "Traceback" not in err and "Exception" not in err


def test_output_that_knows_no_danish_letters() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kapacitet.cli", "diff", "basis", "hoej_vaekst"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii"},
        timeout=PATIENCE,
    )
    assert done.returncode == 0
    assert b"Fremskrivning" in done.stdout
