"""Rolling on: what is carried to this year's scenario, what is told, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.rolling import Rolled, Wishes, roll, without_previous
from kapacitet.insight.run import run
from kapacitet.region import Region, region_from_tables
from kapacitet.scenario.files import load_scenario, save_scenario
from kapacitet.scenario.models import Scenario
from tests.report.world import build, builds, scenario, tables

FRAMES = pd.DataFrame(columns=["kind", "year", "pool"])
NEW_OFFER = {
    "municipality": "630",
    "owner_type": "kommune",
    "owner": "630",
    "legal_basis": "sel108",
    "target_groups": "autisme",
    "places": 12,
    "fixed_cost": 14.4e6,
    "variable_cost": 0.4e6,
    "budgeted_occupancy": 0.95,
    "in_rammeaftale": True,
    "as_of": "2027-01-01",
}
LAST = 2030  # the small region's tables end there


def region(**changes: Any) -> Region:
    """The small region with tables replaced; residents counted at the end of 2026."""
    given = tables()
    given["residents"] = [{**row, "as_of": "2026-12-31"} for row in given["residents"]]
    given["candidates"] += [{**given["candidates"][0], "id": "andet-8", "project": "andet", "name": "Andet hus"}]
    given["loan_pools"] = []
    return region_from_tables("proeve", 2026, given | changes, source="prøve", evidence="illustrativ")


def planned(*rows: dict[str, Any], frames: pd.DataFrame = FRAMES, **sections: Any) -> Result:
    """A result with these rows of ``builds``."""
    return Result({"region": "proeve"}, scenario(**sections), {"builds": builds(*rows), "frames": frames})


def house(name: str, start: int, **changes: Any) -> dict[str, Any]:
    row = {"candidate": name, "project": name.rsplit("-", 1)[0], "start_year": start, "opening_year": start + 2}
    return build(**row, municipality="630", owner="630", **changes)


def carried(result: Result, at: Region | None = None, **wishes: Any) -> Rolled:
    return roll(result, at or region(), "proeve", Wishes(**{"last": LAST, **wishes}))


def refused(result: Result, at: Region | None = None, **wishes: Any) -> list[Fault]:
    with pytest.raises(FaultyInput) as error:
        carried(result, at, **wishes)
    return [fault for fault in error.value.faults if fault.severity == "fejl"]


def dated(scenario: Scenario, key: str) -> dict[str, int]:
    return {one.candidate: one.start for one in getattr(scenario.projects, key)}


def test_what_has_begun_is_committed_and_the_rest_is_the_previous_plan() -> None:
    found = carried(planned(house("nyt-12", 2026), house("andet-8", 2027)), price=2e6).scenario
    assert (found.horizon.first, found.horizon.last) == (2027, 2030)
    assert dated(found, "committed") == {"nyt-12": 2026} and dated(found, "previous") == {"andet-8": 2027}
    assert found.projects.change_price == 2e6


def test_what_was_committed_for_later_stays_committed() -> None:
    found = carried(planned(house("nyt-12", 2028, committed=True))).scenario
    assert dated(found, "committed") == {"nyt-12": 2028} and dated(found, "previous") == {}


def test_all_other_levers_are_last_years() -> None:
    old = planned(
        house("andet-8", 2027),
        levers={"takst_reduction": 0.02, "construction_overrun": 0.1},
        projects={"forced": ["andet"], "change_price": 7.0},
        costs={"discount_rate": 0.035},
    )
    found = carried(old).scenario
    same = {"horizon", "projects", "name", "description"}
    assert found.model_dump(exclude=same) == old.scenario.model_dump(exclude=same)
    assert found.projects.forced == ("andet",) and found.projects.change_price == 7.0
    assert found.name == "Prøve, videreført til 2027"


def test_the_file_is_the_scenario(tmp_path: Any) -> None:
    found = carried(planned(house("nyt-12", 2026), house("andet-8", 2028)), price=1.5).scenario
    for name in ("s.toml", "s.json"):
        save_scenario(found, tmp_path / name)
        assert load_scenario(tmp_path / name) == found


def test_rolling_twice_with_the_plans_found() -> None:
    """2026 → 2027 → 2028: begun projects stay decided for good, the name says the last year only."""
    at = region()
    first = run(at, scenario())
    assert isinstance(first, Result)
    second = carried(first, at)
    answer = run(at, second.scenario)
    assert isinstance(answer, Result)
    third = carried(answer, at, first=2028)
    for old, new in ((first, second), (answer, third)):
        rows = old.tables["builds"]
        begun = rows["committed"].astype(bool) | (rows["start_year"] < new.scenario.horizon.first)
        starts = rows.set_index("candidate")["start_year"]
        assert dated(new.scenario, "committed") == starts[begun.to_numpy()].to_dict()
        assert dated(new.scenario, "previous") == starts[~begun.to_numpy()].to_dict()
    assert dated(second.scenario, "committed").items() <= dated(third.scenario, "committed").items()
    assert dated(second.scenario, "committed"), "the small region builds at once"
    assert third.scenario.name == "Prøve, videreført til 2028"


def test_with_nothing_new_known_the_plan_stays_as_it_was() -> None:
    """The principle of optimality: what was best from 2026 on is best from 2027 on, the first year's deeds done."""
    at = region()
    first = run(at, scenario())
    assert isinstance(first, Result)
    again = run(at, carried(first, at).scenario)
    assert isinstance(again, Result)
    for column in ("candidate", "start_year"):
        assert list(again.tables["builds"][column]) == list(first.tables["builds"][column])


