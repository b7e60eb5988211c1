"""The previous plan's projects: each once, not decided already, and still possible as planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.scenario.building import Building
from kapacitet.scenario.models import Scenario

KEY = "projects.previous"


def impossible_previous(region: Region, scenario: Scenario, built: Sequence[Building]) -> Iterator[Fault]:
    """Faults in ``projects.previous``; what the scenario itself rules out is a warning: that is a change of plan.

    Names the region doesn't have are another check's; they are passed over here.
    """
    table = region.tables["candidates"]
    project_of: dict[str, str] = dict(zip(table["id"], table["project"], strict=True))
    owner_of: dict[str, str] = dict(zip(table["id"], table["owner_type"], strict=True))
    known = [one for one in scenario.projects.previous if one.candidate in project_of]
    yield from _twice([one.candidate for one in known], project_of)
    decided = {
        project_of[one.candidate]: one.candidate for one in scenario.projects.committed if one.candidate in project_of
    }
    forbidden, owners = set(scenario.projects.forbidden), scenario.projects.only_owner_types
    starts = {one.row["id"]: one.starts for one in built}
    for one in known:
        name, project = one.candidate, project_of[one.candidate]
        if project in decided:
            message = f"Kandidatens projekt er allerede besluttet («{decided[project]}»)."
            mend = "Slet den i projects.previous eller i projects.committed."
            yield Fault(message, mend, column=KEY, value=name)
        elif forbidden & {name, project} or (owners is not None and owner_of[name] not in owners):
            yield Fault(
                "Scenariet udelukker et af sidste plans projekter; det regnes som udgået.",
                "Slet det i projects.previous, hvis det ikke skal koste prisen for ændringer.",
                column=KEY,
                value=name,
                severity="advarsel",
            )
        elif one.start not in starts.get(name, ()):
            yield _too_late_or_early(one.start, name, starts.get(name, ()))


def _twice(named: Sequence[str], project_of: dict[str, str]) -> Iterator[Fault]:
    for candidate, times in sorted(Counter(named).items()):
        if times > 1:
            yield Fault("Kandidaten står flere gange.", "Behold én byggestart.", column=KEY, value=candidate)
    for project, times in sorted(Counter(project_of[candidate] for candidate in set(named)).items()):
        if times > 1:
            message = "Sidste plan kan kun have én variant af projektet."
            yield Fault(message, "Behold én.", column=KEY, value=project)


def _too_late_or_early(start: int, name: str, possible: Sequence[int]) -> Fault:
    span = f"mulige år er {possible[0]}-{possible[-1]}" if possible else "intet år er muligt"
    return Fault(
        f"Byggestart i {start} kan ikke ske og åbne inden for planens år; {span}.",
        "Se på horizon, construction_delay og kandidatens earliest, latest og lead_time, "
        "eller slet den i projects.previous, hvis den er opgivet.",
        column=KEY,
        value=name,
    )
