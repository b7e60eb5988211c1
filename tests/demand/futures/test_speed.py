"""A thousand futures must not be what one waits for."""

from __future__ import annotations

import time

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import draw_futures, reduce_futures
from kapacitet.region import load_region
from kapacitet.region.published import shipped_region
from kapacitet.scenario.models import Scenario


def test_a_thousand_futures_of_the_shipped_region_and_fifty_for_them() -> None:
    region = load_region(shipped_region("syddanmark"))
    question = Scenario.model_validate({"name": "x", "region": "syddanmark", "futures": {"count": 1000}})
    projection = cell_demand(region, question)
    draw_futures(region, question, projection, count=1)

    began = time.process_time()
    futures = draw_futures(region, question, projection)
    drawn = time.process_time()
    reduce_futures(futures, 50)
    reduced = time.process_time()

    assert drawn - began < 2.0
    assert reduced - drawn < 2.0
