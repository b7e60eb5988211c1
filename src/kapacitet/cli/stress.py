"""``kapacitet stress``: a result's plan in thousands of futures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.cli.planned import refuse_foreign, region_of
from kapacitet.cli.progress import reporting
from kapacitet.cli.speech import say, tell_error, tell_faults
from kapacitet.cli.writing import write_json, write_table
from kapacitet.insight.store import read_result
from kapacitet.insight.stress.asked import BATCH, changed, refuse_unfit
from kapacitet.insight.stress.asked import Wishes as Asked
from kapacitet.insight.stress.run import Stress
from kapacitet.insight.stress.run import stress as tried
from kapacitet.region.writing.folder import replace_file
from kapacitet.report import numbers
from kapacitet.report.charts.stress import stress_spec
from kapacitet.report.document import Paragraph, Picture
from kapacitet.report.markdown import to_markdown
from kapacitet.report.notes import chart_notes, subtitle
from kapacitet.report.render import png
from kapacitet.report.stress import risky_houses, stress_blocks
from kapacitet.report.terminal import console, show
from kapacitet.report.words import Names

SUMMARY, REPORT, PICTURE = "stress.json", "stress.md", "belaegning.png"
STOPPED_EARLY = "Kørslen blev standset, før den første portion fremtider var regnet. Intet er skrevet."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the result.

    Attributes:
        count: number of futures, if it is given.
        seed: of the draws, if it is given.
        out: the folder the tables are written in, if anywhere.
        batch: futures at a time.
        workers: processes.
        region: the region's data, if they aren't where the scenario says.
    """

    count: int | None = None
    seed: int | None = None
    out: Path | None = None
    batch: int = BATCH
    workers: int = 1
    region: str | None = None


def stress(folder: Path, wishes: Wishes, stop: Callable[[], bool]) -> int:
    """Put the plan in ``folder`` through futures, print what comes of it, and write what is asked.

    Args:
        folder: a result folder with a plan.
        wishes: the rest of the command line.
        stop: true once what is done so far shall do.

    Returns:
        the exit status.

    Raises:
        FaultyInput: no result, no plan, a region that doesn't fit, or a folder that can't be written in.
    """
    if wishes.out is not None:
        refuse_foreign(wishes.out, SUMMARY, "stress")
    result = read_result(folder)
    refuse_unfit(result)
    region = region_of(result, wishes.region, folder)
    tell_faults(changed(result, region))
    asked = Asked(count=wishes.count, seed=wishes.seed, batch=wishes.batch, workers=wishes.workers)
    with reporting() as reporter:
        found = tried(
            result,
            region,
            asked,
            stop=stop,
            progress=lambda done, count, seconds: reporter.phase(_progress(done, count, seconds)),
            lost=lambda: say(Paragraph("En hjælpeproces døde; dens fremtider regnes igen.", "warning")),
        )
    if found is None:
        tell_error(STOPPED_EARLY)
        return statuses.NO_PLAN
    names = Names.of(region)
    show(stress_blocks(found, names), console())
    if wishes.out is not None:
        _write(found, names, wishes.out)
        say(Paragraph(f"Tabellerne ligger i {wishes.out}."))
    return statuses.PLAN


def _progress(done: int, count: int, seconds: float) -> str:
    left = numbers.seconds(seconds / done * (count - done))
    return f"{numbers.number(done)} af {numbers.number(count)} fremtider · ca. {left} igen"


def _write(found: Stress, names: Names, folder: Path) -> None:
    """Tables, report and picture; ``stress.json`` goes first and comes last, so it stands by whole sets alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in (SUMMARY, PICTURE):
        (folder / stale).unlink(missing_ok=True)
    for name, table in found.tables.items():
        write_table(folder / f"{name}.csv", table)
    pictures: list[Picture] = []
    if found.tables["stress_offers"]["new"].any():
        told = risky_houses(found)
        spec = stress_spec(found.tables["stress_offers"], subtitle(found.summary), chart_notes(found.summary), told)
        replace_file(folder / PICTURE, png(spec))
        pictures.append(Picture(PICTURE, str(spec["description"])))
    replace_file(folder / REPORT, to_markdown(stress_blocks(found, names, pictures)).encode())
    write_json(folder / SUMMARY, found.summary)
