"""``kapacitet serve``, ``worker`` and ``key``: the service, started from here."""

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
    settings = settings_of(data)
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    serving.serve(
        settings,
        api_only=api_only,
        ready=lambda address: say(Paragraph(f"Tjenesten svarer på {address}. Stop den med Ctrl-C.")),
    )
    return statuses.PLAN


def worker(data: Path | None) -> int:
    """Solve until asked to stop."""
    serving.work(settings_of(data))
    return statuses.PLAN


def key(name: str, scope: str, data: Path | None) -> int:
    """Make an API key and print it, this once."""
    settings = settings_of(data)
    serving.prepare(settings)
    database = open_database(settings)
    try:
        with database.write() as connection:
            text = create_key(connection, name, [Scope(scope)], "system")
    finally:
        database.close()
    print(text)
    return statuses.PLAN


def settings_of(data: Path | None) -> Settings:
    """Settings from the variables, with the folder of the command line if there is one."""
    settings = from_environment()
    return settings if data is None else replace(settings, data=data)
