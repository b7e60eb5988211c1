"""Futures drawn around the projection."""

from __future__ import annotations

import numpy as np

from kapacitet.demand.cells import CellDemand
from kapacitet.demand.futures.course import course_of, falling_cells
from kapacitet.demand.futures.model import DemandFutures
from kapacitet.demand.futures.start import BaseYear
from kapacitet.demand.futures.stock import Stock
from kapacitet.demand.futures.uniforms import BLOCK
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario


def draw_futures(
    region: Region, scenario: Scenario, projection: CellDemand, *, first: int = 0, count: int | None = None
) -> DemandFutures:
    """Futures ``first`` up to ``first + count`` of ``scenario``, all as likely as each other.

    Demand is a stock. In a cell with projection λ and attrition a,
    d_t = Binomial(d_{t−1}, 1 − a) + inflow_t with mean inflow λ_t·walk_t − (1 − a)·λ_{t−1}·walk_{t−1}, floored at
    0, and variance ``dispersion`` times its mean (1: Poisson, else negative binomial). The walk is that of the
    target group, common to municipalities and terms: walk_0 = 1, walk_t = walk_{t−1}·exp(N(−sd²/2, sd)), mean 1.
    Residents are thinned by the same draw: those of each home survive, and the rest survive and receive the
    inflow, so d ≥ ΣR always. Those whose offer closes by its own ``closes`` stay in their cell without a home.
    Residents who were counted in a later year than the first are held until then, as in the projection.

    Whole persons of the base year: each home of residents is its mean rounded down or up, and so is the sum of
    each offer (external residents included), never beyond its room where the projection is within it. The mean
    is kept, except that where over-occupancy gives a room that isn't whole and the sum lies in between, less than
    one person is lost. d_0 has the mean λ_0 in each cell and is λ_0 rounded down or up, for the cell and for the
    municipality's group as a whole, unless rounded residents force it: then it is as near as they allow.
    Whole figures of today are not rounded.

    Where the projection itself falls faster than people leave, the floor lifts the mean above it; a warning
    names the cells. An unlucky walk does the same without a warning where the projection's own inflow is nearly
    nothing: in the shipped region 3.5 % of the inflows are floored so, and the total need is lifted by up to 0.4 %.

    Every number drawn belongs to the seed, the names, the year and the index of the future: future 7 is the same
    among 10 and 1 000, in any batches, and a lever moves the same draws (inverse distribution functions).

    Args:
        projection: the demand cells of ``scenario``.
        first: index of the first future.
        count: how many; None is up to the scenario's ``futures.count``.
    """
    count = scenario.futures.count - first if count is None else count
    course = course_of(region, scenario, projection)
    start, stock = BaseYear(region, scenario, course), Stock(course, scenario.futures)
    years, own = len(course.years), len(course.cell_of)
    demand, living = np.zeros((count, len(course.cells), years)), np.zeros((count, len(course.homes), years))
    for block in range(first // BLOCK, -(-(first + count) // BLOCK)):
        lanes = slice(max(first - block * BLOCK, 0), min(first + count - block * BLOCK, BLOCK))
        rows = slice(block * BLOCK + lanes.start - first, block * BLOCK + lanes.stop - first)
        residents, cells = stock.move(*start.draw(block, lanes), block, lanes)
        living[rows], demand[rows] = residents.transpose(2, 0, 1), cells.transpose(2, 0, 1)
    return DemandFutures(
        probability=np.full(count, 1 / count) if count else np.zeros(0),
        demand_keys=course.cells,
        demand=demand,
        resident_keys=course.homes[:own],
        residents=living[:, :own],
        external_keys=tuple((group, term, offer) for _, group, term, offer in course.homes[own:]),
        external=living[:, own:],
        warnings=(*projection.warnings, *falling_cells(course)),
    )
