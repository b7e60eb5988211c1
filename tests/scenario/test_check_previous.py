"""A scenario's previous plan against its region."""

from __future__ import annotations

from typing import Any

import pytest

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.diff import diff
from kapacitet.scenario.files import load_scenario, parse_scenario, save_scenario
from kapacitet.scenario.section_limits import DEAREST_CHANGE

from .regions import asked, small_region

REGION = small_region()


def previous(*starts: tuple[str, int], **projects: Any) -> list[Fault]:
    entries = [{"candidate": name, "start": year} for name, year in starts]
    return list(check_against_region(asked(projects={"previous": entries, **projects}), REGION))


def test_a_plan_that_can_be_kept_fits() -> None:
    assert previous(("egebo-8", 2026), ("regionsbo", 2028)) == []
    assert previous(("egebo-8", 2026), forced=["egebo"], change_price=1e6) == []


@pytest.mark.parametrize(
    ("starts", "projects", "said", "value"),
    [
        ([("egebo-9", 2026)], {}, "Kandidaten findes ikke i regionen.", "egebo-9"),
        ([("egebo", 2026)], {}, "Kandidaten findes ikke i regionen.", "egebo"),
        ([("egebo-8", 2025)], {}, "mulige år er 2026-2028", "egebo-8"),
        ([("egebo-8", 2029)], {}, "Byggestart i 2029 kan ikke ske og åbne inden for planens år", "egebo-8"),
        (
            [("egebo-8", 2026)],
            {"committed": [{"candidate": "egebo-8", "start": 2026}]},
            "allerede besluttet («egebo-8»)",
            "egebo-8",
        ),
        (
            [("egebo-12", 2026)],
            {"committed": [{"candidate": "egebo-8", "start": 2026}]},
            "allerede besluttet («egebo-8»)",
            "egebo-12",
        ),
        ([("egebo-8", 2026), ("egebo-12", 2027)], {}, "Sidste plan kan kun have én variant af projektet.", "egebo"),
    ],
)
def test_faults(starts: list[tuple[str, int]], projects: dict[str, Any], said: str, value: str) -> None:
    (fault,) = previous(*starts, **projects)
    assert said in fault.message and fault.mend
    assert (fault.column, fault.value, fault.severity) == ("projects.previous", value, "fejl")


def test_the_same_candidate_twice() -> None:
    (fault,) = previous(("egebo-8", 2026), ("egebo-8", 2027))
    assert fault.message == "Kandidaten står flere gange." and fault.value == "egebo-8"


def test_a_delay_can_make_the_old_start_impossible() -> None:
    entries = [{"candidate": "egebo-8", "start": 2028}]
    levers = {"construction_delay": 1}
    (fault,) = check_against_region(asked(projects={"previous": entries}, levers=levers), REGION)
    assert "mulige år er 2026-2027" in fault.message


@pytest.mark.parametrize(
    "projects", [{"forbidden": ["egebo-8"]}, {"forbidden": ["egebo"]}, {"only_owner_types": ["region"]}]
)
def test_what_the_scenario_itself_rules_out_is_a_change_and_a_warning(projects: dict[str, Any]) -> None:
    (fault,) = previous(("egebo-8", 2026), **projects)
    assert fault.severity == "advarsel" and "udgået" in fault.message


@pytest.mark.parametrize("price", [-1.0, DEAREST_CHANGE * 1.01, float("inf"), float("nan"), "mange"])
def test_prices_that_are_none(price: object) -> None:
    document = {"name": "x", "region": "lille", "projects": {"change_price": price}}
    with pytest.raises(FaultyInput) as refused:
        parse_scenario(document)
    (fault,) = refused.value.faults
    assert fault.column == "projects.change_price" and fault.mend


def test_entries_that_lack_something_show_how_they_are_written() -> None:
    with pytest.raises(FaultyInput) as refused:
        parse_scenario({"name": "x", "region": "lille", "projects": {"previous": ["egebo-8", {"candidate": "b"}]}})
    assert len(refused.value.faults) == 2
    assert all("candidate" in fault.mend and "start" in fault.mend for fault in refused.value.faults)


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_file_keeps_the_previous_plan(suffix: str, tmp_path: Any) -> None:
    entries = [{"candidate": "egebo-8", "start": 2026}, {"candidate": "regionsbo", "start": 2027}]
    scenario = asked(projects={"previous": entries, "change_price": 2.5e6})
    save_scenario(scenario, tmp_path / f"s{suffix}")
    assert load_scenario(tmp_path / f"s{suffix}") == scenario


def test_the_difference_is_told_entry_by_entry() -> None:
    before = asked(projects={"previous": [{"candidate": "egebo-8", "start": 2026}]})
    after = asked(projects={"previous": [{"candidate": "egebo-8", "start": 2027}], "change_price": 1e6})
    assert [change.text() for change in diff(before, after)] == [
        "Sidste plans projekter: tilføjet egebo-8 2027; fjernet egebo-8 2026.",
        "Pris for at ændre sidste plan: fra 0 kr. pr. projekt til 1.000.000 kr. pr. projekt.",
    ]
