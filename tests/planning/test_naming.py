"""Names in LP and MPS files: safe, unique, and the same whatever the order of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapacitet.planning.naming import safe_names


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["kom-561", "Ærø"], ("kom_561", "_r_")),
        (["a-b", "a_b", "c"], ("a_b_n0", "a_b_n1", "c")),
        ([], ()),
        (["a-b", "a_b", "a_b_n0"], ("a_b_n0_", "a_b_n1", "a_b_n0")),
    ],
)
def test_names(labels: list[str], names: tuple[str, ...]) -> None:
    assert safe_names(labels) == names


@given(st.lists(st.text("ab-_ æ1n", min_size=1, max_size=4), unique=True, max_size=8))
def test_always_unique_and_plain(labels: list[str]) -> None:
    names = safe_names(labels)
    assert len(set(names)) == len(labels)
    assert all(char.isascii() and (char.isalnum() or char == "_") for name in names for char in name)
