"""Columns of the model: the first stage, the states it leads to, and one future and year of the second stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulp import LpVariable

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model


@dataclass(frozen=True)
class State:
    """What the first stage has made of the region by year t; all values lie in [0, 1].

    Attributes:
        open: (candidate, t) -> it has places. Candidates that can't be built have no entry.
        mature: (candidate, t) -> it has been open long enough for critical mass to count.
        closed: (offer, t) -> closed by decision. Offers that can't be closed have no entry.
        converted: (conversion row, t) -> the conversion has taken effect.
    """

    open: Mapping[tuple[int, int], LpVariable]
    mature: Mapping[tuple[int, int], LpVariable]
    closed: Mapping[tuple[int, int], LpVariable]
    converted: Mapping[tuple[int, int], LpVariable]

    def by_key(self) -> dict[tuple[str, int, int], LpVariable]:
        """Column of each (kind, member, t)."""
        kinds = {"open": self.open, "mature": self.mature, "closed": self.closed, "converted": self.converted}
        return {(kind, *at): column for kind, columns in kinds.items() for at, column in columns.items()}


@dataclass(frozen=True)
class FirstStage:
    """First-stage columns, aligned with the problem's tuples.

    Attributes:
        start: y, one binary per ``problem.starts``.
        close, convert: binaries per ``problem.closures`` and ``problem.conversions``.
        draw: (pool, candidate, t) -> kr. (in money units) taken from a loan pool.
        excess: (kind, party, t) -> kr. (in money units) above a soft limit.
        planned: s, (unit, cell, t) -> places planned for the cell; empty where no family needs it.
    """

    start: tuple[LpVariable, ...]
    close: tuple[LpVariable, ...]
    convert: tuple[LpVariable, ...]
    draw: Mapping[tuple[int, int, int], LpVariable]
    excess: Mapping[tuple[str, str, int], LpVariable]
    planned: Mapping[tuple[int, int, int], LpVariable]
    state: State

    @property
    def whole(self) -> list[LpVariable]:
        """Columns of the whole decisions, in the order of ``Numbering``."""
        return [*self.start, *self.close, *self.convert]


@dataclass(frozen=True)
class Recourse:
    """Second-stage columns of one future w and year t.

    Attributes:
        use: x, arc -> place-years.
        buy: p, (municipality, cell) -> place-years bought privately or outside the region.
        unmet: u, (municipality, cell) -> place-years not served.
        short: unit -> place-years missing to critical mass.
        moved: arc -> place-years of today's residents moved away; empty while residents stay.
    """

    future: int
    t: int
    use: Mapping[int, LpVariable]
    buy: Mapping[tuple[int, int], LpVariable]
    unmet: Mapping[tuple[int, int], LpVariable]
    short: Mapping[int, LpVariable]
    moved: Mapping[int, LpVariable]


def state_keys(problem: Problem, t: int | None = None) -> dict[str, list[tuple[int, int]]]:
    """The (member, year index) pairs for which a state column exists, for all years or year ``t`` alone."""
    T = range(len(problem.years)) if t is None else (t,)
    years = problem.years
    maturity = problem.scenario.limits.critical_mass_year - 1
    opens = problem.opening_year
    closes: dict[int, int] = {}
    for closure in problem.closures:
        closes[closure.unit] = min(closes.get(closure.unit, closure.year), closure.year)
    effects: dict[int, int] = {}
    for conversion in problem.conversions:
        effects[conversion.row] = min(effects.get(conversion.row, conversion.year), conversion.year)
    return {
        "open": [(u, s) for u, first in opens.items() for s in T if years[s] >= first],
        "mature": [
            (u, s)
            for u, first in opens.items()
            for s in T
            if problem.units[u].minimum_residents > 0 and years[s] >= first + maturity
        ],
        "closed": [(u, s) for u, first in closes.items() for s in T if years[s] >= first],
        "converted": [(row, s) for row, first in effects.items() for s in T if years[s] >= first],
    }


def state_columns(model: Model, problem: Problem, t: int | None = None) -> State:
    """State columns for all years, or for year ``t`` alone."""
    units, years = problem.names["units"], problem.years
    keys = state_keys(problem, t)

    def column(kind: str, label: str, s: int) -> LpVariable:
        return model.variable(f"{kind}_{label}_{years[s]}", 0.0, 1.0)

    return State(
        open={(u, s): column("open", units[u], s) for u, s in keys["open"]},
        mature={(u, s): column("mature", units[u], s) for u, s in keys["mature"]},
        closed={(u, s): column("closed", units[u], s) for u, s in keys["closed"]},
        converted={(row, s): column("converted", f"r{row}", s) for row, s in keys["converted"]},
    )


def first_stage(model: Model, problem: Problem) -> FirstStage:
    """First-stage columns and states for all years."""
    units, years = problem.names["units"], problem.years
    start = tuple(model.variable(f"start_{units[s.unit]}_{s.start_year}", binary=True) for s in problem.starts)
    close = tuple(model.variable(f"close_{units[c.unit]}_{c.year}", binary=True) for c in problem.closures)
    convert = tuple(
        model.variable(f"convert_{units[c.unit]}_r{c.row}_{c.start_year}", binary=True) for c in problem.conversions
    )
    return FirstStage(
        start=start,
        close=close,
        convert=convert,
        draw=_draw_columns(model, problem),
        excess=_excess_columns(model, problem),
        planned={
            (u, c, t): model.variable(f"planned_{units[u]}_{problem.names['cells'][c]}_{years[t]}")
            for u, c, t in planned_keys(problem)
        },
        state=state_columns(model, problem),
    )


def _draw_columns(model: Model, problem: Problem) -> dict[tuple[int, int, int], LpVariable]:
    spends = {(s.unit, t) for s in problem.starts for t, amount in enumerate(s.frame_draw) if amount > 0}
    return {
        (p, u, t): model.variable(f"draw_{problem.names['pools'][p]}_{problem.names['units'][u]}_{problem.years[t]}")
        for p, pool in enumerate(problem.pools)
        for u in pool.units
        for t, year in enumerate(problem.years)
        if pool.first_year <= year <= pool.last_year and (u, t) in spends
    }


POOL_RELIEVES = {"anlaegsramme": "anlaegsramme", "faellesramme": "anlaegsramme", "likviditet": "likviditet"}


def limit_mode(problem: Problem, kind: str) -> str:
    """hard, soft or off for a kind of frame (anlaegsramme, faellesramme, likviditet); ``auto`` is resolved."""
    limits = problem.scenario.limits
    if kind == "anlaegsramme":
        return limits.anlaegsramme
    mode, on, table = {
        "faellesramme": (limits.joint_frame, "soft", "joint_frame"),
        "likviditet": (limits.region_liquidity, "hard", "region_liquidity"),
    }[kind]
    if mode != "auto":
        return mode
    return on if len(problem.region.tables[table]) else "off"


def frame_keys(problem: Problem) -> list[tuple[str, str, int]]:
    """(kind, party, t) of every frame that limits somebody: it is on, has a figure, and can be drawn on."""
    draws: set[tuple[str, str, int]] = set()
    for start in problem.starts:
        party = problem.units[start.unit].frame_party
        for t, amount in enumerate(start.frame_draw):
            if amount > 0 and party == "region":
                draws.add(("likviditet", party, t))
            elif amount > 0:
                draws |= {("anlaegsramme", party, t), ("faellesramme", "faelles", t)}
    return sorted(
        key for key in draws if limit_mode(problem, key[0]) != "off" and problem.frames[key[0], key[1]][key[2]] >= 0
    )


def _excess_columns(model: Model, problem: Problem) -> dict[tuple[str, str, int], LpVariable]:
    return {
        (kind, party, t): model.variable(f"excess_{kind}_{party}_{problem.years[t]}")
        for kind, party, t in frame_keys(problem)
        if limit_mode(problem, kind) == "soft"
    }


def planned_keys(problem: Problem) -> list[tuple[int, int, int]]:
    """(unit, cell, t) for which planned places s are needed: reserve or public share is on, unit can be open."""
    limits = problem.scenario.limits
    if limits.reserve_min <= 0 and limits.reserve_max >= 1 and limits.public_share_min <= 0:
        return []
    return [
        (u, c, t)
        for u, unit in enumerate(problem.units)
        if not unit.private
        for c in problem.fitting_cells(u)
        for t in range(len(problem.years))
        if problem.can_be_open(u, t)
    ]


def recourse(model: Model, problem: Problem, future: int, t: int, state: State, label: str = "") -> Recourse:
    """Second-stage columns of future ``future`` and year index ``t``; ``label`` keeps names apart."""
    f, year = problem.futures[future], problem.years[t]
    arcs, units, cells = problem.arcs, problem.names["units"], problem.names["cells"]
    towns = problem.names["municipalities"]
    fixed_stay = problem.scenario.limits.residents_stay
    use, moved = {}, {}
    for a in problem.usable_arcs(future, t):
        k, c, u = int(arcs.k[a]), int(arcs.c[a]), int(arcs.u[a])
        name, stay = f"{towns[k]}_{cells[c]}_{units[u]}_{year}{label}", float(f.residents[a, t])
        lower = stay if fixed_stay and not problem.may_end(u) else 0.0
        use[a] = model.variable(f"use_{name}", lower, stay if arcs.resident_only[a] else None)
        if stay > 0 and not fixed_stay:
            moved[a] = model.variable(f"moved_{name}", 0.0, stay)
    wanted = [(k, c) for k in range(len(towns)) for c in range(len(cells)) if f.demand[k, c, t] > 0]
    names = {(k, c): f"{towns[k]}_{cells[c]}_{year}{label}" for k, c in wanted}
    return Recourse(
        future=future,
        t=t,
        use=use,
        buy={key: model.variable(f"buy_{name}", float(f.outside[key][t])) for key, name in names.items()},
        unmet={key: model.variable(f"unmet_{name}") for key, name in names.items()},
        short={
            u: model.variable(f"short_{units[u]}_{year}{label}")
            for u, unit in enumerate(problem.units)
            if unit.minimum_residents > 0 and (problem.places[u, t] > 0 if unit.existing else (u, t) in state.mature)
        },
        moved=moved,
    )
