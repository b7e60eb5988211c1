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
    data: DATA = None,
) -> None:
    """Lav en nøgle til tjenesten; den vises kun denne ene gang."""
    from kapacitet.cli.serve import key as work

    raise typer.Exit(work(name, scope.value, data))
