"""What each limit that holds the plan back costs: relaxed by a planner's step, all chosen anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kapacitet.insight.many import Job
from kapacitet.insight.reasons.change import Change
from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.projects import difference
from kapacitet.insight.reasons.section import Section
from kapacitet.insight.reasons.variations import with_more, with_section, with_wider_window
from kapacitet.planning.constraints import staff

MILLION, POINT, HIRE = 1e6, 0.01, 1.0
COLUMNS = [
    "family", "party", "year", "limit", "relaxed", "amount", "unit", "candidate", "saves", "saves_low", "saves_high",
    "sureness", "added", "dropped",
]  # fmt: skip
KINDS = {"anlaegsramme": "anlaegsramme", "joint_frame": "faellesramme", "region_liquidity": "likviditet"}
"""Family of a frame, which is its table's name too, and its kind among the problem's frames."""
COMMON = {"joint_frame": "faelles", "region_liquidity": "region"}
"""Parties of the frames whose table names none."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One limit relaxed.

    Attributes:
        limit: the limit in a planner's words.
        relaxed: by how much it is, in words; ``amount`` and ``unit`` as figures.
        candidate: what there would be room for, where that is the question.
    """

    key: str
    family: str
    limit: str
    relaxed: str
    amount: float
    unit: str
    job: Job
    party: str | None = None
    year: int | None = None
    candidate: str | None = None


def limits(ground: Ground) -> Section:
    """``saves`` is what the best plan becomes cheaper by (kr., discounted) when one limit gives by one step."""
    steps = list({step.key: step for step in _steps(ground)}.values())
    told = yield {step.key: step.job for step in steps}
    rows = []
    for step in steps:
        answer = told.get(step.key)
        change = Change.of_relaxation(ground, answer)
        other = answer.decisions if answer is not None and answer.most < ground.best else ()
        rows.append(
            {
                **{name: getattr(step, name) for name in COLUMNS if hasattr(step, name)},
                **change.columns("saves", -1.0),
                **difference(ground, other),
            }
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = ["saves_low", "saves", "family", "party", "year"]
    return {
        "reasons_limits": table.sort_values(
            order, ascending=[False, False, True, True, True], kind="stable", ignore_index=True
        )
    }


def _steps(ground: Ground) -> Iterator[Step]:
    binding = [{str(key): value for key, value in row.items()} for row in ground.tables["binding"].to_dict("records")]
    rows: list[dict[str, Any]] = sorted(binding, key=lambda r: (str(r["family"]), str(r["party"]), int(r["year"])))
    for row in rows:
        if row["family"] in KINDS:
            party = COMMON.get(row["family"]) or str(row["party"])
            if pd.notna(row["blocks"]):
                yield from _enough(ground, row["family"], party, str(row["blocks"]), int(row["year"]))
            else:
                yield _frame(ground, row["family"], party, int(row["year"]), str(row["sentence"]))
            yield _frame_every_year(ground, row["family"], party)
        elif row["family"] == "staff":
            yield from _staff(ground, int(row["year"]), str(row["sentence"]))
    yield from _shares(ground, {str(row["family"]) for row in rows})
    yield from _decided(ground)
    yield from _windows(ground)


def _holder(ground: Ground, party: str) -> str:
    """Whose frame it is, in the genitive with the frame."""
    name = next((m.name for m in ground.problem.municipalities if m.code == party), "")
    return {"faelles": "den fælles anlægsramme", "region": "regionens likviditet"}.get(party, f"{name}s anlægsramme")


def _frame(ground: Ground, family: str, party: str, year: int, sentence: str) -> Step:
    more = {("" if party in COMMON.values() else party, year): MILLION}
    return Step(
        key=f"graense:{family}:{party}:{year}",
        family=family,
        party=party,
        year=year,
        limit=sentence,
        relaxed=f"1 mio. kr. mere i {_holder(ground, party)} i {year}",
        amount=MILLION,
        unit="kr.",
        job=ground.job(
            f"{_holder(ground, party)} {year} + 1 mio. kr.", region=with_more(ground.region, family, more)
        ),
    )


def _frame_every_year(ground: Ground, family: str, party: str) -> Step:
    holder = "" if party in COMMON.values() else party
    more = {(holder, year): MILLION for year in ground.problem.years}
    return Step(
        key=f"graense:{family}:{party}:alle",
        family=family,
        party=party,
        limit=f"{_holder(ground, party)[0].upper()}{_holder(ground, party)[1:]} i alle år",
        relaxed=f"1 mio. kr. mere i {_holder(ground, party)} hvert år",
        amount=MILLION,
        unit="kr. om året",
        job=ground.job(
            f"{_holder(ground, party)} + 1 mio. kr. om året", region=with_more(ground.region, family, more)
        ),
    )


def _enough(ground: Ground, family: str, party: str, candidate: str, start: int) -> Iterator[Step]:
    """As much as a candidate lacks beside the plan, in each year it lacks anything."""
    problem = ground.problem
    mine = {(d.name, d.start) for d in ground.decisions if d.kind == "byg"} | {(candidate, start)}
    chosen = [s for s in problem.starts if (problem.units[s.unit].id, s.start_year) in mine]
    holder = "" if party in COMMON.values() else party
    lacks: dict[tuple[str, int], float] = {}
    for t, year in enumerate(problem.years):
        spent = sum(s.frame_draw[t] for s in chosen if problem.units[s.unit].frame_party == party)
        over = spent - float(problem.frames[KINDS[family], party][t])
        if over > 0:
            lacks[holder, year] = over
    if not lacks:
        return
    amount = sum(lacks.values())
    text = f"{amount / MILLION:.1f}".replace(".", ",")
    years = " og ".join(str(year) for _, year in sorted(lacks))
    yield Step(
        key=f"graense:{family}:{party}:{candidate}",
        family=family,
        party=party,
        limit=f"{_holder(ground, party)[0].upper()}{_holder(ground, party)[1:]} i {years}",
        relaxed=f"{text} mio. kr. mere i {_holder(ground, party)} i {years}, nok til «{ground.title(candidate)}»",
        amount=amount,
        unit="kr.",
        candidate=candidate,
        job=ground.job(f"rum til {candidate}", region=with_more(ground.region, family, lacks)),
    )


def _staff(ground: Ground, year: int, sentence: str) -> Iterator[Step]:
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


def _shares(ground: Ground, families: set[str]) -> Iterator[Step]:
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


def _decided(ground: Ground) -> Iterator[Step]:
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


def _windows(ground: Ground) -> Iterator[Step]:
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
