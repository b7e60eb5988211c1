"""The action list: one Danish sentence for each thing to do, in the manner planners asked for."""

from __future__ import annotations

from pathlib import Path

from kapacitet.report.actions import actions
from tests.report.world import NAMES, build, builds

GOLDEN = Path(__file__).parents[1] / "golden" / "actions.txt"
REGION = {"owner_type": "region", "owner": "Region Syddanmark", "municipality": "410"}


def test_the_sentence_of_a_municipality() -> None:
    (only,) = actions(builds(build()), NAMES)
    assert only.text == "2027: Vejen bygger 12 pladser til autisme, §107, 21,6 mio. kr., åbner 2029"
    assert only.year == 2027


def test_every_kind_of_action() -> None:
    rows = builds(
        build(**REGION, start_year=2028, opening_year=2031, places=20.0, construction_cost=36e6),
        build(committed=True, start_year=2025, opening_year=2027),
        build(loan=10.8e6),
        build(legal_basis="sel107;sel108", target_groups="dom;dobbeltdiagnose", construction_cost=900_000.0),
        build(legal_basis="abl105", target_groups="svær_autisme;dom;dobbeltdiagnose", places=1.0),
        build(kind="luk", name="Åhuset", start_year=2030, opening_year=2030, places=8.0, one_off_cost=2e6),
        build(kind="luk", name="Gården", start_year=2030, opening_year=2030, places=8.5, one_off_cost=0.0),
        build(
            kind="omlaeg", name="Søhuset", start_year=2029, opening_year=2030, one_off_cost=3e6, target_groups="dom"
        ),
        build(kind="luk", name="Regionens hus", **REGION, start_year=2031, opening_year=2031),
        build(owner="999", municipality="575", start_year=2032, opening_year=2033),
    )
    found = "\n".join(action.text for action in actions(rows, NAMES)) + "\n"
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_sorted_by_year_then_owner_whatever_the_order_of_rows() -> None:
    rows = [
        build(start_year=year, owner=owner, municipality=owner) for year in (2029, 2027) for owner in ("630", "575")
    ]
    texts = [action.text for action in actions(builds(*rows), NAMES)]
    assert texts == [action.text for action in actions(builds(*reversed(rows)), NAMES)]
    assert [text.split(" bygger")[0] for text in texts] == [
        "2027: Vejen",
        "2027: Vejle",
        "2029: Vejen",
        "2029: Vejle",
    ]


def test_no_builds_no_actions() -> None:
    assert actions(builds(), NAMES) == ()
