"""``kapacitet serve`` and ``kapacitet worker``: one process that answers, one beside it that solves."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

import uvicorn
from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError

from kapacitet.faults import Fault, FaultyInput
from kapacitet_api.access import links
from kapacitet_api.access.principal import Role
from kapacitet_api.app import create_app
from kapacitet_api.database import UNREACHABLE, open_database
from kapacitet_api.line import Line
from kapacitet_api.migrations.upgrade import upgrade
from kapacitet_api.operation.logs import configure
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


NAMES: Mapping[Role, str] = {"laeser": "Læser", "planlaegger": "Planlægger", "sekretariat": "Sekretariatet"}
"""What users of one-time links are called if nothing else is said."""


ANY = ("0.0.0.0", "::")
"""Listening on these is listening on all there are; they can't be opened."""


def address_of(settings: Settings) -> str:
    """Where the service is reached from this machine."""
    host = "127.0.0.1" if settings.host in ANY else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def link(settings: Settings, token: str) -> str:
    """The one-time link of a token, at the public address if there is one."""
    return f"{settings.base_url or address_of(settings)}/login/link?token={token}"


def first_link(settings: Settings) -> str | None:
    """The link of the first start: as long as nobody can administer, and nowhere else to sign in is configured."""
    if settings.oidc_issuer:
        return None
    database = open_database(settings)
    try:
        with database.write() as connection:
            if not links.needs_first(connection):
                return None
            token = links.add_link(connection, NAMES["sekretariat"], "sekretariat", first=True)
    finally:
        database.close()
    return link(settings, token)


def serve(settings: Settings, *, api_only: bool, ready: Callable[[str, str | None], None] = lambda *_: None) -> None:
    """Answer until asked to stop; solve, too, unless ``api_only``.

    Args:
        ready: told the address as soon as requests are taken, and the link of the first start.

    Raises:
        FaultyInput: the address can't be used.
    """
    configure(settings.log)
    listener = listening(settings)
    prepare(settings)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        http=Line,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,  # edge/addresses.py believes those that KAPACITET_PROXIES names, and nobody else
    )
    reached = replace(settings, port=listener.getsockname()[1])
    ready(address_of(reached), first_link(reached))
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
    configure(settings.log)
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
