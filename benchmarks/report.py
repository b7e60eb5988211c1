"""What was measured, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.phases import RUNS, SHORT, Measure
from benchmarks.registry import Case
from kapacitet.insight.run import versions

HEADER = (
    "| phase | seconds | runs | peak MB | columns | rows | objective, mio. kr. | bound, mio. kr. | gap | ended |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
)
MILLION = 1e6


def machine() -> str:
    """Cores, memory, processor, load, Python and versions, as a list."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    one, five, _ = os.getloadavg()
    told = ", ".join(f"{name} {version}" for name, version in versions().items() if name != "python")
    return (
        f"- machine: {os.cpu_count()} cores, {memory:.0f} GB memory, {_processor()}, {platform.system()}\n"
        f"- load average when it began: {one:.1f} (1 minute), {five:.1f} (5 minutes)\n"
        f"- Python {platform.python_version()}, {told}\n"
        f"- date: {date.today().isoformat()}"
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def row(measured: Measure) -> str:
    """A measure as a row of the table."""
    cells = [
        measured.phase,
        f"{measured.seconds:.2f}" if measured.seconds < 100 else f"{measured.seconds:.0f}",
        str(measured.runs),
        f"{measured.peak:.0f}",
        _count(measured.columns),
        _count(measured.rows),
        _money(measured.objective),
        _money(measured.bound),
        "" if measured.gap is None else f"{100 * measured.gap:.3f} %",
        {None: "", "optimal": "gap reached", "stoppet med plan": "limit, with a plan"}.get(
            measured.ending, "limit, without a plan"
        ),
    ]
    return f"| {' | '.join(cells)} |"


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}".replace(",", " ")


def _money(kroner: float | None) -> str:
    return "" if kroner is None else f"{kroner / MILLION:.{3 if abs(kroner) >= MILLION else 6}f}"


def section(case: Case, measured: Sequence[Measure], limit: float) -> str:
    """A case: its settings, the table, and what strengthening and decomposition bring."""
    scenario = case.scenario()
    wanted = f"gap wanted {100 * scenario.solver.gap:g} %, solver seed {scenario.futures.seed}"
    lines = [
        f"## {case.id}",
        f"{case.note[0].upper()}{case.note[1:]}; {wanted}; each search stopped after {limit:g} s.",
        "",
        HEADER,
        *(row(one) for one in measured),
        "",
        *_ratios({one.phase: one for one in measured}, scenario.solver.gap),
    ]
    return "\n".join(lines)


def _ratios(by: dict[str, Measure], gap: float) -> list[str]:
    lines = []
    strong, plain, benders = (by.get(f"solve {name}") for name in ("extensive", "extensive, plain", "Benders"))
    for name, one in (("with", strong), ("without", plain)):
        if one and one.ending != "optimal":
            reached = "no plan" if one.gap is None else f"a gap of {100 * one.gap:.3f} %"
            goal = f"does **not** reach {100 * gap:g} % in the limit: {reached}"
            lines.append(f"- The extensive form {name} strengthening {goal}.")
    if strong and plain:
        more = "at least " if plain.ending != "optimal" else ""
        if strong.ending == "optimal":
            ratio = plain.seconds / strong.seconds
            lines.append(f"- Extensive form, seconds without over with strengthening: {more}{ratio:.2f}.")
        else:
            lines.append("- Extensive form: no ratio of seconds, since the strengthened one hit the limit too.")
    for name, one in (("with", strong), ("without", plain)):
        if one and benders and benders.ending == "optimal":
            more = "at least " if one.ending != "optimal" else ""
            ratio = one.seconds / benders.seconds
            lines.append(f"- Seconds of the extensive form {name} strengthening over Benders: {more}{ratio:.1f}.")
    accepted = by.get("solve accepted")
    if accepted and benders:
        lines.append(
            f"- A plan that nobody refuses takes {accepted.seconds / benders.seconds:.1f} times as long as the plan "
            f"without acceptance, and ends at a gap of {100 * (accepted.gap or 0.0):.3f} %."
        )
    for one in (by.get("ledger to the øre"), by.get("settle 1 000 futures")):
        if one and one.entries:
            speed = _count(round(one.entries / one.seconds))
            told = f"{_count(one.entries)} entries, {speed} a second, {one.peak:.0f} MB at most"
            lines.append(f"- {one.phase}: {told}.")
    best = benders.objective if benders else None
    for name, one in (("with", by.get("relax")), ("without", by.get("relax, plain"))):
        if one and one.bound is not None and best:
            far = 100 * (best - one.bound) / abs(best)
            lines.append(f"- The relaxation {name} strengthening lies {far:.3f} % below the plan of Benders.")
    return lines


def preface(command: str) -> str:
    """How it was measured."""
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Made by `{command}`; run it again rather than edit this file.",
            "",
            machine(),
            f"- each phase runs in a process of its own; below {SHORT:g} s the median of {RUNS} runs, else one run",
            "- peak memory is the largest resident size of that process, with what the phase needed beforehand",
            "- `plain`: without the strengthening rows that whole decisions don't need; columns and rows of Benders "
            "are those of all its blocks together; its seconds hold building the blocks and the last allocation",
        ]
    )
