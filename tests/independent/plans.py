"""First-stage plans: what can be decided, and the rules between decisions."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .case import Case, blank_is_zero, parts
from .money import is_shared, open_by_table, takst_in_full_operation
from .recourse import State


@dataclass(frozen=True)
class Plan:
    """A first-stage plan.

    Attributes:
        builds: (candidate, year building starts), committed ones included, sorted.
        closures: (offer, first year without places), sorted.
        conversions: (offer, number of the row in ``conversions`` from 0, year of start), sorted.
    """

    builds: tuple[tuple[str, int], ...] = ()
    closures: tuple[tuple[str, int], ...] = ()
    conversions: tuple[tuple[str, int, int], ...] = ()


def make_plan(
    builds: Mapping[str, int] | None = None,
    closures: Mapping[str, int] | None = None,
    conversions: Iterable[tuple[str, int, int]] = (),
) -> Plan:
    """A plan in its sorted form from candidate → start, offer → first year closed, and conversions."""
    return Plan(
        tuple(sorted((builds or {}).items())),
        tuple(sorted((closures or {}).items())),
        tuple(sorted(conversions)),
    )


def opening(case: Case, candidate: str, start: int) -> int:
    """First year with places: start + lead time + delay."""
    delay = int(case.key("levers", "construction_delay"))
    return start + int(case.candidates[candidate]["lead_time"]) + delay


def committed(case: Case) -> dict[str, int]:
    """Committed candidates and their start."""
    return {entry["candidate"]: entry["start"] for entry in case.key("projects", "committed")}


def may_build(case: Case, candidate: str) -> bool:
    """Whether forbidden projects, the owner types asked for or the takst cap shut a candidate out."""
    row = case.candidates[candidate]
    if {candidate, row["project"]} & set(case.key("projects", "forbidden")):
        return False
    owners = case.key("projects", "only_owner_types")
    if owners is not None and row["owner_type"] not in owners:
        return False
    if case.key("levers", "takst_cap_new") == "inden_for_loftet":
        for group in parts(row["target_groups"]):
            cap = case.key("levers", "takst_cap").get(group)
            if cap is not None and takst_in_full_operation(case, candidate, group) > cap:
                return False
    return True


def starts(case: Case, candidate: str) -> list[int]:
    """Years building may start: inside the window and the horizon, opening inside the horizon."""
    row = case.candidates[candidate]
    if not may_build(case, candidate):
        return []
    return [
        year
        for year in case.years
        if row["earliest"] <= year <= row["latest"] and opening(case, candidate, year) <= case.last
    ]


def closing_years(case: Case, offer: str) -> list[int]:
    """Years a decided closure of a shared offer may take effect."""
    row = case.offers[offer]
    earliest = row["earliest_close"]
    if not case.key("limits", "closures") or not is_shared(row):
        return []
    if earliest is None:
        if not case.readings.closable_without_earliest:
            return []
        earliest = case.first
    return [year for year in case.years if year >= earliest and open_by_table(row, year)]


def converting_years(case: Case, number: int) -> list[int]:
    """Years a conversion may start so that it takes effect in the horizon while the offer is open."""
    row = case.conversions[number]
    if not case.key("limits", "conversions"):
        return []
    offer = case.offers[row["offer"]]
    return [
        year
        for year in case.years
        if year >= row["earliest"]
        and year + row["years"] <= case.last
        and open_by_table(offer, year)
        and open_by_table(offer, year + row["years"])
    ]


def choices(case: Case) -> list[list[Plan]]:
    """One list per project and per offer: the plans that decide only that, the first doing nothing."""
    fixed = committed(case)
    found: list[list[Plan]] = []
    for project in sorted({row["project"] for row in case.candidates.values()}):
        own = sorted(unit for unit, row in case.candidates.items() if row["project"] == project)
        bound = [unit for unit in own if unit in fixed]
        if bound:
            found.append([Plan(builds=tuple((unit, fixed[unit]) for unit in bound))])
            continue
        found.append([Plan(), *(Plan(builds=((unit, y),)) for unit in own for y in starts(case, unit))])
    for offer in sorted(case.offers):
        options = [Plan(), *(Plan(closures=((offer, y),)) for y in closing_years(case, offer))]
        for number, row in enumerate(case.conversions):
            if row["offer"] == offer:
                options += [Plan(conversions=((offer, number, y),)) for y in converting_years(case, number)]
        found.append(options)
    return found


def count_plans(case: Case) -> int:
    """How many plans enumeration would look at."""
    count = 1
    for options in choices(case):
        count *= len(options)
    return count


def all_plans(case: Case) -> Iterator[Plan]:
    """Every combination of choices, before rules between projects and limits."""
    for combination in itertools.product(*choices(case)):
        yield Plan(
            builds=tuple(sorted(part for plan in combination for part in plan.builds)),
            closures=tuple(sorted(part for plan in combination for part in plan.closures)),
            conversions=tuple(sorted(part for plan in combination for part in plan.conversions)),
        )


def out_of_choice(case: Case, plan: Plan) -> list[str]:
    """Decisions of a given plan that can't be taken at all."""
    wrong = []
    options = [part for group in choices(case) for part in group]
    allowed = {item for part in options for item in (*part.builds, *part.closures, *part.conversions)}
    for item in (*plan.builds, *plan.closures, *plan.conversions):
        if item not in allowed:
            wrong.append(f"not open to choice: {item}")
    projects = [case.candidates[unit]["project"] for unit, _ in plan.builds]
    units = [item[0] for item in (*plan.closures, *plan.conversions)]
    if len(set(projects)) < len(projects):
        wrong.append("a project is built twice")
    if len(set(units)) < len(units):
        wrong.append("an offer is closed or converted twice")
    for unit, start in committed(case).items():
        if (unit, start) not in plan.builds:
            wrong.append(f"committed but missing: {unit}")
    return wrong


