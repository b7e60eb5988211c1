"""``kapacitet bench``: measurements."""

from __future__ import annotations

from typing import Annotated

import typer

from kapacitet.cli.options import seconds


def bench(
    case: Annotated[
        str | None, typer.Argument(metavar="MÅLING", help="Én måling, fx basis; ellers alle.", show_default=False)
    ] = None,
    limit: Annotated[float | None, seconds("Længste tid for hver søgning.")] = None,
) -> None:
    """Mål tid, hukommelse og afstand til optimum i hvert skridt; skriver benchmarks/RESULTS.md."""
    from kapacitet.cli.bench import bench as work

    raise typer.Exit(work(case, limit))
