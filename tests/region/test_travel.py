"""Shortest times, ferries, given times and pairs without a route."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.region import Region, needs_ferry, region_from_tables, travel_minutes, unreachable_pairs
from kapacitet.region.travel import travel_graph
from tests.region import small


def region_of(links: Sequence[tuple[str, str, str, float]], times: Sequence[tuple[str, str, float]] = ()) -> Region:
    """Municipalities a to e with an offer in each, joined by links."""
    codes = "abcde"
    content: dict[str, Any] = {
        "municipalities": [
            {"code": c, "name": c, "population": 1, "seat": c, "latitude": 55, "longitude": 9} for c in codes
        ],
        "target_groups": [{**small.tables()["target_groups"][0], "support_step": 0.5}],
        "demand": [
            {"municipality": c, "target_group": "autisme", "year": 2026, "low": 0, "central": 0, "high": 0}
            for c in codes
        ],
        "offers": [
            {**small.tables()["offers"][1], "id": f"o{c}", "municipality": c, "target_groups": "autisme"}
            for c in codes
        ],
        "travel_links": [dict(zip(("from", "to", "kind", "minutes"), link, strict=True)) for link in links],
        "travel_times": [
            dict(zip(("municipality", "offer_or_candidate", "minutes"), time, strict=True)) for time in times
        ],
    }
    return region_from_tables("rejse", 2026, content, **small.OUTSIDE)


NETWORK = [("a", "b", "road", 10.0), ("c", "b", "road", 20.0), ("a", "c", "ferry", 25.0), ("c", "d", "ferry", 7.5)]


def test_shortest_both_ways_and_zero_at_home() -> None:
    minutes = travel_minutes(region_of(NETWORK))
    assert minutes.index.tolist() == list("abcde")
    assert minutes.columns.tolist() == ["oa", "ob", "oc", "od", "oe"]
    nan = math.nan
    pd.testing.assert_frame_equal(
        minutes,
        pd.DataFrame(
            [
                [0, 10, 25, 32.5, nan],
                [10, 0, 20, 27.5, nan],
                [25, 20, 0, 7.5, nan],
                [32.5, 27.5, 7.5, 0, nan],
                [nan, nan, nan, nan, 0],
            ],
            index=minutes.index,
            columns=minutes.columns,
        ),
    )


def test_given_times_replace_single_pairs_one_way_even_at_home() -> None:
    minutes = travel_minutes(region_of(NETWORK, [("a", "ob", 99.0), ("e", "oa", 5.0), ("c", "oc", 3.0)]))
    assert minutes.loc["a", "ob"] == 99
    assert minutes.loc["b", "oa"] == 10
    assert minutes.loc["a", "oc"] == 25
    assert minutes.loc["e", "oa"] == 5
    assert minutes.loc["c", "oc"] == 3


def test_unreachable_pairs() -> None:
    region = region_of(NETWORK, [("e", "oa", 5.0)])
    pairs = set(unreachable_pairs(region))
    assert pairs == {(c, "oe") for c in "abcd"} | {("e", f"o{c}") for c in "bcd"}
    assert any("7 par af kommune og tilbud har ingen rejsevej" in fault.message for fault in region.warnings)


def test_ferries() -> None:
    ferry = needs_ferry(region_of(NETWORK))
    assert ferry.loc["a", "oc"] and ferry.loc["c", "oa"]
    assert not ferry.loc["a", "ob"]
    assert not ferry.loc["b", "oc"]
    assert ferry.loc["b", "od"]
    assert not ferry.loc["e", "oa"] and not ferry.loc["a", "oa"]


def test_a_road_that_is_as_quick_needs_no_ferry() -> None:
    links = [("a", "b", "ferry", 10.0), ("b", "a", "road", 10.0), ("c", "d", "ferry", 5.0), ("d", "c", "road", 9.0)]
    region = region_of(links)
    graph = travel_graph(region)
    assert graph.edges["a", "b"] == {"minutes": 10.0, "ferry": False}
    assert graph.edges["c", "d"] == {"minutes": 5.0, "ferry": True}
    assert not needs_ferry(region).loc["a", "ob"]
    assert needs_ferry(region).loc["c", "od"]


def test_candidates_come_after_offers() -> None:
    minutes = travel_minutes(small.build())
    assert minutes.columns.tolist() == ["huset", "privat", "nyt-12", "regionens"]
    assert minutes.loc["410"].tolist() == [20.5, 32.0, 32.0, 0.0]
    assert minutes.to_numpy().dtype == np.float64


def test_a_region_without_places_has_no_columns() -> None:
    content = {name: rows for name, rows in small.tables().items() if name in ("municipalities", "target_groups")}
    content |= {name: small.tables()[name] for name in ("demand", "support_step_price")}
    region = small.build(content)
    assert travel_minutes(region).shape == needs_ferry(region).shape == (3, 0)
    assert unreachable_pairs(region) == []


links = st.lists(
    st.tuples(
        st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from(["road", "ferry"]), st.integers(1, 60)
    ).filter(lambda link: link[0] != link[1]),
    max_size=8,
    unique_by=lambda link: (frozenset(link[:2]), link[2]),
)


@settings(max_examples=30, deadline=None)
@given(links)
def test_against_every_path(drawn: list[tuple[str, str, str, int]]) -> None:
    """The definition itself: the least sum over all simple paths of a graph with parallel links."""
    region = region_of([(here, there, kind, float(minutes)) for here, there, kind, minutes in drawn])
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_nodes_from("abcde")
    for here, there, kind, minutes in drawn:
        graph.add_edge(here, there, kind=kind, minutes=minutes)
    found, ferries = travel_minutes(region), needs_ferry(region)
    for here in "abcde":
        for there in "abcde":
            routes = [
                (
                    sum(graph.edges[edge]["minutes"] for edge in path),
                    any(graph.edges[edge]["kind"] == "ferry" for edge in path),
                )
                for path in nx.all_simple_edge_paths(graph, here, there)
            ]
            best = (0, False) if here == there else min(routes, default=(math.nan, False))
            assert found.loc[here, f"o{there}"] == best[0] or (not routes and math.isnan(best[0]))
            assert ferries.loc[here, f"o{there}"] == best[1]
