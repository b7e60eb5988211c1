"""What a plan costs the region in one future and year, and who bears it, written from the model with plain loops."""

from __future__ import annotations

from kapacitet.ledger.world import World
from kapacitet.planning.objective import move_cost
from tests.ledger.bulk.bands import banded


class Year:
    """One future and year of a world.

    Args:
        world: a plan with its outcome.
        f, t: index of the future and of the year.
    """

    def __init__(self, world: World, f: int, t: int) -> None:
        self.problem, self.t, self.year = world.problem, t, world.problem.years[t]
        self.future, self.outcome = world.problem.futures[f], world.outcome.years[f][t]
        self.steps = world.rules.refund.by_year[t]
        problem, plan = world.problem, world.plan
        self.starts = {problem.starts[i].unit: problem.starts[i] for i in plan.starts}
        self.closures = {problem.closures[i].unit: problem.closures[i] for i in plan.closures}
        self.conversions = {problem.conversions[i].unit: problem.conversions[i] for i in plan.conversions}

    def is_open(self, u: int) -> bool:
        """Whether unit ``u`` has places."""
        if not self.problem.units[u].existing:
            return u in self.starts and self.starts[u].open_year <= self.year
        closed = u in self.closures and self.closures[u].year <= self.year
        return bool(self.problem.places[u, self.t] > 0) and not closed

    def fixed(self, u: int) -> float:
        """F of a shared unit with places, approval included."""
        costs = self.problem.costs
        total = float(costs.fixed[u, self.t])
        if u in self.conversions and self.conversions[u].year <= self.year:
            total += self.conversions[u].fixed_change[self.t]
        if u in self.starts and self.starts[u].open_year == self.year:
            total += float(costs.approval[u, self.t])
        return total

    def guests(self, u: int) -> dict[str, float]:
        """Place-years of citizens from outside the region who still live in unit ``u``, by target group."""
        found: dict[str, float] = {}
        if not self.is_open(u):
            return found
        lost: set[str] = set()
        if u in self.conversions and self.conversions[u].year <= self.year:
            lost = set(self.problem.units[u].groups) - set(self.conversions[u].groups_after)
        for c, cell in enumerate(self.problem.cells):
            n = float(self.future.external[u, c, self.t])
            if n and cell.group not in lost:
                found[cell.group] = found.get(cell.group, 0.0) + n
        return found

    def ended(self, u: int) -> float:
        """Closing, capital that stays after it, and conversion of unit ``u``."""
        total = float(self.problem.planned_closing[u, self.t])
        if u in self.closures:
            closure = self.closures[u]
            total = float(self.problem.costs.staying[u, self.t]) if closure.year <= self.year else 0.0
            total += closure.cost if closure.year == self.year else 0.0
        if u in self.conversions and self.conversions[u].start_year == self.year:
            total += self.conversions[u].cost
        return total

    def houses(self) -> float:
        """F + Σ V·n of shared units with places, guests included."""
        problem, total = self.problem, 0.0
        for u, unit in enumerate(problem.units):
            if unit.shared and self.is_open(u):
                total += self.fixed(u)
                total += sum(problem.costs.marginal[g][u, self.t] * n for g, n in self.guests(u).items())
        for a, n in enumerate(self.outcome.use):
            u, group = problem.arcs.u[a], problem.cells[problem.arcs.c[a]].group
            if problem.units[u].shared:
                total += float(problem.costs.marginal[group][u, self.t] * n)
        return total

    def guest_top_ups(self) -> float:
        """Tillægsydelser of guests in shared units: paid by those outside, apart from the takst."""
        return sum(
            float(self.problem.costs.top_up[u]) * sum(self.guests(u).values())
            for u, unit in enumerate(self.problem.units)
            if unit.shared
        )

    def apart(self, k: int) -> tuple[float, float, float]:
        """What municipality ``k`` pays beside takst and deficit, its refund of that, and its memo of waiting, kr."""
        problem, t, arcs = self.problem, self.t, self.problem.arcs
        moving = move_cost(problem, t)
        paid = refund = 0.0
        for a, n in enumerate(self.outcome.use):
            if arcs.k[a] != k:
                continue
            u, group = arcs.u[a], problem.cells[arcs.c[a]].group
            top_up = float(problem.costs.top_up[u])
            paid += n * (top_up + arcs.lock_in[a]) + self.outcome.moved[a] * moving[a]
            if not problem.units[u].shared:
                price = float(problem.costs.marginal[group][u, t])
                paid += n * price
                refund += n * banded(price + top_up, self.steps)
        for c in range(len(problem.cells)):
            price = float(problem.purchase_price[c, t])
            paid += self.outcome.buy[k, c] * price
            refund += self.outcome.buy[k, c] * banded(price, self.steps)
        return float(paid), float(refund), float(self.outcome.unmet[k].sum()) * self.dearest()

    def dearest(self) -> float:
        """The dearest price a place could be bought at this year: purchase, and private offers that are open."""
        problem, t = self.problem, self.t
        prices = [float(price) for price in problem.purchase_price[:, t]]
        for u, unit in enumerate(problem.units):
            if not unit.shared and problem.places[u, t] > 0:
                prices += [float(cost[u, t]) for cost in problem.costs.marginal.values() if cost[u, t] == cost[u, t]]
        return max(price for price in prices if price < float("inf"))
