"""``kapacitet diff``, ``presets`` and ``schema``: scenarios and what they are written in."""

from __future__ import annotations

from typing import Annotated

import typer


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="Scenariefil eller id.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Scenariefil eller id.")],
) -> None:
    """Vis, hvad der er forskelligt i to scenarier."""
    from kapacitet.cli.scenarios import diff as work

    raise typer.Exit(work(first, second))


def presets(
    region: Annotated[str, typer.Option(metavar="ID", help="En medfølgende region.")] = "syddanmark",
) -> None:
    """Vis de scenarier, der følger med."""
    from kapacitet.cli.scenarios import presets as work

    raise typer.Exit(work(region))


def schema() -> None:
    """Vis scenariefilens skema (JSON Schema)."""
    from kapacitet.cli.scenarios import schema as work

    raise typer.Exit(work())
