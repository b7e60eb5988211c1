"""OR-Tools and HiGHS share one process, whichever comes first.

Both carry a ``libhighs.so.1``; with versions that don't match, the second import fails, and PuLP hides it.
"""

import itertools
import subprocess
import sys

import pytest

USES = {
    "ortools": """
from ortools.sat.python import cp_model
model = cp_model.CpModel()
x = model.new_int_var(0, 3, "x")
model.maximize(x)
solver = cp_model.CpSolver()
solver.solve(model)
assert solver.value(x) == 3
""",
    "highspy": """
import highspy
highs = highspy.Highs()
highs.silent()
x = highs.addVariable(lb=0, ub=3)
highs.maximize(x)
assert highs.val(x) == 3
""",
    "pulp": """
import pulp
assert pulp.HiGHS().available()
problem = pulp.LpProblem("smallest", pulp.LpMaximize)
x = problem.add_variable("x", 0, 3)
problem += x
assert problem.solve(pulp.HiGHS(msg=False)).has_solution
assert x.value() == 3
""",
}


@pytest.mark.parametrize("order", list(itertools.permutations(USES, 2)), ids="-then-".join)
def test_solvers_load_and_solve_in_either_order(order: tuple[str, str]) -> None:
    code = "".join(USES[name] for name in order)
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
