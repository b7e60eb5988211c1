"""``kapacitet serve``, ``worker`` and ``key``: the web service."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DATA = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="MAPPE",
        help="Tjenestens data; ellers KAPACITET_DATA eller kapacitet-data.",
        show_default=False,
    ),
]

MUNICIPALITY = Annotated[
    str | None,
    typer.Option(metavar="KODE", help="Kommunekode; en læser ser så kun den kommunes rækker.", show_default=False),
]


def serve(
    data: DATA = None,
    host: Annotated[
        str | None,
        typer.Option(metavar="ADRESSE", help="Adressen, der svares på; ellers 127.0.0.1.", show_default=False),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="NUMMER", help="Porten; ellers 8000.", min=0, max=65_535, show_default=False),
    ] = None,
    api_only: Annotated[bool, typer.Option("--api-only", help="Svar kun; kapacitet worker regner.")] = False,
) -> None:
    """Start tjenesten: svar på forespørgsler, og regn kørsler. Ctrl-C standser den."""
    from kapacitet.cli.serve import serve as work

    raise typer.Exit(work(data, host, port, api_only))


def worker(data: DATA = None) -> None:
    """Regn kørsler for en tjeneste, der er startet med --api-only."""
    from kapacitet.cli.serve import worker as work

    raise typer.Exit(work(data))


class _Scope(StrEnum):
    """Adgange, en nøgle kan have."""

    READ_PUBLIC = "read:public"
    READ = "read"
    PLAN = "plan"
    ADMIN = "admin"


def key(
    name: Annotated[str, typer.Argument(metavar="NAVN", help="Hvem eller hvad nøglen er til.")],
    scope: Annotated[
        _Scope, typer.Option(metavar="ADGANG", help="read:public, read, plan eller admin.")
    ] = _Scope.READ,
    expires: Annotated[
        int | None,
        typer.Option(metavar="DAGE", help="Gælder så mange dage; ellers uden grænse.", min=1, max=36_500),
    ] = None,
    municipality: MUNICIPALITY = None,
    data: DATA = None,
) -> None:
    """Lav en nøgle til tjenesten; den vises kun denne ene gang."""
    from kapacitet.cli.serve import key as work

    raise typer.Exit(work(name, scope.value, data, expires, municipality))


class _Role(StrEnum):
    """Roller, en bruger kan have."""

    LAESER = "laeser"
    PLANLAEGGER = "planlaegger"
    SEKRETARIAT = "sekretariat"


def login_link(
    name: Annotated[
        str | None,
        typer.Option(metavar="NAVN", help="Hvem der skal logge ind; det samme navn er den samme bruger hver gang."),
    ] = None,
    role: Annotated[
        _Role, typer.Option(metavar="ROLLE", help="laeser, planlaegger eller sekretariat.")
    ] = _Role.SEKRETARIAT,
    municipality: MUNICIPALITY = None,
    data: DATA = None,
) -> None:
    """Lav et link til login i tjenesten; det kan bruges én gang inden for 15 minutter."""
    from kapacitet.cli.serve import login_link as work

    raise typer.Exit(work(name, role.value, municipality, data))
