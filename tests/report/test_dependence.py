"""What the map is coloured by, and what it hides."""

from __future__ import annotations

import pandas as pd
import pytest

from kapacitet.report.dependence import CLASSES, HIDDEN, class_of, classes, dependence
from tests.report import world


def tables() -> dict[str, pd.DataFrame]:
    keys = ["year", "municipality", "offer", "place_years"]
    placed = [(2026, "575", "aahuset", 6.0), (2026, "630", "aahuset", 3.0), (2026, "630", "fonden", 3.0)]
    empty = pd.DataFrame({"year": [], "municipality": [], "place_years": []})
    return {
        "groups": pd.DataFrame({"year": [2026, 2027]}),
        "placements": pd.DataFrame(placed, columns=keys),
        "purchases": pd.DataFrame({"year": [2026], "municipality": ["630"], "place_years": [2.0]}),
        "unmet": empty,
    }


def test_private_bought_and_unmet_over_need() -> None:
    found = dependence(tables(), world.region()).set_index("municipality")
    assert found["need"].to_dict() == {"575": 6.0, "630": 8.0}
    assert found["share"].to_dict() == {"575": 0.0, "630": 5 / 8}


@pytest.mark.parametrize(
    ("need", "share", "name"),
    [(4.9, 0.9, HIDDEN), (5.0, 0.0, CLASSES[0]), (9, 0.1, CLASSES[1]), (9, 0.4999, CLASSES[3]), (9, 1.0, CLASSES[4])],
)
def test_classes(need: float, share: float, name: str) -> None:
    assert class_of(need, share) == name


def test_every_municipality_and_year_has_a_class() -> None:
    found = classes(tables(), world.region())
    assert found["630"] == {2026: CLASSES[4], 2027: HIDDEN}
    assert found["563"] == {2026: HIDDEN, 2027: HIDDEN}
