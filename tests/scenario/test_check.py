"""A scenario against a region: names, decisions, limits and prices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kapacitet.faults import Fault
from kapacitet.region import Region
from kapacitet.scenario.check import check_against_region

from .regions import YEARS, asked, candidate, frame_rows, offer, ship, small_region

REGION = small_region()


def found(region: Region = REGION, /, **sections: Any) -> list[Fault]:
    return list(check_against_region(asked(**sections), region))


def only(region: Region = REGION, /, **sections: Any) -> Fault:
    (fault,) = found(region, **sections)
    return fault


def test_default_scenario_fits() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("section", "key", "value", "name", "near"),
    [
        ("demand", "diversion", {"autism": 0.1}, "autism", "autisme"),
        ("levers", "takst_cap", {"domm": 1.0}, "domm", "dom"),
        ("levers", "lock_in_cost", {"Autisme": 1.0}, "Autisme", "autisme"),
        ("levers", "rammebudget", ["fuglsan"], "fuglsan", "fuglsang"),
        ("levers", "flexible_107_108", ["egebo8"], "egebo8", "egebo-8"),
        ("underskud", "scheme_by_offer", {"regionsb": "standard"}, "regionsb", "regionsbo"),
        ("projects", "forced", ["egeb"], "egeb", "egebo"),
        ("projects", "forbidden", ["egebo-80"], "egebo-80", "egebo-8"),
        ("projects", "committed", [{"candidate": "egebo-120", "start": 2026}], "egebo-120", "egebo-12"),
        ("projects", "committed", [{"candidate": "egebo", "start": 2026}], "egebo", "egebo-8"),
        ("underskud", "participants", ["410", "562"], "562", "561"),
        ("underskud", "key", "populaton", "populaton", "population"),
    ],
)
def test_names_must_be_the_regions(section: str, key: str, value: object, name: str, near: str) -> None:
    sections: dict[str, Any] = {section: {key: value}}
    fault = only(**sections)

    assert (fault.column, fault.value) == (f"{section}.{key}", name)
    assert fault.mend == f"Mente du «{near}»?"


def test_names_of_projects_candidates_and_offers_are_known() -> None:
    assert not found(
        projects={"forced": ["egebo", "regionsbo"], "committed": []},
        levers={"rammebudget": ["fuglsang", "egebo-8"], "flexible_107_108": ["fuglsang"], "takst_cap": {"dom": 1}},
        underskud={"participants": ["410"], "key": "equal", "scheme_by_offer": {"egebo-8": "objektiv"}},
    )


def test_name_where_there_is_nothing_to_choose_from() -> None:
    fault = only(small_region(candidates=[]), projects={"forced": ["egebo"]})

    assert fault.mend == "Der er ingen at vælge imellem."


def test_key_may_be_one_of_the_regions() -> None:
    weights = [{"key": "voksne", "municipality": code, "weight": 1} for code in ("410", "561")]

    assert not found(small_region(keys=weights), underskud={"key": "voksne"})


KEY_SCHEMES = ("objektiv", "objektiv+takststyring", "garanti")
APART = [{"key": "enkelt", "municipality": code, "weight": weight} for code, weight in (("410", 0), ("561", 1))]


@pytest.mark.parametrize("scheme", KEY_SCHEMES)
def test_a_scheme_with_a_key_needs_participants(scheme: str) -> None:
    fault = only(underskud={"participants": [], "allowed": ["standard", scheme]})

    assert (fault.column, fault.value) == ("underskud.participants", "[]")
    assert fault.message.endswith(f"ingen at fordele et underskud på under «{scheme}».")
    assert fault.mend.startswith('Skriv "all" eller koderne på deltagerne, eller tag')


@pytest.mark.parametrize("scheme", KEY_SCHEMES)
def test_the_key_must_weigh_a_participant(scheme: str) -> None:
    underskud = {"participants": ["410"], "key": "enkelt", "allowed": ["standard", scheme]}

    consent = {"enforce": True}
    fault = only(small_region(keys=APART), underskud=underskud, acceptance=consent)

    assert (fault.column, fault.value) == ("underskud.key", "enkelt")
    assert "(410 Middelfart)" in fault.message and f"«{scheme}»" in fault.message
    for participants in (["410", "561"], "all"):
        more = underskud | {"participants": participants}
        assert not found(small_region(keys=APART), underskud=more, acceptance=consent)
    assert not found(small_region(keys=APART), underskud=underskud)  # nobody is asked, so nothing is split


def test_a_key_that_an_offers_fixed_scheme_needs() -> None:
    """The offer exists already, so its scheme needn't be among those allowed to new ones."""
    fixed = {"participants": [], "allowed": ["standard"], "scheme_by_offer": {"fuglsang": "objektiv"}}

    assert only(underskud=fixed).column == "underskud.participants"


