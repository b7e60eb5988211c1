"""Øre: floors, then what is left to the largest remainders, ties by kind and payer code."""

from __future__ import annotations

from fractions import Fraction

from kapacitet.ledger import Claim, entries_of, total_ore
from kapacitet.ledger.claims import Kind
from kapacitet.ledger.exact import exact, half_up, percent


def ore(*claims: tuple[Kind, str, str]) -> list[int]:
    """Øre of claims given as kind, payer and kr., in the order of kinds and payers."""
    made = [Claim(kind, payer, Fraction(amount), 2026, "") for kind, payer, amount in claims]
    return [entry.ore for entry in entries_of(made, offer="x", owner="A", concerns=2026)]


def test_left_over_ore_go_to_the_first_codes() -> None:
    """1 kr. in three: floors 33 + 33 + 33 leave one øre; remainders tie."""
    assert ore(("takst", "b", "1/3"), ("takst", "a", "1/3"), ("takst", "c", "1/3")) == [34, 33, 33]


def test_the_largest_remainder_comes_first() -> None:
    """100.4 + 100.7 + 99.9 = 301 øre: floors leave two, to .9 and .7."""
    assert ore(("takst", "a", "1.004"), ("takst", "b", "1.007"), ("takst", "c", "0.999")) == [100, 101, 100]


def test_ties_go_by_kind() -> None:
    """133.5 − 33.5 = 100: floors 133 and −34 leave one; equal remainders, takst before efterregulering."""
    assert ore(("efterregulering", "a", "-0.335"), ("takst", "b", "1.335")) == [134, -34]
    assert ore(("garanti", "a", "0.005"), ("ejer", "b", "0.005")) == [1]


def test_halves_of_the_total_go_up() -> None:
    assert ore(("takst", "a", "0.005")) == [1]
    assert ore(("takst", "a", "0.0049999")) == []
    assert [half_up(Fraction(n, 2)) for n in (-3, -1, 1, 3)] == [-1, 0, 1, 2]
    assert total_ore(Fraction("0.125")) == 13


def test_numbers_are_read_as_written() -> None:
    assert exact(0.1) == Fraction(1, 10)
    assert percent(Fraction(1, 20)) == "5 %" and percent(Fraction(1, 3)) == "33,3333 %"
