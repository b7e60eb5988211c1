"""The cost game of a scenario: all together, each alone, the groups asked about, and the suggested key."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.conflicts import explain
from kapacitet.insight.gains.costs import Cost, Costs, Stop
from kapacitet.insight.gains.divisions import by_accounts, by_demand, by_population
from kapacitet.insight.gains.key import KeySearch
from kapacitet.insight.gains.result import ACCOUNTS, DEMAND, KEY, POPULATION, Gains
from kapacitet.insight.gains.sets import FOUND, NamedGroup, areas, neighbours, proper, read_groups
from kapacitet.insight.gains.world import Group, World
from kapacitet.insight.result import Conflict, NoPlan
from kapacitet.insight.rolling import without_previous
from kapacitet.insight.run import refuse_unfit
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import Progress
from kapacitet.region import Region
from kapacitet.scenario.models import Scenario

PATIENCE = 0.2


def gains(
    region: Region,
    scenario: Scenario,
    *,
    groups: Path | None = None,
    accounts: Mapping[str, float] | None = None,
    time_limit: float | None = None,
    each: float | None = None,
    stop: Stop = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    phase: Callable[[str], None] = lambda _: None,
) -> Gains | Conflict | NoPlan:
    """Play the cost game of ``scenario``.

    Args:
        groups: a TOML file with named groups.
        accounts: what each municipality pays under a settlement (code -> discounted kr.), to compare with.
        time_limit: seconds in all; the scenario's if None. What is found by then is kept.
        each: seconds for one search for a group that pays too much; a fifth of what is left if None.
        stop: True ends the work and keeps what is found.
        progress: told of the search for the plan of all together.
        phase: told in Danish what is going on.

    Raises:
        FaultyInput: the scenario doesn't fit the region, or the groups or accounts have faults.
        SolverFault: the scenario's solver isn't installed.
    """
    began = time.perf_counter()
    limit = scenario.solver.time_limit if time_limit is None else time_limit
    refuse_unfit(region, scenario)
    phase("Opstiller modellen")
    problem = build_problem(region, without_previous(scenario))
    _refuse_nobody(problem)
    own = [] if groups is None else read_groups(groups, problem)
    compared = {} if accounts is None else {ACCOUNTS: by_accounts(problem, accounts)}
    world = World(problem)

    def halted() -> bool:
        return stop() or time.perf_counter() - began > limit

    costs = Costs(world, halted)
    phase("Søger planen for alle kommuner sammen")
    together = costs.of(world.everyone, progress)
    if together is None:
        return NoPlan(scenario, time.perf_counter() - began)
    if together.cost == float("inf"):
        return _conflict(problem)
    total = together.cost
    divisions = {POPULATION: by_population(problem, total), DEMAND: by_demand(problem, total), **compared}
    phase("Regner på hver kommune alene")
    alone = tuple(costs.of(frozenset({k})) for k in sorted(world.everyone))
    asked = proper([*own, *areas(problem), *neighbours(problem)], world)
    found: list[tuple[NamedGroup, Cost | None]] = []
    for number, named in enumerate(asked, start=1):
        phase(f"Regner på grupper ({number} af {len(asked)})")
        found.append((named, costs.of(named.members)))
    phase("Søger en nøgle, som ingen har grund til at forlade")
    key = None
    if not halted():
        patience = PATIENCE * (limit - (time.perf_counter() - began)) if each is None else each
        key = KeySearch(world, costs, total, divisions[POPULATION], halted, patience).run()
        divisions[KEY] = key.division
        found += _met(costs, {named.members for named, _ in found}, world)
    return Gains(problem, together, alone, tuple(found), divisions, key, len(costs), time.perf_counter() - began)


def _met(costs: Costs, asked: set[Group], world: World) -> list[tuple[NamedGroup, Cost | None]]:
    """Groups the search for a key has priced and nobody had asked about."""
    fresh = [cost for cost in costs if 1 < len(cost.group) < len(world.everyone) and cost.group not in asked]
    return [(NamedGroup(f"Fundet {n}", FOUND, cost.group), cost) for n, cost in enumerate(fresh, start=1)]


def _refuse_nobody(problem: Problem) -> None:
    if len(problem.municipalities) < 2 or not sum(m.population for m in problem.municipalities) > 0:
        message = "Der skal være mindst to kommuner med indbyggere, før nogen kan vinde ved at gå sammen."
        raise FaultyInput([Fault(message, "Tilføj kommuner og folketal.", table="municipalities")])


def _conflict(problem: Problem) -> Conflict:
    conflict = explain(problem)
    if conflict is None:
        raise RuntimeError("the solver calls a problem infeasible whose first stage is not")
    return conflict
