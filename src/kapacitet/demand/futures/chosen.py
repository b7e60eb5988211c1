"""The futures a scenario asks for."""

from __future__ import annotations

from kapacitet.demand.cells import CellDemand
from kapacitet.demand.futures.draw import draw_futures
from kapacitet.demand.futures.model import DemandFutures, as_one_future
from kapacitet.demand.futures.own import own_futures
from kapacitet.demand.futures.reduce import check_reduction, reduce_futures
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario


def demand_futures(region: Region, scenario: Scenario, projection: CellDemand) -> DemandFutures:
    """What ``scenario.futures`` asks for: the projection itself, draws around it, or the region's own futures.

    With ``source = "draw"`` and ``count = 1`` it is ``projection`` exactly, nothing rounded; with several all are
    draws. ``reduce_to`` above 0 then keeps so many of them.

    Raises:
        FaultyInput: of :func:`own_futures` and :func:`reduce_futures`.
    """
    levers = scenario.futures
    if levers.source == "draw" and levers.reduce_to:
        check_reduction(levers.count, levers.reduce_to)  # before so many are drawn
    if levers.source == "table":
        futures = own_futures(region, scenario)
    elif levers.count == 1:
        futures = as_one_future(projection, scenario.horizon.years)
    else:
        futures = draw_futures(region, scenario, projection)
    return reduce_futures(futures, levers.reduce_to)[0] if levers.reduce_to else futures
