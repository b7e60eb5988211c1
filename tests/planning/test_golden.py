"""Golden LP files: the rows of each constraint family on a region small enough to check by hand.

Every file was read against the model's description and ``docs/decisions.md``; the sums are in the comments of
``recourse_worlds.py`` and ``master_worlds.py``. ``KAPACITET_REGENERATE=1`` writes them anew: read the difference
before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import highspy
import pytest

from kapacitet.planning.constraints import FAMILIES
from tests.planning import master_worlds, recourse_worlds  # noqa: F401 - they register their worlds
from tests.planning.family_lp import family_lp
from tests.planning.family_worlds import WORLDS
from tests.planning.worlds import problem_of

GOLDEN = Path(__file__).parent.parent / "golden" / "lp"
REGENERATE = os.environ.get("KAPACITET_REGENERATE") == "1"
OTHER_MONEY_UNIT = {"anlaegsramme__not_exempt": 4.0}


@pytest.mark.parametrize("name", WORLDS)
def test_rows_are_those_of_the_golden_file(name: str) -> None:
    problem = problem_of(WORLDS[name]())
    assert problem.money_unit == OTHER_MONEY_UNIT.get(name, 1.0)
    text = family_lp(problem, name.split("__")[0])
    path = GOLDEN / f"{name}.lp"
    if REGENERATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_family_has_a_golden_file_and_every_file_a_family() -> None:
    files = {path.stem for path in GOLDEN.glob("*")}
    assert files == set(WORLDS)
    assert {name.split("__")[0] for name in files} == set(FAMILIES)


@pytest.mark.parametrize("name", WORLDS)
def test_a_solver_reads_the_golden_file(name: str) -> None:
    text = (GOLDEN / f"{name}.lp").read_text(encoding="utf-8")
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(GOLDEN / f"{name}.lp")) == highspy.HighsStatus.kOk
    rows = [line for line in text.split("Bounds")[0].splitlines() if line.startswith(" ") and ": " in line]
    assert highs.getNumRow() == len(rows) > 0
