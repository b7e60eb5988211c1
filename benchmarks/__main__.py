"""``python -m benchmarks [CASE ...]``: measure, print, and write ``RESULTS.md``.

``python -m benchmarks futures [PART ...]`` measures plans over many futures, see ``benchmarks/futures.py``;
``python -m benchmarks service`` the web service, see ``benchmarks/service.py``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import futures, service
from benchmarks.phases import PHASES, Measure, as_json, measure
from benchmarks.registry import CASES
from benchmarks.report import HEADER, preface, row, section
from benchmarks.sections import name_of, split

RESULTS = Path(__file__).parent / "RESULTS.md"
LIMIT = 120.0
OWN = {"futures": futures.main, "service": service.main}
"""First words of command lines of their own."""


def main(words: Sequence[str]) -> int:
    """Run the command line; the exit status."""
    if words and words[0] in OWN:
        return OWN[words[0]](words[1:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", help=f"of {', '.join(CASES)}; all if none is named")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds of each search")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the report")
    parser.add_argument("--list", action="store_true", help="only name the cases")
    parser.add_argument("--phase", choices=PHASES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.list:
        print(*CASES, *OWN, sep="\n")
        return 0
    if unknown := [name for name in asked.case if name not in CASES]:
        parser.error(f"no such case: {', '.join(unknown)}")
    if asked.phase:  # the child process
        print(as_json(measure(CASES[asked.case[0]], asked.phase, asked.limit, asked.folder)))
        return 0
    chosen = asked.case or list(CASES)
    parts = [preface(f"python -m benchmarks {' '.join(chosen)} --limit {asked.limit:g}")]
    for name in chosen:
        print(f"\n{name}\n{HEADER}", flush=True)
        parts.append(section(CASES[name], _measured(name, asked.limit), asked.limit))
    if asked.out.is_file():  # sections of other commands stay
        parts += [part for part in split(asked.out.read_text("utf-8")) if name_of(part) not in {*CASES, ""}]
    asked.out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"\n{asked.out}")
    return 0


def _measured(name: str, limit: float) -> list[Measure]:
    measures = []
    with TemporaryDirectory() as folder:
        case = CASES[name]
        for phase in (phase for phase in case.phases or PHASES if phase not in case.without):
            call = [sys.executable, "-m", "benchmarks", name, "--phase", phase, "--limit", str(limit)]
            done = subprocess.run(
                [*call, "--folder", folder], stdout=subprocess.PIPE, text=True, check=True, cwd=RESULTS.parents[1]
            )
            measures.append(Measure(**json.loads(done.stdout.splitlines()[-1])))
            print(row(measures[-1]), flush=True)
    return measures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
