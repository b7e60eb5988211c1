"""The command line: ``kapacitet COMMAND``. Signatures and help; the work is done by a module for each command.

Those modules load the solver, the tables and the charts, which takes seconds, so each is imported when it is called.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.danish import DanishCommand, DanishGroup
from kapacitet.cli.interruption import Interruption

MODEL_SUFFIXES = (".lp", ".mps")
SCENARIO_SUFFIXES = (".toml", ".json")
TABLE_SUFFIXES = (".csv", ".md")
LONGEST = 864_000.0

app = typer.Typer(
    cls=DanishGroup,
    name="kapacitet",
    help="Regional kapacitetsplanlægning for botilbud: hvad der skal bygges, hvor, hvornår og af hvem.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _time_limit(value: float | None) -> float | None:
    if value is not None and not 0 < value <= LONGEST:
        raise typer.BadParameter("Skriv et antal sekunder over 0 og højst 864000.")
    return value


def _gap(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:
        raise typer.BadParameter("Skriv en andel fra 0 til 1, fx 0.01 for 1 %.")
    return value


def _model_file(value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in MODEL_SUFFIXES:
        raise typer.BadParameter("Filen skal ende på .lp eller .mps.")
    return value


def _table_file(value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in TABLE_SUFFIXES:
        raise typer.BadParameter("Filen skal ende på .csv eller .md.")
    return value


def _scenario_file(value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in SCENARIO_SUFFIXES:
        raise typer.BadParameter("Filen skal ende på .toml eller .json.")
    return value


def _entries_file(value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() != ".csv":
        raise typer.BadParameter("Filen skal ende på .csv.")
    return value


def _picture_file(value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() != ".png":
        raise typer.BadParameter("Filen skal ende på .png.")
    return value


@app.command("solve", cls=DanishCommand)
def solve(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIE", help="Scenariefil (.toml eller .json), eller id på et medfølgende."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen, resultatet skrives i.")],
    write_model: Annotated[
        Path | None,
        typer.Option(
            metavar="FIL", help="Skriv også modellen som .lp eller .mps.", callback=_model_file, show_default=False
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER",
            help="Længste søgetid i stedet for scenariets.",
            callback=_time_limit,
            show_default=False,
        ),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            metavar="ANDEL", help="Tilladt afstand til optimum, fx 0.01.", callback=_gap, show_default=False
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Skriv også i en mappe, der har andet indhold; det bliver liggende.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Beregn også, hvad det koster at holde sidste plan fast og vælge resten på ny."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="ANTAL", help="Processer, der regner på fremtiderne.", min=1, max=256, show_default=False
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADRESSE", help="Dask-klynge, der regner på fremtiderne.", show_default=False),
    ] = None,
) -> None:
    """Find den bedste plan, og skriv resultatet i en mappe.

    Ctrl-C standser søgningen og beholder den bedste plan; Ctrl-C igen afbryder helt.
    """
    with Interruption() as interruption:
        from kapacitet.cli.solve import Wishes
        from kapacitet.cli.solve import solve as work

        wishes = Wishes(out, write_model, time_limit, gap, force, keep, workers, dask)
        status = work(scenario, wishes, interruption.asked)
    raise typer.Exit(status)


@app.command("validate", cls=DanishCommand)
def validate(
    region: Annotated[
        str,
        typer.Argument(
            metavar="REGION", help="Mappe, regneark (.xlsx) eller zip, eller id på en medfølgende region."
        ),
    ],
    export_folder: Annotated[
        Path | None, typer.Option(metavar="MAPPE", help="Skriv regionen som mappe med CSV.", show_default=False)
    ] = None,
    export_workbook: Annotated[
        Path | None, typer.Option(metavar="FIL", help="Skriv regionen som regneark.", show_default=False)
    ] = None,
) -> None:
    """Find alle fejl i en regions data."""
    from kapacitet.cli.validate import validate as work

    raise typer.Exit(work(region, export_folder, export_workbook))


@app.command("settle", cls=DanishCommand)
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
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FIL", help="Skriv ordningens poster som .csv.", callback=_entries_file, show_default=False
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FIL", help="Tegn ordningerne som .png.", callback=_picture_file, show_default=False),
    ] = None,
) -> None:
    """Beregn, hvem der betaler hvad for ét botilbud under en eller alle ordninger."""
    from kapacitet.cli.settle import Wishes
    from kapacitet.cli.settle import settle as work

    raise typer.Exit(work(case, Wishes(scheme, out, plot)))


@app.command("gains", cls=DanishCommand)
def gains(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIE", help="Scenariefil (.toml eller .json), eller id på et medfølgende."),
    ],
    groups: Annotated[
        Path | None,
        typer.Option(metavar="FIL", help="Navngivne grupper af kommuner (.toml).", show_default=False),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER",
            help="Længste tid i alt i stedet for scenariets.",
            callback=_time_limit,
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAPPE", help="Mappen, tabellerne skrives i.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Skriv også i en mappe, der har andet indhold; det bliver liggende.")
    ] = False,
) -> None:
    """Vis, hvem der vinder ved at gå sammen, hvem der ville klare sig bedre alene, og en nøgle, der holder.

    Ctrl-C standser og beholder det, der er fundet.
    """
    with Interruption() as interruption:
        from kapacitet.cli.gains import Wishes
        from kapacitet.cli.gains import gains as work

        status = work(scenario, Wishes(groups, time_limit, out, force), interruption.asked)
    raise typer.Exit(status)


@app.command("roll", cls=DanishCommand)
def roll(
    result: Annotated[Path, typer.Argument(metavar="RESULTAT", help="Resultatmappe med sidste års plan.")],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FIL", help="Årets scenariefil (.toml eller .json).", callback=_scenario_file),
    ],
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


@app.command("stress", cls=DanishCommand)
def stress(
    result: Annotated[Path, typer.Argument(metavar="RESULTAT", help="Resultatmappe med planen.")],
    futures: Annotated[
        int | None,
        typer.Option(
            metavar="ANTAL",
            help="Antal fremtider; ellers 1000, eller regionens egne, hvor scenariet bruger dem.",
            min=1,
            max=1_000_000,
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="TAL",
            help="Startværdi; ellers én over scenariets, så planen prøves på andre fremtider end sine egne.",
            min=0,
            max=2**63 - 1,
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAPPE", help="Mappen, tabellerne skrives i.", show_default=False),
    ] = None,
    batch: Annotated[
        int, typer.Option(metavar="ANTAL", help="Fremtider ad gangen; svaret er det samme.", min=1, max=10_000)
    ] = 100,
    workers: Annotated[
        int, typer.Option(metavar="ANTAL", help="Processer ad gangen; svaret er det samme.", min=1, max=256)
    ] = 1,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="REGION", help="Regionens data, hvis de ikke ligger, hvor scenariet siger.", show_default=False
        ),
    ] = None,
) -> None:
    """Prøv en plan på tusinder af fremtider: tomme huse, udækket behov, og hvad ejere og betalere risikerer.

    Ctrl-C standser og beholder de fremtider, der er regnet.
    """
    with Interruption() as interruption:
        from kapacitet.cli.stress import Wishes
        from kapacitet.cli.stress import stress as work

        status = work(result, Wishes(futures, seed, out, batch, workers, region), interruption.asked)
    raise typer.Exit(status)


@app.command("sweep", cls=DanishCommand)
def sweep(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIE", help="Scenariefil (.toml eller .json), eller id på et medfølgende."),
    ],
    over: Annotated[
        list[str],
        typer.Option(
            "--over",
            metavar="HÅNDTAG=V1,V2",
            help="Håndtag og værdier, fx levers.progression=0,0.1; kan gentages.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="MAPPE", help="Mappen; det, der er regnet færdigt i den, regnes ikke igen."),
    ],
    workers: Annotated[
        int, typer.Option(metavar="ANTAL", help="Processer ad gangen; svaret er det samme.", min=1, max=256)
    ] = 1,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER",
            help="Længste søgetid for hvert punkt i stedet for scenariets.",
            callback=_time_limit,
            show_default=False,
        ),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            metavar="ANDEL", help="Tilladt afstand til optimum, fx 0.01.", callback=_gap, show_default=False
        ),
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Regn alle punkter igen.")] = False,
) -> None:
    """Find den bedste plan for alle kombinationer af værdier af nogle håndtag.

    Ctrl-C standser; kør igen for at regne resten.
    """
    with Interruption() as interruption:
        from kapacitet.cli.sweep import Wishes
        from kapacitet.cli.sweep import sweep as work

        status = work(scenario, Wishes(tuple(over), out, workers, time_limit, gap, anew), interruption.asked)
    raise typer.Exit(status)


@app.command("pareto", cls=DanishCommand)
def pareto(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIE", help="Scenariefil (.toml eller .json), eller id på et medfølgende."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen, fronten skrives i.")],
    goals: Annotated[
        str,
        typer.Option(
            metavar="MÅL",
            help="cost og et eller to af unmet (udækket), private (privat andel), travel (rejsetid) og burden "
            "(største merbyrde).",
        ),
    ] = "cost,private",
    points: Annotated[
        int, typer.Option(metavar="ANTAL", help="Grænser på hvert mål, enderne med.", min=2, max=50)
    ] = 7,
    workers: Annotated[
        int, typer.Option(metavar="ANTAL", help="Processer ad gangen; svaret er det samme.", min=1, max=256)
    ] = 1,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER",
            help="Længste tid for hver søgning i stedet for scenariets.",
            callback=_time_limit,
            show_default=False,
        ),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            metavar="ANDEL", help="Tilladt afstand til optimum, fx 0.01.", callback=_gap, show_default=False
        ),
    ] = None,
) -> None:
    """Vis, hvad det koster at nå længere med et andet mål: planer, der ikke kan blive bedre i ét uden at blive
    dårligere i et andet.

    Ctrl-C standser og beholder det, der er fundet.
    """
    with Interruption() as interruption:
        from kapacitet.cli.pareto import Wishes
        from kapacitet.cli.pareto import pareto as work

        wishes = Wishes(out, goals, points, workers, time_limit, gap)
        status = work(scenario, wishes, interruption.asked)
    raise typer.Exit(status)


@app.command("explain", cls=DanishCommand)
def explain(
    result: Annotated[Path, typer.Argument(metavar="RESULTAT", help="Resultatmappe med planen.")],
    limits: Annotated[bool, typer.Option("--limits", help="Hvad hver grænse koster.")] = False,
    projects: Annotated[
        bool, typer.Option("--projects", help="Hvad hvert projekt i planen er værd, og hvad andre ville koste.")
    ] = False,
    near: Annotated[
        float | None,
        typer.Option(
            metavar="ANDEL",
            help="Planer, der højst koster så meget mere, fx 0.02.",
            callback=_gap,
            show_default=False,
        ),
    ] = None,
    levers: Annotated[bool, typer.Option("--levers", help="Hvad hvert ændret håndtag gør.")] = False,
    delay: Annotated[bool, typer.Option("--delay", help="Hvad et års udsættelse koster.")] = False,
    futures: Annotated[
        bool, typer.Option("--futures", help="Hvad det er værd at kende fremtiden (EVPI) og planlægge for den (VSS).")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Alt, der kan forklares; også uden nogen af de andre valg.")
    ] = False,
    project: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAVN", help="Et projekt eller en kandidat, der spørges til; kan gentages.", show_default=False
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIE", help="Det, håndtag regnes ud fra; ellers scenariets udgangspunkt.", show_default=False
        ),
    ] = None,
    shapley: Annotated[
        bool, typer.Option("--shapley", help="Regn også håndtag over alle rækkefølger (højst 6).")
    ] = False,
    most_futures: Annotated[
        int,
        typer.Option(metavar="ANTAL", help="Er der flere fremtider, vælges så mange til --futures.", min=2, max=1000),
    ] = 20,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER",
            help="Længste tid for hver søgning i stedet for scenariets.",
            callback=_time_limit,
            show_default=False,
        ),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            metavar="ANDEL",
            help="Tilladt afstand til optimum i stedet for scenariets; mindre giver sikrere svar.",
            callback=_gap,
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option(metavar="ANTAL", help="Processer ad gangen; svaret er det samme.", min=1, max=256)
    ] = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAPPE", help="Mappen, tabellerne skrives i.", show_default=False),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="REGION", help="Regionens data, hvis de ikke ligger, hvor scenariet siger.", show_default=False
        ),
    ] = None,
) -> None:
    """Forklar en plan: hvad grænser, projekter, håndtag og udsættelse koster, og hvad der er næsten lige så godt.

    Ctrl-C standser og beholder det, der er regnet.
    """
    with Interruption() as interruption:
        from kapacitet.cli.explain import Wishes
        from kapacitet.cli.explain import explain as work

        wishes = Wishes(
            limits=limits,
            projects=projects,
            levers=levers,
            delay=delay,
            futures=futures,
            every=every,
            near=near,
            names=tuple(project or ()),
            base=base,
            shapley=shapley,
            most_futures=most_futures,
            time_limit=time_limit,
            gap=gap,
            workers=workers,
            out=out,
            region=region,
        )
        status = work(result, wishes, interruption.asked)
    raise typer.Exit(status)


@app.command("compare", cls=DanishCommand)
def compare(
    results: Annotated[
        list[Path], typer.Argument(metavar="RESULTAT...", help="Resultatmapper; den første er målestok.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FIL", help="Skriv som .csv eller .md.", callback=_table_file, show_default=False),
    ] = None,
) -> None:
    """Vis planer ved siden af hinanden."""
    from kapacitet.cli.compare import compare as work

    raise typer.Exit(work(results, out))


@app.command("diff", cls=DanishCommand)
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="Scenariefil eller id.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Scenariefil eller id.")],
) -> None:
    """Vis, hvad der er forskelligt i to scenarier."""
    from kapacitet.cli.scenarios import diff as work

    raise typer.Exit(work(first, second))


@app.command("presets", cls=DanishCommand)
def presets(
    region: Annotated[str, typer.Option(metavar="ID", help="En medfølgende region.")] = "syddanmark",
) -> None:
    """Vis de scenarier, der følger med."""
    from kapacitet.cli.scenarios import presets as work

    raise typer.Exit(work(region))


@app.command("schema", cls=DanishCommand)
def schema() -> None:
    """Vis scenariefilens skema (JSON Schema)."""
    from kapacitet.cli.scenarios import schema as work

    raise typer.Exit(work())


@app.command("orlib", cls=DanishCommand)
def orlib(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Et lokaliseringsproblem fra OR-Library (cap41 ...).")],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen, region og scenarie skrives i.")],
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


@app.command("bench", cls=DanishCommand)
def bench(
    case: Annotated[
        str | None, typer.Argument(metavar="MÅLING", help="Én måling, fx basis; ellers alle.", show_default=False)
    ] = None,
    limit: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER", help="Længste tid for hver søgning.", callback=_time_limit, show_default=False
        ),
    ] = None,
) -> None:
    """Mål tid, hukommelse og afstand til optimum i hvert skridt; skriver benchmarks/RESULTS.md."""
    from kapacitet.cli.bench import bench as work

    raise typer.Exit(work(case, limit))


_DATA = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="MAPPE",
        help="Tjenestens data; ellers KAPACITET_DATA eller kapacitet-data.",
        show_default=False,
    ),
]


@app.command("serve", cls=DanishCommand)
def serve(
    data: _DATA = None,
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


@app.command("worker", cls=DanishCommand)
def worker(data: _DATA = None) -> None:
    """Regn kørsler for en tjeneste, der er startet med --api-only."""
    from kapacitet.cli.serve import worker as work

    raise typer.Exit(work(data))


class _Scope(StrEnum):
    """Adgange, en nøgle kan have."""

    READ_PUBLIC = "read:public"
    READ = "read"
    PLAN = "plan"
    ADMIN = "admin"


@app.command("key", cls=DanishCommand)
def key(
    name: Annotated[str, typer.Argument(metavar="NAVN", help="Hvem eller hvad nøglen er til.")],
    scope: Annotated[
        _Scope, typer.Option(metavar="ADGANG", help="read:public, read, plan eller admin.")
    ] = _Scope.READ,
    data: _DATA = None,
) -> None:
    """Lav en nøgle til tjenesten; den vises kun denne ene gang."""
    from kapacitet.cli.serve import key as work

    raise typer.Exit(work(name, scope.value, data))


database = typer.Typer(cls=DanishGroup, help="Tjenestens database.", no_args_is_help=True)
app.add_typer(database, name="database")


@database.command("upgrade", cls=DanishCommand)
def upgrade(data: _DATA = None) -> None:
    """Bring tjenestens database til denne udgave; det sker også, når den startes."""
    from kapacitet.cli.serve import upgrade as work

    raise typer.Exit(work(data))
