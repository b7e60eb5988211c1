"""``kapacitet serve`` and ``kapacitet worker``: one process that answers, one beside it that solves."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable

import uvicorn
from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError

from kapacitet.faults import Fault, FaultyInput
from kapacitet_api.app import create_app
from kapacitet_api.database import UNREACHABLE, open_database
from kapacitet_api.migrations.upgrade import upgrade
from kapacitet_api.runs.supervisor import Supervisor
from kapacitet_api.seeding import seed
from kapacitet_api.settings import Settings


def prepare(settings: Settings) -> None:
    """Bring the database to this version, and put there what ships.

    Raises:
        FaultyInput: the database doesn't answer, is none, or is a newer version's.
    """
    database = open_database(settings)
    try:
        upgrade(database)
        seed(database)
    except CommandError:
        message = "Databasen er fra en nyere udgave af kapacitet end denne."
        raise FaultyInput([Fault(message, "Brug den nyere udgave.", table="database")]) from None
    except (DBAPIError, *UNREACHABLE) as error:
        logging.getLogger("kapacitet").error("database: %s", type(error.__cause__ or error).__name__)
        mend = "Se efter, at den kører, og at KAPACITET_DATABASE_URL eller --data er rigtig."
        raise FaultyInput([Fault("Databasen svarer ikke eller kan ikke bruges.", mend, table="database")]) from None
    finally:
        database.close()


def serve(settings: Settings, *, api_only: bool, ready: Callable[[str], None] = lambda _: None) -> None:
    """Answer until asked to stop; solve, too, unless ``api_only``.

    Args:
        ready: told the address as soon as requests are taken.

    Raises:
        FaultyInput: the address can't be used.
    """
    listener = listening(settings)
    prepare(settings)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,  # edge/addresses.py believes those that KAPACITET_PROXIES names, and nobody else
    )
    ready(f"http://{settings.host}:{listener.getsockname()[1]}")
    supervisor = None if api_only else Supervisor(settings)
    if supervisor:
        supervisor.start()
    for number in (signal.SIGINT, signal.SIGTERM):
        # The server has its own handlers while it runs, and sends itself the signal again when it has stopped.
        signal.signal(number, lambda *_: None)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        if supervisor:
            supervisor.stop()


def work(settings: Settings) -> None:
    """Solve until asked to stop."""
    prepare(settings)
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    supervisor = Supervisor(settings)
    supervisor.start()
    asked.wait()
    supervisor.stop()


def listening(settings: Settings) -> socket.socket:
    """A socket on the address of ``settings``.

    Raises:
        FaultyInput: it is in use, or isn't this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With the protocol named, asyncio turns off Nagle's delay of 40 ms on every connection; otherwise it doesn't.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError:
        listener.close()
        message = f"Porten {settings.port} på {settings.host} er optaget eller kan ikke bruges."
        raise FaultyInput([Fault(message, "Vælg en anden med --port.", column="--port")]) from None
    return listener
