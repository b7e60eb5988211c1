"""``kapacitet database``: looking after the service's database."""

from __future__ import annotations

from pathlib import Path

from kapacitet_api import serving
from kapacitet_api.database import open_database
from kapacitet_api.operation import backup as copies
from kapacitet_api.operation import retention
from kapacitet_api.runs.engine import RunQueue

from kapacitet.cli import statuses
from kapacitet.cli.serve import settings_of
from kapacitet.cli.speech import say
from kapacitet.report import numbers
from kapacitet.report.document import Paragraph


def upgrade(data: Path | None) -> int:
    """Bring the database to this version."""
    serving.prepare(settings_of(data))
    say(Paragraph("Databasen svarer til denne udgave."))
    return statuses.PLAN


def backup(file: Path, data: Path | None) -> int:
    """Write a copy, while the service may be running."""
    settings = settings_of(data)
    database = copies.open_existing(settings)
    try:
        size = copies.back_up(database, file)
    finally:
        database.close()
    say(Paragraph(f"Sikkerhedskopien er skrevet i {file} ({numbers.number(size / 1e6, 1)} MB)."))
    return statuses.PLAN


def restore(file: Path, data: Path | None) -> int:
    """Put a copy where there is no database."""
    settings = settings_of(data)
    copies.put_back(file, settings)
    serving.prepare(settings)
    say(Paragraph(f"Databasen er lagt tilbage i {settings.data} og svarer til denne udgave."))
    return statuses.PLAN


def tidy(data: Path | None) -> int:
    """Remove what isn't kept any more."""
    settings = settings_of(data)
    serving.prepare(settings)
    database = open_database(settings)
    try:
        removed = retention.tidy(database, settings, RunQueue(database).forget)
    finally:
        database.close()
    say(
        Paragraph(
            f"Fjernet: {removed.runs} kørsler, {removed.events} forløb, {removed.plans} mellemliggende planer, "
            f"{removed.queue} poster i køens bøger og {removed.blobs} filer, ingen bruger."
        )
    )
    return statuses.PLAN
