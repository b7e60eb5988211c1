"""The section on changes since the previous plan."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.insight.rolling_change import COLUMNS, DROPPED, KEPT, MOVED, NEW, SWAPPED
from kapacitet.report.document import Bullets, Grid, Paragraph
from kapacitet.report.markdown import to_markdown
from kapacitet.report.plan_change import plan_change_blocks
from tests.report.world import NAMES, scenario

Start = tuple[float, int]
HELD = {"cost": 105e6, "bound": 105e6, "obstacles": []}


def change(kind: str, before: Start | None, now: Start | None, price: float = 0.0, **more: Any) -> dict[str, Any]:
    """A row: places and year before and now."""
    row = dict.fromkeys(COLUMNS) | {"project": kind, "kind": kind, "name": f"Hus {kind}", "price": price}
    row |= {"owner_type": "kommune", "owner": "630", "municipality": "630"}
    row |= {"places_before": before[0], "start_before": before[1]} if before else {}
    return row | ({"places": now[0], "start": now[1]} if now else {}) | more


def blocks(*rows: dict[str, Any], alone: Any = HELD, whole: Any = None) -> tuple[Any, ...]:
    table = pd.DataFrame(rows, columns=COLUMNS)
    summary = {"objective": 100e6, "previous_plan": {"alone": alone, "whole": whole}}
    return plan_change_blocks(Result(summary, scenario(), {"plan_change": table}), NAMES)


def text(*rows: dict[str, Any], **kept: Any) -> str:
    return to_markdown(blocks(*rows, **kept))


ALL = (
    change(KEPT, (8, 2027), (8, 2027)),
    change(MOVED, (12, 2028), (12, 2030), 2e6),
    change(SWAPPED, (12, 2028), (20, 2028), 2e6),
    change(DROPPED, (8, 2029), None, 2e6),
    change(NEW, None, (20, 2031)),
)


def test_changes_are_counted_and_priced() -> None:
    said = text(*ALL)
    assert "Sidste plan havde 4 projekter, der ikke var begyndt." in said
    assert "Nu: 1 uændret, 1 flyttet, 1 i en anden variant, 1 udgået og 1 nye" not in said
    assert "Nu: 1 uændret, 1 flyttet, 1 anden variant, 1 udgået og 1 nyt." in said
    assert "Ændringerne er regnet til 6,0 mio. kr." in said
    assert "Planens omkostning er med prisen for dens ændringer." in said


def test_each_change_is_a_row_with_before_and_now() -> None:
    (table,) = [block for block in blocks(*ALL) if isinstance(block, Grid)]
    assert table.columns == ("Projekt", "Bygherre", "Ændring", "Sidste plan", "Nu", "Pris")
    rows = [[cell.text for cell in row] for row in table.rows]
    assert rows == [
        ["Hus flyttet", "Vejle", "flyttet", "12 pl., 2028", "12 pl., 2030", "2,0 mio. kr."],
        ["Hus anden_variant", "Vejle", "anden variant", "12 pl., 2028", "20 pl., 2028", "2,0 mio. kr."],
        ["Hus udgaaet", "Vejle", "udgået", "8 pl., 2029", "–", "2,0 mio. kr."],
        ["Hus nyt", "Vejle", "nyt", "–", "20 pl., 2031", "–"],
    ]


def test_without_a_price_there_is_no_column_for_it() -> None:
    (table,) = [block for block in blocks(change(MOVED, (8, 2027), (8, 2028))) if isinstance(block, Grid)]
    assert table.columns[-1] == "Nu"
    assert "prisen" not in text(change(MOVED, (8, 2027), (8, 2028)))


def test_an_unchanged_plan_has_no_table() -> None:
    found = blocks(ALL[0], alone={**HELD, "cost": 100e6, "bound": 100e6})
    assert not any(isinstance(block, Grid) for block in found)
    assert "Nu: 1 uændret." in found[0].text
    assert "100,0 mio. kr. (nutidsværdi): det samme som planen." in to_markdown(found)


def test_the_previous_plan_held_fixed_in_both_ways() -> None:
    said = text(ALL[0], whole={"cost": 101e6, "bound": 100.9e6, "obstacles": []})
    assert "Holdes sidste plan fast, og bygges intet andet nyt, koster det 105,0 mio. kr." in said
    assert "5,0 mio. kr. mere end planen." in said
    assert "Holdes sidste plan fast, og vælges alt andet på ny, koster det 101,0 mio. kr." in said
    assert "1,0 mio. kr. mere end planen. En sådan plan kan være op til 0,1 mio. kr. billigere." in said
    assert "--keep" not in said and "--keep" in text(ALL[0])


def test_a_plan_not_searched_to_the_end_can_be_dearer_than_the_old_one() -> None:
    said = text(ALL[0], alone={**HELD, "cost": 99.9e6, "bound": 99.9e6})
    assert "0,1 mio. kr. mindre end planen, som ikke er fundet helt til bunds." in said


def test_why_it_cannot_be_held() -> None:
    broken = {"cost": None, "bound": None, "obstacles": ["Vejle har ikke råd", "nyt-12 bygges som i sidste plan"]}
    found = blocks(ALL[0], alone=broken, whole={**broken, "obstacles": []})
    where = next(i for i, block in enumerate(found) if isinstance(block, Bullets))
    assert found[where].items == tuple(broken["obstacles"])  # type: ignore[arg-type]
    assert isinstance(found[where - 1], Paragraph) and "kan kravene ikke overholdes:" in found[where - 1].text
    assert "blev der ikke fundet nogen plan" in to_markdown(found)


def test_nothing_is_said_without_a_previous_plan() -> None:
    assert blocks() == ()
    assert plan_change_blocks(Result({"objective": 1.0}, scenario(), {}), NAMES) == ()
