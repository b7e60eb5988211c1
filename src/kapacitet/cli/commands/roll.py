"""``kapacitet roll``: last year's plan as this year's scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.options import file


def roll(
    result: Annotated[Path, typer.Argument(metavar="RESULTAT", help="Resultatmappe med sidste års plan.")],
    out: Annotated[Path, file("Årets scenariefil (.toml eller .json).", ".toml", ".json")],
    first: Annotated[
        int | None,
        typer.Option(metavar="ÅR", help="Planens nye første år; ellers ét senere.", show_default=False),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(metavar="ÅR", help="Planens nye sidste år; ellers ét senere.", show_default=False),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="REGION", help="Årets data: mappe, regneark, zip eller id; ellers de samme.", show_default=False
        ),
    ] = None,
    price: Annotated[
        float | None,
        typer.Option(
            metavar="KR",
            help="Pris for hvert af sidste plans projekter, der flyttes, ændres eller udgår.",
            show_default=False,
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAVN",
            help="Projekt, kandidat eller tilbud, der ikke føres videre; kan gentages.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Før sidste års plan videre: det begyndte er besluttet, resten er årets udgangspunkt."""
    from kapacitet.cli.roll import Wishes
    from kapacitet.cli.roll import roll as work

    raise typer.Exit(work(result, Wishes(out, first, last, region, price, tuple(drop or ()))))
