"""The region as an object: unchangeable, comparable by content, quick to build, fit for other processes."""

from __future__ import annotations

import pickle
import random
from dataclasses import FrozenInstanceError
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.region import Region
from tests.region import small


def test_the_content_counts_and_nothing_else() -> None:
    region = small.build()
    assert region == small.build()
    assert len({region, small.build()}) == 1
    assert region != "proeve"
    for changed in (
        small.build(title="Andet"),
        small.build(outlines=None),
        small.build(outlines=small.outlines({**small.NAMES, "575": "Vejen Kommune"})),
        small.build(evidence="faktisk"),
    ):
        assert changed != region
        assert changed.content_hash != region.content_hash


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_count(chance: random.Random) -> None:
    content = small.tables()
    for rows in content.values():
        chance.shuffle(rows)
    assert small.build(content) == small.build()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("offers", "places", 11),
        ("offers", "top_up", 0.0),
        ("demand", "high", 6.000001),
        ("figures", "value", "28.990"),
        ("demand", "tier", None),
    ],
)
def test_every_cell_counts_and_missing_is_not_zero(table: str, column: str, value: object) -> None:
    content = small.tables()
    content[table][0][column] = value
    assert small.build(content) != small.build()


def test_how_a_number_is_written_does_not_count() -> None:
    content = small.tables()
    content["offers"][0].update(fixed_cost="20.000.000", places="10", budgeted_occupancy="95 %")
    content["candidates"][0].update(spend_profile="0,50; 0.5")
    assert small.build(content) == small.build()


def test_a_reader_cannot_change_the_region() -> None:
    region = small.build()
    frame = region.tables["offers"]
    frame.loc[0, "places"] = 99
    frame["nyt"] = 1
    del frame["name"]
    assert region.tables["offers"].loc[0, "places"] == 10
    assert "nyt" not in region.tables["offers"]
    assert "name" in region.tables["offers"]
    with pytest.raises(TypeError):
        region.tables["offers"] = frame
    with pytest.raises(FrozenInstanceError):
        region.title = "Andet"


def test_what_it_was_built_from_may_change_afterwards() -> None:
    region = small.build()
    frames = {name: frame.copy() for name, frame in region.tables.items()}
    again = small.build(frames)
    frames["offers"].loc[0, "places"] = 99
    assert again.tables["offers"].loc[0, "places"] == 10


def test_it_travels_to_other_processes() -> None:
    region = small.build()
    again: Region = pickle.loads(pickle.dumps(region))
    assert again == region
    assert again.tables["offers"].equals(region.tables["offers"])
    assert repr(again.tables).startswith("Tables(municipalities: 3, ")


def test_small_regions_are_built_quickly() -> None:
    content, outlines = small.tables(), small.outlines()
    small.build(content, outlines=outlines)
    seconds = []
    for _ in range(5):
        start = perf_counter()
        small.build(content, outlines=outlines)
        seconds.append(perf_counter() - start)
    assert min(seconds) < 0.15
