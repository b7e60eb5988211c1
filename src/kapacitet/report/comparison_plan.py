"""What each plan builds, costs and leaves unmet, beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.charts.frames import frame_use
from kapacitet.report.comparison_line import Line, Value, compared
from kapacitet.report.records import records
from kapacitet.report.words import Names


def plan_lines(results: Sequence[Result]) -> list[Line]:
    """Status and cost, what is built by whom, cover, frames, and cost by component."""
    return [*_plan(results), *_builds(results), *_cover(results), *_frames(results), *_costs(results)]


def _plan(results: Sequence[Result]) -> list[Line]:
    objective = [float(result.summary["objective"]) for result in results]
    saved = [float(r.summary["baseline"]["objective"]) - cost for r, cost in zip(results, objective, strict=True)]
    gaps: list[Value] = [r.summary["gap"] for r in results]
    return [
        compared("Planen", "Status", [str(result.summary["status"]) for result in results], numbers.number),
        compared("Planen", "Omkostning (nutidsværdi)", objective, numbers.millions),
        compared("Planen", "Sparet mod ikke at bygge nyt", saved, numbers.millions),
        compared("Planen", "Afstand til optimum", gaps, numbers.gap),
    ]


def _builds(results: Sequence[Result]) -> list[Line]:
    new = [r.tables["builds"][r.tables["builds"]["kind"] == "byg"] for r in results]
    lines = [compared("Byggeri", "Nye tilbud", [float(len(table)) for table in new], numbers.places)]
    lines += [compared("Byggeri", "Nye pladser", [float(table["places"].sum()) for table in new], numbers.places)]
    ways: tuple[tuple[str, Callable[[object], str]], ...] = (
        ("owner_type", lambda kind: words.OWNER_TYPES.get(str(kind), str(kind))),
        ("target_groups", words.groups),
        ("legal_basis", words.legal_basis),
    )
    for column, worded in ways:
        for kind in sorted({str(value) for table in new for value in table[column]}):
            sums = [float(table.loc[table[column] == kind, "places"].sum()) for table in new]
            lines.append(compared("Byggeri", f"– {worded(kind)}", sums, numbers.places))
    cost = [float(table["construction_cost"].sum()) for table in new]
    ends = [float((r.tables["builds"]["kind"] != "byg").sum()) for r in results]
    lines.append(compared("Byggeri", "Anlægssum", cost, numbers.millions))
    if any(ends):
        lines.append(compared("Byggeri", "Lukninger og omlægninger", ends, numbers.places))
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
        compared("Dækning", title, [float(r.summary["kpis"][key]) for r in results], show)
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
            lines.append(compared("Rammer", title, values, numbers.percent))
    return lines


def _costs(results: Sequence[Result]) -> list[Line]:
    sums = [result.tables["costs"].groupby("component")["discounted"].sum() for result in results]
    lines = []
    for component, title in words.COMPONENTS.items():
        values = [float(each.get(component, 0.0)) for each in sums]
        if any(values):
            lines.append(compared("Omkostninger (nutidsværdi)", title, values, numbers.millions))
    return lines


def project_lines(results: Sequence[Result]) -> list[Line]:
    """Size and opening year of each project that any of the plans builds."""
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
        lines.append(compared("Projekter", titles[project] + everywhere, texts, numbers.number))
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
