"""Which futures a scenario gets."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import demand_futures
from kapacitet.faults import FaultyInput
from kapacitet.region import load_region
from kapacitet.region.published import shipped_region
from kapacitet.scenario.models import Scenario

from .worlds import asked, drawn, growing, same


def test_one_future_is_the_projection_itself_to_the_last_bit() -> None:
    region, question = growing(), asked(1)
    projection = cell_demand(region, question)
    futures = demand_futures(region, question, projection)

    assert futures.probability.tolist() == [1.0]
    first = question.horizon.first
    for row in projection.demand.to_dict("records"):
        cell = futures.demand_keys.index((row["municipality"], row["target_group"], row["term"]))
        assert futures.demand[0, cell, row["year"] - first] == row["place_years"]
    for row in projection.residents.to_dict("records"):
        home = futures.resident_keys.index((row["municipality"], row["target_group"], row["term"], row["offer"]))
        assert futures.residents[0, home, row["year"] - first] == row["place_years"]
    for row in projection.external.to_dict("records"):
        guest = futures.external_keys.index((row["target_group"], row["term"], row["offer"]))
        assert futures.external[0, guest, row["year"] - first] == row["place_years"]
    for name in ("demand", "residents", "external"):
        total = getattr(projection, name)["place_years"].sum()
        assert getattr(futures, name).sum() == pytest.approx(total)


def test_several_are_draws_and_fewer_of_them_if_asked() -> None:
    region = growing()
    all_of_them = demand_futures(region, asked(60), cell_demand(region, asked(60)))
    few = demand_futures(region, asked(60, reduce_to=7), cell_demand(region, asked(60)))

    assert same(all_of_them, drawn(region, asked(60)))
    assert few.demand.shape[0] == 7 and few.probability.sum() == pytest.approx(1)


def test_more_chosen_than_drawn_is_refused_in_danish() -> None:
    with pytest.raises(ValueError, match="Der kan ikke udvælges 5 fremtider af 4"):
        Scenario.model_validate({"name": "x", "region": "x", "futures": {"count": 4, "reduce_to": 5}})
    with pytest.raises(FaultyInput, match="ingen egne fremtider"):
        demand_futures(growing(), asked(1, source="table"), cell_demand(growing(), asked(1)))


def test_warnings_of_the_projection_go_along() -> None:
    region = load_region(shipped_region("syddanmark"))
    question = Scenario.model_validate({"name": "x", "region": "syddanmark", "futures": {"count": 40}})
    projection = cell_demand(region, question)
    futures = demand_futures(region, question, projection)

    assert futures.warnings[: len(projection.warnings)] == projection.warnings
    total = projection.demand.groupby("year")["place_years"].sum().to_numpy()
    error = futures.demand.sum(axis=1).std(axis=0) / np.sqrt(40)
    # The floor of an unlucky walk lifts the shipped region by up to 0.4 %.
    assert (np.abs(futures.demand.sum(axis=1).mean(axis=0) - total) < 4 * error + 0.004 * total + 0.5).all()
