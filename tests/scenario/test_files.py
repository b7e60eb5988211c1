"""Scenario files: reading, malformed content, saving, and the region they name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.documents import LARGEST_FILE, read_document
from kapacitet.scenario.files import load_scenario, resolve_region, save_scenario
from kapacitet.scenario.models import Scenario

from .regions import asked, ship

HEAD = 'name = "Prøve"\nregion = "lille"\n'


def written(folder: Path, text: str | bytes, name: str = "a.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def only_fault(path: Path | str) -> Fault:
    with pytest.raises(FaultyInput) as caught:
        load_scenario(path)
    (fault,) = caught.value.faults
    return fault


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    toml = written(tmp_path, HEAD + "[costs]\ndiscount_rate = 0.05\n[levers.takst_cap]\nautisme = 2_000_000\n")
    document = {
        "name": "Prøve",
        "region": "lille",
        "costs": {"discount_rate": 0.05},
        "levers": {"takst_cap": {"autisme": 2e6}},
        "limits": {"reserve_from": None},
    }
    in_json = written(tmp_path, json.dumps(document), "b.json")

    assert load_scenario(toml) == load_scenario(in_json)


def test_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert load_scenario(written(tmp_path, b"\xef\xbb\xbf" + HEAD.encode())).name == "Prøve"


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("discount_rate = 0,03", "Skriv decimaltal med punktum"),
        ("unmet_penalty = 4.000.000", "Skriv decimaltal med punktum"),
        ("discount_rate = tre", "Tekst skal stå i anførselstegn"),
        ("name = 'Igen", "Tekst skal stå i anførselstegn"),
        ("en bemærkning", "Hver linje skal være nøgle = værdi"),
        ("capital_life = 30\ncapital_life = 31", "Samme nøgle"),
    ],
)
def test_malformed_toml_names_the_line_and_a_mend(tmp_path: Path, line: str, mend: str) -> None:
    fault = only_fault(written(tmp_path, f"{HEAD}[costs]\n{line}\n[solver]\n"))

    assert fault.table == "a.toml"
    assert fault.row in (4, 5)
    assert fault.mend.startswith(mend)


def test_wrong_value_names_the_file_and_the_key(tmp_path: Path) -> None:
    fault = only_fault(written(tmp_path, HEAD + '[costs]\ndiscount_rate = "3 %"\n'))

    assert (fault.table, fault.column, fault.value) == ("a.toml", "costs.discount_rate", "3 %")


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (b"name = '\xe6'\n", "a.toml", "Filen er ikke gemt som UTF-8."),
        (b"#" * (LARGEST_FILE + 1), "a.toml", "Filen er over 256 kB."),
        (b"capital_life = " + b"9" * 5000, "a.toml", "Filen kan ikke læses som TOML."),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "a.toml", "Filen kan ikke læses som TOML."),
        (b'{"name": "x",}', "a.json", "Filen kan ikke læses som JSON."),
        (b"9" * 5000, "a.json", "Filen kan ikke læses som JSON."),
        (b"[" * 100_000, "a.json", "Filen kan ikke læses som JSON."),
        (b"[1]", "a.json", "Et scenarie skal være et JSON-objekt."),
        (b'{"costs": {"gap": 1, "gap": 2}}', "a.json", "Nøglen står to gange."),
        (b"", "a.txt.toml", "Nøglen mangler."),
    ],
)
def test_unreadable_files_are_refused_in_danish(tmp_path: Path, text: bytes, name: str, message: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        load_scenario(written(tmp_path, text, name))

    fault = caught.value.faults[0]
    assert (fault.message, fault.table) == (message, name)
    assert fault.mend


def test_malformed_json_names_the_line(tmp_path: Path) -> None:
    assert only_fault(written(tmp_path, '{\n"name": "x"\n"region": 1}', "a.json")).row == 3


@pytest.mark.parametrize("name", ["findes-ikke.toml", "nul\0.toml", "x" * 500 + ".toml"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    assert only_fault(tmp_path / name).message in ("Filen findes ikke.", "Filen kan ikke læses.")


def test_other_files_are_refused_unread_where_a_base_could_name_them(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="skal ende på"):
        read_document(written(tmp_path, "root:x:0:0", "passwd"))


def test_folder_is_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()

    assert only_fault(tmp_path / "a.toml").message == "Stien er en mappe, ikke en fil."


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_saved_scenario_is_read_back_the_same(tmp_path: Path, suffix: str) -> None:
    scenario = asked(
        description='Æble & «citat» "x"\nto linjer',
        limits={"reserve_from": 2027, "closures": True},
        projects={"committed": [{"candidate": "egebo-8", "start": 2024}], "only_owner_types": ["region"]},
        levers={"takst_reduction_by": {"kommune": {"2027": 0.02}}, "takst_cap": {"autisme": 1.5}},
        underskud={"participants": ["410"], "scheme_by_offer": {"egebo-8": "objektiv"}},
    )

    save_scenario(scenario, tmp_path / f"b{suffix}")

    assert load_scenario(tmp_path / f"b{suffix}") == scenario


@settings(max_examples=25, deadline=None)
@given(
    rate=st.floats(0, 1),
    penalty=st.floats(0, 1e12),
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    caps=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), st.floats(0, 1e9)
    ),
)
def test_saving_keeps_every_value_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, rate: float, penalty: float, name: str, caps: dict[str, float]
) -> None:
    costs = {"discount_rate": rate, "unmet_penalty": penalty}
    scenario = asked(name=name, costs=costs, levers={"takst_cap": caps})
    path = tmp_path_factory.mktemp("gemt") / "c.toml"

    save_scenario(scenario, path)

    assert load_scenario(path) == scenario


def test_only_toml_and_json_can_be_saved(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="toml"):
        save_scenario(asked(), tmp_path / "a.yaml")


def test_region_is_shipped_or_a_folder_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(tmp_path / "shipped", monkeypatch, {"syddanmark": {}})
    (tmp_path / "egen").mkdir()
    file = tmp_path / "a.toml"

    def of(region: str, path: Path | None = file) -> Path:
        return resolve_region(Scenario(name="x", region=region), path)

    assert of("syddanmark") == of("syddanmark", None) == tmp_path / "shipped" / "syddanmark"
    assert of("egen") == tmp_path / "egen"
    assert of(str(tmp_path / "egen")) == tmp_path / "egen"
    for region, path in (("sydanmark", file), ("egen", None), ("", None)):
        if region:
            with pytest.raises(FaultyInput) as caught:
                of(region, path)
            assert caught.value.faults[0].column == "region"
