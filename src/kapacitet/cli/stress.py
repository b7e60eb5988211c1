"""``kapacitet stress``: a result's plan in thousands of futures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.cli.progress import reporting
from kapacitet.cli.speech import say, tell_error, tell_faults
from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet.insight.result import Result
from kapacitet.insight.store import read_result
from kapacitet.insight.stress.asked import BATCH, changed, refuse_unfit
from kapacitet.insight.stress.asked import Wishes as Asked
from kapacitet.insight.stress.run import Stress
from kapacitet.insight.stress.run import stress as tried
from kapacitet.region import Region, load_region, shipped_ids, shipped_region
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
        _refuse_foreign(wishes.out)
    result = read_result(folder)
    refuse_unfit(result)
    region = _region(result, wishes.region, folder)
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


def _region(result: Result, asked: str | None, folder: Path) -> Region:
    """The region the plan is tried on: as asked, else the one its scenario names.

    A scenario's path is seen from its own file, which the result doesn't know: it is looked for here and beside the
    result. It must be the same region, and it is told where its content has changed.
    """
    over = result.scenario.limits.over_occupancy
    stated = result.scenario.region if asked is None else asked
    homes = (Path(), *(() if asked else (folder.resolve().parent,)))
    found = next((home / stated for home in homes if (home / stated).exists()), None)
    if stated in shipped_ids():
        found = shipped_region(stated)
    if found is None:
        message = "Regionen findes ikke der." if asked else "Planens region findes ikke set herfra."
        mend = "Angiv mappen, regnearket eller id på en medfølgende region med --region."
        raise FaultyInput([Fault(message, mend, column="--region" if asked else "region", value=stated)])
    region = load_region(found, over_occupancy=over)
    if region.id != result.summary["region"]:
        message = f"Det er en anden region, «{region.id}», end planens, «{result.summary['region']}»."
        raise FaultyInput([Fault(message, "Angiv den rette med --region.", column="region", value=stated)])
    return region


def _refuse_foreign(folder: Path) -> None:
    """Refuse a file, and a folder with content that no earlier stress test has written."""
    if folder.exists() and not folder.is_dir():
        fault = Fault("Stien til --out er en fil, ikke en mappe.", "Vælg en ny eller tom mappe.", value=str(folder))
        raise FaultyInput([fault])
    try:
        foreign = folder.is_dir() and any(folder.iterdir()) and not (folder / SUMMARY).is_file()
    except OSError as error:
        raise FaultyInput([Fault(system_message(error, folder), value=str(folder))]) from None
    if foreign:
        message = "Mappen til --out har indhold, der ikke er fra kapacitet stress, og røres ikke."
        raise FaultyInput([Fault(message, "Vælg en anden mappe.", value=str(folder))])


def _write(found: Stress, names: Names, folder: Path) -> None:
    """Tables, report and picture; ``stress.json`` goes first and comes last, so it stands by whole sets alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in (SUMMARY, PICTURE):
        (folder / stale).unlink(missing_ok=True)
    for name, table in found.tables.items():
        replace_file(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n").encode())
    pictures: list[Picture] = []
    if found.tables["stress_offers"]["new"].any():
        told = risky_houses(found)
        spec = stress_spec(found.tables["stress_offers"], subtitle(found.summary), chart_notes(found.summary), told)
        replace_file(folder / PICTURE, png(spec))
        pictures.append(Picture(PICTURE, str(spec["description"])))
    replace_file(folder / REPORT, to_markdown(stress_blocks(found, names, pictures)).encode())
    text = json.dumps(found.summary, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
    replace_file(folder / SUMMARY, text.encode())
