"""Jobs on several processes: answers in the order of the jobs whatever becomes of a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool

from kapacitet.insight.many.job import Failure, Job, Outcome
from kapacitet.insight.many.work import never, work
from kapacitet.planning.processes import FEWER, POLL, TRIES, Processes, dying, stopped

OnDone = Callable[[int, Outcome], None]


def run_many(
    jobs: Sequence[Job],
    workers: int = 1,
    on_done: OnDone = lambda number, outcome: None,
    *,
    stop: Callable[[], bool] = never,
    lost: Callable[[], None] = lambda: None,
) -> list[Outcome | None]:
    """Do every job, at most one in a process at a time.

    Args:
        workers: processes beside this one; with 1 all is done here.
        on_done: told position and outcome of each job as it ends.
        stop: asked ten times a second; once it is true, jobs under way end with the best they have, and no other
            is begun.
        lost: told when a process has died; its job is run again in a new one.

    Returns:
        outcomes in the order of the jobs; None for those not begun. The same whatever the number of workers, as
        long as no search ends for lack of time.
    """
    found: list[Outcome | None] = [None] * len(jobs)

    def done(number: int, outcome: Outcome) -> None:
        found[number] = outcome
        on_done(number, outcome)

    if workers == 1 or len(jobs) < 2:
        for number, job in enumerate(jobs):
            if stop():
                break
            done(number, work(job, stop))
    else:
        _Pool(jobs, min(workers, len(jobs)), stop, lost, done).run()
    return found


class _Pool:
    """At most one job per worker is handed out, so that a dead process takes few with it and memory stays low."""

    def __init__(
        self,
        jobs: Sequence[Job],
        workers: int,
        stop: Callable[[], bool],
        lost: Callable[[], None],
        done: OnDone,
    ) -> None:
        self._jobs, self._workers, self._stop, self._lost, self._done = jobs, workers, stop, lost, done
        self._waiting = list(range(len(jobs)))
        self._strikes = dict.fromkeys(self._waiting, 0)
        self._under_way: dict[Future[Outcome], int] = {}
        self._pool = Processes(workers)

    def run(self) -> None:
        """Do all jobs; the pool is closed at the end, whoever ends it."""
        stopping = False
        try:
            while self._waiting or self._under_way:
                if not stopping and self._stop():
                    stopping = True
                    self._waiting.clear()
                    self._pool.stop()
                while self._room() and self._submit():
                    pass
                ended, _ = wait(self._under_way, timeout=POLL, return_when=FIRST_COMPLETED)
                broken = [number for each in ended if (number := self._taken(each)) is not None]
                if broken:
                    self._renew(broken, stopping)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _room(self) -> bool:
        """Whether the next job may be handed out; one whose process has died before is run alone."""
        if not self._waiting or len(self._under_way) >= self._workers:
            return False
        suspects = any(self._strikes[number] for number in (self._waiting[0], *self._under_way.values()))
        return not (suspects and self._under_way)

    def _submit(self) -> bool:
        number = self._waiting[0]
        try:
            self._under_way[self._pool.submit(_work, self._jobs[number])] = number
        except BrokenProcessPool:
            if not self._under_way:
                self._renew([], stopping=False)
            return False
        del self._waiting[0]
        return True

    def _taken(self, ended: Future[Outcome]) -> int | None:
        """Hand on what a job came to; its number if its process died."""
        number = self._under_way.pop(ended)
        try:
            self._done(number, ended.result())
        except BrokenProcessPool:
            return number
        return None

    def _renew(self, broken: list[int], stopping: bool) -> None:
        """A new pool; jobs under way in the dead one are run again, but not for ever."""
        for each in list(self._under_way):
            wait([each])
            if (number := self._taken(each)) is not None:
                broken.append(number)
        self._pool.renew()
        if stopping:
            return
        self._lost()
        for number in sorted(broken, reverse=True):
            self._strikes[number] += 1
            if self._strikes[number] < TRIES:
                self._waiting.insert(0, number)
            else:
                self._done(number, Failure((dying(FEWER, self._jobs[number].label or None),)))


def _work(job: Job) -> Outcome:
    return work(job, stopped)
