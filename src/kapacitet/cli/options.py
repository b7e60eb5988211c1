"""Arguments and options that several commands have, and the checks of what they are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

LONGEST = 864_000.0


def _time_limit(value: float | None) -> float | None:
    if value is not None and not 0 < value <= LONGEST:
        raise typer.BadParameter("Skriv et antal sekunder over 0 og højst 864000.")
    return value


def _gap(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:
        raise typer.BadParameter("Skriv en andel fra 0 til 1, fx 0.01 for 1 %.")
    return value


def _ending(*suffixes: str) -> Callable[[Path | None], Path | None]:
    """The check that a file's name ends in one of ``suffixes``."""

    def check(value: Path | None) -> Path | None:
        if value is not None and value.suffix.lower() not in suffixes:
            raise typer.BadParameter(f"Filen skal ende på {' eller '.join(suffixes)}.")
        return value

    return check


def seconds(told: str) -> Any:
    """An option in seconds."""
    return typer.Option(metavar="SEKUNDER", help=told, callback=_time_limit, show_default=False)


def share(told: str) -> Any:
    """An option from 0 to 1."""
    return typer.Option(metavar="ANDEL", help=told, callback=_gap, show_default=False)


def file(told: str, *suffixes: str) -> Any:
    """An option that names a file to be written, of one of these kinds."""
    return typer.Option(metavar="FIL", help=told, callback=_ending(*suffixes), show_default=False)


def folder(told: str) -> Any:
    """The option that names the folder to be written, where it must be given."""
    return typer.Option("--out", metavar="MAPPE", help=told)


ScenarioName = Annotated[
    str, typer.Argument(metavar="SCENARIE", help="Scenariefil (.toml eller .json), eller id på et medfølgende.")
]
PlanFolder = Annotated[Path, typer.Argument(metavar="RESULTAT", help="Resultatmappe med planen.")]
TablesFolder = Annotated[
    Path | None, typer.Option("--out", metavar="MAPPE", help="Mappen, tabellerne skrives i.", show_default=False)
]
Force = Annotated[
    bool, typer.Option("--force", help="Skriv også i en mappe, der har andet indhold; det bliver liggende.")
]
EachSearch = Annotated[float | None, seconds("Længste tid for hver søgning i stedet for scenariets.")]
Gap = Annotated[float | None, share("Tilladt afstand til optimum, fx 0.01.")]
Workers = Annotated[
    int, typer.Option(metavar="ANTAL", help="Processer ad gangen; svaret er det samme.", min=1, max=256)
]
RegionData = Annotated[
    str | None,
    typer.Option(
        metavar="REGION", help="Regionens data, hvis de ikke ligger, hvor scenariet siger.", show_default=False
    ),
]
