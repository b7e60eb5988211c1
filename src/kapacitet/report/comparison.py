"""Plans side by side: what each builds, costs and leaves unmet, with differences from the first one marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.charts.frames import frame_use
from kapacitet.report.document import Block, Cell, Grid, Heading, Paragraph, grid
from kapacitet.report.records import records
from kapacitet.report.words import Names

Value = float | str | None
SEEN = 50_000.0  # kr.: less than what is shown


@dataclass(frozen=True, slots=True)
class Line:
    """One thing compared: a value for each plan, and the values as text."""

    part: str
    title: str
    values: tuple[Value, ...]
    texts: tuple[str, ...]


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
        rows = [[line.part, line.title, *map(_inert, line.values)] for line in self.lines]
        return pd.DataFrame(rows, columns=["del", "emne", *map(_inert, self.columns)])

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
    lines = [*_plan(results), *_builds(results), *_cover(results), *_frames(results), *_costs(results)]
    return Comparison(_columns(results, places), (*lines, *_projects(results)), _remarks(results))


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


def _line(part: str, title: str, values: Sequence[Value], show: Callable[[float | None], str]) -> Line:
    texts = (show(value) if value is None or isinstance(value, float) else value for value in values)
    return Line(part, title, tuple(values), tuple(texts))


def _plan(results: Sequence[Result]) -> list[Line]:
    objective = [float(result.summary["objective"]) for result in results]
    saved = [float(r.summary["baseline"]["objective"]) - cost for r, cost in zip(results, objective, strict=True)]
    gaps: list[Value] = [r.summary["gap"] for r in results]
    return [
        _line("Planen", "Status", [str(result.summary["status"]) for result in results], numbers.number),
        _line("Planen", "Omkostning (nutidsværdi)", objective, numbers.millions),
        _line("Planen", "Sparet mod ikke at bygge nyt", saved, numbers.millions),
        _line("Planen", "Afstand til optimum", gaps, numbers.gap),
    ]


def _builds(results: Sequence[Result]) -> list[Line]:
    new = [r.tables["builds"][r.tables["builds"]["kind"] == "byg"] for r in results]
    lines = [_line("Byggeri", "Nye tilbud", [float(len(table)) for table in new], numbers.places)]
    lines += [_line("Byggeri", "Nye pladser", [float(table["places"].sum()) for table in new], numbers.places)]
    ways: tuple[tuple[str, Callable[[object], str]], ...] = (
        ("owner_type", lambda kind: words.OWNER_TYPES.get(str(kind), str(kind))),
        ("target_groups", words.groups),
        ("legal_basis", words.legal_basis),
    )
    for column, worded in ways:
        for kind in sorted({str(value) for table in new for value in table[column]}):
            sums = [float(table.loc[table[column] == kind, "places"].sum()) for table in new]
            lines.append(_line("Byggeri", f"– {worded(kind)}", sums, numbers.places))
    cost = [float(table["construction_cost"].sum()) for table in new]
    ends = [float((r.tables["builds"]["kind"] != "byg").sum()) for r in results]
    lines.append(_line("Byggeri", "Anlægssum", cost, numbers.millions))
    if any(ends):
        lines.append(_line("Byggeri", "Lukninger og omlægninger", ends, numbers.places))
    return lines


def _cover(results: Sequence[Result]) -> list[Line]:
    figures = (
        ("offentlig_andel", "Dækket af kommuner og region", numbers.percent),
        ("privat_andel", "Dækket af private og køb", numbers.percent),
        ("koebt_helaarspladser", "Købt (helårspladser)", numbers.places),
        ("udaekket_helaarspladser", "Udækket (helårspladser)", numbers.places),
        ("belaegning_ikke_private", "Belægning i ikke-private tilbud", numbers.percent),
        ("rejsetid_minutter", "Rejsetid hver vej (minutter)", numbers.places),
    )
    return [
        _line("Dækning", title, [float(r.summary["kpis"][key]) for r in results], show)
        for key, title, show in figures
    ]


def _frames(results: Sequence[Result]) -> list[Line]:
    uses = [frame_use(result.tables["frames"], Names()) for result in results]
    lines = []
    for kind, title in (
        ("anlaegsramme", "Højeste forbrug af en anlægsramme"),
        ("faellesramme", "Højeste forbrug af fælles ramme"),
        ("likviditet", "Højeste forbrug af regionens likviditet"),
    ):
        most = [use.loc[use["kind"] == kind, "share"].max() for use in uses]
        values: list[Value] = [None if pd.isna(value) else float(value) for value in most]
        if any(value is not None for value in values):
            lines.append(_line("Rammer", title, values, numbers.percent))
    return lines


def _costs(results: Sequence[Result]) -> list[Line]:
    sums = [result.tables["costs"].groupby("component")["discounted"].sum() for result in results]
    lines = []
    for component, title in words.COMPONENTS.items():
        values = [float(each.get(component, 0.0)) for each in sums]
        if any(values):
            lines.append(_line("Omkostninger (nutidsværdi)", title, values, numbers.millions))
    return lines


def _projects(results: Sequence[Result]) -> list[Line]:
    chosen: list[dict[str, str]] = []
    variants: dict[str, set[str]] = {}
    for result in results:
        builds = result.tables["builds"]
        new = records(builds[builds["kind"] == "byg"])
        chosen.append({str(row["project"]): _variant(row["places"], row["opening_year"]) for row in new})
        for row in [*records(result.tables["alternatives"]), *new]:
            variants.setdefault(str(row["project"]), set()).add(str(row["name"]))
    built = {project for plan in chosen for project in plan}
    titles = {project: _common(sorted(variants[project]), project) for project in built}
    lines = []
    for project in sorted(built, key=lambda project: (titles[project], project)):
        everywhere = " (i alle)" if len(results) > 1 and all(project in plan for plan in chosen) else ""
        texts = [plan.get(project, numbers.MISSING) for plan in chosen]
        lines.append(_line("Projekter", titles[project] + everywhere, texts, numbers.number))
    return lines


def _variant(places: float, opening_year: float) -> str:
    return f"{numbers.places(places)} pl., {int(opening_year)}"


def _common(names: Sequence[str], project: str) -> str:
    """What the sorted names of a project's variants share, up to a comma; the project's id if they share nothing."""
    first, last = names[0], names[-1]
    if first == last:
        return first
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    shared = first[:length]
    return shared[: shared.rfind(",")] if "," in shared else project


def _inert(value: Value) -> Value:
    """Text as it is, but never such that a spreadsheet takes it for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
