"""``python -m benchmarks futures [PART ...]``: plans over many futures, ours and others'; written to ``FUTURES.md``.

Each part is a section of the report, written over when it is measured again; the others stay as they are.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.building import WAYS
from benchmarks.child import LONG, RUNS, measured
from benchmarks.growth import STEPS, grow, plot
from benchmarks.nation import GAP as NATION_GAP
from benchmarks.nation import LIMIT as NATION_LIMIT
from benchmarks.nation import NATION
from benchmarks.peers import PEERS
from benchmarks.report import machine
from benchmarks.sections import write_section
from benchmarks.solving import SEED
from kapacitet.planning.solver import Phase

REPORT = Path(__file__).parent / "FUTURES.md"
GAP = 0.001
LIMIT = 300.0
PEER_LIMIT = 600.0
COUNTS = (1, 10, 100, 1_000)
SAME = 0.001
FORMS = ("strengthened", "plain")
QUIET = 0.5
"""Load average below which nothing else runs."""
TITLE = (
    "# Plans over many futures\n\nMade by `python -m benchmarks futures`; run it again rather than edit this file."
)
Cell = str | float | int | None
Asked = argparse.Namespace


def main(words: Sequence[str]) -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks futures", description=__doc__)
    parser.add_argument(
        "part", nargs="*", help=f"of {', '.join(PARTS)}; by default those that need nothing installed"
    )
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="numbers of futures")
    parser.add_argument("--gap", type=float, default=GAP)
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds of each search of ours")
    parser.add_argument("--prototype", type=Path, help="the prototype's file; needed by the part prototype")
    parser.add_argument("--peers", nargs="+", choices=tuple(PEERS), default=("HiGHS",), help="solvers of part peers")
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS, help="of the extensive form, part peers")
    parser.add_argument("--peer-limit", type=float, default=PEER_LIMIT, help="seconds of each of theirs")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has the peers too")
    parser.add_argument("--mpi-python", help="an interpreter that has mpi-sppy, for the part lshaped")
    parser.add_argument("--dimensions", nargs="+", choices=tuple(STEPS), default=tuple(STEPS), help="of part growth")
    parser.add_argument("--out", type=Path, default=REPORT, help="the report")
    asked = parser.parse_args(words)
    if unknown := [name for name in asked.part if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    if "prototype" in asked.part and asked.prototype is None:
        parser.error("the part prototype needs --prototype PATH")
    if "lshaped" in asked.part and asked.mpi_python is None:
        parser.error("the part lshaped needs --mpi-python PATH")
    shown = " ".join(f"…/{Path(word).name}" if "/" in word else word for word in words)
    told = f"`python -m benchmarks futures {shown}`"
    for name in asked.part or ALONE:
        lines = [told, "", machine(), f"- seed {SEED}; below {LONG:g} s the median of {RUNS} runs, else one run", ""]
        if os.getloadavg()[0] > QUIET:
            lines.insert(-1, "- **the machine was busy with other work**: the seconds are too many")
        lines += PARTS[name](asked)
        write_section(asked.out, name, "\n".join(lines), TITLE)
        print(f"\n## {name}\n" + "\n".join(lines), flush=True)
    return 0


def _shipped(asked: Asked) -> list[str]:
    found = {n: measured("solving:solve_shipped", count=n, gap=asked.gap, limit=asked.limit) for n in asked.counts}
    rows: list[list[Cell]] = [[n, *_ours(one)] for n, one in found.items()]
    lines = [
        f"The shipped region under its own preset; gap wanted {_percent(asked.gap)}, limit {asked.limit:g} s.",
        "",
    ]
    lines += _table(("futures", *OURS), rows)
    lines += ["", "Seconds of the search by phase, the first look at few futures apart:", ""]
    lines += _table(("futures", *PHASES), [[n, *one["phases"].values()] for n, one in found.items()])
    whole = {row[0]: float(str(row[1])) for row in rows}
    if {100, 1_000} <= whole.keys():
        lines += ["", f"1 000 futures take {whole[1_000] / whole[100]:.2f} times as long as 100."]
    return lines


def _prototype(asked: Asked) -> list[str]:
    path, rows = str(asked.prototype.resolve()), []
    for n in (n for n in asked.counts if n > 1):
        theirs = measured("prototype_region:solve_theirs", path=path, count=n, method="pool")
        ours = measured("prototype_region:solve_ours", path=path, count=n, gap=asked.gap, limit=asked.limit)
        apart = abs(ours["objective"] - theirs["objective"]) / abs(theirs["objective"])
        if apart > SAME:
            raise RuntimeError(f"{n} futures: the objectives lie {_percent(apart)} apart; this is not one problem")
        seconds = ours["stage"] + ours["search"] + ours["exact"]
        rows.append(
            [n, theirs["seconds"], _percent(theirs["gap"]), theirs["peak"], seconds, ours["problem"], ours["start"],
             _percent(ours["gap"]), ours["ending"], ours["peak"], _percent(apart), theirs["seconds"] / seconds]
        )  # fmt: skip
    head = ("futures", "prototype, s", "its gap", "its MB", "ours, s", "+ problem, s", "+ process, s", "our gap",
            "ended", "our MB", "objectives apart", "times as fast")  # fmt: skip
    return [
        "The prototype's own region and futures, its pool of duals beside ours (second stage, search and an exact "
        f"pass of the plan found), gap wanted {_percent(asked.gap)} of both.",
        "",
        *_table(head, rows),
    ]


def _peers(asked: Asked) -> list[str]:
    rows: list[list[Cell]] = []
    for n in (n for n in asked.counts if n <= 10):
        ours = measured("solving:solve_shipped", count=n, gap=asked.gap, limit=asked.limit)
        mine = ours["stage"] + ours["search"] + ours["exact"]
        rows.append([n, "ours", mine, _percent(ours["gap"]), _million(ours["objective"]), ours["peak"], ""])
        for name in asked.peers:
            for form in asked.forms:
                found = measured("peers:solve_peer", python=asked.python, solver=name, count=n, gap=asked.gap,
                                 limit=asked.peer_limit, strengthen=form == FORMS[0])  # fmt: skip
                reached = found["gap"] is not None and found["gap"] <= asked.gap * (1 + 1e-6)
                rows.append(
                    [n, f"{name}, {form}", found["seconds"],
                     _percent(found["gap"]), _million(found["objective"]), found["peak"],
                     f"{'' if reached else '>= '}{found['seconds'] / mine:.1f}"]
                )  # fmt: skip
    head = ("futures", "solver", "seconds", "gap", "objective, mio. kr.", "MB", "times our seconds")
    return [
        f"The shipped region's extensive form, gap wanted {_percent(asked.gap)}, theirs stopped after "
        f"{asked.peer_limit:g} s: a ratio with >= is a lower bound, since the gap wasn't reached. Theirs are the "
        "solver's seconds alone, ours with building of the second stage and the exact pass.",
        "",
        *_table(head, rows),
    ]


def _lshaped(asked: Asked) -> list[str]:
    rows: list[list[Cell]] = []
    for n in (n for n in asked.counts if n <= 10):
        ours = measured("solving:solve_shipped", count=n, gap=asked.gap, limit=asked.limit)
        mine = ours["stage"] + ours["search"] + ours["exact"]
        found = measured("lshaped:solve_lshaped", python=asked.mpi_python, count=n, gap=asked.gap,
                         limit=asked.peer_limit)  # fmt: skip
        reached = found["gap"] is not None and found["gap"] <= asked.gap
        rows.append(
            [n, mine, _percent(ours["gap"]), found["seconds"], found["rounds"], _percent(found["gap"]),
             _million(found["objective"]), _million(found["bound"]), found["peak"],
             f"{'' if reached else '>= '}{found['seconds'] / mine:.1f}"]
        )  # fmt: skip
    head = ("futures", "ours, s", "our gap", "L-shaped, s", "its rounds", "its gap", "its best, mio. kr.",
            "its bound, mio. kr.", "its MB", "times our seconds")  # fmt: skip
    return [
        f"mpi-sppy's L-shaped method in one process on the same region, stopped after {asked.peer_limit:g} s; its "
        "plans are priced by us, outside its time.",
        "",
        *_table(head, rows),
    ]


def _building(asked: Asked) -> list[str]:
    rows: list[list[Cell]] = []
    for n in (n for n in asked.counts if n <= 100):
        values = []
        for way in WAYS:
            found = measured("building:build", python=asked.python, way=way, count=n)
            values.append(found["objective"])
            rows.append([n, way, found["seconds"], found["columns"], found["peak"]])
        if max(values) - min(values) > 1e-6 * abs(values[0]):
            raise RuntimeError(f"{n} futures: the models differ: {values}")
    return [
        "One year's recourse of the shipped region, every candidate open; all ways give the same least cost.",
        "",
        *_table(("futures", "way", "seconds to build", "columns", "MB"), rows),
    ]


def _growth(asked: Asked) -> list[str]:
    lines = [f"Made regions, gap wanted {_percent(asked.gap)}, limit {asked.limit:g} s each."]
    for dimension in asked.dimensions:
        rows = grow(dimension, asked.gap, asked.limit)
        image = plot(rows, dimension)
        lines += ["", *_table((dimension, *OURS), [[row["step"], *_ours(row)] for row in rows])]
        lines += ["", f"![{dimension}](../{image.relative_to(REPORT.parents[1]).as_posix()})"]
    return lines


def _nation(asked: Asked) -> list[str]:
    found = measured("nation:solve_made", size=asdict(NATION), gap=NATION_GAP, limit=NATION_LIMIT)
    told = ", ".join(f"{number} {name}" for name, number in asdict(NATION).items())
    return [
        f"{told}; gap wanted {_percent(NATION_GAP)}, limit {NATION_LIMIT:g} s.",
        "",
        *_table(OURS, [_ours(found)]),
    ]


PARTS: dict[str, Callable[[Asked], list[str]]] = {
    "shipped": _shipped,
    "prototype": _prototype,
    "peers": _peers,
    "lshaped": _lshaped,
    "building": _building,
    "growth": _growth,
    "nation": _nation,
}
ALONE = ("shipped", "peers", "growth", "nation")
PHASES = [phase.value for phase in Phase]
OURS = ("seconds", "problem", "stage", "search", "to 1 %", "exact", "process", "MB", "objective, mio. kr.", "gap",
        "ended", "built", "runs")  # fmt: skip


def _ours(found: dict[str, Any]) -> list[Cell]:
    parts = [found[name] for name in ("problem", "stage", "search", "exact")]
    return [
        f"{sum(parts):.2f}", *parts[:3], found["near"], parts[3], found["start"], found["peak"],
        _million(found["objective"]), _percent(found["gap"]), found["ending"], found["built"], found["runs"],
    ]  # fmt: skip


def _table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    lines = [list(head), ["---"] * len(head), *([_shown(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell >= 100 else f"{cell:.2f}"
    return "" if cell is None else str(cell)


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.3g} %"


def _million(kroner: float | None) -> str:
    return "none" if kroner is None else f"{kroner / 1e6:.3f}"