def test_nobody_lives_with_the_participants() -> None:
    region = small_region()
    table = region.tables["municipalities"].assign(population=[0, 1000])
    empty = replace(region, tables={**region.tables, "municipalities": table})

    fault = only(empty, underskud={"participants": ["410"]}, acceptance={"enforce": True})

    assert (fault.column, fault.value) == ("underskud.key", "population")
    assert "(410 Middelfart)" in fault.message
    assert not found(empty, underskud={"participants": ["410"], "key": "equal"}, acceptance={"enforce": True})
    assert not found(empty, acceptance={"enforce": True})


def test_the_regions_result_needs_inhabitants_to_be_spread_on() -> None:
    region = small_region()
    table = region.tables["municipalities"].assign(population=0)
    empty = replace(region, tables={**region.tables, "municipalities": table})

    assert only(empty, underskud={"region_result": "by_population"}).column == "underskud.region_result"
    assert not found(region, underskud={"region_result": "by_population"})


@pytest.mark.parametrize("participants", [[], ["410"]])
def test_nothing_is_asked_of_a_key_that_no_scheme_needs(participants: list[str]) -> None:
    underskud = {"participants": participants, "key": "enkelt", "allowed": ["standard", "abonnement+takststyring"]}

    assert not found(small_region(keys=APART), underskud=underskud)


def test_an_unknown_participant_is_told_alone() -> None:
    assert only(underskud={"participants": ["562"]}).value == "562"


def test_owner_types_without_anything_of_theirs() -> None:
    municipal = small_region(candidates=[candidate("egebo-8", "egebo")])

    assert only(municipal, projects={"only_owner_types": ["region"]}).column == "projects.only_owner_types"
    assert only(municipal, levers={"takst_reduction_by": {"selvejende": 0.02}}).value == "selvejende"
    assert not found(projects={"only_owner_types": ["region"]}, levers={"takst_reduction_by": {"region": 0.02}})


@pytest.mark.parametrize(
    ("projects", "message"),
    [
        ({"forced": ["egebo-8"], "forbidden": ["egebo-8"]}, "Skal bygges, men er forbudt."),
        ({"forced": ["egebo-8"], "forbidden": ["egebo"]}, "Skal bygges, men er forbudt."),
        ({"forced": ["egebo"], "forbidden": ["egebo-8", "egebo-12"]}, "Skal bygges, men er forbudt."),
        ({"forced": ["egebo-8", "egebo-12"]}, "Flere varianter af projektet skal bygges."),
        (
            {"forced": ["egebo-8"], "committed": [{"candidate": "egebo-12", "start": 2026}]},
            "Skal bygges, men varianten «egebo-12» er besluttet.",
        ),
        (
            {"forbidden": ["egebo"], "committed": [{"candidate": "egebo-12", "start": 2026}]},
            "Kandidaten er både besluttet og forbudt.",
        ),
        (
            {"committed": [{"candidate": name, "start": 2026} for name in ("egebo-8", "egebo-12")]},
            "Flere varianter af projektet er besluttet.",
        ),
        (
            {"committed": [{"candidate": "egebo-8", "start": start} for start in (2026, 2027)]},
            "Kandidaten er besluttet flere gange.",
        ),
        (
            {"forced": ["egebo"], "only_owner_types": ["region"]},
            "Skal bygges, men kan ikke begynde og åbne inden for planens år og ejertyper.",
        ),
    ],
)
def test_decisions_that_contradict_each_other(projects: dict[str, Any], message: str) -> None:
    assert only(projects=projects).message == message


