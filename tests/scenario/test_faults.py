"""Faulty scenarios: everything at once, in Danish, with the key, the value and the mend."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.catalogue import catalogue
from kapacitet.scenario.files import parse_scenario


def faults_of(**sections: Any) -> list[Fault]:
    with pytest.raises(FaultyInput) as caught:
        parse_scenario({"name": "Prøve", "region": "lille", **sections})
    return list(caught.value.faults)


def only_fault(**sections: Any) -> Fault:
    (fault,) = faults_of(**sections)
    return fault


@pytest.mark.parametrize(
    ("sections", "key", "mend"),
    [
        ({"horison": {}}, "horison", "Mente du «horizon»?"),
        ({"costs": {"discount_rat": 0.1}}, "costs.discount_rat", "Mente du «discount_rate»?"),
        ({"costs": {"Discount_Rate": 0.1}}, "costs.Discount_Rate", "Mente du «discount_rate»?"),
        ({"costs": {"closures": True}}, "costs.closures", "Nøglen hører til i afsnittet [limits]."),
        ({"costs": {"name": "x"}}, "costs.name", "Nøglen hører til i afsnittet [solver]."),
        ({"costs": {"region": "x"}}, "costs.region", "Nøglen skal stå øverst i filen, før det første afsnit."),
        ({"discount_rate": 0.1}, "discount_rate", "Nøglen hører til i afsnittet [costs]."),
        (
            {"projects": {"committed": [{"candidate": "a", "start": 2026, "stat": 1}]}},
            "projects.committed.0.stat",
            "Mente du «start»?",
        ),
    ],
)
def test_unknown_key_has_the_nearest_suggestion(sections: dict[str, Any], key: str, mend: str) -> None:
    fault = only_fault(**sections)

    assert (fault.column, fault.mend) == (key, mend)
    assert fault.message == "Nøglen findes ikke."


@pytest.mark.parametrize(
    ("section", "key", "value", "message"),
    [
        ("costs", "discount_rate", "0,03", "Skal være et tal."),
        ("costs", "discount_rate", True, "Skal være et tal."),
        ("costs", "discount_rate", float("nan"), "Skal være et endeligt tal."),
        ("costs", "unmet_penalty", float("inf"), "Skal være et endeligt tal."),
        ("costs", "unmet_penalty", -1, "Må ikke være under 0."),
        ("costs", "capital_life", 30.5, "Skal være et helt tal."),
        ("costs", "capital_life", "30", "Skal være et helt tal."),
        ("costs", "capital_life", 0, "Må ikke være under 1."),
        ("horizon", "first", True, "Skal være et helt tal."),
        ("horizon", "first", 226, "Må ikke være under 1900."),
        ("limits", "reserve_min", 1.0, "Skal være mindre end 1."),
        ("limits", "closures", "ja", "Skal være true eller false."),
        ("limits", "closures", 1, "Skal være true eller false."),
        ("limits", "anlaegsramme", "hård", "Værdien kan ikke vælges her."),
        ("projects", "forced", "egebo", "Skal være en liste."),
        ("projects", "forced", [1], "Skal være tekst."),
        ("levers", "takst_cap", [1], "Skal være en tabel med navne og værdier."),
        ("levers", "takst_cap", {"autisme": -5}, "Må ikke være under 0."),
        ("demand", "diversion", {"autisme": 1.5}, "Må ikke være over 1."),
        ("solver", "time_limit", 0, "Skal være større end 0."),
        ("solver", "name", "a b", "Indeholder tegn, der ikke kan bruges her."),
        ("underskud", "participants", "alle", "Værdien kan ikke vælges her."),
        ("underskud", "participants", 3, "Skal være en liste."),
        ("underskud", "allowed", [], "Listen har for få værdier; mindst 1."),
        ("underskud", "startup_occupancy", [0.7, 1.2], "Må ikke være over 1."),
        ("futures", "dispersion", 0.5, "Må ikke være under 1."),
    ],
)
def test_wrong_values_are_told_in_danish(section: str, key: str, value: object, message: str) -> None:
    fault = only_fault(**{section: {key: value}})

    assert fault.message == message
    assert fault.mend
    assert str(fault.column).startswith(f"{section}.{key}")


def test_a_section_that_is_not_a_table() -> None:
    assert only_fault(costs=3).message == "Skal være en tabel med nøgler."


def test_missing_name_and_region() -> None:
    with pytest.raises(FaultyInput) as caught:
        parse_scenario({})

    assert {fault.column: fault.message for fault in caught.value.faults} == {
        "name": "Nøglen mangler.",
        "region": "Nøglen mangler.",
    }


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"horizon": {"first": 2030, "last": 2026}}, ["2030", "2026"]),
        ({"horizon": {"first": 2000, "last": 2100}}, ["101", "60"]),
        ({"limits": {"reserve_min": 0.2, "reserve_max": 0.1}}, ["0.2", "0.1"]),
        ({"levers": {"loan_pool_window": [2028, 2026]}}, ["to årstal"]),
        ({"levers": {"loan_pool_window": [2028]}}, ["to årstal"]),
    ],
)
def test_values_that_contradict_each_other(section: dict[str, Any], words: list[str]) -> None:
    fault = only_fault(**section)

    assert all(word in fault.message for word in words)
    assert fault.mend and fault.column == next(iter(section))


def test_value_by_year_names_owner_and_year() -> None:
    found = faults_of(
        levers={"takst_reduction_by": {"kommune": {"2026": 1.5, "snart": 0.1}, "privat": 0.1, "region": "2 %"}}
    )

    assert {(fault.column, fault.message) for fault in found} == {
        ("levers.takst_reduction_by.kommune.2026", "Skal være mindre end 1."),
        ("levers.takst_reduction_by.kommune.snart", "Skal være et årstal."),
        ("levers.takst_reduction_by.privat", "Navnet kendes ikke her."),
        ("levers.takst_reduction_by.region", "Skal være et tal."),
    }


def test_wrong_choice_suggests_the_nearest() -> None:
    fault = only_fault(underskud={"allowed": ["standard", "abonement"]})

    assert fault.value == "abonement"
    assert fault.mend == "Mente du «abonnement»?"


def test_a_list_of_unknown_values_is_not_called_too_short() -> None:
    """The list would have its value if the value were known: one fault per cause."""
    faults = faults_of(underskud={"allowed": ["objektv"]}, costs={"capital_life": 0})

    assert [(fault.column, fault.value) for fault in faults] == [
        ("costs.capital_life", "0"),
        ("underskud.allowed.0", "objektv"),
    ]
    assert only_fault(underskud={"allowed": []}).message == "Listen har for få værdier; mindst 1."


def test_few_choices_are_listed_when_none_is_near() -> None:
    assert only_fault(limits={"staff": "ja"}).mend == "Vælg mellem «hard», «off»."


def test_all_faults_come_at_once() -> None:
    found = faults_of(horizon={"first": "x"}, costs={"discount_rate": "y", "nyt": 1}, solver={"gap": -1}, andet=1)

    assert len(found) == 5


def test_long_and_huge_values_are_shortened() -> None:
    assert len(str(only_fault(costs={"discount_rate": "9" * 500}).value)) <= 60
    assert only_fault(costs={"capital_life": 10**400}).value == "et meget stort tal"
    assert only_fault(costs={"unmet_penalty": 10**400}).mend


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*catalogue(), "costs", "levers", "costs.nyt"]), values, max_size=6))
def test_any_content_gives_a_scenario_or_danish_faults(content: dict[str, Any]) -> None:
    document: dict[str, Any] = {}
    for key, value in content.items():
        outer, _, inner = key.partition(".")
        if not inner:
            document[outer] = value
        elif isinstance(document.setdefault(outer, {}), dict):
            document[outer][inner] = value

    try:
        parse_scenario(document)
    except FaultyInput as faulty:
        for fault in faulty.faults:
            assert fault.column
            assert not re.search(r"\b(should|must|valid|input|value)\b", fault.message, re.IGNORECASE)


@pytest.mark.parametrize("committed", ["egebo-8", {"candidate": "egebo-8"}])
def test_a_committed_project_without_start_is_shown_how(committed: Any) -> None:
    fault = only_fault(projects={"committed": [committed]})

    assert fault.mend == 'Skriv fx { candidate = "kandidatens-id", start = 2026 }.'


def test_a_year_with_decimals_is_shown_with_them() -> None:
    assert only_fault(horizon={"first": 2026.0}).value == "2026.0"


def test_a_scenario_has_keys_and_lines_where_a_table_has_columns_and_rows() -> None:
    assert (
        Fault("Nej.", table="a.toml", row=3, column="horizon.first").text()
        == "a.toml, linje 3, nøgle horizon.first: Nej."
    )
    assert Fault("Nej.", column="projects.forced").text() == "nøgle projects.forced: Nej."
    assert Fault("Nej.", table="offers", row=3, column="id").text() == "tabel offers, række 3, kolonne id: Nej."
