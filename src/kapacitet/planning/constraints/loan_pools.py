"""Loan pools: no more is drawn than the pool holds, nor than the project spends that year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear, ones
from kapacitet.planning.variables import FirstStage

FAMILY = "loan_pools"
TAG: Tag = "aftale"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per pool:  Σ_{j,t} draw ≤ amount.  Per candidate j and year t:  Σ_pools draw ≤ spending[j,t]."""
    unit = problem.money_unit
    for p, pool in enumerate(problem.pools):
        mine = [loan for (q, _, _), loan in v.draw.items() if q == p]
        if mine:
            name = f"pool_{problem.names['pools'][p]}"
            yield Row(name, linear(ones(mine)) <= pool.amount / unit, {"pool": p})
    for u, t in sorted({(u, t) for _, u, t in v.draw}):
        loans: list[Pair] = [(loan, 1.0) for (_, w, s), loan in v.draw.items() if (w, s) == (u, t)]
        spending: list[Pair] = [
            (y, -start.frame_draw[t] / unit)
            for y, start in zip(v.start, problem.starts, strict=True)
            if start.unit == u
        ]
        name = f"loan_{problem.names['units'][u]}_{problem.years[t]}"
        yield Row(name, linear([*loans, *spending]) <= 0.0, {"u": u, "t": t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    if "pool" in subject:
        return f"Lånepuljen {problem.pools[int(str(subject['pool']))].id} rækker til sit beløb"
    u, t = (int(str(subject[key])) for key in "ut")
    return f"{problem.units[u].name} kan højst låne, hvad der bygges for i {problem.years[t]}"
