"""Decisions about single projects that contradict each other or can't be carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.scenario.building import Building
from kapacitet.scenario.models import Scenario


def contradicting_projects(region: Region, scenario: Scenario, built: Sequence[Building]) -> Iterator[Fault]:
    """Faults among forced, forbidden and committed projects.

    Names the region doesn't have are another check's; they are passed over here.
    """
    table = region.tables["candidates"]
    project_of: dict[str, str] = dict(zip(table["id"], table["project"], strict=True))
    yield from _committed(scenario, project_of)
    yield from _forced(scenario, project_of, built)
    horizon = scenario.horizon
    for one in built:
        committed = one.row["id"] in {each.candidate for each in scenario.projects.committed}
        if committed and one.opens[0] > horizon.last:
            yield Fault(
                f"Den besluttede kandidat åbner i {one.opens[0]}, efter planens sidste år {horizon.last}.",
                "Vælg et længere tidsrum, hvis dens pladser skal tælle med.",
                column="projects.committed",
                value=one.row["id"],
                severity="advarsel",
            )


def _committed(scenario: Scenario, project_of: dict[str, str]) -> Iterator[Fault]:
    key = "projects.committed"
    named = [one.candidate for one in scenario.projects.committed]
    for candidate, times in sorted(Counter(named).items()):
        if times > 1:
            yield Fault("Kandidaten er besluttet flere gange.", "Slet de overflødige.", column=key, value=candidate)
    projects = Counter(project_of[candidate] for candidate in set(named) if candidate in project_of)
    for project, times in sorted(projects.items()):
        if times > 1:
            yield Fault("Flere varianter af projektet er besluttet.", "Behold én.", column=key, value=project)
    forbidden = set(scenario.projects.forbidden)
    for candidate in sorted(set(named)):
        if forbidden & {candidate, project_of.get(candidate, candidate)}:
            yield Fault(
                "Kandidaten er både besluttet og forbudt.",
                "Slet den i projects.committed eller i projects.forbidden.",
                column=key,
                value=candidate,
            )


def _forced(scenario: Scenario, project_of: dict[str, str], built: Sequence[Building]) -> Iterator[Fault]:
    """Forced projects that are forbidden, beside another forced or committed variant, or without a start."""
    key = "projects.forced"
    forbidden = set(scenario.projects.forbidden)
    forced = set(scenario.projects.forced)
    variants = Counter(project_of[name] for name in forced if name in project_of)
    for project, times in sorted(variants.items()):
        if times > 1:
            yield Fault("Flere varianter af projektet skal bygges.", "Behold én.", column=key, value=project)
    decided = {
        project_of[one.candidate]: one.candidate for one in scenario.projects.committed if one.candidate in project_of
    }
    startable = {name for one in built if one.starts for name in (one.row["id"], one.row["project"])}
    for name in sorted(forced & {*project_of, *project_of.values()}):
        members = [one for one, project in project_of.items() if name in (one, project)]
        other = decided.get(project_of.get(name, name))
        if name in forbidden or all(forbidden & {one, project_of[one]} for one in members):
            message, mend = "Skal bygges, men er forbudt.", "Slet navnet i forced eller i forbidden."
        elif other is not None and other not in members:
            message, mend = f"Skal bygges, men varianten «{other}» er besluttet.", "Slet den ene."
        elif name not in startable:
            message = "Skal bygges, men kan ikke begynde og åbne inden for planens år og ejertyper."
            mend = "Se på horizon, earliest og latest, construction_delay og only_owner_types."
        else:
            continue
        yield Fault(message, mend, column=key, value=name)
