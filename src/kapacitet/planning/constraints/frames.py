"""What the three frames have in common: spending of a party in a year, less loans, below a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, linear
from kapacitet.planning.variables import POOL_RELIEVES, FirstStage, frame_keys


def frame_rows(problem: Problem, v: FirstStage, kind: str, counts: Callable[[str, str], bool]) -> Iterator[Row]:
    """Rows of one kind of frame; ``counts(builder, party)`` says whose spending the frame of a party limits.

    Amounts are in money units.
    """
    unit = problem.money_unit
    for key_kind, party, t in frame_keys(problem):
        if key_kind != kind:
            continue
        spending: list[Pair] = [
            (y, start.frame_draw[t] / unit)
            for y, start in zip(v.start, problem.starts, strict=True)
            if counts(problem.units[start.unit].frame_party, party)
        ]
        relief: list[Pair] = [
            (loan, -1.0)
            for (p, u, s), loan in v.draw.items()
            if s == t
            and problem.pools[p].relieves == POOL_RELIEVES[kind]
            and counts(problem.units[u].frame_party, party)
        ]
        excess = v.excess.get((kind, party, t))
        over: list[Pair] = [] if excess is None else [(excess, -1.0)]
        limit = float(problem.frames[kind, party][t]) / unit
        name = f"{kind}_{party}_{problem.years[t]}"
        yield Row(name, linear([*spending, *relief, *over]) <= limit, {"kind": kind, "party": party, "t": t})
