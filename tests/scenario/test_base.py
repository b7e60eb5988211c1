"""A scenario is its base and its named changes; presets are found by id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.files import load_scenario, parse_scenario, resolve_region, save_scenario
from kapacitet.scenario.presets import list_presets

BASE = """
name = "Grundlag"
description = "Som i dag"
region = "lille"
[costs]
discount_rate = 0.05
capital_life = 40
[projects]
forced = ["a", "b"]
[levers.takst_cap]
autisme = 1000
dom = 2000
[levers.takst_reduction_by]
kommune = 0.02
[limits]
reserve_from = 2030
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")
    return tmp_path


def change(folder: Path, text: str, name: str = "a.toml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def only_fault(path: Path | str, **arguments: Any) -> Fault:
    with pytest.raises(FaultyInput) as caught:
        load_scenario(path, **arguments)
    (fault,) = caught.value.faults
    return fault


def test_named_changes_are_laid_over_the_base(folder: Path) -> None:
    text = """
name = "Ændret"
base = "base.toml"
[costs]
discount_rate = 0.01
[projects]
forced = ["c"]
[levers.takst_cap]
dom = 3000
[levers.takst_reduction_by.kommune]
2028 = 0.01
"""
    scenario = load_scenario(change(folder, text))

    assert (scenario.name, scenario.base, scenario.region) == ("Ændret", "base.toml", "lille")
    assert (scenario.costs.discount_rate, scenario.costs.capital_life) == (0.01, 40)
    assert scenario.projects.forced == ("c",)
    assert scenario.levers.takst_cap == {"autisme": 1000.0, "dom": 3000.0}
    assert scenario.levers.takst_reduction_by == {"kommune": {2028: 0.01}}


def test_name_and_description_are_never_taken_from_the_base(folder: Path) -> None:
    assert only_fault(change(folder, 'base = "base.toml"')).column == "name"
    assert load_scenario(change(folder, 'name = "x"\nbase = "base.toml"')).description == ""


def test_empty_table_empties_a_lever_but_an_empty_section_changes_nothing(folder: Path) -> None:
    scenario = load_scenario(change(folder, 'name = "x"\nbase = "base.toml"\n[costs]\n[levers]\ntakst_cap = {}'))

    assert scenario.levers.takst_cap == {}
    assert scenario.costs.capital_life == 40
    assert scenario.levers.takst_reduction_by == {"kommune": 0.02}


def test_null_in_json_takes_a_value_away(folder: Path) -> None:
    text = '{"name": "x", "base": "base.toml", "limits": {"reserve_from": null}}'

    assert load_scenario(change(folder, text, "a.json")).limits.reserve_from is None


def test_bases_may_stand_on_bases(folder: Path) -> None:
    change(folder, 'name = "m"\nbase = "base.toml"\n[costs]\ncapital_life = 20', "mid.toml")

    scenario = load_scenario(change(folder, 'name = "x"\nbase = "mid.toml"\n[costs]\ncapital_rate = 0.01'))

    assert (scenario.costs.discount_rate, scenario.costs.capital_life, scenario.costs.capital_rate) == (
        0.05,
        20,
        0.01,
    )


def test_fault_names_the_file_that_holds_the_key(folder: Path) -> None:
    change(folder, BASE.replace("capital_life = 40", "capital_life = 0"), "base.toml")

    fault = only_fault(change(folder, 'name = "x"\nbase = "base.toml"\n[costs]\ndiscount_rate = 0.01'))

    assert (fault.table, fault.column) == ("base.toml", "costs.capital_life")


@pytest.mark.parametrize(("first", "second"), [("a.toml", "a.toml"), ("b.toml", "a.toml"), ("./b.toml", "b.toml")])
def test_cycle_is_a_fault(folder: Path, first: str, second: str) -> None:
    change(folder, f'name = "b"\nbase = "{second}"', "b.toml")

    fault = only_fault(change(folder, f'name = "a"\nregion = "lille"\nbase = "{first}"'))

    assert fault.message == "Udgangspunktet fører tilbage til scenariet."
    assert "a.toml" in fault.mend


@pytest.mark.parametrize(
    "base", ["../base.toml", "under/../../base.toml", "ABSOLUTE", "link.toml", "nul\\u0000.toml"]
)
def test_base_outside_the_folder_is_refused(folder: Path, base: str) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "link.toml").symlink_to(folder / "base.toml")
    named = base.replace("ABSOLUTE", str(folder / "base.toml"))

    fault = only_fault(change(folder, f'name = "x"\nregion = "lille"\nbase = "{named}"', "mine/a.toml"))

    assert fault.message == "Udgangspunktet ligger uden for scenariets mappe."
    assert (fault.table, fault.column) == ("a.toml", "base")


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ('"mangler.toml"', "Udgangspunktet findes ikke."),
        ("3", "Skal være tekst."),
        ('""', "Skal være tekst."),
        ('"mangler"', "Der følger intet scenarie med det id."),
    ],
)
def test_base_that_is_not_there(folder: Path, base: str, message: str) -> None:
    fault = only_fault(change(folder, f'name = "x"\nregion = "lille"\nbase = {base}'))

    assert (fault.message, fault.table, fault.column) == (message, "a.toml", "base")


