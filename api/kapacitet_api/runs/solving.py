"""One attempt at a run: lay out its input, solve it in a process of its own, write how it goes and how it ended."""

from __future__ import annotations

import json
import logging
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
SEARCHED = 0.85
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
class Ended:
    """How an attempt ended."""

    state: State
    standing: Standing
    result: bytes | None = None
    error: Any | None = None


def attempt(claim: Claim, here: Surroundings) -> None:
    """Solve a claimed run and finish it, unless it has been taken away.

    Raises:
        LeftPending: the worker leaves; another shall begin the run again.
    """
    with scratch() as folder:
        limit = here.write(lambda connection: _lay_out(connection, claim, folder, here.version))
        process = SolvingProcess(here.command, folder, here.memory_mb, SILENCE * here.lease)
        try:
            ended = _follow(process, claim, here, folder, time.monotonic() + limit + GRACE)
        finally:
            process.kill()
        if ended is None:
            return
    here.write(
        lambda connection: finish_run(
            connection, claim, ended.state, result=ended.result, error=ended.error, standing=ended.standing
        )
    )


def _lay_out(connection: sa.Connection, claim: Claim, folder: Path, version: str) -> float:
    """Write region, scenario and the best plan of earlier attempts; the search's time limit (seconds)."""
    dataset = find_dataset(connection, claim.row.dataset_id)
    assert dataset is not None
    scenario = blobs.get(connection, claim.row.scenario_sha256)
    plan = kept_plan(connection, claim.run_id, version)
    (folder / child.REGION).write_bytes(blobs.get(connection, dataset.sha256))
    (folder / child.SCENARIO).write_bytes(scenario)
    (folder / child.STARTS).write_text(json.dumps([] if plan is None else [plan]), encoding="utf-8")
    return float(json.loads(scenario)["solver"]["time_limit"])


def _follow(process: SolvingProcess, claim: Claim, here: Surroundings, folder: Path, deadline: float) -> Ended | None:
    """Until the process ends or has to; None if the run is another's by now."""
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
            told, (standing, plan) = now, _standing(news, standing)
            held = here.write(partial(note_standing, claim=claim, standing=standing, plan=plan, version=here.version))
            if not held:
                return None
    return _ended(process, claim, _standing(process.news() or ("", None, None), standing)[0], folder)


def _standing(
    news: tuple[str, dict[str, Any] | None, Any | None], before: Standing
) -> tuple[Standing, dict[str, Any] | None]:
    phase, progress, decisions = news
    share = max(before.share, SHARES.get(phase, SEARCHED))
    if progress is None:
        return replace(before, phase=phase or before.phase, share=share), None
    if phase == "Søger den bedste plan":
        share = max(before.share, SHARES[phase] + (SEARCHED - SHARES[phase]) * _closed(progress["gap"]))
    now = Standing(phase or before.phase, share, progress["best"], progress["bound"], progress["gap"])
    return now, {"decisions": decisions, "objective": progress["best"]} if decisions else None


def _closed(gap: float | None) -> float:
    """How much of the way from no bound to none left is gone, by the orders of magnitude of the gap."""
    return 0.0 if gap is None else min(max(1 - gap, 0.0), 1.0)


def _ended(process: SolvingProcess, claim: Claim, standing: Standing, folder: Path) -> Ended:
    end = process.end
    if end is None or process.status != 0:
        last = process.last_words()
        short = any(sign in last for sign in ("bad_alloc", "MemoryError", "Cannot allocate memory"))
        _log.error("run %s: solving process ended with %s: %s", claim.run_id, process.status, last)
        return Ended(State.FAILED, standing, error=words.error("out-of-memory" if short else "crashed"))
    kind = end["kind"]
    if kind == "plan":
        state = State.DONE if end["optimal"] else State.STOPPED_WITH_PLAN
        found = Standing("", 1.0, end["objective"], end["bound"], end["gap"])
        return Ended(state, found, packed((folder / child.RESULT).iterdir()))
    if kind == "faulty-input":
        return Ended(State.FAILED, standing, error=words.error(kind, errors=end["faults"]))
    more = {name: end[name] for name in ("requirements", "refusals", "warnings") if end.get(name)}
    return Ended(State.FAILED, standing, error=words.error(kind, **more))
