"""Contradictory requirements: an irreducible set of them, in planners' words, with what to relax and by how much.

Only the first stage can contradict itself, since need may go unmet. So the search runs on the master alone, which
is small: an elastic filter (named slacks) finds where the contradiction lies, a deletion filter makes that part
irreducible, and one more solve per requirement says how far it must give while all others hold.
Method: J. W. Chinneck, *Feasibility and Infeasibility in Optimization* (2008), chapters 6-7.
"""

from __future__ import annotations

from collections.abc import Iterable

import highspy
import numpy as np
import scipy.sparse as sp

from kapacitet.insight.result import Conflict, Relaxation
from kapacitet.planning.arrays import LinearProgram, highs_lp, hold_empty, linear_program, loaded
from kapacitet.planning.constraints import FAMILIES
from kapacitet.planning.extensive import add_master
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model, RowInfo
from kapacitet.region.danish import MILLION

STRUCTURE = {"planned_places", "loan_pools", "restructuring"}
SLACK_FOUND = 1e-6
FEASIBLE = 1e-9
FRAMES = {"anlaegsramme", "joint_frame", "region_liquidity"}
MOST_CONTRADICTIONS = 20


def _can_give(row: RowInfo) -> bool:
    """Whether a planner could give way on it: not book-keeping, not what a project or a pool is."""
    return row.tag != "regnskab" and row.family not in STRUCTURE and row.subject.get("rule") != "once"


class _Master:
    """The master as arrays whose rows can be dropped or given slack."""

    def __init__(self, problem: Problem) -> None:
        model = Model("requirements")
        add_master(model, problem)
        self.rows: dict[str, RowInfo] = model.rows
        self.program: LinearProgram = linear_program(model.lp)
        self.integer = np.array([v.cat == "Integer" for v in model.lp.variables()])
        self.can_give = np.array([_can_give(self.rows[name]) for name in self.program.row_names], dtype=np.bool_)

    def least_slack(self, elastic: Iterable[int], dropped: Iterable[int], weights: np.ndarray) -> np.ndarray | None:
        """Weighted least total slack of ``elastic`` rows, the others hard but ``dropped`` ones left out.

        Returns:
            Slack by row, shape (m,), or None if not even that is possible.
        """
        p, elastic = self.program, list(elastic)
        n, m, e = len(p.cost), len(p.row_lower), len(elastic)
        up = sp.csr_array((np.ones(e), (elastic, np.arange(e))), shape=(m, e))
        matrix = sp.hstack([p.matrix, up, -up], format="csr")
        low, high = p.row_lower.copy(), p.row_upper.copy()
        gone = list(dropped)
        low[gone], high[gone] = -np.inf, np.inf
        if not n + e:
            return np.zeros(m) if hold_empty(low, high) else None
        lp = highs_lp(
            np.concatenate([np.zeros(n), weights[elastic], weights[elastic]]),
            matrix,
            low,
            high,
            np.concatenate([p.lower, np.zeros(2 * e)]),
            np.concatenate([p.upper, np.full(2 * e, np.inf)]),
        )
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(i)] for i in self.integer] + [kinds[0]] * (2 * e)
        highs = loaded(lp, threads=1, mip_feasibility_tolerance=FEASIBLE)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(highs.getSolution().col_value)[n:]
        slack = np.zeros(m)
        slack[elastic] = values[:e] + values[e:]
        return slack

    def possible(self, hard: Iterable[int]) -> bool:
        """Whether all of ``hard`` among the rows that can give hold together (the others that can give left out)."""
        dropped = set(np.flatnonzero(self.can_give).tolist()) - set(hard)
        return self.least_slack((), dropped, np.ones(len(self.can_give))) is not None


def explain(problem: Problem) -> Conflict | None:
    """Every contradiction in the first stage of ``problem`` that shares no requirement with another; None if none.

    One is found, its requirements are set aside, and the rest is searched again. What a requirement must give is
    told for the case that all other contradictions are settled.
    """
    master = _Master(problem)
    left = set(np.flatnonzero(master.can_give).tolist())
    cores: list[list[int]] = []
    while len(cores) < MOST_CONTRADICTIONS and not master.possible(left):
        core = _irreducible(master, _elastic_filter(master, sorted(left)))
        cores.append(core)
        left -= set(core)
    if not cores:
        return None
    everything = {row for core in cores for row in core}
    return Conflict(
        problem.scenario,
        tuple(
            _relaxation(problem, master, row, everything - set(core), number)
            for number, core in enumerate(cores, start=1)
            for row in core
        ),
        tuple(fault.text() for fault in problem.warnings),
    )


def _weights(master: _Master) -> np.ndarray:
    """1/size of each row, so that a frame in kroner and a reserve in places weigh alike."""
    size = np.maximum(
        np.where(np.isfinite(master.program.row_lower), np.abs(master.program.row_lower), 0.0),
        np.where(np.isfinite(master.program.row_upper), np.abs(master.program.row_upper), 0.0),
    )
    return 1.0 / np.maximum(size, 1.0)


def _elastic_filter(master: _Master, givers: list[int]) -> list[int]:
    """Rows that contain a contradiction: those that need slack are made hard until nothing is possible."""
    weights, hard = _weights(master), set[int]()
    dropped = set(np.flatnonzero(master.can_give).tolist()) - set(givers)
    while True:
        elastic = [row for row in givers if row not in hard]
        slack = master.least_slack(elastic, dropped, weights)
        if slack is None:
            return sorted(hard)
        stretched = {row for row in elastic if slack[row] > SLACK_FOUND}
        if not stretched:
            return sorted(givers)
        hard |= stretched


def _irreducible(master: _Master, rows: list[int]) -> list[int]:
    """Deletion filter: no row of the result can be left out without the rest holding together."""
    core = list(rows)
    for row in rows:
        rest = [other for other in core if other != row]
        if not master.possible(rest):
            core = rest
    return core


def _relaxation(problem: Problem, master: _Master, row: int, settled: set[int], contradiction: int) -> Relaxation:
    name = master.program.row_names[row]
    info = master.rows[name]
    slack = master.least_slack([row], settled, np.ones(len(master.can_give)))
    amount = None if slack is None else float(slack[row])
    unit = {"staff": "ansættelser", "projects": ""}.get(info.family, "pladser")
    if info.family in FRAMES:
        unit = "mio. kr."
        amount = None if amount is None else amount * problem.money_unit / MILLION
    sentence = FAMILIES[info.family].sentence(problem, info.subject)
    if info.family == "projects" and master.program.matrix[[row]].nnz == 0:
        sentence += ", men ingen udgave af det kan begyndes og åbne inden for planens år"
    return Relaxation(contradiction, sentence, info.family, info.tag, amount, unit)
