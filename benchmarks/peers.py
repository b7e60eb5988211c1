"""The extensive form of a plan over many futures put to other solvers, from one and the same MPS file.

What is counted is the solver's own time, from the file read to the gap wanted or the limit; building and writing the
model is apart. HiGHS and CBC come from their Python packages, SCIP through pyscipopt.
"""

from __future__ import annotations

import math
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import highspy
from pulp import LpProblem

from benchmarks.solving import SEED, shipped
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.solver import relative_gap

Ended = tuple[float | None, float | None]
"""Objective and bound in the model's money units; None where there is none."""


def solve_peer(solver: str, count: int, gap: float, limit: float, strengthen: bool) -> dict[str, Any]:
    """Task: the shipped region in ``count`` futures, by ``solver``, a name of ``PEERS``."""
    began = time.perf_counter()
    problem = shipped(count)
    lp = build_extensive(problem, strengthen=strengthen).model.lp
    _with_constant(lp)
    built = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extensive.mps"
        lp.writeMPS(str(path))
        written = time.perf_counter() - began - built
        began = time.perf_counter()
        objective, bound = PEERS[solver](path, gap, limit)
        seconds = time.perf_counter() - began
    unit = problem.money_unit
    whole = None if objective is None else objective * unit
    below = None if bound is None or not math.isfinite(bound) else bound * unit
    return {
        "build": built,
        "write": written,
        "seconds": seconds,
        "columns": lp.numVariables(),
        "rows": lp.numConstraints(),
        "objective": whole,
        "bound": below,
        "gap": None if whole is None or below is None else relative_gap(whole, below),
    }


def _with_constant(lp: LpProblem) -> None:
    """What no choice changes, as a column that is 1: a file has no constant, but a gap is one of the whole."""
    objective = lp.objective
    assert objective is not None
    constant = float(objective.constant)
    lp.setObjective(objective - constant + constant * lp.add_variable("constant", 1, 1))


def _highs(path: Path, gap: float, limit: float) -> Ended:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("random_seed", SEED)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("time_limit", limit)
    solver.readModel(str(path))
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    return (info.objective_function_value if found else None), info.mip_dual_bound


def _scip(path: Path, gap: float, limit: float) -> Ended:
    import pyscipopt  # of the benchmarks' own environment

    solver = pyscipopt.Model()
    solver.hideOutput()
    solver.readProblem(str(path))
    solver.setParam("limits/gap", gap)
    solver.setParam("limits/time", limit)
    solver.setParam("randomization/randomseedshift", SEED)
    solver.optimize()
    return (solver.getObjVal() if solver.getNSols() else None), solver.getDualbound()


def _cbc(path: Path, gap: float, limit: float) -> Ended:
    import cbcbox  # of the benchmarks' own environment

    told = path.with_suffix(".log")
    call = [str(cbcbox.cbc_bin_path()), str(path), "-seconds", f"{limit:g}", "-timeMode", "elapsed"]
    call += ["-ratioGap", f"{gap:g}", "-randomCbcSeed", str(SEED), "-solve", "-quit"]
    with told.open("w") as log:
        subprocess.run(call, stdout=log, check=True)
    text = told.read_text()
    objective, bound = (re.search(rf"{name}:\s+(\S+)", text) for name in ("Objective value", "Lower bound"))
    best = float(objective[1]) if objective else None
    if bound is not None:
        return best, float(bound[1])
    return best, best if "Optimal solution found" in text else None


PEERS: dict[str, Callable[[Path, float, float], Ended]] = {"HiGHS": _highs, "CBC": _cbc, "SCIP": _scip}
