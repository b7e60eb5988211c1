"""Charts: what they say in words, that they draw, and that they bear plans without anything in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kapacitet.report.charts.accounts import accounts_spec
from kapacitet.report.charts.frames import frame_use, frames_spec
from kapacitet.report.charts.groups import groups_spec, open_places
from kapacitet.report.charts.region_map import map_spec
from kapacitet.report.charts.schemes import scheme_changes, schemes_spec
from kapacitet.report.charts.timeline import timeline_spec
from kapacitet.report.map import write_charts, write_map
from kapacitet.report.notes import map_notes
from kapacitet.report.render import png
from tests.report import payments, world

NOTES = ("Kilde: prøve",)


def specs(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, Any]]:
    return {
        "kort": map_spec(tables, world.region(), "Prøve", NOTES),
        "behov": groups_spec(tables, "Prøve", NOTES),
        "rammer": frames_spec(tables, world.NAMES, "Prøve", NOTES),
        "tidslinje": timeline_spec(tables, world.NAMES, "Prøve", NOTES),
    }


def without_builds() -> dict[str, pd.DataFrame]:
    found = world.result().tables
    return {**found, "builds": world.builds(), "frames": found["frames"].iloc[:0]}


def test_what_charts_say_to_those_who_cannot_see_them() -> None:
    said = {name: spec["description"] for name, spec in specs(world.result().tables).items()}
    assert said["kort"].startswith("Kort over 3 kommuner i 2030. ")
    assert "Nye tilbud: Vejle 12 pladser, åbner 2028." in said["kort"]
    assert "Autisme: behov 18 helårspladser i 2026 og 30 i 2030" in said["behov"]
    assert "Vejle 2026: 100 %" in said["rammer"]
    assert said["tidslinje"].startswith("2026: Vejle bygger 12 pladser")


def test_an_empty_plan_can_be_told() -> None:
    said = {name: spec["description"] for name, spec in specs(without_builds()).items()}
    assert said["kort"].endswith("Der bygges ikke.")
    assert said["rammer"].endswith("Planen bruger ikke af nogen ramme.")
    assert said["tidslinje"] == "Planen bygger ikke noget."


@pytest.mark.parametrize("name", ["kort", "behov", "rammer", "tidslinje"])
def test_charts_of_an_empty_plan_can_be_drawn(name: str) -> None:
    assert png(specs(without_builds())[name]).startswith(b"\x89PNG")


def test_the_map_holds_no_counts_of_people() -> None:
    text = str(specs(world.result().tables)["kort"])
    assert "place_years" not in text and "need" not in text


def test_the_map_is_the_same_whatever_the_order_of_rows() -> None:
    tables = world.result().tables
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in tables.items()}
    assert specs(turned)["kort"] == specs(tables)["kort"]


def test_an_offer_open_to_several_groups_counts_in_each() -> None:
    capacity = pd.DataFrame({"year": [2026, 2026], "target_groups": ["autisme;dom", "dom"], "places": [4.0, 3.0]})
    found = open_places(capacity).set_index("target_group")["places"].to_dict()
    assert found == {"autisme": 4.0, "dom": 7.0}


def test_use_of_a_frame_of_nothing() -> None:
    frames = pd.DataFrame(
        {
            "year": [2026] * 3,
            "party": ["575", "630", "region"],
            "kind": ["anlaegsramme", "anlaegsramme", "likviditet"],
            "limit": [0.0, 0.0, 20e6],
            "draw": [0.0, 5e6, 5e6],
        }
    )
    use = frame_use(frames, world.NAMES)
    assert use["share"].tolist() == [0.0, float("inf"), 0.25]
    assert use["who"].tolist() == ["Vejen", "Vejle", "Regionen, likviditet"]


def test_the_page_stands_alone_and_user_text_stays_text(tmp_path: Path) -> None:
    nasty = "</script><script>alert(1)</script><img src=http://x.dk/a.png>"
    found = replace(world.result(), summary={**world.result().summary, "name": nasty})
    (picture,) = write_map(found, world.region(), tmp_path)
    assert picture.file == "kort.png" and picture.alt.startswith("Kort over 3 kommuner")
    text = (tmp_path / "kort.html").read_text(encoding="utf-8")
    world.assert_selfcontained(text)
    assert text.count("</script>") == 3
    assert world.spec_of(text)["kort"]["description"] == picture.alt


def test_pictures_of_the_charts(tmp_path: Path) -> None:
    pictures = write_charts(world.result(), world.region(), tmp_path)
    files = ["tidslinje.png", "behov.png", "rammer.png", "ordninger.png", "regnskab.png"]
    assert [picture.file for picture in pictures] == files
    assert all(picture.alt and (tmp_path / picture.file).read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_charts_without_anything_in_them_are_left_out(tmp_path: Path) -> None:
    tables = world.result().tables
    bare = {
        **without_builds(),
        "agreements": tables["agreements"].iloc[:0],
        "accounts": tables["accounts"].assign(baseline_discounted=tables["accounts"]["discounted"]),
    }
    pictures = write_charts(replace(world.result(), tables=bare), world.region(), tmp_path)
    assert [picture.file for picture in pictures] == ["behov.png"]
    assert [path.name for path in tmp_path.iterdir()] == ["behov.png"]


def test_change_per_inhabitant_under_each_scheme() -> None:
    found = scheme_changes(payments.scheme_accounts()).set_index(["who", "scheme"])["change"]
    assert found["Vejen", "Takststyring"] == 150.0
    assert found["Vejle", "Takststyring"] == -400.0
    assert found["Vejen", "Planens aftaler"] == -100.0
    assert found["Alle kommuner", "Takststyring"] == pytest.approx(-34e6 / 140_000)


def test_classes_of_change_are_round_and_meet() -> None:
    spec = schemes_spec({"scheme_accounts": payments.scheme_accounts()}, "Prøve", NOTES)
    (data,) = [rows for rows in spec["datasets"].values() if "klasse" in rows[0]]
    shown = {(row["who"], row["scheme"]): (row["klasse"], row["text"]) for row in data}
    assert shown["Vejle", "Takststyring"] == ("mere end 200 mindre", "-400")
    assert shown["Vejen", "Takststyring"] == ("100 til 200 mere", "+150")
    assert shown["Vejen", "Standard"] == ("op til 100 mindre", "-100")
    assert shown["Vejle", "Standard"] == ("op til 100 mere", "+20")


def test_accounts_most_relieved_first() -> None:
    spec = accounts_spec({"accounts": payments.accounts()}, "Prøve", NOTES)
    assert spec["description"] == (
        "Regnskab for 2 kommuner med og uden planen, kr. pr. indbygger. Størst fald: Vejen -100 kr. "
        "Mindst fald eller størst stigning: Vejle +20 kr."
    )
    assert "Andre parters regnskab ændres: Regionen -1,0 mio. kr.; Staten -3,0 mio. kr." in str(spec)


@pytest.mark.parametrize("rows", [1, 2])
def test_charts_of_who_pays_can_be_drawn(rows: int) -> None:
    tables = {
        "scheme_accounts": payments.scheme_accounts().iloc[:rows].assign(takststyring=24e6),
        "accounts": payments.accounts().iloc[: 2 * rows],
    }
    for spec in (schemes_spec(tables, "Prøve", NOTES), accounts_spec(tables, "Prøve", NOTES)):
        assert png(spec).startswith(b"\x89PNG")


def test_licences_of_the_shipped_outlines_are_named() -> None:
    known = {**world.result().summary, "illustrative": {}}
    assert map_notes(known)[-1] == "Omrids: regionens egne data."
    assert "OpenStreetMap" in map_notes({**known, "region": "syddanmark"})[-1]


def test_a_region_without_outlines_has_no_map(tmp_path: Path) -> None:
    assert write_map(world.result(), world.region(outlines=None), tmp_path) == ()
    assert not list(tmp_path.iterdir())
