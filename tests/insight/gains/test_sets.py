"""Groups a planner names: files with faults, areas and neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapacitet.faults import FaultyInput
from kapacitet.insight.gains.divisions import by_accounts
from kapacitet.insight.gains.sets import areas, neighbours, proper, read_groups
from kapacitet.insight.gains.world import World
from kapacitet.planning.problem import Problem
from tests.project import ROOT

from .worlds import draw, world_of


def tiny() -> Problem:
    """Three municipalities; 410 is linked to the two others and they are not linked."""
    tables, keys = draw(3, 3, frozenset())
    codes = [row["code"] for row in tables["municipalities"]]
    tables["travel_links"] = [
        {**tables["travel_links"][0], "from": codes[0], "to": code, "minutes": 10.0} for code in codes[1:]
    ]
    for row, area in zip(tables["municipalities"], ("Øst", "Vest", "Øst"), strict=True):
        row["group"] = area
    return world_of((tables, keys)).problem


def codes(problem: Problem, members: frozenset[int]) -> set[str]:
    return {problem.municipalities[k].code for k in members}


def written(folder: Path, text: str) -> Path:
    file = folder / "grupper.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_areas_and_neighbours() -> None:
    problem = tiny()
    order = [row for row in problem.region.tables["travel_links"][["from", "to"]].itertuples(index=False)]
    assert {frozenset(codes(problem, g.members)) for g in neighbours(problem)} == {frozenset(pair) for pair in order}
    assert [g.name for g in areas(problem)] == ["Vest", "Øst"]
    assert [g.name for g in proper(areas(problem), World(problem))] == ["Øst"]


def test_named_groups(tmp_path: Path) -> None:
    problem = tiny()
    here = problem.municipalities[0].code
    (group,) = read_groups(written(tmp_path, f'[groups]\n"Alene hjemme" = ["{here}"]\n'), problem)
    assert (group.name, codes(problem, group.members)) == ("Alene hjemme", {here})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[groups", "ikke gyldig TOML"),
        ("", "ét afsnit"),
        ("[groups]\n[andet]\nx = 1", "ét afsnit"),
        ("[groups]\nA = []", "liste af kommunekoder"),
        ("[groups]\nA = [420]", "liste af kommunekoder"),
        ('[groups]\nA = ["9999"]', "findes ikke i regionen"),
    ],
)
def test_faults_are_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FaultyInput) as error:
        read_groups(written(tmp_path, text), tiny())
    assert told in error.value.faults[0].text()


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    problem = tiny()
    everybody = [m.code for m in problem.municipalities]
    listed = ", ".join(f'"{code}"' for code in everybody)
    twice = f'"{everybody[0]}", "{everybody[0]}"'
    with pytest.raises(FaultyInput) as error:
        read_groups(written(tmp_path, f"[groups]\nAlle = [{listed}]\nTo = [{twice}]\nX = [1]\n"), problem)
    texts = [fault.text() for fault in error.value.faults]
    assert any("alle regionens kommuner" in text for text in texts)
    assert any("flere gange" in text for text in texts)
    assert any("liste af kommunekoder" in text for text in texts)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput):
        read_groups(tmp_path / "findes-ikke.toml", tiny())


def test_accounts_must_name_everybody() -> None:
    problem = tiny()
    every = [m.code for m in problem.municipalities]
    assert by_accounts(problem, {code: float(n) for n, code in enumerate(every)}).tolist() == [0.0, 1.0, 2.0]
    with pytest.raises(FaultyInput) as error:
        by_accounts(problem, {"9999": 1.0})
    assert len(error.value.faults) == 1 + len(every)


def test_the_example_file_fits_the_shipped_region() -> None:
    from kapacitet.planning.problem import build_problem
    from kapacitet.region import load_region, shipped_region
    from kapacitet.scenario.files import load_scenario

    problem = build_problem(load_region(shipped_region("syddanmark")), load_scenario("basis"))
    assert len(read_groups(ROOT / "docs" / "eksempler" / "grupper.toml", problem)) == 4
