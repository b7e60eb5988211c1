"""``kapacitet settle``: who pays what for one botilbud."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.options import file


def settle(
    case: Annotated[Path, typer.Argument(metavar="SAG", help="Sagen: botilbud, brug og ordning (.toml).")],
    scheme: Annotated[
        str | None,
        typer.Option(
            metavar="ORDNING",
            help="Vis kun én ordning, fx abonnement; alle viser dem ved siden af hinanden.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path | None, file("Skriv ordningens poster som .csv.", ".csv")] = None,
    plot: Annotated[Path | None, file("Tegn ordningerne som .png.", ".png")] = None,
) -> None:
    """Beregn, hvem der betaler hvad for ét botilbud under en eller alle ordninger."""
    from kapacitet.cli.settle import Wishes
    from kapacitet.cli.settle import settle as work

    raise typer.Exit(work(case, Wishes(scheme, out, plot)))
