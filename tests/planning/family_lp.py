"""The rows of one constraint family as a readable LP file."""

from __future__ import annotations

import numpy as np

from kapacitet.planning.arrays import linear_program
from kapacitet.planning.constraints import FAMILIES, MASTER
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model
from kapacitet.planning.variables import first_stage, recourse


def family_lp(problem: Problem, name: str) -> str:
    """LP text with the rows of family ``name`` (every future and year), the columns in them and their bounds.

    The sentence of each row stands above it. Terms are sorted by column.
    """
    family, model = FAMILIES[name], Model(name)
    first = first_stage(model, problem)
    if family in MASTER:
        model.add(family.rows(problem, first), name, family.TAG)
        if hasattr(family, "state_rows"):
            model.add(family.state_rows(problem, first), name, "regnskab")
    else:
        for f in range(len(problem.futures)):
            for t in range(len(problem.years)):
                second = recourse(model, problem, f, t, first.state, label=f"_f{f}")
                model.add(family.rows(problem, first.state, second), name, family.TAG)
    program, variables = linear_program(model.lp), model.lp.variables()
    lines = [f"\\ {name}", "Minimize", " obj:", "Subject To"]
    met: set[int] = set()
    for i, row in enumerate(program.row_names):
        info = model.rows[row]
        terms = program.matrix[[i]].tocoo()
        columns = [int(column) for column in terms.coords[1]]
        met |= set(columns)
        pairs = sorted((variables[c].name, float(w)) for c, w in zip(columns, terms.data, strict=True))
        if info.tag == family.TAG:  # the others say what a state is, and are never shown to anybody
            lines.append(f"\\ {info.tag}: {family.sentence(problem, info.subject)}")
        lines.append(f" {row}: {_terms(pairs)} {_side(float(program.row_lower[i]), float(program.row_upper[i]))}")
    binary = sorted(variables[c].name for c in met if variables[c].cat == "Integer")
    lines.append("Bounds")
    for c in sorted(met, key=lambda c: variables[c].name):
        label, low, high = variables[c].name, program.lower[c], program.upper[c]
        if label not in binary:
            lines.append(f" {low:g} <= {label}" + ("" if np.isinf(high) else f" <= {high:g}"))
    return "\n".join([*lines, "Binaries", *(f" {label}" for label in binary), "End"]) + "\n"


def _terms(pairs: list[tuple[str, float]]) -> str:
    text = "".join(
        f" {'-' if weight < 0 else '+'} {'' if abs(weight) == 1 else f'{abs(weight):.12g} '}{column}"
        for column, weight in pairs
    )
    return text.removeprefix(" + ").strip() or "0"


def _side(low: float, high: float) -> str:
    low, high = low + 0.0, high + 0.0  # no -0
    if low == high:
        return f"= {low:.12g}"
    return f"<= {high:.12g}" if np.isinf(low) else f">= {low:.12g}"
