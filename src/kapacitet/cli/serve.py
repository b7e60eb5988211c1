"""``kapacitet serve``, ``worker``, ``key`` and ``login-link``: the service, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kapacitet_api import serving
from kapacitet_api.access import links
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Role, Scope
from kapacitet_api.database import Database, open_database
from kapacitet_api.settings import Settings, from_environment

from kapacitet.cli import statuses
from kapacitet.cli.speech import say
from kapacitet.faults import Fault, FaultyInput
from kapacitet.report.document import Paragraph


def serve(data: Path | None, host: str | None, port: int | None, api_only: bool) -> int:
    """Answer, and solve unless ``api_only``, until asked to stop."""
    settings = settings_of(data)
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    serving.serve(settings, api_only=api_only, ready=_tell)
    return statuses.PLAN


def worker(data: Path | None) -> int:
    """Solve until asked to stop."""
    serving.work(settings_of(data))
    return statuses.PLAN


def key(name: str, scope: str, data: Path | None, days: int | None, municipality: str | None) -> int:
    """Make an API key and print it, this once.

    Args:
        days: it counts for so long; without end if None.

    Raises:
        FaultyInput: no kommunekode, or one for a key that plans.
    """
    _check(municipality)
    if municipality and Scope(scope).rank > Scope.READ.rank:
        message = "En nøgle, der kan planlægge, ser alle kommuner."
        raise FaultyInput([Fault(message, "Brug --scope read, eller udelad kommunen.", column="--municipality")])
    expires_at = None if days is None else datetime.now(UTC) + timedelta(days=days)
    with _prepared(settings_of(data)) as database, database.write() as connection:
        text = create_key(
            connection, name, [Scope(scope)], "system", municipality=municipality, expires_at=expires_at
        )
    print(text)
    return statuses.PLAN


def login_link(name: str | None, role: Role, municipality: str | None, data: Path | None) -> int:
    """Make a one-time link for login and print it.

    Raises:
        FaultyInput: no kommunekode.
    """
    _check(municipality)
    settings = settings_of(data)
    with _prepared(settings) as database, database.write() as connection:
        called = name or " ".join(filter(None, (serving.NAMES[role], municipality)))
        token = links.add_link(connection, called, role, municipality)
    print(serving.link(settings, token))
    return statuses.PLAN


def _tell(address: str, link: str | None) -> None:
    say(Paragraph(f"Tjenesten svarer på {address}. Stop den med Ctrl-C."))
    if link is not None:
        say(Paragraph("Ingen har logget ind endnu. Åbn dette link for at gøre det; det gælder i 24 timer, én gang:"))
        print(link, flush=True)  # whole, on one line, to be copied


def _check(municipality: str | None) -> None:
    if municipality is not None and not (
        len(municipality) == 3 and municipality.isascii() and municipality.isdigit()
    ):
        message = "En kommunekode har tre cifre."
        raise FaultyInput([Fault(message, "Ret den.", column="--municipality", value=municipality)])


@contextmanager
def _prepared(settings: Settings) -> Iterator[Database]:
    serving.prepare(settings)
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()


def settings_of(data: Path | None) -> Settings:
    """Settings from the variables, with the folder of the command line if there is one."""
    settings = from_environment()
    return settings if data is None else replace(settings, data=data)
