"""What differs between two scenarios, in words."""

from __future__ import annotations

from typing import Any

import pytest

from kapacitet.scenario.catalogue import lever_info
from kapacitet.scenario.diff import diff

from .regions import asked


def texts(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [change.text() for change in diff(asked(**old), asked(**new))]


def test_scenario_does_not_differ_from_itself_by_name() -> None:
    assert diff(asked(), asked(name="Andet", description="x", base="basis")) == ()


def test_change_holds_key_values_title_and_unit() -> None:
    (change,) = diff(asked(), asked(costs={"discount_rate": 0.05}))

    assert (change.key, change.old, change.new) == ("costs.discount_rate", 0.03, 0.05)
    assert (change.title, change.unit) == ("Diskonteringsrente", "andel pr. år")


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ({}, {"costs": {"discount_rate": 0.035}}, "Diskonteringsrente: fra 3 % pr. år til 3,5 % pr. år."),
        (
            {},
            {"costs": {"unmet_penalty": 5.5e6}},
            "Straf for udækket behov: fra 4.000.000 kr. pr. helårsplads til 5.500.000 kr. pr. helårsplads.",
        ),
        ({}, {"limits": {"anlaegsramme": "soft"}}, "Kommunernes anlægsrammer: fra hård til blød."),
        ({}, {"limits": {"closures": True}}, "Lukninger: fra nej til ja."),
        ({}, {"limits": {"reserve_from": 2028}}, "Reserve fra år: fra ikke angivet til 2028."),
        ({}, {"projects": {"forced": ["egebo-8"]}}, "Skal bygges: tilføjet egebo-8."),
        (
            {"levers": {"loan_pool_window": [2024, 2026]}},
            {"levers": {"loan_pool_window": [2026, 2028]}},
            "Lånepuljens år: fra 2024, 2026 til 2026, 2028.",
        ),
        (
            {},
            {"underskud": {"startup_occupancy": [0.7, 0.7]}},
            "Belægning i opstart: fra ingen til 70 % af pladserne, 70 % af pladserne.",
        ),
        ({}, {"projects": {"only_owner_types": ["region"]}}, "Kun disse bygherrer: fra ikke angivet til region."),
        (
            {"projects": {"forced": ["a", "b"]}},
            {"projects": {"forced": ["b", "c"]}},
            "Skal bygges: tilføjet c; fjernet a.",
        ),
        (
            {"projects": {"forced": ["a", "b"]}},
            {"projects": {"forced": ["b", "a"]}},
            "Skal bygges: ny rækkefølge b, a.",
        ),
        (
            {},
            {"projects": {"committed": [{"candidate": "egebo-8", "start": 2024}]}},
            "Allerede besluttet: tilføjet egebo-8 2024.",
        ),
        (
            {"levers": {"takst_cap": {"autisme": 1e6}}},
            {"levers": {"takst_cap": {"autisme": 2e6}}},
            "Takstloft (forslag C) (autisme): fra 1.000.000 kr. pr. helårsplads til 2.000.000 kr. pr. helårsplads.",
        ),
        (
            {},
            {"levers": {"takst_reduction_by": {"kommune": {"2027": 0.02}}}},
            "Takstreduktion efter ejertype (kommune): fra ikke angivet til 2027: 2 %.",
        ),
        (
            {},
            {"underskud": {"participants": ["410", "561"]}},
            "Deltagere: fra alle til 410, 561.",
        ),
        ({}, {"futures": {"count": 1000}}, "Antal fremtider: fra 1 fremtider til 1.000 fremtider."),
    ],
)
def test_changes_read_as_danish_sentences(old: dict[str, Any], new: dict[str, Any], text: str) -> None:
    assert texts(old, new) == [text]


def test_entries_of_a_table_are_told_one_by_one_in_order() -> None:
    changes = diff(
        asked(levers={"takst_cap": {"dom": 1.0, "autisme": 1.0}}), asked(levers={"takst_cap": {"autisme": 2.0}})
    )

    assert [(change.key, change.old, change.new) for change in changes] == [
        ("levers.takst_cap.autisme", 1.0, 2.0),
        ("levers.takst_cap.dom", 1.0, None),
    ]


def test_changes_come_in_the_order_of_the_contract() -> None:
    changes = diff(
        asked(), asked(solver={"gap": 0.1}, horizon={"first": 2027, "last": 2030}, costs={"capital_life": 20})
    )

    assert [change.key for change in changes] == ["horizon.first", "costs.capital_life", "solver.gap"]


def test_long_lists_are_cut() -> None:
    (text,) = texts({}, {"levers": {"rammebudget": [f"tilbud-{n}" for n in range(12)]}})

    assert text.endswith("tilbud-7 og 4 til.")


def test_lever_of_a_path_below_it() -> None:
    assert lever_info("levers.takst_cap.autisme").title == "Takstloft (forslag C)"
    with pytest.raises(KeyError):
        lever_info("levers.nyt")
