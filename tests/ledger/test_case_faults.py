"""What can be wrong with a case: each said in Danish with its place, and all at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.ledger.worlds import case_of, faults_of, use, worked

D = Decimal


def row(**changes: Any) -> list[dict[str, Any]]:
    """One row of use with changes; a key of None is taken out."""
    made = {"year": 2026, "municipality": "561", "place_years": 6} | changes
    return [{key: value for key, value in made.items() if value is not None}]


ONE_FAULT = {
    "subscriptions beyond the places": (
        worked(scheme={"subscriptions": {"561": 15, "575": D("5.5")}}),
        "[scheme.subscriptions]",
        "abonneret på 20,5 pladser, og botilbuddet har 20",
    ),
    "negative key": (worked(scheme={"key": {"561": -1, "573": 2}}), "[scheme.key] 561", "Skal være mindst 0."),
    "key of zeros": (worked(scheme={"key": {"561": 0, "573": 0}}), "[scheme.key]", "Alle vægte i nøglen er 0."),
    "empty key": (worked(scheme={"key": {}}), "[scheme.key]", "Nøglen er tom."),
    "price below zero": (worked(price=[{"price": D("-0.5")}]), "[[price]] nr. 1 price", "Skal være mindst 0."),
    "takst below zero": (
        worked(offer={"variable_cost": None, "groups": [{"id": "a", "variable_cost": 0, "supplement": -3_000_000}]})
        | {"use": row(group="a"), "scheme": {"name": "standard"}},
        "[offer] groups",
        "Taksten for a bliver under 0 kr.",
    ),
    "use above the places": (worked(use=row(place_years=D("20.5"))), "use", "I 2026 bruges 20,5 helårspladser"),
    "negative lag": (worked(scheme={"lag": -1}), "[scheme] lag", "Skal være mellem 0 og 20."),
    "lag with decimals": (worked(scheme={"lag": D("2.0")}), "[scheme] lag", "Skal være et helt tal."),
    "unknown scheme": (worked(scheme={"name": "abonement"}), "[scheme] name", "Mente du «abonnement»?"),
    "alpha above 1": (worked(scheme={"alpha": D("1.01")}), "[scheme] alpha", "Skal være mellem 0 og 1."),
    "psi below 0": (worked(scheme={"psi": D("-0.1")}), "[scheme] psi", "Skal være mellem 0 og 1."),
    "no budgeted occupancy": (
        worked(offer={"budgeted_occupancy": 0}),
        "[offer] budgeted_occupancy",
        "Skal være over 0 og højst 1.",
    ),
    "start-up above 1": (
        worked(offer={"startup_occupancy": [D("0.7"), D("1.2")]}),
        "[offer] startup_occupancy",
        "Skal være over 0 og højst 1.",
    ),
    "no places": (worked(offer={"places": 0}), "[offer] places", "Skal være over 0 og højst 10000."),
    "use twice": (worked(use=row() + row()), "[[use]] nr. 2 municipality", "står to gange"),
    "a missing key": (worked(offer={"fixed_cost": None}), "[offer] fixed_cost", "Nøglen mangler."),
    "an unknown key": (worked(offer={"variabel_cost": 1}), "[offer] variabel_cost", "Mente du «variable_cost»?"),
    "an unknown section": (worked(ofer={"places": 1}), "ofer", "Mente du «offer»?"),
    "NaN": (worked(offer={"places": D("NaN")}), "[offer] places", "Skal være et endeligt tal."),
    "infinity": (worked(offer={"fixed_cost": D("inf")}), "[offer] fixed_cost", "Skal være et endeligt tal."),
    "an enormous number": (worked(offer={"fixed_cost": D("1e999999")}), "[offer] fixed_cost", "for stort"),
    "a minute number": (worked(offer={"fixed_cost": D("1e-999999")}), "[offer] fixed_cost", "for mange decimaler"),
    "text for a number": (worked(offer={"places": "20"}), "[offer] places", "uden anførselstegn"),
    "truth for a number": (worked(offer={"places": True}), "[offer] places", "Skal være et tal."),
    "number for a code": (worked(use=row(municipality=561)), "[[use]] nr. 1 municipality", "Skal være tekst."),
    "blank code": (worked(use=row(municipality=" ")), "[[use]] nr. 1 municipality", "Teksten er tom"),
    "no use": (worked(use=[]), "use", "Der er ingen brug at afregne."),
    "use is no list": (worked(use=[3]), "use", "Skriv [[use]] over hver."),
    "a year left out": (
        worked(use=use((2026, "561", 1), (2028, "561", 1))),
        "use",
        "Der mangler brug for 2027. Skriv place_years = 0",
    ),
    "use before the opening": (worked(offer={"opened": 2027}), "use", "Der er brug i 2026, før botilbuddet åbner."),
    "use after the closing": (
        worked(offer={"closes": 2028}),
        "use",
        "Der er brug i 2028, efter botilbuddet er lukket.",
    ),
    "external owner": (worked() | {"external": ["573"], "scheme": {"name": "standard"}}, "[offer] owner", "uden for"),
    "external subscriber": (
        worked(scheme={"subscriptions": {"udenbys": 1}}),
        "[scheme.subscriptions] udenbys",
        "kan ikke abonnere",
    ),
    "external in the key": (
        worked(scheme={"key": {"751": 1, "561": 1}}) | {"external": ["751"]},
        "[scheme.key] 751",
        "kan ikke være med i nøglen",
    ),
    "a key by name without a region": (worked(scheme={"key": "population"}), "[scheme] key", "kræver en region"),
    "objektiv without a key": (
        worked(scheme={"name": "objektiv", "key": None}),
        "scheme.key",
        "Objektiv finansiering kræver en fordelingsnøgle.",
    ),
    "subscription by group in a house without": (
        worked(scheme={"subscriptions": {"561": {"autisme": 2}}}),
        "[scheme.subscriptions] 561",
        "passer ikke til botilbuddets målgrupper",
    ),
    "use of a group the house hasn't": (
        worked(use=row(group="dom")),
        "[[use]] nr. 1 group",
        "har ikke den målgruppe",
    ),
    "probabilities that aren't 1": (
        worked(use=row(future="a") + row(future="b"))
        | {"future": [{"name": "a", "probability": D("0.5")}, {"name": "b", "probability": D("0.4")}]},
        "future",
        "giver ikke 1 tilsammen",
    ),
    "an unknown future": (
        worked(use=row() + row(municipality="573", future="lavt")) | {"future": [{"name": "lav", "probability": 1}]},
        "[[use]] nr. 2 future",
        "Mente du «lav»?",
    ),
    "a future without a year": (
        worked(use=row(future="a") + row(future="b") + row(future="b", year=2027)),
        "use",
        "Der mangler brug for 2027 i fremtiden «a».",
    ),
    "common and particular use": (
        worked(use=row() + row(future="a")),
        "[[use]] nr. 2 municipality",
        "står to gange",
    ),
    "an unknown region": (worked() | {"region": "syddanmarc"}, "region", "Mente du syddanmark?"),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault(name: str) -> None:
    document, place, said = ONE_FAULT[name]
    faults = faults_of(document)
    assert len(faults) == 1, [fault.text() for fault in faults]
    assert faults[0].column == place and said in faults[0].text()


def test_the_case_is_whole_without_these_faults() -> None:
    assert faults_of(worked()) == ()


def test_all_faults_at_once() -> None:
    document = {
        "offer": {"name": "x", "owner": "573", "places": "20", "fixed_cost": -1, "budgeted_occupancy": 2},
        "use": row(place_years=-1),
        "scheme": {"name": "objektivt", "alpha": 2, "key": {"573": "mange"}},
    }
    places = {fault.column for fault in faults_of(document)}
    assert places == {
        "[offer] places",
        "[offer] fixed_cost",
        "[offer] budgeted_occupancy",
        "[offer] variable_cost",
        "[[use]] nr. 1 place_years",
        "[scheme] name",
        "[scheme] alpha",
        "[scheme.key] 573",
    }


def test_nothing_at_all() -> None:
    assert {fault.column for fault in faults_of({})} == {"offer", "use", "scheme"}
    assert {fault.column for fault in faults_of({}, "standard")} == {"offer", "use"}


@pytest.mark.parametrize("junk", [None, 3, "x", [], [1], {}, {"a": 1}, D("NaN"), True])
@pytest.mark.parametrize("key", ["region", "external", "offer", "use", "price", "future", "scheme"])
def test_junk_in_a_section_is_a_fault_or_nothing(key: str, junk: Any) -> None:
    """Never anything but faults; an empty section may be no fault at all."""
    faults_of(worked() | {key: junk})


@pytest.mark.parametrize("junk", [None, "x", [], [1], {}, {"a": "b"}, D("NaN"), True, D("1e999999"), -1])
@pytest.mark.parametrize("section", ["offer", "scheme"])
def test_junk_under_a_key_is_a_fault_or_nothing(section: str, junk: Any) -> None:
    keys = ["places", "groups", "startup_occupancy", "owner", "opened", "closes", "takst_cap"]
    for key in keys if section == "offer" else ["name", "key", "subscriptions", "lag", "alpha"]:
        document = worked()
        document[section][key] = junk
        faults_of(document)


def test_outside_the_region() -> None:
    """In a region others may buy, and are said to be from outside; they can't own, subscribe or be in the key."""
    inside = worked(use=row(municipality="751")) | {"region": "syddanmark"}
    assert any("751" in note for note in case_of(inside).notes)
    outside = worked(offer={"owner": "751"}, scheme={"key": {"751": 1}, "subscriptions": {"751": 1}})
    places = {fault.column for fault in faults_of(outside | {"region": "syddanmark"})}
    assert places == {"[offer] owner", "[scheme.key] 751", "[scheme.subscriptions] 751"}


def test_the_region_owns_and_gives_names_and_keys() -> None:
    region = worked(offer={"owner": "Region Syddanmark"}, scheme={"key": None}) | {"region": "syddanmark"}
    case = case_of(region, "objektiv")
    assert len(case.agreement.key) == 22 and case.names["561"] == "Esbjerg"
    assert any("indbyggertal" in note for note in case.notes)
    equal = case_of(worked(scheme={"key": "equal"}) | {"region": "syddanmark"}, "objektiv")
    assert set(equal.agreement.key.values()) == {1}
