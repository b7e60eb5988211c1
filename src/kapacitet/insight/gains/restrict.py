"""The planning problem of a group of municipalities that plans by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kapacitet.insight.gains.world import Group, World
from kapacitet.planning.costs import Array
from kapacitet.planning.futures import Future
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import Conversion, Unit
from kapacitet.scenario.models import Scenario


def problem_of(world: World, group: Group) -> Problem:
    """The problem whose optimum is c(S): least discounted resource cost of S less what outsiders pay.

    - Demand and residents of others are gone; the municipalities keep their indices.
    - S has the offers and candidates its members hold; what is regional only if S is all municipalities.
    - Residents of S in others' houses stay there and pay r, and nobody new may come.
    - Outsiders' residents in S's houses are guests: they take the place, cost V and pay r. What they pay is taken
      off F, so that it ends with a closure; a conversion that sends them away costs it too.
    - Houses paid by price, and purchases, have S's part of their room.
    """
    problem = world.problem
    whole = group == world.everyone
    held = _held(world, group, whole)
    guests = _guests(world, group, held)
    paid = (guests * world.takst[:, :, None]).sum(axis=1)
    return replace(
        problem,
        scenario=_scenario(problem, held),
        units=problem.units if whole else _units(problem, held),
        places=_places(world, group, held, whole),
        costs=replace(
            problem.costs,
            fixed=np.where(held[:, None], problem.costs.fixed - paid, 0.0),
            marginal=_marginal(world, held),
        ),
        arcs=replace(
            problem.arcs,
            resident_only=problem.arcs.resident_only | ~(held | _market(problem))[problem.arcs.u],
        ),
        futures=(_future(world, group, guests, held, whole),),
        purchase_available={g: room[sorted(group)].sum(axis=0) for g, room in world.purchase_room.items()},
        starts=tuple(start for start in problem.starts if held[start.unit]),
        closures=tuple(closure for closure in problem.closures if held[closure.unit]),
        conversions=tuple(_net(world, c, guests) for c in problem.conversions if held[c.unit]),
        planned_closing=np.where(held[:, None], problem.planned_closing, 0.0),
    )


def _held(world: World, group: Group, whole: bool) -> npt.NDArray[np.bool_]:
    """Whether each unit's cost F + ΣV·x falls on the group."""
    shared = world.problem.shared
    return shared if whole else np.isin(world.holder, sorted(group))


def _market(problem: Problem) -> npt.NDArray[np.bool_]:
    return np.array([not unit.shared for unit in problem.units], dtype=np.bool_)


def _units(problem: Problem, held: npt.NDArray[np.bool_]) -> tuple[Unit, ...]:
    """Houses the group doesn't hold are paid by the place used, and their critical mass isn't its concern."""
    return tuple(
        unit if own else replace(unit, shared=False, minimum_residents=0.0)
        for unit, own in zip(problem.units, held, strict=True)
    )


def _guests(world: World, group: Group, held: npt.NDArray[np.bool_]) -> Array:
    """Place-years of those who pay r to the group, shape (U, C, T)."""
    outsiders = sorted(world.everyone - group)
    living = world.residents[outsiders].sum(axis=0).transpose(1, 0, 2)
    return np.asarray(np.where(held[:, None, None], world.problem.futures[0].external + living, 0.0))


def _places(world: World, group: Group, held: npt.NDArray[np.bool_], whole: bool) -> Array:
    """P of own houses; the residents' places elsewhere; of the market's places the group's part."""
    problem = world.problem
    if whole:
        return problem.places
    members = sorted(group)
    living = world.residents[members].sum(axis=(0, 1))
    part = world.market_room[members].sum(axis=0) / (1 + problem.scenario.limits.over_occupancy)
    return np.where(held[:, None], problem.places, np.where(_market(problem)[:, None], part, living))


def _marginal(world: World, held: npt.NDArray[np.bool_]) -> dict[str, Array]:
    """V of own houses, price of the market's, r of the others' (its tillægsydelse is charged apart)."""
    problem = world.problem
    foreign = ~held & ~_market(problem)
    return {
        g: np.where(foreign[:, None], problem.costs.takst[g][:, None], marginal)
        for g, marginal in problem.costs.marginal.items()
    }


def _future(world: World, group: Group, guests: Array, held: npt.NDArray[np.bool_], whole: bool) -> Future:
    problem, members = world.problem, sorted(group)
    future = problem.futures[0]
    inside = np.isin(np.arange(len(problem.municipalities)), members)
    on_market = future.external if whole else np.zeros_like(future.external)
    return Future.of(
        future.probability,
        demand=np.where(inside[:, None, None], future.demand, 0.0),
        residents=np.where(inside[problem.arcs.k][:, None], future.residents, 0.0),
        outside=np.where(inside[:, None, None], future.outside, 0.0),
        external=np.where(held[:, None, None], guests, on_market),
    )


def _net(world: World, conversion: Conversion, guests: Array) -> Conversion:
    """The conversion, with what those it sends away would have paid."""
    u, problem = conversion.unit, world.problem
    lost = [
        c
        for c, cell in enumerate(problem.cells)
        if cell.group in problem.units[u].groups and cell.group not in conversion.groups_after
    ]
    missed = (guests[u, lost] * world.takst[u, lost, None]).sum(axis=0)
    return replace(conversion, fixed_change=tuple((np.array(conversion.fixed_change) + missed).tolist()))


def _scenario(problem: Problem, held: npt.NDArray[np.bool_]) -> Scenario:
    """The scenario with those forced projects that the group could build."""
    own = {name for s in problem.starts if held[s.unit] for name in _names(problem.units[s.unit])}
    projects = problem.scenario.projects
    forced = tuple(name for name in projects.forced if name in own)
    return problem.scenario.model_copy(update={"projects": projects.model_copy(update={"forced": forced})})


def _names(unit: Unit) -> tuple[str, str]:
    return unit.id, unit.project
