"""Groups a planner asks about: by name, by the region's own areas, and neighbours two by two."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet.insight.gains.world import Group, World
from kapacitet.planning.problem import Problem
from kapacitet.scenario.suggest import suggestion

AREA, OWN, NEIGHBOURS, FOUND = "planområde", "egen gruppe", "naboer", "fundet"


@dataclass(frozen=True)
class NamedGroup:
    """A group to ask about; ``kind`` says where it comes from."""

    name: str
    kind: str
    members: Group


def areas(problem: Problem) -> list[NamedGroup]:
    """The areas of the municipalities' ``group`` column."""
    by_area: dict[str, set[int]] = defaultdict(set)
    for k, m in enumerate(problem.municipalities):
        if m.area:
            by_area[m.area].add(k)
    return [NamedGroup(name, AREA, frozenset(members)) for name, members in sorted(by_area.items())]


def neighbours(problem: Problem) -> list[NamedGroup]:
    """Pairs of municipalities with a link between them in ``travel_links``."""
    index = {m.code: k for k, m in enumerate(problem.municipalities)}
    links = problem.region.tables["travel_links"]
    pairs = {
        frozenset((index[str(a)], index[str(b)])) for a, b in zip(links["from"], links["to"], strict=True) if a != b
    }
    names = [m.name for m in problem.municipalities]
    return [NamedGroup(" og ".join(names[k] for k in sorted(p)), NEIGHBOURS, p) for p in sorted(pairs, key=sorted)]


def read_groups(file: Path, problem: Problem) -> list[NamedGroup]:
    """The groups of a TOML file: ``[groups]``, each a name and a list of municipality codes.

    Raises:
        FaultyInput: with every fault of the file.
    """
    faults: list[Fault] = []
    content = _read(file)
    named = content.get("groups")
    if not isinstance(named, dict) or not named or set(content) != {"groups"}:
        mend = 'Skriv [groups] og derunder fx "Fyn" = ["420", "461"].'
        raise FaultyInput(
            [Fault("Filen skal have ét afsnit, [groups], med mindst én gruppe.", mend, table=str(file))]
        )
    index = {m.code: k for k, m in enumerate(problem.municipalities)}
    groups = []
    for name, codes in named.items():
        members = _members(str(file), name, codes, index, faults)
        groups.append(NamedGroup(name, OWN, frozenset(members)))
    if faults:
        raise FaultyInput(faults)
    return groups


def _members(file: str, name: str, codes: Any, index: Mapping[str, int], faults: list[Fault]) -> list[int]:
    def fault(message: str, mend: str, value: object) -> None:
        faults.append(Fault(message, mend, table=file, column=f"groups.{name}", value=str(value)))

    if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
        fault("Gruppen skal være en liste af kommunekoder.", 'Skriv koderne i anførselstegn: ["420", "461"].', codes)
        return []
    for code in codes:
        if code not in index:
            fault("Kommunen findes ikke i regionen.", suggestion(code, list(index)), code)
        elif codes.count(code) > 1:
            fault("Kommunen står flere gange i gruppen.", "Skriv den én gang.", code)
    members = [index[code] for code in codes if code in index]
    if len(members) == len(index):
        fault("Gruppen er alle regionens kommuner.", "Udelad mindst én kommune.", ", ".join(codes))
    return members


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FaultyInput(
            [Fault(system_message(error, file) or "Filen kan ikke læses.", "", value=str(file))]
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mend = "Ret filen, og prøv igen."
        raise FaultyInput([Fault(f"Filen er ikke gyldig TOML: {error}", mend, value=str(file))]) from None


def proper(groups: list[NamedGroup], world: World) -> list[NamedGroup]:
    """Groups of more than one, but not all."""
    return [g for g in groups if 1 < len(g.members) < len(world.everyone)]
