"""``kapacitet database``: looking after the service's database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.commands.service import DATA

COPY = Annotated[Path, typer.Argument(metavar="FIL", help="Sikkerhedskopien.")]


def upgrade(data: DATA = None) -> None:
    """Bring tjenestens database til denne udgave; det sker også, når den startes."""
    from kapacitet.cli.database import upgrade as work

    raise typer.Exit(work(data))


def backup(file: COPY, data: DATA = None) -> None:
    """Tag en hel sikkerhedskopi af SQLite-databasen; tjenesten må gerne køre imens."""
    from kapacitet.cli.database import backup as work

    raise typer.Exit(work(file, data))


def restore(file: COPY, data: DATA = None) -> None:
    """Læg en sikkerhedskopi tilbage i en mappe uden database."""
    from kapacitet.cli.database import restore as work

    raise typer.Exit(work(file, data))


def tidy(data: DATA = None) -> None:
    """Fjern det, der ikke skal gemmes længere; workerne gør det også selv hver time."""
    from kapacitet.cli.database import tidy as work

    raise typer.Exit(work(data))
