"""``kapacitet roll``: last year's result carried on to this year's scenario."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.cli.speech import tell_faults
from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.rolling import Wishes as Asked
from kapacitet.insight.rolling import roll as carried_on
from kapacitet.insight.store import read_result
from kapacitet.region import Region, load_region, shipped_ids, shipped_region
from kapacitet.region.writing.folder import replace_file
from kapacitet.report.document import Bullets, Heading, Paragraph
from kapacitet.report.terminal import console, show
from kapacitet.scenario.documents import document_text
from kapacitet.scenario.files import scenario_document


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the result.

    Attributes:
        out: the scenario's file, ending in .toml or .json; it must not be there yet.
        first, last: the new horizon, a year later than last year's if None.
        region: a newer region (folder, workbook, zip or id); last year's if None.
        price: kr. for each project of the previous plan that is changed, as last year if None.
        drop: names that aren't carried on.
    """

    out: Path
    first: int | None = None
    last: int | None = None
    region: str | None = None
    price: float | None = None
    drop: tuple[str, ...] = field(default=())


def roll(folder: Path, wishes: Wishes) -> int:
    """Write this year's scenario; print what was carried on, and warnings.

    Raises:
        FaultyInput: every reason why the plan can't be carried on; nothing is written.
        OSError: the file can't be written.
    """
    if wishes.out.exists():
        message, mend = "Filen findes allerede.", "Vælg et andet navn, eller slet den først."
        raise FaultyInput([Fault(message, mend, column="--out", value=str(wishes.out))])
    result = read_result(folder)
    region, name = _region(result, wishes)
    asked = Asked(
        first=wishes.first,
        last=wishes.last,
        price=wishes.price,
        drop=wishes.drop,
        same_data=wishes.region is None,
    )
    found = carried_on(result, region, name, asked)
    text = document_text(scenario_document(found.scenario), wishes.out.suffix)
    replace_file(wishes.out, text.encode())
    tell_faults(found.warnings)
    years = found.scenario.horizon
    show(
        [
            Heading(f"{found.scenario.name}: {years.first}–{years.last}", 1),
            *([Bullets(found.notes)] if found.notes else []),
            Paragraph(f"Scenariet er skrevet i {wishes.out}."),
        ],
        console(),
    )
    return statuses.PLAN


def _region(result: Result, wishes: Wishes) -> tuple[Region, str]:
    """This year's region, and its name in a scenario that lies at ``out``."""
    over = result.scenario.limits.over_occupancy
    stated = result.scenario.region if wishes.region is None else wishes.region
    home = wishes.out.resolve().parent
    path = (Path() if wishes.region is not None else home) / stated
    if wishes.region is None and stated in shipped_ids():
        return load_region(shipped_region(stated), over_occupancy=over), stated
    if path.exists():
        region = load_region(path, over_occupancy=over)
        if wishes.region is None and region.id != result.summary["region"]:
            message = f"Mappen er en anden region, «{region.id}», end planens, «{result.summary['region']}»."
            raise FaultyInput([Fault(message, "Angiv den rette med --region.", column="region", value=stated)])
        return region, _seen_from(home, path)
    if wishes.region in shipped_ids():
        return load_region(shipped_region(stated), over_occupancy=over), stated
    message = "Regionen findes ikke der." if wishes.region else "Planens region findes ikke set fra scenariets mappe."
    mend = "Angiv mappen, regnearket eller id på en medfølgende region med --region."
    raise FaultyInput([Fault(message, mend, column="--region" if wishes.region else "region", value=stated)])


def _seen_from(home: Path, path: Path) -> str:
    """The path from the scenario's folder; never such that it reads as the id of a shipped region."""
    try:
        name = Path(os.path.relpath(path.resolve(), home)).as_posix()
    except ValueError:  # another drive
        name = path.resolve().as_posix()
    return f"./{name}" if name in shipped_ids() else name
