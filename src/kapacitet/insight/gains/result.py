"""What the cost game tells, and its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kapacitet.insight.gains.costs import Cost
from kapacitet.insight.gains.key import Key
from kapacitet.insight.gains.sets import NamedGroup
from kapacitet.insight.gains.world import Group
from kapacitet.ledger.acceptance.limits import heads
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem

POPULATION, DEMAND, ACCOUNTS, KEY = "population", "demand", "accounts", "key"


@dataclass(frozen=True)
class Gains:
    """Who gains by planning together; amounts in discounted kr. of the price year.

    Attributes:
        together: c(N), all municipalities; the plan costs ``external`` more, which buyers outside the region pay.
        alone: c({k}) of each municipality; None where time was up.
        groups: groups asked about with c(S); None where time was up.
        divisions: ways to divide c(N), name -> kr. per municipality, shape (K,).
        key: how the suggested key was found; its division is ``divisions["key"]``. None where time was up.
        priced: number of groups whose cost was found.
    """

    problem: Problem
    together: Cost
    alone: tuple[Cost | None, ...]
    groups: tuple[tuple[NamedGroup, Cost | None], ...]
    divisions: Mapping[str, Array]
    key: Key | None
    priced: int
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether every cost asked for was found."""
        return self.key is not None and all(self.alone) and all(cost for _, cost in self.groups)

    @property
    def population(self) -> Array:
        """Inhabitants to count amounts on, at least one, shape (K,)."""
        return np.array([heads(m.population) for m in self.problem.municipalities])

    def cost_alone(self) -> Array:
        """c({k}), shape (K,); NaN where it isn't known, infinite where a municipality can't stand alone."""
        return np.array([np.nan if cost is None else cost.cost for cost in self.alone])

    def paid(self, division: str, group: Group) -> float:
        """What the members of a group pay together under a division."""
        return float(self.divisions[division][sorted(group)].sum())

    def better_alone(self, division: str, cost: Cost) -> bool:
        """Whether a group pays more than it costs alone, beyond what costs are known to."""
        gap = self.problem.scenario.solver.gap
        return self.paid(division, cost.group) > cost.cost + gap * abs(cost.cost)


def tables(gains: Gains) -> dict[str, pd.DataFrame]:
    """``gains``, ``groups`` and, if it was found, ``key``; kr. are discounted and empty where not known."""
    found = {"gains": _municipalities(gains), "groups": _groups(gains)}
    return found if gains.key is None else found | {"key": _key(gains)}


def _finite(values: Array) -> Array:
    return np.where(np.isfinite(values), values, np.nan)


def _names(gains: Gains) -> pd.DataFrame:
    every = gains.problem.municipalities
    columns = {"municipality": [m.code for m in every], "name": [m.name for m in every]}
    return pd.DataFrame(columns | {"population": gains.population})


def _municipalities(gains: Gains) -> pd.DataFrame:
    table, alone = _names(gains), _finite(gains.cost_alone())
    table["alone"] = alone
    table["alone_bound"] = _finite(np.array([np.nan if cost is None else cost.bound for cost in gains.alone]))
    table["alone_per_inhabitant"] = alone / gains.population
    for name, division in gains.divisions.items():
        table[f"together_{name}"] = division
        table[f"gain_{name}"] = alone - division
        table[f"gain_per_inhabitant_{name}"] = (alone - division) / gains.population
    return table


def _groups(gains: Gains) -> pd.DataFrame:
    columns = ["group", "kind", "municipalities", "alone", "alone_bound"]
    for name in gains.divisions:
        columns += [f"together_{name}", f"gain_{name}", f"better_alone_{name}"]
    codes = [m.code for m in gains.problem.municipalities]
    rows: list[dict[str, object]] = []
    for named, cost in gains.groups:
        alone, bound = (np.nan, np.nan) if cost is None else (cost.cost, cost.bound)
        row: dict[str, object] = {
            "group": named.name,
            "kind": named.kind,
            "municipalities": ";".join(codes[k] for k in sorted(named.members)),
            "alone": alone if np.isfinite(alone) else np.nan,
            "alone_bound": bound if np.isfinite(bound) else np.nan,
        }
        for name in gains.divisions:
            paid = gains.paid(name, named.members)
            row |= {f"together_{name}": paid, f"gain_{name}": alone - paid if np.isfinite(alone) else np.nan}
            row[f"better_alone_{name}"] = None if cost is None else gains.better_alone(name, cost)
        rows.append(row)
    return pd.DataFrame(rows, columns=columns)


def _key(gains: Gains) -> pd.DataFrame:
    table = _names(gains)
    reference, suggested = gains.divisions[POPULATION], gains.divisions[KEY]
    return table.assign(
        population_share=gains.population / gains.population.sum(),
        suggested_share=suggested / suggested.sum() if suggested.sum() else np.nan,
        population_amount=reference,
        suggested_amount=suggested,
        difference=suggested - reference,
        difference_per_inhabitant=(suggested - reference) / gains.population,
    )
