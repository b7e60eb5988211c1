"""``kapacitet validate``: the faults of a region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def validate(
    region: Annotated[
        str,
        typer.Argument(
            metavar="REGION", help="Mappe, regneark (.xlsx) eller zip, eller id på en medfølgende region."
        ),
    ],
    export_folder: Annotated[
        Path | None, typer.Option(metavar="MAPPE", help="Skriv regionen som mappe med CSV.", show_default=False)
    ] = None,
    export_workbook: Annotated[
        Path | None, typer.Option(metavar="FIL", help="Skriv regionen som regneark.", show_default=False)
    ] = None,
) -> None:
    """Find alle fejl i en regions data."""
    from kapacitet.cli.validate import validate as work

    raise typer.Exit(work(region, export_folder, export_workbook))
