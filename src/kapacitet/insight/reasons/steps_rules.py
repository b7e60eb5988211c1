"""Limits that aren't money relaxed: staff, shares of places, and what is decided about projects."""

from __future__ import annotations

from collections.abc import Iterator

from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.step import Step
from kapacitet.insight.reasons.variations import with_more, with_section, with_wider_window
from kapacitet.planning.constraints import staff

POINT, HIRE = 0.01, 1.0


def hires(ground: Ground, year: int, sentence: str) -> Iterator[Step]:
    problem = ground.problem
    for area, t in sorted(problem.staff_limits):
        if problem.years[t] == year and staff.sentence(problem, {"area": area, "t": t}) == sentence:
            yield Step(
                key=f"graense:staff:{area}:{year}",
                family="staff",
                party=area,
                year=year,
                limit=sentence,
                relaxed=f"1 ansat mere i {area} i {year}",
                amount=HIRE,
                unit="årsværk",
                job=ground.job(
                    f"1 ansat mere i {area} i {year}",
                    region=with_more(ground.region, "staff_limits", {(area, year): HIRE}, "hires"),
                ),
            )


def shares(ground: Ground, families: set[str]) -> Iterator[Step]:
    limits = ground.scenario.limits
    for family, key, stands, to, limit in (
        ("reserve", "reserve_min", limits.reserve_min > 0, max(limits.reserve_min - POINT, 0.0), "mindste reserve"),
        ("reserve", "reserve_max", limits.reserve_max < 1, min(limits.reserve_max + POINT, 1.0), "største reserve"),
        (
            "public_share",
            "public_share_min",
            limits.public_share_min > 0,
            max(limits.public_share_min - POINT, 0.0),
            "mindste offentlige andel",
        ),
    ):
        if stands and family in families:
            relaxed = with_section(ground.scenario, "limits", **{key: to})
            yield Step(
                key=f"graense:{key}",
                family=family,
                limit=f"{limit[0].upper()}{limit[1:]}",
                relaxed=f"1 procentpoint lempeligere krav om {limit}",
                amount=POINT,
                unit="andel",
                job=ground.job(f"{limit} lempet", scenario=relaxed),
            )


def decided(ground: Ground) -> Iterator[Step]:
    """What the scenario demands or forbids of projects and builders, one thing at a time."""
    projects = ground.scenario.projects
    for key, words in (("forced", "kravet om at bygge"), ("forbidden", "forbuddet mod")):
        names = getattr(projects, key)
        for name in names:
            free = with_section(ground.scenario, "projects", **{key: tuple(n for n in names if n != name)})
            yield Step(
                key=f"graense:{key}:{name}",
                family="projects",
                limit=f"{words[0].upper()}{words[1:]} {name}",
                relaxed=f"at ophæve {words} {name}",
                amount=1.0,
                unit="krav",
                job=ground.job(f"{words} {name} ophævet", scenario=free),
            )
    if projects.only_owner_types is not None:
        free = with_section(ground.scenario, "projects", only_owner_types=None)
        yield Step(
            key="graense:only_owner_types",
            family="projects",
            limit="Kun nogle slags bygherrer",
            relaxed="at lade alle ejertyper bygge",
            amount=1.0,
            unit="krav",
            job=ground.job("alle ejertyper må bygge", scenario=free),
        )


def windows(ground: Ground) -> Iterator[Step]:
    """Projects of the plan that begin in the first or last year their window allows."""
    rows = {str(row["id"]): row for row in ground.region.tables["candidates"].to_dict("records")}
    horizon = ground.scenario.horizon
    for project, decision in ground.in_plan.items():
        row = rows[decision.name]
        early = decision.start == int(row["earliest"]) > horizon.first
        late = decision.start == int(row["latest"]) and decision.effect < horizon.last
        if early or late:
            yield Step(
                key=f"graense:vindue:{project}",
                family="projects",
                year=decision.start,
                limit=f"{ground.title(decision.name)} skal begynde i {row['earliest']}–{row['latest']}",
                relaxed=f"et år {'tidligere' if early else 'senere'} byggestart for «{ground.title(decision.name)}»",
                amount=1.0,
                unit="år",
                candidate=decision.name,
                job=ground.job(f"vinduet for {project}", region=with_wider_window(ground.region, project)),
            )
