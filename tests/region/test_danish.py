"""Numbers in sentences: decimal comma, thousands points, zeros that say nothing left out."""

from __future__ import annotations

import pytest

from kapacitet.region.danish import danish, fixed, millions


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (12.0, 1, "12"),
        (1238406.25, 2, "1.238.406,25"),
        (0.5, 3, "0,5"),
        (1200.0, 0, "1.200"),
        (-1000.0, 2, "-1.000"),
        (100.0, 6, "100"),
    ],
)
def test_needless_zeros_are_left_out(number: float, decimals: int, text: str) -> None:
    assert danish(number, decimals) == text


def test_all_decimals_where_they_are_asked_for() -> None:
    assert danish(1238.5, 2, trimmed=False) == "1.238,50"
    assert fixed(1238.0) == "1238,0"
    assert millions(36e6) == "36,0 mio. kr."
