"""Plans side by side: what each builds, costs and leaves unmet, with differences from the first one marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report import numbers
from kapacitet.report.comparison_line import Line
from kapacitet.report.comparison_payment import payment_lines
from kapacitet.report.comparison_plan import plan_lines, project_lines
from kapacitet.report.document import Block, Cell, Grid, Heading, Paragraph, grid
from kapacitet.report.inert import inert

SEEN = 50_000.0  # kr.: less than what is shown


@dataclass(frozen=True)
class Comparison:
    """Plans side by side.

    Attributes:
        columns: a name for each plan, all different.
        lines: what is compared, in order, grouped by ``part``.
        remarks: what must be known when reading it.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]

    def table(self) -> pd.DataFrame:
        """Columns ``del``, ``emne`` and one for each plan, figures as numbers, text that no spreadsheet computes."""
        rows = [[line.part, line.title, *map(inert, line.values)] for line in self.lines]
        return pd.DataFrame(rows, columns=["del", "emne", *map(inert, self.columns)])

    def blocks(self) -> tuple[Block, ...]:
        """The comparison to be read; what differs from the first plan is marked."""
        blocks: list[Block] = [Heading("Sammenligning", 1)]
        blocks += [Paragraph(remark, "warning") for remark in self.remarks]
        for part in dict.fromkeys(line.part for line in self.lines):
            blocks += [Heading(part), self._grid(part)]
        blocks.append(Paragraph("Fremhævet eller mærket med *: afviger fra den første plan.", "quiet"))
        return tuple(blocks)

    def _grid(self, part: str) -> Grid:
        rows: list[list[str | Cell]] = [
            [line.title, *(Cell(text, marked=text != line.texts[0]) for text in line.texts)]
            for line in self.lines
            if line.part == part
        ]
        return grid(["", *self.columns], rows)


def compare(results: Sequence[Result], places: Sequence[str]) -> Comparison:
    """Compare plans.

    Args:
        results: at least one.
        places: where each comes from, to tell plans of the same name apart.
    """
    lines = (*plan_lines(results), *payment_lines(results), *project_lines(results))
    return Comparison(_columns(results, places), lines, _remarks(results))


def _columns(results: Sequence[Result], places: Sequence[str]) -> tuple[str, ...]:
    names = [str(result.summary["name"]) for result in results]
    often = Counter(names)
    told = [name if often[name] == 1 else f"{name} ({place})" for name, place in zip(names, places, strict=True)]
    clash = Counter(told)
    return tuple(name if clash[name] == 1 else f"{name} {i}" for i, name in enumerate(told, start=1))


def _remarks(results: Sequence[Result]) -> tuple[str, ...]:
    remarks = []
    for key, what in (("region", "regioner"), ("price_year", "prisår")):
        if len({result.summary[key] for result in results}) > 1:
            remarks.append(f"Planerne er fra forskellige {what}; tallene kan ikke sammenlignes direkte.")
    horizons = {(result.scenario.horizon.first, result.scenario.horizon.last) for result in results}
    if len(horizons) > 1:
        remarks.append("Planerne dækker forskellige år; summer over årene kan ikke sammenlignes direkte.")
    if len({round(result.summary["baseline"]["objective"]) for result in results}) > 1:
        remarks.append(
            "Gevinst, byrde og «mod ikke at bygge nyt» er målt under hver plans egne håndtag; uden nyt byggeri "
            "koster planernes verdener ikke det samme."
        )
    if any(result.summary["bound"] is None for result in results):
        remarks.append("For mindst én plan vides det ikke, hvor langt den er fra den bedste.")
    else:
        unproven = max(result.summary["objective"] - result.summary["bound"] for result in results)
        if unproven >= SEEN:
            remarks.append(
                f"Hver plan kan være op til {numbers.millions(unproven)} fra den bedste i sit scenarie: mindre "
                "forskelle i omkostning siger ikke, hvilket scenarie der er billigst."
            )
    if any(result.summary["illustrative"] for result in results):
        remarks.append("Planerne hviler på illustrative data.")
    return tuple(remarks)