@pytest.mark.parametrize(
    "projects",
    [
        {"forced": ["egebo"], "forbidden": ["egebo-8"]},
        {"forced": ["egebo"], "committed": [{"candidate": "egebo-12", "start": 2026}]},
        {"forced": ["egebo-12"], "committed": [{"candidate": "egebo-12", "start": 2026}]},
        {"committed": [{"candidate": "egebo-12", "start": 2020}]},
        {"committed": [{"candidate": "egebo-12", "start": 2026}], "only_owner_types": ["region"]},
    ],
)
def test_decisions_that_go_together(projects: dict[str, Any]) -> None:
    assert not found(projects=projects)


def test_forced_project_that_cannot_open_in_time() -> None:
    fault = only(projects={"forced": ["egebo"]}, levers={"construction_delay": 3})

    assert fault.value == "egebo"
    assert "construction_delay" in fault.mend


def test_committed_project_that_opens_after_the_horizon_is_a_warning() -> None:
    fault = only(projects={"committed": [{"candidate": "egebo-8", "start": 2029}]})

    assert (fault.severity, fault.value) == ("advarsel", "egebo-8")
    assert "2031" in fault.message


def test_need_must_be_stated_for_every_year() -> None:
    fault = only(horizon={"first": 2026, "last": 2031}, limits={"anlaegsramme": "off"})

    assert (fault.table, fault.message) == ("demand", "Behovet mangler for 2031.")


def test_a_region_without_a_table_of_need_can_use_its_population() -> None:
    region = replace(REGION, tables={**REGION.tables, "demand": REGION.tables["demand"].iloc[:0]})
    (fault,) = (each for each in found(region) if each.table == "demand")

    assert fault.mend == "Tilføj rækker, eller sæt demand.source til befolkning."


def test_need_from_population_asks_nothing_of_the_table() -> None:
    years = {"first": 2026, "last": 2031}

    assert not found(horizon=years, demand={"source": "befolkning"}, limits={"anlaegsramme": "off"})


def missing(region: Region, **sections: Any) -> dict[str | None, str]:
    return {fault.table: fault.message for fault in found(region, **sections)}


@pytest.mark.parametrize("mode", ["hard", "soft"])
def test_frame_must_have_rows_for_the_years_an_owner_could_spend_in(mode: str) -> None:
    region = small_region(anlaegsramme=frame_rows([2026, 2030], municipality="410"))

    assert missing(region, limits={"anlaegsramme": mode}) == {
        "anlaegsramme": "Anlægsrammen mangler for kommune 410 i 2027-2029."
    }
    assert not found(region, limits={"anlaegsramme": "off"})


@pytest.mark.parametrize(
    "sections",
    [
        {"projects": {"forbidden": ["egebo"]}},
        {"projects": {"only_owner_types": ["region"]}},
        {"levers": {"construction_delay": 3}},
        {"projects": {"committed": [{"candidate": "egebo-8", "start": 2024}]}},
    ],
)
def test_no_frame_is_needed_where_nothing_can_be_spent(sections: dict[str, Any]) -> None:
    assert not found(small_region(anlaegsramme=[]), **sections)


def test_committed_project_needs_the_frame_of_its_own_years_alone() -> None:
    region = small_region(anlaegsramme=[])

    assert missing(region, projects={"committed": [{"candidate": "egebo-8", "start": 2025}]}) == {
        "anlaegsramme": "Anlægsrammen mangler for kommune 410 i 2026."
    }


def test_abl_draws_on_the_frame_only_when_it_is_not_exempt() -> None:
    region = small_region(anlaegsramme=[], candidates=[candidate("almen", "almen", legal_basis="abl105")])

    assert not found(region)
    assert "anlaegsramme" in missing(region, levers={"abl_exempt": False})
    assert "anlaegsramme" in missing(region, levers={"flexible_107_108": ["almen"]})