def broken_rules(case: Case, plan: Plan) -> list[str]:
    """Forced, required and staffing rules the plan breaks."""
    wrong = []
    begun: dict[str, int] = {}
    for unit, start in plan.builds:
        begun[unit] = start
        begun[case.candidates[unit]["project"]] = start
    for name in case.key("projects", "forced"):
        if name not in begun:
            wrong.append(f"forced: {name}")
    fixed = committed(case)
    for unit, start in plan.builds:
        if unit in fixed:
            continue
        for needed in parts(case.candidates[unit]["requires"]):
            if begun.get(needed, start + 1) > start:
                wrong.append(f"requires: {unit} needs {needed}")
    return wrong + _staff(case, plan)


def _staff(case: Case, plan: Plan) -> list[str]:
    """Σ places opened in the year × staff per place ≤ hires of the area."""
    if case.key("limits", "staff") == "off":
        return []
    built = [(unit, opening(case, unit, start)) for unit, start in plan.builds]
    facts = [(unit, row["opened"]) for unit, row in case.offers.items() if row["opened"] is not None]
    places = {str(row["code"]): {str(row["code"]), row["group"]} for row in case.tables["municipalities"]}
    wrong = []
    for limit in case.tables.get("staff_limits", []):
        if limit["year"] not in case.years:
            continue
        new, known = (
            sum(
                float(case.site(unit)["places"]) * blank_is_zero(case.site(unit)["staff_per_place"])
                for unit, year in opened
                if year == limit["year"] and limit["area"] in places[case.site(unit)["municipality"]]
            )
            for opened in (built, facts if case.readings.staff_counts_offers else [])
        )
        # What opens anyway is a fact: it uses hires, but can't make every plan impossible.
        if new > max(limit["hires"] - known, 0.0) * (1 + 1e-9) + 1e-9:
            wrong.append(f"staff: {limit['area']} {limit['year']}")
    return wrong


def groups_in_force(case: Case, plan: Plan, offer: str, year: int) -> frozenset[str]:
    """Groups an offer serves: after a conversion takes effect (groups − from) ∪ to."""
    groups = frozenset(parts(case.offers[offer]["target_groups"]))
    for unit, number, start in plan.conversions:
        row = case.conversions[number]
        if unit == offer and year >= start + row["years"]:
            groups = (groups - set(parts(row["from_groups"]))) | set(parts(row["to_groups"]))
    return groups


def state(case: Case, plan: Plan, year: int) -> State:
    """What is open under the plan in a year."""
    closed = dict(plan.closures)
    mass_year = int(case.key("limits", "critical_mass_year"))
    ready = [(unit, opening(case, unit, start)) for unit, start in plan.builds]
    return State(
        year,
        tuple(
            (offer, groups_in_force(case, plan, offer, year))
            for offer, row in sorted(case.offers.items())
            if open_by_table(row, year) and year < closed.get(offer, year + 1)
        ),
        tuple((unit, year >= first + mass_year - 1) for unit, first in sorted(ready) if first <= year),
    )


def possible_pairs(case: Case, year: int) -> list[tuple[str, str]]:
    """Every (unit, group) some plan could have open in the year."""
    found = [
        (offer, group)
        for offer, row in case.offers.items()
        if open_by_table(row, year)
        for group in parts(row["target_groups"])
    ]
    fixed = committed(case)
    settled = {case.candidates[unit]["project"] for unit in fixed}
    for unit, row in case.candidates.items():
        free = [] if row["project"] in settled else starts(case, unit)
        begins = [fixed[unit]] if unit in fixed else free
        if any(opening(case, unit, start) <= year for start in begins):
            found += [(unit, group) for group in parts(row["target_groups"])]
    return found
