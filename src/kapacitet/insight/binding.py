"""Limits that bind: requirements with nothing to spare under the plan, and what more room would be worth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kapacitet.planning.completion import Completed, Completion
from kapacitet.planning.constraints import FAMILIES
from kapacitet.planning.problem import Problem

COLUMNS = ["family", "tag", "year", "party", "sentence", "limit", "used", "slack", "blocks", "saves"]
CLOSE = 1e-6
NEAR = 0.01
MONEY = {"anlaegsramme", "joint_frame", "region_liquidity"}
TRIVIAL = {"projects", "restructuring", "planned_places", "loan_pools"}


def binding_limits(
    problem: Problem, completion: Completion, completed: Completed, alternatives: pd.DataFrame
) -> pd.DataFrame:
    """Master rows within 1 % of their limit (money) or at it (places, staff), by family, party and year.

    ``blocks`` names the candidate whose adding would save most but for that party's frame, ``saves`` what it would
    save (kr., discounted): the price of the limit, found by placing everybody anew, not by a dual.
    """
    program = completion.program
    rows: list[dict[str, object]] = []
    for i, name in enumerate(program.row_names):
        info = completion.rows[name]
        if info.tag == "regnskab" or info.family in TRIVIAL:
            continue
        upper = bool(np.isfinite(program.row_upper[i]))
        limit = float(program.row_upper[i] if upper else program.row_lower[i])
        used = float(completed.activity[i])
        slack = limit - used if upper else used - limit
        money = info.family in MONEY
        if slack > (NEAR if money else CLOSE) * max(abs(limit), 1.0) or (money and used <= 0):
            continue
        scale = problem.money_unit if money else 1.0
        rows.append(
            {
                "family": info.family,
                "tag": info.tag,
                "year": problem.years[int(str(info.subject["t"]))],
                "party": info.subject.get("party"),
                "sentence": FAMILIES[info.family].sentence(problem, info.subject),
                "limit": limit * scale,
                "used": used * scale,
                "slack": slack * scale,
                "blocks": None,
                "saves": np.nan,
            }
        )
    rows += _blocking(problem, alternatives)
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(["family", "year", "party"], ignore_index=True)


def _blocking(problem: Problem, alternatives: pd.DataFrame) -> list[dict[str, object]]:
    """Per builder the candidate that would save most if only its frame allowed it."""
    blocked = alternatives[
        ~alternatives["allowed"].astype(bool) & (alternatives["change"] < 0) & ~alternatives["in_plan"]
    ]
    unit = {u.id: u for u in problem.units}
    best: dict[str, dict[str, object]] = {}
    for row in blocked.sort_values("change").to_dict("records"):
        party = unit[str(row["candidate"])].frame_party
        family = "region_liquidity" if party == "region" else "anlaegsramme"
        best.setdefault(
            party,
            {
                "family": family,
                "tag": FAMILIES[family].TAG,
                "year": row["start_year"],
                "party": party,
                "sentence": f"{row['name']} står i vejen for: {row['obstacle']}",
                "limit": np.nan,
                "used": np.nan,
                "slack": np.nan,
                "blocks": row["candidate"],
                "saves": -float(row["change"]),
            },
        )
    return list(best.values())
