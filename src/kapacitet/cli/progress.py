"""Progress while a plan is sought: one line that changes in a terminal, nothing elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from kapacitet.planning.solver import Phase, Progress
from kapacitet.report import numbers
from kapacitet.report.terminal import console

PHASES = {
    Phase.FEW: "ser på nogle få fremtider",
    Phase.RELAXING: "hæver den nedre grænse",
    Phase.SEARCHING: "leder",
    Phase.IMPROVING: "forbedrer planen",
    Phase.PROVING: "beviser, at ingen plan er billigere",
}


@dataclass
class Reporter:
    """Tells the phase, and the best plan so far with its bound and gap."""

    _show: Callable[[str], None]
    _phase: str = ""

    def phase(self, text: str) -> None:
        """A new phase has begun."""
        self._phase = text
        self._show(f"{text} …")

    def progress(self, event: Progress) -> None:
        """The search has moved."""
        self._show(f"{self._phase}: {progress_text(event)}")


def progress_text(event: Progress) -> str:
    """What the search is doing, incumbent, bound and gap in one line."""
    doing = PHASES[event.phase]
    if event.phase is Phase.FEW:
        return doing
    if not math.isfinite(event.objective):
        return f"{doing} · ingen plan endnu"
    best = f"{doing} · bedste plan {numbers.millions(event.objective)}"
    if not math.isfinite(event.bound):
        return best
    return f"{best} · nedre grænse {numbers.millions(event.bound)} · afstand {numbers.gap(event.gap)}"


@contextmanager
def reporting() -> Iterator[Reporter]:
    """A reporter that writes to standard error if that is a terminal, with the seconds gone."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield Reporter(lambda _: None)
        return
    text = TextColumn("{task.description}", markup=False)
    with Bar(SpinnerColumn(), TimeElapsedColumn(), text, console=screen, transient=True) as bar:
        task = bar.add_task("Læser …", total=None)
        yield Reporter(lambda line: bar.update(task, description=line))
