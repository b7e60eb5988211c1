"""Values in a planner's words."""

from __future__ import annotations

import pytest

from kapacitet.scenario.wording import worded


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1238406.0, "kr.", "1.238.406 kr."),
        (0.035, "andel", "3,5 %"),
        (0.07, "andel pr. år", "7 % pr. år"),
        (2026, "årstal", "2026"),
        (1.5, "", "1,5"),
        (-0.5, "andel", "-50 %"),
        (True, "", "ja"),
        ((), "", "ingen"),
        ({}, "andel", "ingen"),
        ({"dom": 0.1}, "andel", "dom: 10 %"),
        (("low", "hard"), "", "low, hard"),
        ("low", "", "lav"),
    ],
)
def test_values_read_as_danish(value: object, unit: str, text: str) -> None:
    assert worded(value, unit) == text


def test_nothing_else_is_guessed_at() -> None:
    with pytest.raises(TypeError):
        worded({1, 2})
