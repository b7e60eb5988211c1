"""Worker processes: they leave signals to their parent, stop when told, are begun anew, and end with the parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from kapacitet.planning.processes import Processes
from tests.planning.process_work import PATIENCE, prepare, prepared, until_stopped
from tests.project import ROOT


def script(body: str) -> subprocess.Popen[str]:
    """A parent of its own, in a process group of its own, with ``pool`` at hand."""
    text = (
        "import os, signal, sys, time\n"
        "from kapacitet.planning.processes import Processes\n"
        "if __name__ == '__main__':\n"
        "    with Processes(2) as pool:\n" + "".join(f"        {line}\n" for line in body.splitlines())
    )
    return subprocess.Popen(
        [sys.executable, "-c", text],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        start_new_session=True,
    )


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_each_process_is_prepared_once() -> None:
    with Processes(2, prepare, "klar") as pool:
        assert list(pool.map(prepared, range(6))) == [["klar"]] * 6


def test_a_killed_worker_breaks_the_pool_and_another_is_begun() -> None:
    with Processes(1, prepare, "klar") as pool:
        with pytest.raises(BrokenProcessPool):
            pool.submit(os.kill, pool.submit(os.getpid).result(), signal.SIGKILL).result()
        pool.renew()
        assert pool.submit(prepared, 0).result() == ["klar"]


def test_work_under_way_and_in_later_pools_is_told_to_stop() -> None:
    with Processes(1) as pool:
        first = pool.submit(until_stopped)
        pool.stop()
        assert first.result() == "standset"
        pool.renew()
        assert pool.submit(until_stopped).result() == "standset"


def test_an_error_in_the_block_ends_work_that_nobody_waits_for() -> None:
    with pytest.raises(KeyError), Processes(1) as pool:
        work = [pool.submit(until_stopped) for _ in range(3)]
        raise KeyError
    assert work[0].result() == "standset" and work[2].cancelled()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("delay", [0.0, 0.3])
def test_signals_are_the_parents_to_hear(number: signal.Signals, delay: float) -> None:
    """The whole group is told, as a terminal does it, while its processes are being begun."""
    parent = script(
        f"signal.signal({int(number)}, lambda *_: print('hørt', flush=True))\n"
        f"work = [pool.submit(pow, 2, i) for i in range(5)]\ntime.sleep({delay})\nos.killpg(0, {int(number)})\n"
        "print([one.result() for one in work])"
    )
    out, err = parent.communicate(timeout=PATIENCE)
    assert (out, err, parent.returncode) == ("hørt\n[1, 2, 4, 8, 16]\n", "", 0)


def test_no_worker_outlives_a_killed_parent() -> None:
    parent = script("print(pool.submit(os.getpid).result(), flush=True)\npool.submit(time.sleep, 60).result()")
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + PATIENCE
    while alive(child):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.05)