def test_region_folder_of_a_base_is_seen_from_the_base(folder: Path) -> None:
    (folder / "under" / "egen").mkdir(parents=True)
    change(folder, BASE.replace('"lille"', '"egen"'), "under/base.toml")
    path = change(folder, 'name = "x"\nbase = "under/base.toml"')

    assert resolve_region(load_scenario(path), path) == folder / "under" / "egen"


def test_saved_change_stands_without_its_base(folder: Path) -> None:
    scenario = load_scenario(change(folder, 'name = "x"\nbase = "base.toml"'))
    save_scenario(scenario, folder / "gemt.toml")
    (folder / "base.toml").unlink()

    assert load_scenario(folder / "gemt.toml") == scenario.model_copy(update={"base": None})


class TestPresets:
    """Presets of shipped regions."""

    @pytest.fixture(autouse=True)
    def shipped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from .regions import ship

        basis = 'name = "Basis"\ndescription = "Som i dag"\nregion = "lille"\n[costs]\ncapital_life = 40'
        ship(
            tmp_path / "shipped",
            monkeypatch,
            {
                "lille": {"basis": basis, "lav": 'name = "Lav"\nbase = "basis"\n[demand]\nprojection = "low"'},
                "stor": {"basis": basis.replace("lille", "stor"), "alene": 'name = "Alene"\nregion = "stor"'},
            },
        )

    def test_list_is_by_id(self) -> None:
        presets = list_presets("lille")

        assert [(preset.id, preset.name, preset.description) for preset in presets] == [
            ("basis", "Basis", "Som i dag"),
            ("lav", "Lav", ""),
        ]

    def test_list_of_an_unknown_region(self) -> None:
        with pytest.raises(FaultyInput, match="lille"):
            list_presets("lile")

    def test_preset_loads_by_id_and_builds_on_another(self) -> None:
        scenario = load_scenario("lav", "lille")

        assert (scenario.demand.projection, scenario.costs.capital_life, scenario.region) == ("low", 40, "lille")
        assert load_scenario("lav") == scenario

    def test_id_in_several_regions_must_say_which(self) -> None:
        assert "«lille» og «stor»" in only_fault("basis").mend
        assert load_scenario("basis", "stor").region == "stor"

    def test_unknown_preset_has_the_nearest_suggestion(self) -> None:
        fault = only_fault("basi")

        assert (fault.value, fault.mend.split("?")[0]) == ("basi", "Mente du «basis»")

    def test_request_may_build_on_a_preset_but_not_on_a_file(self, tmp_path: Path) -> None:
        scenario = parse_scenario({"name": "x", "region": "lille", "base": "basis"})
        (tmp_path / "a.toml").write_text('name = "x"', encoding="utf-8")

        assert scenario.costs.capital_life == 40
        for base in ("a.toml", str(tmp_path / "a.toml"), "../shipped/lille/scenarios/basis.toml"):
            with pytest.raises(FaultyInput, match="uden for"):
                parse_scenario({"name": "x", "region": "lille", "base": base})

    @pytest.mark.parametrize("name", ["../../hemmelig", "basis/../basis", "*", "bas?s", ""])
    def test_id_is_a_name_and_no_path(self, name: str) -> None:
        with pytest.raises(FaultyInput):
            load_scenario(name, "lille")
