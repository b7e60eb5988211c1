"""Futures of demand: what may come, around the projection or of the user's own, and few that stand for many."""

from kapacitet.demand.futures.chosen import demand_futures
from kapacitet.demand.futures.draw import draw_futures
from kapacitet.demand.futures.model import DemandFutures
from kapacitet.demand.futures.own import own_futures
from kapacitet.demand.futures.reduce import reduce_futures

__all__ = ["DemandFutures", "demand_futures", "draw_futures", "own_futures", "reduce_futures"]
