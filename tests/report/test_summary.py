"""The summary says the plan, its price, what it rests on, and nothing that isn't so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.report.assumptions import assumptions
from kapacitet.report.document import Bullets, Grid, Heading, Paragraph, Picture
from kapacitet.report.economy import delta, frames
from kapacitet.report.markdown import to_markdown
from kapacitet.report.occupancy import critical_mass, emptiest
from kapacitet.report.summary import recommendation, status, summary
from tests.report import world


def changed(summary: dict[str, Any] | None = None, **tables: pd.DataFrame) -> Result:
    found = world.result()
    return replace(found, summary={**found.summary, **(summary or {})}, tables={**found.tables, **tables})


def test_all_parts_are_there() -> None:
    blocks = summary(world.result(), world.NAMES, [Picture("kort.png", "Et kort")])
    titles = [block.text for block in blocks if isinstance(block, Heading)]
    assert titles[:4] == ["Prøve", "Anbefaling", "Handlinger", "Nøgletal"]
    assert {"Tilslutning", "Ordninger side om side", "Regnskab pr. kommune"} <= {*titles}
    assert {"Målgrupper", "Rammer brugt over 80 %", "Laveste belægning", "Kritisk masse", "Forudsætninger"} <= {
        *titles
    }
    text = to_markdown(blocks)
    assert "hviler på illustrative data" in text
    assert "- 2026: Vejle bygger 12 pladser til autisme, §108, 21,6 mio. kr., heraf 1,6 mio. kr. af lånepulje" in text
    assert "![Et kort](kort.png)" in text


def test_a_plan_that_does_nothing_says_no_more_than_it_must() -> None:
    found = run(world.region(), world.scenario(projects={"forbidden": ["nyt"]}))
    assert isinstance(found, Result)
    blocks = summary(found, world.NAMES)
    titles = {block.text for block in blocks if isinstance(block, Heading)}
    empty = {"Handlinger", "Forskel fra ikke at bygge nyt", "Tilslutning", "Ordninger side om side"}
    assert not titles & {*empty, "Rammer brugt over 80 %"}
    text = to_markdown(blocks)
    assert "Planen bygger ikke nyt. Private og købte pladser dækker 50 % af behovet; 0 helårspladser" in text
    assert "Uden nyt byggeri" not in text and "| Part | Regnskab |" in text
    assert "Hver krone ind er en krone ud" in text


def test_nothing_illustrative_nothing_said() -> None:
    text = to_markdown(summary(changed({"illustrative": {}}), world.NAMES))
    assert "illustrativ" not in text


def test_how_sure_the_plan_is() -> None:
    assert status(changed({"status": "optimal", "gap": 0.0})).startswith("Planen er optimal. ")
    assert status(changed({"status": "optimal", "gap": 1e-6})).startswith("Planen er optimal. ")
    assert "mere end 0,05 % billigere" in status(changed({"status": "optimal", "gap": 0.0005}))
    assert "højst 5,70 % billigere" in status(changed({"status": "stoppet med plan", "gap": 0.057}))
    assert "ikke bevist" in status(changed({"status": "stoppet med plan", "gap": None}))


def test_recommendation_with_and_without_builds() -> None:
    assert recommendation(world.result(), world.NAMES).startswith(
        "Byg 12 pladser i et nyt tilbud: 12 pladser hos Vejle. Anlæg koster 21,6 mio. kr. Det koster "
    )
    base = world.result().summary["baseline"]["objective"]
    bare = changed({"objective": base}, builds=world.builds(world.build(committed=True)))
    text = recommendation(bare, world.NAMES)
    assert text.startswith("Planen bygger ikke andet end det, der allerede er besluttet.")
    assert "Det koster det samme som ikke at bygge nyt." in text


def test_the_difference_adds_up() -> None:
    table = delta(world.result())
    assert table is not None
    assert table.rows[-1][0].text == "I alt"
    volume, unit, total = (
        sum(float(cell.text.split()[0].replace(".", "").replace(",", ".")) for cell in column)
        for column in list(zip(*table.rows[:-1], strict=True))[2:]
    )
    assert abs(volume + unit - total) < 0.2


def test_frames_over_eighty_per_cent() -> None:
    found = frames(world.result(), world.NAMES)
    assert isinstance(found, Grid)
    assert [row[0].text for row in found.rows] == ["Vejle", "Vejle"]
    assert not any(cell.marked for row in found.rows for cell in row)
    over = world.result().tables["frames"].assign(draw=lambda table: table["limit"] * 1.2)
    marked = frames(changed(frames=over), world.NAMES)
    assert isinstance(marked, Grid) and all(row[-1].marked for row in marked.rows)
    idle = world.result().tables["frames"].assign(draw=0.0)
    assert frames(changed(frames=idle), world.NAMES) is None
    half = world.result().tables["frames"].assign(draw=lambda table: table["limit"] / 2)
    assert isinstance(frames(changed(frames=half), world.NAMES), Paragraph)


def test_occupancy_leaves_private_offers_out() -> None:
    found = emptiest(world.result(), world.NAMES)
    assert found is not None
    assert [row[0].text for row in found.rows] == ["Nyt hus, 12 pladser (nyt)", "Åhuset"]
    assert found.rows[0][4].marked


def test_critical_mass_names_house_and_years() -> None:
    assert isinstance(critical_mass(world.result()), Paragraph)
    capacity = world.result().tables["capacity"]
    short = capacity.assign(shortfall=(capacity["offer"] == "aahuset") * (capacity["year"] - 2025.0))
    found = critical_mass(changed(capacity=short))
    assert found == Bullets(("Åhuset mangler op til 5 beboere i 2026-2030.",))


def test_assumptions_name_moved_levers_without_a_source() -> None:
    assert isinstance(assumptions(world.result()), Paragraph)
    moved = world.scenario(
        costs={"discount_rate": 0.05}, levers={"takst_reduction": 0.02}, solver={"gap": 0.01}, futures={"seed": 1}
    )
    found = assumptions(replace(world.result(), scenario=moved))
    assert isinstance(found, Bullets)
    assert found.items == ("Diskonteringsrente: 5 % pr. år (planlæggerens antagelse; ellers 3 % pr. år).",)


def test_one_year_is_no_span() -> None:
    found = world.result()
    horizon = found.scenario.horizon.model_copy(update={"last": found.scenario.horizon.first})
    one = replace(found, scenario=found.scenario.model_copy(update={"horizon": horizon}))
    assert f"Omkostning {horizon.first}: " in status(one)
