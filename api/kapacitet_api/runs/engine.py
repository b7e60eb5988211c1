"""The durable queue, DBOS Transact behind a small door of our own: nobody else imports it.

What DBOS 3.4 does that has to be minded (each has a test):

- Cancelling frees the slot at once while the work goes on, so a run that has begun is cancelled by our own flag.
- A dead worker's runs stay pending, and count against the limit, until its ``executor_id`` is recovered, which only
  a private function does for another process: the version is pinned.
- The version of the application defaults to a hash of the source, and another version's runs are never taken: ours is
  set by hand and raised only where old queued runs can't be understood.
- A workflow begun a hundred times is put aside in silence: that limit is off, the runs' own says so to the user.
- What a workflow raises as ``Exception`` ends it for good; to leave it to be begun again, raise :class:`LeftPending`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer

from kapacitet_api.database import Database

NAME, QUEUE, WORKFLOW, VERSION = "kapacitet", "runs", "solve", "1"
POLL = 0.25
FORGOTTEN = 500
"""Runs that are removed from the queue's books at a time."""


class LeftPending(BaseException):
    """Raised by the work when another worker shall begin it again."""


def migrate(database: Database) -> None:
    """Make or mend the queue's own tables."""
    client = _client(database)
    client._sys_db.run_migrations()


class RunQueue:
    """Putting runs on the queue, from any process."""

    def __init__(self, database: Database) -> None:
        self._client = _client(database)

    def put(self, connection: sa.Connection, run_id: str) -> None:
        """Queue a run in the transaction that makes it; a second time is no second run."""
        self._client.enqueue_in_transaction(
            connection,
            {"workflow_name": WORKFLOW, "queue_name": QUEUE, "workflow_id": run_id, "app_version": VERSION},
            run_id,
        )

    def drop(self, run_id: str) -> None:
        """Take a run that hasn't begun off the queue."""
        self._client.cancel_workflow(run_id)

    def forget(self, before: datetime) -> int:
        """Remove from the books what ended before a moment; how many runs."""
        total = 0
        while ended := self._client.list_workflows(
            completed_before=before.isoformat(), limit=FORGOTTEN, load_input=False, load_output=False
        ):
            self._client.delete_workflows([one.workflow_id for one in ended])
            total += len(ended)
        return total


class Engine:
    """Taking runs off the queue in a worker; one in a process."""

    def __init__(
        self,
        database: Database,
        worker: str,
        work: Callable[[str], None],
        *,
        at_once: int,
        here: int,
        poll: float = POLL,
    ) -> None:
        """Prepare.

        Args:
            worker: this worker's id, never used before.
            work: solves the run with the id it is given, in a thread of its own.
            at_once: runs that all workers may solve at the same time.
            here: runs that this worker may solve at the same time.
            poll: seconds between two looks at the queue.
        """
        self._here, self._at_once, self._poll = min(here, at_once), at_once, poll
        config = DBOSConfig(
            name=NAME,
            system_database_engine=database.engine,
            system_database_url=database.engine.url.render_as_string(hide_password=False),
            serializer=DBOSPortableJSONSerializer(),
            application_version=VERSION,
            executor_id=worker,
            use_listen_notify=False,
            run_migrations=False,
            console_log_level="CRITICAL",
        )
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS(config=config)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
        def solve(run_id: str) -> None:
            work(run_id)

    def start(self) -> None:
        """Begin to take runs."""
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            global_concurrency=self._at_once,
            worker_concurrency=self._here,
            polling_interval_sec=self._poll,
            on_conflict="always_update",
        )

    def recover(self, workers: Sequence[str]) -> None:
        """Put the runs that dead workers had begun back on the queue; doing it twice changes nothing."""
        DBOS._recover_pending_workflows(list(workers))

    def stop(self) -> None:
        """Take no more runs; those that haven't ended are left pending."""
        DBOS.destroy(destroy_registry=True)


def _client(database: Database) -> DBOSClient:
    return DBOSClient(
        system_database_engine=database.engine,
        serializer=DBOSPortableJSONSerializer(),
        application_name=NAME,
        lazy=True,
        retry_connection_errors=False,
    )
