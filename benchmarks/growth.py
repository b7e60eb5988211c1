"""What a plan costs as the work grows: made regions, one dimension at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from benchmarks.child import ROOT, measured
from benchmarks.made import Size

MIDDLE = Size(municipalities=22, groups=3, offers=120, candidates=40, years=10, futures=10)
STEPS: dict[str, tuple[int, ...]] = {
    "futures": (1, 3, 10, 30, 100, 300),
    "municipalities": (11, 22, 44, 88),
    "candidates": (10, 20, 40, 80),
    "years": (5, 10, 15, 20),
}
IMAGES = ROOT / "docs" / "images"
INK = "#1f4e79"


def grow(dimension: str, gap: float, limit: float) -> list[dict[str, Any]]:
    """Measures of made regions in which ``dimension`` takes its steps; offers follow the municipalities.

    Once a region isn't solved within ``limit``, larger ones aren't tried.
    """
    rows: list[dict[str, Any]] = []
    for step in STEPS[dimension]:
        size = replace(MIDDLE, **{dimension: step})
        if dimension == "municipalities":
            size = replace(size, offers=MIDDLE.offers * step // MIDDLE.municipalities)
        found = measured("nation:solve_made", size=asdict(size), gap=gap, limit=limit)
        rows.append({"dimension": dimension, "step": step} | found)
        if found["ending"] != "optimal":
            break
    return rows


def plot(rows: Sequence[dict[str, Any]], dimension: str, folder: Path = IMAGES) -> Path:
    """Seconds and memory against ``dimension``, both axes logarithmic, as a PNG; hollow: the limit came first."""
    values = [
        {
            "step": row["step"],
            "seconds": row["problem"] + row["stage"] + row["search"] + row["exact"],
            "memory": row["peak"],
            "reached": row["ending"] == "optimal",
        }
        for row in rows
    ]

    def panel(field: str, title: str) -> Any:
        base = alt.Chart(pd.DataFrame(values)).encode(
            x=alt.X("step:Q", title=dimension, scale=alt.Scale(type="log")),
            y=alt.Y(f"{field}:Q", title=title, scale=alt.Scale(type="log")),
        )
        fill = alt.condition("datum.reached", alt.value(INK), alt.value("white"))
        return alt.layer(
            base.mark_line(color=INK), base.mark_point(size=60, filled=True, stroke=INK).encode(fill=fill)
        ).properties(width=260, height=220)

    path = folder / f"bench-{dimension}.png"
    (panel("seconds", "seconds") | panel("memory", "MB")).save(path, scale_factor=2)
    return path
