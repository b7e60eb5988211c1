"""Frames and liquidity relaxed: a million more in a year or every year, or as much as a candidate lacks."""

from __future__ import annotations

from collections.abc import Iterator

from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.step import Step
from kapacitet.insight.reasons.variations import with_more
from kapacitet.region.danish import MILLION, millions

KINDS = {"anlaegsramme": "anlaegsramme", "joint_frame": "faellesramme", "region_liquidity": "likviditet"}
"""Family of a frame, which is its table's name too, and its kind among the problem's frames."""
COMMON = {"joint_frame": "faelles", "region_liquidity": "region"}
"""Parties of the frames whose table names none."""


def holder_words(ground: Ground, party: str) -> str:
    """Whose frame it is, in the genitive with the frame."""
    name = next((m.name for m in ground.problem.municipalities if m.code == party), "")
    return {"faelles": "den fælles anlægsramme", "region": "regionens likviditet"}.get(party, f"{name}s anlægsramme")


def frame_in_a_year(ground: Ground, family: str, party: str, year: int, sentence: str) -> Step:
    more = {("" if party in COMMON.values() else party, year): MILLION}
    return Step(
        key=f"graense:{family}:{party}:{year}",
        family=family,
        party=party,
        year=year,
        limit=sentence,
        relaxed=f"1 mio. kr. mere i {holder_words(ground, party)} i {year}",
        amount=MILLION,
        unit="kr.",
        job=ground.job(
            f"{holder_words(ground, party)} {year} + 1 mio. kr.", region=with_more(ground.region, family, more)
        ),
    )


def frame_every_year(ground: Ground, family: str, party: str) -> Step:
    holder = "" if party in COMMON.values() else party
    more = {(holder, year): MILLION for year in ground.problem.years}
    return Step(
        key=f"graense:{family}:{party}:alle",
        family=family,
        party=party,
        limit=f"{holder_words(ground, party)[0].upper()}{holder_words(ground, party)[1:]} i alle år",
        relaxed=f"1 mio. kr. mere i {holder_words(ground, party)} hvert år",
        amount=MILLION,
        unit="kr. om året",
        job=ground.job(
            f"{holder_words(ground, party)} + 1 mio. kr. om året", region=with_more(ground.region, family, more)
        ),
    )


def enough(ground: Ground, family: str, party: str, candidate: str, start: int) -> Iterator[Step]:
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
    whose = holder_words(ground, party)
    years = " og ".join(str(year) for _, year in sorted(lacks))
    yield Step(
        key=f"graense:{family}:{party}:{candidate}",
        family=family,
        party=party,
        limit=f"{whose[0].upper()}{whose[1:]} i {years}",
        relaxed=f"{millions(amount)} mere i {whose} i {years}, nok til «{ground.title(candidate)}»",
        amount=amount,
        unit="kr.",
        candidate=candidate,
        job=ground.job(f"rum til {candidate}", region=with_more(ground.region, family, lacks)),
    )