@pytest.mark.parametrize("limit", ["joint_frame", "region_liquidity"])
def test_automatic_limits_ask_for_nothing_but_set_ones_do(limit: str) -> None:
    region = small_region(**{limit: frame_rows([2026])})

    assert not found(region, limits={limit: "auto"})
    for mode in ("hard", "soft"):
        (message,) = missing(region, limits={limit: mode}).values()
        assert message.endswith("i 2027-2029.")
    assert not found(region, limits={limit: "off"})


def test_service_frame_is_needed_for_every_municipality_and_year() -> None:
    region = small_region(service_frame=frame_rows(municipality="410"))

    assert missing(region, limits={"service_frame": "hard"}) == {
        "service_frame": "Servicerammen mangler for kommune 561 i 2026-2030."
    }


def test_staff_limit_is_needed_where_staffed_places_open() -> None:
    tables: dict[str, Any] = {
        "candidates": [candidate("egebo-8", "egebo", staff_per_place=2.0), candidate("uden", "uden", "561")],
        "anlaegsramme": [row for code in ("410", "561") for row in frame_rows(municipality=code)],
    }
    hard = {"staff": "hard"}

    assert missing(small_region(**tables), limits=hard) == {
        "staff_limits": "Grænsen for ansættelser mangler for kommune 410 i 2028-2030."
    }
    for area in ("410", "Fyn"):
        limits = [{"area": area, "year": year, "hires": 5} for year in YEARS]
        assert not found(small_region(**tables, staff_limits=limits), limits=hard)
    opening = [offer("fuglsang", opened=2027, staff_per_place=1.0)]
    (message,) = missing(small_region(**tables, offers=opening), limits=hard).values()
    assert message.endswith("i 2027-2030.")


def test_each_group_needs_a_price_to_buy_at() -> None:
    region = small_region(purchase_prices=[{"target_group": "dom", "year": 2026, "price": 1e6}])

    assert (only(region).table, only(region).value) == ("purchase_prices", "autisme")


def test_scheme_of_a_new_offer_must_be_allowed() -> None:
    underskud = {"allowed": ["standard"], "scheme_by_offer": {"egebo-8": "objektiv", "fuglsang": "objektiv"}}

    fault = only(underskud=underskud)

    assert (fault.column, fault.value) == ("underskud.scheme_by_offer.egebo-8", "objektiv")


def test_scenario_for_another_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(tmp_path, monkeypatch, {"syddanmark": {}})

    assert only(region="syddanmark").column == "region"
    assert not found(region="../min-egen-mappe") and not found(region="lille")


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("levers", "loan_pool_window", [2026, 2028]),
        ("limits", "conversions", True),
        ("limits", "closures", True),
    ],
)
def test_lever_with_nothing_to_work_on_is_a_warning(section: str, key: str, value: object) -> None:
    sections: dict[str, Any] = {section: {key: value}}
    fault = only(**sections)

    assert (fault.severity, fault.column) == ("advarsel", f"{section}.{key}")


def test_low_and_high_have_no_meaning_for_need_from_population() -> None:
    fault = only(demand={"source": "befolkning", "projection": "high"})

    assert (fault.severity, fault.column) == ("advarsel", "demand.projection")


def test_all_faults_come_at_once() -> None:
    faults = found(
        horizon={"first": 2026, "last": 2032},
        demand={"diversion": {"x": 0.1}},
        projects={"forced": ["egebo"], "forbidden": ["egebo"]},
        limits={"service_frame": "hard"},
    )

    assert {fault.column or fault.table for fault in faults} >= {"demand.diversion", "projects.forced", "year"}
    assert {fault.table for fault in faults} >= {"demand", "service_frame"}


@pytest.mark.parametrize("scheme", ["abonnement", "takststyring", "objektiv+takststyring", "garanti"])
def test_a_scheme_that_can_do_nothing_at_an_existing_offer(scheme: str) -> None:
    fault = only(underskud={"scheme_by_offer": {"fuglsang": scheme}})

    assert fault.column == "underskud.scheme_by_offer.fuglsang" and fault.message