@pytest.mark.parametrize("year", [2026, 2020])
def test_the_first_year_must_be_later(year: int) -> None:
    (fault,) = refused(planned(), first=year)
    assert fault.column == "--first" and "2026" in fault.message


def test_years_the_region_lacks_are_told_with_the_last_one_it_has() -> None:
    (fault,) = refused(planned(), last=None)
    assert "2031" in fault.message and "--last 2030" in fault.mend and "--region" in fault.mend


def test_wrong_horizon_and_price_are_told_in_danish() -> None:
    messages = " ".join(fault.message for fault in refused(planned(), first=2029, last=2028, price=-1.0))
    assert "efter sidste år (2028)" in messages and "Må ikke være under 0." in messages


def test_a_begun_house_that_is_nowhere_is_a_fault_until_it_is_dropped() -> None:
    old = planned(house("vaek-12", 2026), house("ogsaa-8", 2028), projects={"forced": ["vaek-12"]})
    faults = refused(old)
    assert [(fault.table, fault.value) for fault in faults if fault.table == "candidates"] == [
        ("candidates", "vaek-12"),
        ("candidates", "ogsaa-8"),
    ]
    (forced,) = [fault for fault in faults if fault.column == "projects.forced"]
    assert all("--drop" in fault.mend for fault in faults) and forced.value == "vaek-12"
    found = carried(old, drop=("vaek-12", "ogsaa-8"))
    assert found.scenario.projects.committed == () and found.scenario.projects.forced == ()
    assert {"vaek-12 føres ikke videre.", "ogsaa-8 føres ikke videre."} <= set(found.notes)


def test_a_project_can_be_dropped_by_its_own_name() -> None:
    found = carried(planned(house("nyt-12", 2026)), drop=("nyt",)).scenario
    assert found.projects.committed == () and found.projects.previous == ()


def test_a_name_to_drop_that_nobody_knows() -> None:
    (fault,) = refused(planned(house("nyt-12", 2026)), drop=("nyd",))
    assert (fault.column, fault.value) == ("--drop", "nyd")


def with_offer(name: str, *, candidate: bool, **changes: Any) -> Region:
    """The house as an offer; the candidate beside it, or gone."""
    given = tables()
    rows = [row for row in given["candidates"] if candidate or row["id"] != "nyt-12"]
    return region(offers=[*given["offers"], {**NEW_OFFER, "id": name, "name": name, **changes}], candidates=rows)


def test_a_house_that_has_become_an_offer_is_one_and_told() -> None:
    """Open in 2028 and listed as an offer by then, its candidate gone: it isn't committed too."""
    found = carried(planned(house("nyt-12", 2026)), with_offer("nyt-12", candidate=False, opened=2028), first=2028)
    assert found.scenario.projects.committed == ()
    assert any("nyt-12 er nu et af regionens tilbud" in note for note in found.notes)
    assert not any(fault.column == "opened" for fault in found.warnings)


def test_an_offer_that_is_still_being_built_but_counted_as_open() -> None:
    found = carried(planned(house("nyt-12", 2026)), with_offer("nyt-12", candidate=False))
    (fault,) = [fault for fault in found.warnings if fault.column == "opened"]
    assert "åbner først i 2028" in fault.message and fault.value == "nyt-12"


def test_a_house_that_opened_but_is_still_a_candidate_is_told() -> None:
    found = carried(planned(house("nyt-12", 2026)), first=2029)
    assert dated(found.scenario, "committed") == {"nyt-12": 2026}
    assert any(fault.value == "nyt-12" and "åbnede i 2028" in fault.message for fault in found.warnings)


def test_a_house_that_stands_both_as_candidate_and_as_an_offer_of_another_name() -> None:
    at = with_offer("vejlehuset", candidate=True, opened=2028)
    found = carried(planned(house("nyt-12", 2026)), at)
    assert any("«vejlehuset» ligner" in fault.message for fault in found.warnings)
    assert not any("ligner" in fault.message for fault in carried(planned(house("nyt-12", 2026))).warnings)


def ends(kind: str, start: int, effect: int, **changes: Any) -> dict[str, Any]:
    return build(kind=kind, project=None, candidate="aahuset", start_year=start, opening_year=effect, **changes)


def changed_offer(**changes: Any) -> Region:
    first, *rest = tables()["offers"]
    return region(offers=[{**first, **changes}, *rest], residents=[])


