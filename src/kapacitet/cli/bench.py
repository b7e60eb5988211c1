"""``kapacitet bench``: the benchmarks of the source code, run where they lie."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.faults import Fault, FaultyInput

ROOT = Path(__file__).resolve().parents[3]
FOLDER = "benchmarks"


def bench(case: str | None, limit: float | None) -> int:
    """Measure one case, or all; the table is printed and written to ``benchmarks/RESULTS.md``.

    Args:
        case: its id.
        limit: seconds of each search.

    Returns:
        the exit status.

    Raises:
        FaultyInput: the benchmarks aren't there, or don't have the case.
    """
    if not (ROOT / FOLDER / "__main__.py").is_file():
        message = "Målingerne følger kun med kildekoden."
        raise FaultyInput([Fault(message, "Kør kommandoen i en kopi af projektet, eller brug make bench.")])
    known = _run("--list", capture=True).stdout.split()
    if case is not None and case not in known:
        raise FaultyInput([Fault("Målingen kendes ikke.", f"Vælg en af {', '.join(known)}.", value=case)])
    done = _run(*([case] if case else []), *(["--limit", str(limit)] if limit else []))
    return statuses.PLAN if done.returncode == 0 else statuses.UNEXPECTED


def _run(*words: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", FOLDER, *words]
    return subprocess.run(call, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE if capture else None)
