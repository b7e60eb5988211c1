"""The worker process: takes runs off the queue, gives signs of life, and takes over the runs of dead workers.

Three promises hold together: a worker without contact to the database for ``lease`` seconds ends its solving
processes and itself; a solving process without a word from its worker ends itself even sooner; others take the runs
only after ``dead_after`` seconds, which is longer. So no run is solved twice at a time, and the limit holds.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
import secrets
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from kapacitet_api.database import UNREACHABLE, Database, open_database
from kapacitet_api.operation.logs import configure
from kapacitet_api.operation.retention import Tidying
from kapacitet_api.runs import presence
from kapacitet_api.runs.claims import Refusal, claim_run, finish_run
from kapacitet_api.runs.engine import Engine, LeftPending, RunQueue
from kapacitet_api.runs.scratch import sweep
from kapacitet_api.runs.solving import Surroundings, attempt
from kapacitet_api.runs.states import Cancel, State
from kapacitet_api.runs.words import error
from kapacitet_api.settings import Settings, from_environment

LOOK, RETRY, CLAIM = 0.4, 0.5, 0.2
LAST_SECONDS = 15.0
"""Seconds a worker has to hand over before it just ends; others find out."""
FENCED = 75
"""Exit status of a worker that others have taken for dead, or that has lost the database."""
_log = logging.getLogger("kapacitet")


class Worker:
    """A worker and its runs."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.id = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(6)}"
        self._settings, self._database = settings, database
        self._leaving = threading.Event()
        self._wishes: Mapping[str, Cancel] = {}
        self._active = 0
        self._lock = threading.Lock()
        self._contact = time.monotonic()
        self._here = Surroundings(
            settings.child,
            settings.memory_mb,
            settings.lease,
            importlib.metadata.version("kapacitet"),
            self._write,
            self._leaving.is_set,
            lambda id: self._wishes.get(id),
        )
        self._tidying = Tidying(database, settings, RunQueue(database))
        self._engine = Engine(database, self.id, self._work, at_once=settings.runs_at_once, here=settings.worker_runs)

    def run(self, stop: Callable[[float], bool]) -> None:
        """Work until ``stop``, which waits for at most the seconds it is given, is true."""
        with self._database.write() as connection:
            presence.register(connection, self.id, self._here.version)
        self._contact = time.monotonic()
        self._engine.start()
        threading.Thread(target=self._guard, name="lease", daemon=True).start()
        beaten = 0.0
        while not stop(LOOK):
            with suppress(*UNREACHABLE):
                if time.monotonic() - beaten >= self._settings.heartbeat:
                    beaten = time.monotonic()
                    self._beat()
                    self._take_over()
                    self._tidying.now_and_then()
                self._listen()
        self._leave()

    def _beat(self) -> None:
        began = time.monotonic()
        with self._database.write() as connection:
            alive = presence.beat(connection, self.id)
        if not alive:
            self._end_fenced()
        self._contact = began

    def _listen(self) -> None:
        with self._database.read() as connection:
            self._wishes = presence.wishes(connection, self.id)

    def _take_over(self) -> None:
        after = self._settings.dead_after
        with self._database.read() as connection:
            gone = presence.dead(connection, self.id, after)
        for worker in gone:
            with self._database.write() as connection:
                if not presence.release(connection, worker, after):
                    continue
            self._engine.recover([worker])
            with self._database.write() as connection:
                presence.recovered(connection, worker)
            _log.warning("took over a worker's runs", extra={"worker": self.id, "dead_worker": worker})

    def _work(self, run_id: str) -> None:
        with self._lock:
            self._active += 1
        try:
            self._solve(run_id)
        finally:
            with self._lock:
                self._active -= 1

    def _solve(self, run_id: str) -> None:
        settings = self._settings
        while True:
            if self._leaving.is_set():
                raise LeftPending
            claim = self._write(
                lambda connection: claim_run(
                    connection,
                    run_id,
                    self.id,
                    at_once=settings.runs_at_once,
                    most_attempts=settings.most_attempts,
                )
            )
            if claim is Refusal.NEVER:
                return
            if claim is not Refusal.NOT_YET:
                break
            time.sleep(CLAIM)
        told = {"run": run_id, "attempt": claim.attempt, "worker": self.id}
        _log.info("run begins", extra=told)
        try:
            attempt(claim, self._here)
            _log.info("run left", extra=told)
        except Exception:
            _log.exception("run failed unexpectedly", extra=told)
            self._write(lambda connection: finish_run(connection, claim, State.FAILED, error=error("crashed")))

    def _write(self, work: Callable[[sa.Connection], Any]) -> Any:
        """Do ``work`` in a writing transaction, again while the database is away; the lease ends the waiting."""
        while True:
            try:
                with self._database.write() as connection:
                    return work(connection)
            except UNREACHABLE as error:
                if self._leaving.is_set():
                    raise LeftPending from None
                _log.warning("database unavailable: %s", type(error).__name__)
                time.sleep(RETRY)

    def _guard(self) -> None:
        """End everything when the lease has run out, even if the main thread hangs in the database."""
        while not self._leaving.wait(RETRY):
            if time.monotonic() - self._contact > self._settings.lease:
                _log.error("no contact to the database for %.0f s: worker ends", self._settings.lease)
                os._exit(FENCED)  # the solving processes see the end of their pipes

    def _leave(self) -> None:
        """Hand everything over: no more runs are taken, those begun are free for others."""
        self._leaving.set()
        last = threading.Timer(LAST_SECONDS, os._exit, (FENCED,))
        last.daemon = True
        last.start()
        deadline = time.monotonic() + self._settings.lease
        self._engine.stop()
        while self._active and time.monotonic() < deadline:
            time.sleep(RETRY / 10)
        with suppress(*UNREACHABLE), self._database.write() as connection:
            presence.leave(connection, self.id)

    def _end_fenced(self) -> None:
        """Others took us for dead: what we have taken since is to be taken over once more."""
        _log.error("others have taken this worker for dead: it ends")
        self._leave()
        os._exit(FENCED)


def main(settings: Settings) -> None:
    """Work until SIGTERM, SIGINT or the end of standard input."""
    configure(settings.log)
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())

    def stop(seconds: float) -> bool:
        ready, _, _ = select.select([0], [], [], 0)
        if ready and not os.read(0, 4096):
            return True
        return asked.wait(seconds)

    sweep()
    database = open_database(settings)
    Worker(settings, database).run(stop)
    database.close()
    sys.stderr.flush()
    os._exit(0)  # no thread of the queue is waited for


if __name__ == "__main__":
    main(from_environment())