def test_a_closure_in_effect_must_stand_in_the_table() -> None:
    old = planned(ends("luk", 2026, 2026))
    (fault,) = refused(old)
    assert (fault.table, fault.column, fault.value) == ("offers", "closes", "aahuset")
    assert "2026" in fault.message and "--drop aahuset" in fault.mend
    assert carried(old, changed_offer(closes=2026)).scenario.horizon.first == 2027
    assert carried(old, drop=("aahuset",)).scenario.horizon.first == 2027


def test_a_closure_to_come_is_chosen_anew_and_told() -> None:
    found = carried(planned(ends("luk", 2028, 2028)))
    assert any("Lukningen af aahuset i 2028" in note and "vælges på ny" in note for note in found.notes)


@pytest.mark.parametrize(("effect", "said"), [(2027, "er omlagt i 2027"), (2028, "under omlægning og klar i 2028")])
def test_a_conversion_begun_must_stand_in_the_table(effect: int, said: str) -> None:
    old = planned(ends("omlaeg", 2026, effect, target_groups="dom"))
    (fault,) = refused(old)
    assert (fault.table, fault.column, fault.value) == ("offers", "target_groups", "aahuset")
    assert said in fault.message and "Skriv dom" in fault.mend
    assert carried(planned(ends("omlaeg", 2026, effect, target_groups="autisme"))).scenario is not None


def test_an_offer_closed_and_gone_is_told() -> None:
    found = carried(planned(ends("luk", 2026, 2026)), region(offers=tables()["offers"][1:], residents=[]))
    assert "aahuset findes ikke længere blandt regionens tilbud." in found.notes


def loans(amount: float, year: int = 2026) -> pd.DataFrame:
    rows = [("anlaegsramme", year, amount), ("faellesramme", year, amount)]
    return pd.DataFrame(rows, columns=["kind", "year", "pool"])


def test_loans_drawn_must_be_off_the_pool() -> None:
    """The draw is told once, though it relieves the joint frame too; with new data it is for the planner to see."""
    running = region(loan_pools=tables()["loan_pools"])
    old = planned(house("nyt-12", 2026), frames=loans(3.4e6))
    (fault,) = refused(old, running)
    assert (fault.table, fault.column) == ("loan_pools", "amount") and "3,4 mio. kr." in fault.message
    (warning,) = [each for each in carried(old, running, same_data=False).warnings if each.table == "loan_pools"]
    assert "3,4 mio. kr." in warning.message
    assert carried(old, running, first=2028).warnings is not None  # the pool has ended
    longer = planned(house("nyt-12", 2026), frames=loans(3.4e6), levers={"loan_pool_window": [2026, 2029]})
    assert [each.table for each in refused(longer, running, first=2028)] == ["loan_pools"]  # or rather, it runs on
    carried(planned(house("nyt-12", 2026), frames=loans(0.0)), running)
    carried(planned(house("nyt-12", 2026), frames=loans(3.4e6, 2027)), running)


def test_old_counts_of_residents_are_told() -> None:
    stale = region(residents=tables()["residents"])
    (fault,) = [each for each in carried(planned(), stale).warnings if each.table == "residents"]
    assert "2026-01-01" in fault.message
    assert not carried(planned()).warnings


def test_a_planned_start_that_can_no_longer_happen_is_a_fault() -> None:
    early = [{**row, "latest": 2027} for row in tables()["candidates"]]
    (fault,) = refused(planned(house("nyt-12", 2028)), region(candidates=early))
    assert fault.column == "projects.previous" and "mulige år er 2027-2027" in fault.message
    assert "--drop nyt-12" in fault.mend


def test_everything_wrong_is_told_at_once() -> None:
    old = planned(house("vaek-12", 2026), ends("luk", 2026, 2026), projects={"forbidden": ["ukendt"]})
    faults = refused(old, last=None, drop=("nix",))
    assert {fault.column for fault in faults} == {"id", "closes", "projects.forbidden", "year", "--drop"}


def test_order_of_rows_changes_nothing() -> None:
    rows = [house("nyt-12", 2026), house("andet-8", 2026)]
    one, other = (carried(planned(*order)) for order in (rows, rows[::-1]))
    assert one == other and list(dated(one.scenario, "committed")) == ["andet-8", "nyt-12"]


def test_a_world_never_planned_has_no_previous_plan() -> None:
    found = carried(planned(house("andet-8", 2027)), price=5.0).scenario
    bare = without_previous(found)
    assert bare.projects.previous == () and bare == replace_projects(found, previous=())


def replace_projects(scenario: Scenario, **changes: Any) -> Scenario:
    return scenario.model_copy(update={"projects": scenario.projects.model_copy(update=changes)})


def test_the_result_is_not_touched() -> None:
    old = planned(house("nyt-12", 2026))
    before = old.tables["builds"].copy()
    carried(old, drop=("nyt",))
    pd.testing.assert_frame_equal(old.tables["builds"], before)
    assert replace(old).scenario == old.scenario
