"""Futures of a tiny region: need that drifts away from the projection, never below today's residents."""

from __future__ import annotations

import random
from typing import Any

from tests.acceptance.independent.world import Futures
from tests.independent.case import EXTERNAL, Case, Tables
from tests.independent.people import thinned


def random_futures(seed: int, tables: Tables, scenario: dict[str, Any], count: int) -> Futures:
    """The projection first, then ``count`` − 1 others; unequal probabilities that sum to 1.

    The need of a municipality and group walks from year to year and is never below those who still live somewhere.
    """
    rng = random.Random(f"fremtider-{seed}-{count}")
    case = Case(tables, scenario)
    column = case.key("demand", "projection")
    need = {(row["municipality"], row["target_group"], row["year"]): float(row[column]) for row in tables["demand"]}
    weights = [rng.choice((1, 1, 2, 5)) for _ in range(count)]
    found = [(weights[0] / sum(weights), dict(need))]
    for weight in weights[1:]:
        walk: dict[tuple[str, str], float] = {}
        drawn = {}
        for code, group, year in sorted(need, key=lambda at: at[2]):
            before = walk.get((code, group), 1.0)
            walk[code, group] = before * (1.0 if year == case.first else rng.uniform(0.75, 1.25))
            here = sum(
                thinned(case, row, year)
                for row in tables["residents"]
                if (row["municipality"], row["target_group"]) == (code, group) and code != EXTERNAL
            )
            drawn[code, group, year] = max(round(need[code, group, year] * walk[code, group], 3), here)
        found.append((weight / sum(weights), drawn))
    return found
