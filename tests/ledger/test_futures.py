"""Several futures: expectations, the 95 % case, and the occupancy at which a house pays for itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.break_even import break_even
from kapacitet.ledger.futures import cvar, settle_case
from kapacitet.ledger.terms import ZERO
from kapacitet.report.settlement import own_result
from tests.ledger.test_decided_cases import house
from tests.ledger.worlds import case_of, documents, use, years_of


def spread() -> dict[str, Any]:
    """The house of the decided cases: 8 places used, or 6 in four cases of a hundred."""
    rows = use((2026, "B", 8), future="godt") + use((2026, "B", 6), future="skidt")
    futures = [{"name": "godt", "probability": Decimal("0.96")}, {"name": "skidt", "probability": Decimal("0.04")}]
    return house(rows) | {"future": futures}


def test_cvar_is_the_mean_of_the_worst_five_per_cent() -> None:
    """Worst 4 % at 100, then 1 % at 50: (4 · 100 + 1 · 50) / 5 = 90."""
    outcomes = [(Fraction(96, 100), Fraction(50)), (Fraction(4, 100), Fraction(100))]
    assert cvar(outcomes) == 90
    assert cvar([(Fraction(1), Fraction(7))]) == 7


def test_expected_and_worst_cases() -> None:
    """8 used: D = 9.8 − 8.8 = 1.0, of it the owner 0.495, later 0.505. 6 used: D = 3.0, later 2.505.

    Expected later: 0.96 · 0.505 + 0.04 · 2.505 = 0.585. Worst 5 %: (4 · 2.505 + 1 · 0.505) / 5 = 2.105.
    """
    found = settle_case(case_of(spread()), SCHEMES["standard"])
    assert found.mean(own_result) == found.tail(own_result) == 495_000
    assert found.mean(lambda entry: entry.kind == "efterregulering") == 585_000
    assert found.tail(lambda entry: entry.kind == "efterregulering") == 2_105_000
    assert found.worst_year(own_result) == (2026, 495_000)
    expected = {entry.kind: str(entry.amount) for entry in found.expected}
    assert expected == {"takst": "8712000.00", "ejer": "495000.00", "efterregulering": "585000.00"}


def test_rows_without_a_future_hold_in_all_and_futures_without_probability_count_alike() -> None:
    rows = use((2026, "B", 5)) + use((2027, "B", 8), future="godt") + use((2027, "B", 6), future="skidt")
    case = case_of(house(rows))
    assert [future.probability for future in case.futures] == [Fraction(1, 2)] * 2
    assert [[int(year.used) for year in future.years] for future in case.futures] == [[5, 8], [5, 6]]
    assert any("lige meget" in note for note in case.notes)


def test_a_single_future_is_its_own_expectation() -> None:
    found = settle_case(case_of(house(use((2026, "B", 6)))), SCHEMES["standard"])
    assert found.expected == found.courses[0].entries
    assert found.mean(own_result) == found.tail(own_result)


def test_break_even_at_the_budgeted_occupancy() -> None:
    """With the takst as the price and no subscriptions it is β, also with nobody there."""
    document = house(use((2026, "B", 4), (2027, "B", 0)), {"startup_occupancy": [Decimal("0.6")]})
    case = case_of(document)
    first, second = case.futures[0].years
    assert [break_even(year, case.agreement, SCHEMES["standard"]) for year in (first, second)] == [
        Fraction(9, 10)
    ] * 2
    assert break_even(first, case.agreement, SCHEMES["takststyring"]) == Fraction(6, 10)


def test_break_even_with_subscriptions() -> None:
    """C subscribes to 5: 5.5 mio.; 3.5 is left for B's 1.0 a place over V: 3.5 places. 9 places: it is covered."""
    case = case_of(house(use((2026, "B", 2)), subscriptions={"C": 5}))
    (year,) = case.futures[0].years
    assert break_even(year, case.agreement, SCHEMES["abonnement"]) == Fraction(35, 100)
    assert break_even(year, case.agreement, SCHEMES["standard"]) == Fraction(9, 10)
    covered = case_of(house(use((2026, "B", 2)), subscriptions={"C": 9}))
    assert break_even(year, covered.agreement, SCHEMES["abonnement"]) == 0


def test_break_even_of_a_subscriber() -> None:
    """B subscribes to 5 and uses them: nothing more until 5 are used, 9.1 + 0.4 at 5; it pays itself at 9 of 10."""
    case = case_of(house(use((2026, "B", 5)), subscriptions={"B": 5}))
    (year,) = case.futures[0].years
    assert break_even(year, case.agreement, SCHEMES["abonnement"]) == Fraction(9, 10)


def test_no_break_even_below_the_variable_cost() -> None:
    document = house(use((2026, "B", 5))) | {"price": [{"price": 100_000}]}
    (year,) = years_of(document)
    assert break_even(year, case_of(document).agreement, SCHEMES["standard"]) is None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents(), weight=st.integers(1, 99))
def test_expected_entries_balance(document: dict[str, Any], weight: int) -> None:
    """Two futures, the second with nobody there in the last year: the øre of each year are its expected cost."""
    rows = [row | {"future": "a"} for row in document["use"]]
    last = max(row["year"] for row in rows)
    rows += [row | {"future": "b"} | ({"place_years": 0} if row["year"] == last else {}) for row in document["use"]]
    futures = [
        {"name": "a", "probability": Decimal(weight) / 100},
        {"name": "b", "probability": 1 - Decimal(weight) / 100},
    ]
    case = case_of(document | {"use": rows, "future": futures})
    for scheme in SCHEMES.values():
        expected = settle_case(case, scheme).expected
        for number, year in enumerate(case.futures[0].years):
            cost = sum((future.probability * future.years[number].cost for future in case.futures), ZERO)
            mine = sum(entry.ore for entry in expected if entry.concerns_year == year.year)
            assert mine == (2 * cost * 100 + 1).__floor__() // 2
