"""Plans one step away: a project started in another year or variant, dropped, or added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kapacitet.planning.problem import Problem


def neighbours(problem: Problem, starts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every set of starts that differs from ``starts`` in one project; committed projects stay."""
    by_project: dict[str, list[int]] = defaultdict(list)
    for i, start in enumerate(problem.starts):
        by_project[problem.units[start.unit].project].append(i)
    chosen = set(starts)
    for project in sorted(by_project):
        mine = by_project[project]
        if any(problem.starts[i].committed for i in mine):
            continue
        rest = chosen.difference(mine)
        current = chosen.intersection(mine)
        if current:
            yield tuple(sorted(rest))
        for i in mine:
            if i not in current:
                yield tuple(sorted(rest | {i}))
