"""``kapacitet serve``, ``worker``, ``key`` and ``database``: the service, started and looked after from here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kapacitet_api import serving
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.database import open_database
from kapacitet_api.settings import Settings, from_environment

from kapacitet.cli import statuses
from kapacitet.cli.speech import say
from kapacitet.report.document import Paragraph


def serve(data: Path | None, host: str | None, port: int | None, api_only: bool) -> int:
    """Answer, and solve unless ``api_only``, until asked to stop."""
    settings = _settings(data)
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    serving.serve(
        settings,
        api_only=api_only,
        ready=lambda address: say(Paragraph(f"Tjenesten svarer på {address}. Stop den med Ctrl-C.")),
    )
    return statuses.PLAN


def worker(data: Path | None) -> int:
    """Solve until asked to stop."""
    serving.work(_settings(data))
    return statuses.PLAN


def upgrade(data: Path | None) -> int:
    """Bring the database to this version."""
    serving.prepare(_settings(data))
    say(Paragraph("Databasen svarer til denne udgave."))
    return statuses.PLAN


def key(name: str, scope: str, data: Path | None) -> int:
    """Make an API key and print it, this once."""
    settings = _settings(data)
    serving.prepare(settings)
    database = open_database(settings)
    try:
        with database.write() as connection:
            text = create_key(connection, name, [Scope(scope)], "system")
    finally:
        database.close()
    print(text)
    return statuses.PLAN


def _settings(data: Path | None) -> Settings:
    settings = from_environment()
    return settings if data is None else replace(settings, data=data)
