"""What each limit that holds the plan back costs: relaxed by a planner's step, all chosen anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kapacitet.insight.reasons.change import Change
from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.projects import difference
from kapacitet.insight.reasons.section import Section
from kapacitet.insight.reasons.step import Step
from kapacitet.insight.reasons.steps_money import COMMON, KINDS, enough, frame_every_year, frame_in_a_year
from kapacitet.insight.reasons.steps_rules import decided, hires, shares, windows

COLUMNS = [
    "family", "party", "year", "limit", "relaxed", "amount", "unit", "candidate", "saves", "saves_low", "saves_high",
    "sureness", "added", "dropped",
]  # fmt: skip


def limits(ground: Ground) -> Section:
    """``saves`` is what the best plan becomes cheaper by (kr., discounted) when one limit gives by one step."""
    steps = list({step.key: step for step in _steps(ground)}.values())
    told = yield {step.key: step.job for step in steps}
    rows = []
    for step in steps:
        answer = told.get(step.key)
        change = Change.of_relaxation(ground, answer)
        other = answer.decisions if answer is not None and answer.most < ground.best else ()
        rows.append(
            {
                **{name: getattr(step, name) for name in COLUMNS if hasattr(step, name)},
                **change.columns("saves", -1.0),
                **difference(ground, other),
            }
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = ["saves_low", "saves", "family", "party", "year"]
    return {
        "reasons_limits": table.sort_values(
            order, ascending=[False, False, True, True, True], kind="stable", ignore_index=True
        )
    }


def _steps(ground: Ground) -> Iterator[Step]:
    binding = [{str(key): value for key, value in row.items()} for row in ground.tables["binding"].to_dict("records")]
    rows: list[dict[str, Any]] = sorted(binding, key=lambda r: (str(r["family"]), str(r["party"]), int(r["year"])))
    for row in rows:
        if row["family"] in KINDS:
            party = COMMON.get(row["family"]) or str(row["party"])
            if pd.notna(row["blocks"]):
                yield from enough(ground, row["family"], party, str(row["blocks"]), int(row["year"]))
            else:
                yield frame_in_a_year(ground, row["family"], party, int(row["year"]), str(row["sentence"]))
            yield frame_every_year(ground, row["family"], party)
        elif row["family"] == "staff":
            yield from hires(ground, int(row["year"]), str(row["sentence"]))
    yield from shares(ground, {str(row["family"]) for row in rows})
    yield from decided(ground)
    yield from windows(ground)
