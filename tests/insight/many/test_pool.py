"""Many jobs side by side: the same answers in the same order, whatever happens to a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kapacitet.insight.many import Answer, Failure, Job, run_many, work
from kapacitet.planning.solver import Ending
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.enumerate_plans import best_plans
from tests.independent.tiny_regions import PRICE_YEAR, random_case

RELATIVE, ABSOLUTE = 1e-7, 1e-3
SEEDS = range(6)


def job(seed: int, **more: object) -> Job:
    """A random tiny case."""
    tables, keys = random_case(seed, families="some")
    scenario = Scenario.model_validate({**keys, "solver": {"gap": 0.0}})
    region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
    return replace(Job(region=region, scenario=scenario, label=f"nr. {seed}"), **more)  # type: ignore[arg-type]


def told(outcome: object) -> object:
    """What an outcome says, the time it took apart."""
    return replace(outcome, seconds=0.0) if isinstance(outcome, Answer) else outcome


def test_every_answer_is_that_of_enumeration() -> None:
    for seed in SEEDS:
        expected = best_plans(*random_case(seed, families="some"), price_year=PRICE_YEAR)
        found = work(job(seed))
        assert isinstance(found, Answer)
        if expected.objective is None:
            assert found.ending is Ending.INFEASIBLE and found.least == found.most == float("inf")
            continue
        assert found.objective == pytest.approx(expected.objective, rel=RELATIVE, abs=ABSOLUTE)
        fixed = work(job(seed, start=found.decisions, fixed=True))
        assert isinstance(fixed, Answer) and fixed.decisions == found.decisions
        assert fixed.objective == pytest.approx(expected.objective, rel=RELATIVE, abs=ABSOLUTE)


def test_side_by_side_and_with_a_process_killed_the_answers_are_the_same() -> None:
    jobs = [job(seed) for seed in SEEDS]
    killed: list[int] = []

    def kill_one(number: int, _: object) -> None:
        children = multiprocessing.active_children()
        if not killed and children and children[0].pid:
            killed.append(number)
            os.kill(children[0].pid, signal.SIGKILL)

    lost: list[None] = []
    alone = [told(each) for each in run_many(jobs)]
    assert [told(each) for each in run_many(jobs, 2, kill_one, lost=lambda: lost.append(None))] == alone
    assert killed and lost


def test_a_faulty_job_is_told_as_its_faults_and_the_others_are_done() -> None:
    good = job(0)
    projects = good.scenario.projects.model_copy(update={"forced": ("findes-ikke",)})
    bad = replace(good, scenario=good.scenario.model_copy(update={"projects": projects}))
    first, second = run_many([bad, good])
    assert isinstance(first, Failure) and "findes-ikke" in first.faults[0].text()
    assert isinstance(second, Answer)


def test_stopping_keeps_what_is_done() -> None:
    seen: list[int] = []
    found = run_many(
        [job(seed) for seed in SEEDS], 1, lambda number, _: seen.append(number), stop=lambda: len(seen) == 2
    )
    assert [each is not None for each in found] == [True, True, False, False, False, False]


def test_a_ceiling_ends_the_search_with_a_plan_below_it_or_a_proof() -> None:
    best = work(job(1))
    assert isinstance(best, Answer) and best.objective is not None
    high, low = work(job(1, ceiling=best.objective * 1.5)), work(job(1, ceiling=best.objective * 0.5))
    assert isinstance(high, Answer) and high.most <= best.objective * 1.5
    assert isinstance(low, Answer) and low.least > best.objective * 0.5


def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    """The parent is killed while its workers wait for work that never ends."""
    script = tmp_path / "foraelder.py"
    script.write_text(
        "import multiprocessing, os, sys, time\n"
        "from kapacitet.insight.many import run_many\n"
        "from tests.insight.many.test_pool import job\n"
        "def told(number, outcome):\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    run_many([job(0), job(1)], 2, told)\n",
        encoding="utf-8",
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert children
    deadline = time.monotonic() + 20
    while any(_alive(pid) for pid in children):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.1)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
