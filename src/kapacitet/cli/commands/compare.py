"""``kapacitet compare``: plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.options import file


def compare(
    results: Annotated[
        list[Path], typer.Argument(metavar="RESULTAT...", help="Resultatmapper; den første er målestok.")
    ],
    out: Annotated[Path | None, file("Skriv som .csv eller .md.", ".csv", ".md")] = None,
) -> None:
    """Vis planer ved siden af hinanden."""
    from kapacitet.cli.compare import compare as work

    raise typer.Exit(work(results, out))
