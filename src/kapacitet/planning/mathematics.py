"""The mathematics of the model as Markdown, generated from the docstrings of its families and objective.

``python -m kapacitet.planning.mathematics models/plan.md`` writes it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from kapacitet.planning.constraints import MASTER, RECOURSE, STRENGTHENING
from kapacitet.planning.objective import constant_cost, master_cost, move_cost, recourse_cost

STAGES: tuple[tuple[str, tuple[ModuleType, ...]], ...] = (
    ("First stage (master)", MASTER),
    ("Second stage (recourse), per future and year", RECOURSE),
    ("Strengthening", STRENGTHENING),
)


def mathematics() -> str:
    """The page."""
    parts = [
        "# The model `plan`",
        "Generated from the code by `python -m kapacitet.planning.mathematics models/plan.md`; do not edit.",
        "Symbols: k municipality, g demand cell (target group, temporary or long-term), o offer, j candidate, "
        "t year, P places, d demand, R residents; y started, x used, p bought, u unmet, s planned places.",
        "## Objective: discounted regional resource cost",
        *(f"**{part.__name__}**: {_text(part.__doc__)}" for part in (master_cost, recourse_cost, move_cost)),
        f"**{constant_cost.__name__}**: {_text(constant_cost.__doc__)}",
    ]
    for title, families in STAGES:
        parts += [f"## {title}", *_families(families)]
    return "\n\n".join(parts) + "\n"


def _families(families: Iterable[ModuleType]) -> Iterable[str]:
    for family in families:
        yield f"### `{family.FAMILY}` ({family.TAG})"
        yield _text(family.__doc__)
        yield _text(family.rows.__doc__)
        if hasattr(family, "state_rows"):
            yield f"States: {_text(family.state_rows.__doc__)}"


def _text(doc: str | None) -> str:
    return inspect.cleandoc(doc or "")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(mathematics(), encoding="utf-8")
