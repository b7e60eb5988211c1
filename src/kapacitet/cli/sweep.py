"""``kapacitet sweep``: a scenario for every combination of values of some levers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kapacitet.cli import statuses
from kapacitet.cli.progress import reporting
from kapacitet.cli.series import place_for
from kapacitet.cli.solve import read
from kapacitet.cli.speech import say
from kapacitet.cli.writing import write_json, write_table
from kapacitet.insight.origin import summary_of
from kapacitet.insight.sweeps.answers import PointAnswer, as_text, kept
from kapacitet.insight.sweeps.axes import Axis, read_axes
from kapacitet.insight.sweeps.grid import GridPoint, build_grid
from kapacitet.insight.sweeps.run import Sweep
from kapacitet.insight.sweeps.run import sweep as swept
from kapacitet.region.writing.folder import replace_file
from kapacitet.report import numbers
from kapacitet.report.charts.sweep import sweep_spec
from kapacitet.report.document import Paragraph, Picture
from kapacitet.report.markdown import to_markdown
from kapacitet.report.notes import chart_notes, subtitle
from kapacitet.report.render import png
from kapacitet.report.sweep import sweep_blocks, verdict
from kapacitet.report.terminal import console, show
from kapacitet.scenario.documents import document_text
from kapacitet.scenario.files import scenario_document

MARKER, TABLE, REPORT, PICTURE, POINTS = "sweep.json", "sweep.csv", "sweep.md", "sweep.png", "punkter"
NAME = 16


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the scenario.

    Attributes:
        over: levers with their values.
        out: the folder.
        workers: processes.
        time_limit, gap: of each point, instead of the scenario's.
        anew: solve again what is solved already.
    """

    over: tuple[str, ...]
    out: Path
    workers: int = 1
    time_limit: float | None = None
    gap: float | None = None
    anew: bool = False


def sweep(scenario_name: str, wishes: Wishes, stop: Callable[[], bool]) -> int:
    """Answer every combination, print the table, and write the folder; what is finished there isn't solved again.

    Returns:
        the exit status: ``NO_PLAN`` where no point has a plan.

    Raises:
        FaultyInput: with every fault of every value, before anything is solved.
        OSError: the folder can't be written.
    """
    axes = read_axes(wishes.over)
    scenario, region = read(scenario_name, time_limit=wishes.time_limit, gap=wishes.gap)
    points = build_grid(region, scenario, axes)
    place_for(wishes.out, MARKER)
    folder = wishes.out / POINTS
    folder.mkdir(exist_ok=True)
    known = {} if wishes.anew else kept(folder)
    summary = summary_of(region, scenario)
    _begin(wishes.out, summary, axes, points)
    with reporting() as reporter:
        done = 0

        def told(point: GridPoint, answer: PointAnswer) -> None:
            nonlocal done
            done += 1
            reporter.phase(f"{done} af {numbers.number(left)} punkter")
            if answer.finished:
                text = as_text(point.identity, answer)
                replace_file(folder / f"{point.identity[:NAME]}.json", text.encode())

        left = len({point.identity for point in points} - set(known))
        reporter.phase(f"0 af {numbers.number(left)} punkter")
        found = swept(
            region,
            axes,
            points,
            known,
            workers=wishes.workers,
            stop=stop,
            told=told,
            lost=lambda: say(Paragraph("En hjælpeproces døde; dens punkt regnes igen.", "warning")),
        )
    _finish(found, summary, wishes.out)
    say(Paragraph(f"Tabellen og hvert punkts scenarie ligger i {wishes.out}."))
    if not found.complete:
        say(Paragraph("Standset før tid. Kør kommandoen igen for at regne resten.", "warning"))
    planned = any("objective" in answer.figures for answer in found.answers)
    return statuses.PLAN if planned else statuses.NO_PLAN


def _begin(folder: Path, summary: dict[str, Any], axes: Sequence[Axis], points: Sequence[GridPoint]) -> None:
    """What is swept, and each point's scenario, before anything is solved; scenarios of an earlier grid go."""
    for stale in (folder / POINTS).glob("*.toml"):
        stale.unlink()
    told = {**summary, "over": {axis.key: list(axis.values) for axis in axes}, "points": len(points)}
    write_json(folder / MARKER, told, other=str)
    for i, point in enumerate(points, 1):
        text = document_text(scenario_document(point.scenario), ".toml")
        replace_file(folder / POINTS / f"{i:04d}.toml", text.encode())


def _finish(found: Sweep, summary: dict[str, Any], folder: Path) -> None:
    write_table(folder / TABLE, found.table())
    show(sweep_blocks(found, summary), console())
    pictures: list[Picture] = []
    spec = sweep_spec(found, subtitle(summary), chart_notes(summary), verdict(found))
    (folder / PICTURE).unlink(missing_ok=True)
    if spec is not None:
        replace_file(folder / PICTURE, png(spec))
        pictures.append(Picture(PICTURE, str(spec["description"])))
    replace_file(folder / REPORT, to_markdown(sweep_blocks(found, summary, pictures)).encode())
