"""Danish and CSV numbers: one reading or none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapacitet.region.numbers import UnclearNumber, read_number


@pytest.mark.parametrize("danish", [True, False])
@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1.238.406", "personer", "1238406"),
        ("36,0 mio. kr.", "kr.", "36000000"),
        ("36 mio", "kr.", "36000000"),
        ("1,5 mia. kr.", "kr. pr. år", "1500000000"),
        ("250 t.kr.", "kr.", "250000"),
        ("1,238 mio. kr.", "kr.", "1238000"),
        ("1.238.406,50 kr.", "kr.", "1238406.50"),
        ("kr. 500", "kr.", "500"),
        ("500,-", "kr.", "500"),
        ("0,5", None, "0.5"),
        ("0,125", None, "0.125"),
        ("0.125", None, "0.125"),
        ("1.5", None, "1.5"),
        ("12345,678", None, "12345.678"),
        ("1.234.567,891", None, "1234567.891"),
        ("50 %", "andel", "0.5"),
        ("12,5%", "andel", "0.125"),
        ("25 procent", "procent", "25"),
        ("25 %", "procent", "25"),
        ("32 min.", "min.", "32"),
        ("1 238 406", None, "1238406"),
        ("1\u00a0238", None, "1238"),
        ("-7", None, "-7"),
        ("−7,5", None, "-7.5"),
        ("007", None, "7"),
    ],
)
def test_one_reading(text: str, unit: str | None, number: str, danish: bool) -> None:
    assert read_number(text, danish=danish, unit=unit) == Decimal(number)


def test_a_lone_point_is_decided_by_the_file() -> None:
    assert read_number("1.238", danish=False) == Decimal("1.238")
    assert read_number("1.238", danish=True) == Decimal("1238")
    assert read_number("1,238", danish=True) == Decimal("1.238")


@pytest.mark.parametrize(
    ("text", "unit", "mend"),
    [
        ("1,238", None, "Skriv 1238, hvis det er tusinder, eller 1.2380, hvis det er decimaler."),
        ("1.238 kr.", "kr.", "Skriv 1238, hvis det er tusinder, eller 1.2380, hvis det er decimaler."),
        ("1.238 mio. kr.", "kr.", "Skriv 1238, hvis det er tusinder, eller 1.2380, hvis det er decimaler."),
    ],
)
def test_two_readings_in_csv_are_refused(text: str, unit: str | None, mend: str) -> None:
    with pytest.raises(UnclearNumber) as caught:
        read_number(text, danish=False, unit=unit)
    assert caught.value.message == "Tallet kan læses på to måder."
    assert caught.value.mend == mend


@pytest.mark.parametrize("danish", [True, False])
@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ti", None),
        ("nan", None),
        ("inf", None),
        ("Infinity", None),
        ("1..2", None),
        ("1,2,3", None),
        ("12.34.567", None),
        ("1,238,406", None),
        ("5 kr.", "min."),
        ("50 %", None),
        ("kr.", "kr."),
        ("%", "andel"),
        ("", None),
        ("--5", None),
        ("٣", None),
        ("1_000", None),
        ("0x10", None),
    ],
)
def test_no_number(text: str, unit: str | None, danish: bool) -> None:
    with pytest.raises(UnclearNumber):
        read_number(text, danish=danish, unit=unit)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_csv_files_hold_reads_back(number: float) -> None:
    assert float(read_number(repr(number), danish=False)) == number


@given(st.integers(0, 10**15))
def test_danish_thousands_read_back(number: int) -> None:
    assert read_number(f"{number:,}".replace(",", "."), danish=True) == number


@given(st.text(max_size=30), st.booleans(), st.sampled_from([None, "kr.", "andel", "procent", "min."]))
def test_anything_is_a_number_or_refused(text: str, danish: bool, unit: str | None) -> None:
    try:
        assert read_number(text, danish=danish, unit=unit).is_finite()
    except UnclearNumber as unclear:
        assert unclear.message and unclear.mend
