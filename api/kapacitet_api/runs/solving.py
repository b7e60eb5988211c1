"""One attempt at a run: lay out its input, solve it in a process of its own, write how it goes and how it ended."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kapacitet_api.archive import packed
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.regions.repository import find_dataset
from kapacitet_api.runs import child, words
from kapacitet_api.runs.claims import Claim, Standing, finish_run, kept_plan, note_standing
from kapacitet_api.runs.engine import LeftPending
from kapacitet_api.runs.process import SolvingProcess
from kapacitet_api.runs.scratch import scratch
from kapacitet_api.runs.states import Cancel, State

LOOK, TOLD = 0.1, 1.0
"""Seconds between two looks at the process, and two notes of its progress."""
SILENCE, ALIVE = 0.8, 0.2
"""Shares of the lease: silence after which the process ends itself, time between two signs of life to it."""
GRACE = 300.0
"""Seconds beyond its time limit after which a run is ended by force: reading, describing and writing take time."""
SHARES = {"": 0.0, "Læser data": 0.02, "Opstiller modellen": 0.05, "Søger den bedste plan": 0.1}
FRONT_SHARES = {"Søger den billigste plan": 0.1, "Søger frontens ender": 0.25, "Udelukker planer": 0.7}
SEARCHED = 0.85
LEAST_GAP = 1e-6
_log = logging.getLogger("kapacitet")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an attempt needs from its worker.

    Attributes:
        lease: seconds without contact to the database after which the worker itself ends.
        write: runs a function in a writing transaction, again and again while the database is away.
        leaving: whether the worker shall let go of everything.
        wish: how a run is asked to stop, if it is.
    """

    command: tuple[str, ...]
    memory_mb: int
    lease: float
    version: str
    write: Callable[[Callable[[sa.Connection], Any]], Any]
    leaving: Callable[[], bool]
    wish: Callable[[str], Cancel | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a search: its longest time (seconds) and the gap at which it is done."""

    time_limit: float
    gap: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended."""

    state: State
    standing: Standing
    result: bytes | None = None
    error: Any | None = None
    figures: dict[str, Any] | None = None


def attempt(claim: Claim, here: Surroundings) -> None:
    """Solve a claimed run and finish it, unless it has been taken away.

    Raises:
        LeftPending: the worker leaves; another shall begin the run again.
    """
    while True:
        with scratch() as folder:
            wanted = here.write(lambda connection: _lay_out(connection, claim, folder, here.version))
            process = SolvingProcess(here.command, folder, here.memory_mb, SILENCE * here.lease)
            try:
                ended = _follow(process, claim, here, folder, wanted)
            finally:
                process.kill()
        if ended is None:
            return
        if process.status != child.LONELY:
            break
        # It heard nothing from us for long, since the database was away or we were frozen: once more.
    here.write(
        lambda connection: finish_run(
            connection,
            claim,
            ended.state,
            result=ended.result,
            error=ended.error,
            standing=ended.standing,
            figures=ended.figures,
        )
    )


def _lay_out(connection: sa.Connection, claim: Claim, folder: Path, version: str) -> Wanted:
    """Write region, scenario and the best plan of earlier attempts; what is asked of the search."""
    dataset = find_dataset(connection, claim.row.dataset_id)
    assert dataset is not None
    scenario = blobs.get(connection, claim.row.scenario_sha256)
    plan = kept_plan(connection, claim.run_id, version)
    (folder / child.REGION).write_bytes(blobs.get(connection, dataset.sha256))
    (folder / child.SCENARIO).write_bytes(scenario)
    if (front := claim.row.options.get("front")) is not None:
        (folder / child.FRONT).write_text(json.dumps(front), encoding="utf-8")
    (folder / child.STARTS).write_text(json.dumps([] if plan is None else [plan]), encoding="utf-8")
    asked = json.loads(scenario)["solver"]
    return Wanted(float(asked["time_limit"]), float(asked["gap"]))


def _follow(process: SolvingProcess, claim: Claim, here: Surroundings, folder: Path, wanted: Wanted) -> Ended | None:
    """Until the process ends or has to; None if the run is another's by now."""
    deadline = time.monotonic() + wanted.time_limit + GRACE
    standing, told, alive, asked = Standing(), -TOLD, -here.lease, False
    plan: dict[str, Any] | None = None
    while not process.ended(LOOK):
        now, wish = time.monotonic(), here.wish(claim.run_id)
        if here.leaving():
            raise LeftPending
        if wish is Cancel.AT_ONCE:
            return Ended(State.CANCELLED, standing)
        if wish is Cancel.KEEP_PLAN and not asked:
            asked = True
            process.say("stop")
        if now > deadline:
            return Ended(State.FAILED, standing, error=words.error("overrun"))
        if now - alive >= ALIVE * here.lease:
            alive = now
            process.say(".")
        if now - told >= TOLD and (news := process.news()) is not None:
            told, (standing, plan) = now, _standing(news, standing, wanted.gap)
            held = here.write(partial(note_standing, claim=claim, standing=standing, plan=plan, version=here.version))
            if not held:
                return None
    return _ended(process, claim, _standing(process.news() or ("", None, None), standing, wanted.gap)[0], folder)


def _standing(
    news: tuple[str, dict[str, Any] | None, Any | None], before: Standing, target: float
) -> tuple[Standing, dict[str, Any] | None]:
    phase, progress, decisions = news
    share = max(before.share, _share(phase))
    if progress is None:
        return replace(before, phase=phase or before.phase, share=share), None
    if phase == "Søger den bedste plan":
        share = max(before.share, SHARES[phase] + (SEARCHED - SHARES[phase]) * _closed(progress["gap"], target))
    now = Standing(phase or before.phase, share, progress["best"], progress["bound"], progress["gap"])
    return now, {"decisions": decisions, "objective": progress["best"]} if decisions else None


def _share(phase: str) -> float:
    """How far a run has come that begins a phase; rounds of a front are numbered."""
    if phase.startswith("Søger planer mellem enderne"):
        return 0.4
    front = (share for begins, share in FRONT_SHARES.items() if phase.startswith(begins))
    return SHARES.get(phase, next(front, SEARCHED))


def _closed(gap: float | None, target: float) -> float:
    """How much of the way from a gap of 1 to the target is gone, counted in orders of magnitude."""
    if gap is None or gap >= 1:
        return 0.0
    least = max(target, LEAST_GAP)
    return 1.0 if gap <= least else math.log(gap) / math.log(least)


def _ended(process: SolvingProcess, claim: Claim, standing: Standing, folder: Path) -> Ended:
    end = process.end
    if end is None or process.status != 0:
        last = process.last_words()
        short = any(sign in last for sign in ("bad_alloc", "MemoryError", "Cannot allocate memory"))
        if process.status != child.LONELY:
            _log.error("solving process died", extra={"run": claim.run_id, "status": process.status, "last": last})
        return Ended(State.FAILED, standing, error=words.error("out-of-memory" if short else "crashed"))
    kind = end["kind"]
    if kind == "plan":
        state = State.DONE if end["optimal"] else State.STOPPED_WITH_PLAN
        found = Standing("", 1.0, end["objective"], end["bound"], end["gap"])
        result = packed((folder / child.RESULT).iterdir())
        return Ended(state, found, result, figures=end.get("figures"))
    if kind == "faulty-input":
        return Ended(State.FAILED, standing, error=words.error(kind, errors=end["faults"]))
    more = {name: end[name] for name in ("requirements", "refusals", "warnings") if end.get(name)}
    return Ended(State.FAILED, standing, error=words.error(kind, **more))
