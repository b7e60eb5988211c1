"""``kapacitet orlib``: a published problem as region and scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.options import folder


def orlib(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Et lokaliseringsproblem fra OR-Library (cap41 ...).")],
    out: Annotated[Path, folder("Mappen, region og scenarie skrives i.")],
    capacity: Annotated[
        int | None,
        typer.Option(
            metavar="ANTAL", help="Stedernes kapacitet, hvor filen kun har ordet capacity.", show_default=False
        ),
    ] = None,
) -> None:
    """Skriv et offentliggjort lokaliseringsproblem som region og scenarie."""
    from kapacitet.cli.orlib import orlib as work

    raise typer.Exit(work(file, out, capacity))
