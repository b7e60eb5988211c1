"""The command line: ``kapacitet COMMAND``, in the order that the help tells them.

What does the work loads the solver, the tables and the charts, which takes seconds, so each command imports it when
it is called.
"""

from __future__ import annotations

import typer

from kapacitet.cli.commands import (
    bench,
    compare,
    database,
    explain,
    gains,
    orlib,
    pareto,
    roll,
    scenarios,
    service,
    settle,
    solve,
    stress,
    sweep,
    validate,
)
from kapacitet.cli.danish import DanishCommand, DanishGroup

COMMANDS = (
    solve.solve,
    validate.validate,
    settle.settle,
    gains.gains,
    roll.roll,
    stress.stress,
    sweep.sweep,
    pareto.pareto,
    explain.explain,
    compare.compare,
    scenarios.diff,
    scenarios.presets,
    scenarios.schema,
    orlib.orlib,
    bench.bench,
    service.serve,
    service.worker,
    service.key,
    service.login_link,
)

app = typer.Typer(
    cls=DanishGroup,
    name="kapacitet",
    help="Regional kapacitetsplanlægning for botilbud: hvad der skal bygges, hvor, hvornår og af hvem.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command(command.__name__.replace("_", "-"), cls=DanishCommand)(command)

group = typer.Typer(cls=DanishGroup, help="Tjenestens database.", no_args_is_help=True)
for kept in (database.upgrade, database.backup, database.restore, database.tidy):
    group.command(cls=DanishCommand)(kept)
app.add_typer(group, name="database")
