"""Futures solved by other processes: the same answer from one, two and a cluster, and workers that are killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from distributed import Client, LocalCluster

from kapacitet.planning.benders.chunks import CHUNK
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.optimise import optimise
from kapacitet.planning.problem import Problem
from kapacitet.planning.processes import Processes
from tests.planning.test_many_futures import drawn

FUTURES = 300


@pytest.fixture(scope="module")
def problem() -> Problem:
    found = drawn(612, "some", FUTURES, 0.4, level=0.9)
    assert len(found.futures) > 2 * CHUNK and found.starts
    return found


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A real cluster of two worker processes on this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


def told(problem: Problem, executor: object) -> tuple[object, ...]:
    found = optimise(problem, executor=executor)  # type: ignore[arg-type]
    assert found.plan is not None
    return found.plan.decisions, found.solved.objective, found.solved.bound


@pytest.fixture(scope="module")
def alone(problem: Problem) -> tuple[object, ...]:
    return told(problem, None)


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_give_the_same_answer(problem: Problem, alone: tuple[object, ...], workers: int) -> None:
    with Processes(workers) as executor:
        assert told(problem, executor) == alone


def test_a_cluster_gives_the_same_answer(problem: Problem, alone: tuple[object, ...], cluster: LocalCluster) -> None:
    with Client(cluster) as client:
        assert told(problem, client.get_executor(pure=False)) == alone


def test_a_killed_worker_does_not_lose_the_run(problem: Problem) -> None:
    """The pool is begun anew; costs and duals of every future are as without."""
    state = {key: 1.0 for block in Stage.of(problem).blocks for key in block.keys if key[0] == "open"}
    expected = Stage.of(problem).price(state)
    with Processes(2) as executor:
        stage = Stage.of(problem, executor)
        first = executor.submit(os.getpid).result()
        os.kill(first, signal.SIGKILL)
        time.sleep(0.2)
        found = stage.price(state)
    assert np.array_equal(found.totals, expected.totals)


def test_a_killed_cluster_worker_does_not_lose_the_run(problem: Problem, cluster: LocalCluster) -> None:
    state = {key: 1.0 for block in Stage.of(problem).blocks for key in block.keys if key[0] == "open"}
    expected = Stage.of(problem).price(state)
    with Client(cluster) as client:
        stage = Stage.of(problem, client.get_executor(pure=False))
        victim = next(iter(client.run(os.getpid).values()))
        threading.Timer(0.05, os.kill, (victim, signal.SIGKILL)).start()
        for _ in range(5):
            found = stage.price(state)
            assert np.array_equal(found.totals, expected.totals)
