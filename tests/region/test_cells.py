"""Single cells: what each kind of column accepts, and what it says when it doesn't."""

import datetime as dt

import pytest

from kapacitet.region.cells import BadCell, Cell, Value, convert
from kapacitet.region.columns import Column

TEXT = Column("x", "text", "")
CHOICE = Column("x", "text", "", allowed=("road", "ferry"))
LIST = Column("x", "list", "", allowed=("sel107", "sel108"))
SHARES = Column("x", "numbers", "", unit="andel", above=0, maximum=1)
WHOLE = Column("x", "whole", "", minimum=0, maximum=1e9)
YEAR = Column("x", "whole", "", unit="årstal", minimum=1900, maximum=2200)
SHARE = Column("x", "number", "", unit="andel", minimum=0, maximum=1)
OCCUPANCY = Column("x", "number", "", unit="andel", above=0, maximum=1)
MONEY = Column("x", "number", "", unit="kr.", minimum=0)
FLAG = Column("x", "boolean", "")
DATE = Column("x", "date", "")


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        (" Vejen ", TEXT, "Vejen"),
        (410, TEXT, "410"),
        (410.0, TEXT, "410"),
        (0.25, TEXT, "0.25"),
        (True, TEXT, "true"),
        ("A\u030aen", TEXT, "Åen"),
        ("a\r\nb", TEXT, "a\nb"),
        (dt.datetime(2017, 1, 2), TEXT, "2017-01-02"),
        ("Road", CHOICE, "road"),
        ("sel107; sel108", LIST, "sel107;sel108"),
        ("SEL107", LIST, "sel107"),
        ("0,7; 0.850", SHARES, "0.7;0.85"),
        (1, SHARES, "1"),
        ("12", WHOLE, 12),
        (12.0, WHOLE, 12),
        ("2026", YEAR, 2026),
        ("50 %", SHARE, 0.5),
        (-0.0, SHARE, 0.0),
        ("0.30000000000000004", SHARE, 0.3),
        ("36,0 mio. kr.", MONEY, 36_000_000.0),
        ("ja", FLAG, True),
        ("FALSK", FLAG, False),
        (False, FLAG, False),
        (1, FLAG, True),
        ("2026-01-01", DATE, "2026-01-01"),
        ("1-2-2026", DATE, "2026-02-01"),
        ("31.12.2025", DATE, "2025-12-31"),
        ("31/12/2025", DATE, "2025-12-31"),
        (dt.date(2026, 1, 1), DATE, "2026-01-01"),
        (dt.datetime(2026, 1, 1), DATE, "2026-01-01"),
    ],
)
def test_accepted(cell: Cell, column: Column, value: Value) -> None:
    found = convert(cell, column, danish=False)
    assert found == value
    assert type(found) is type(value)


def test_minus_zero_is_zero() -> None:
    assert str(convert(-0.0, SHARE, danish=False)) == "0.0"


@pytest.mark.parametrize(
    ("cell", "column", "message", "mend"),
    [
        ("vej", CHOICE, "Værdien er ikke en af de mulige.", "Skriv en af road, ferry."),
        ("sel107;sel109", LIST, "Værdien er ikke en af de mulige.", "sel107, sel108"),
        ("sel107;sel107", LIST, "Det samme står flere gange i listen.", "én gang"),
        (";", LIST, "Listen er tom.", "Skriv en af sel107, sel108."),
        ("0.7;1.2", SHARES, "Tallet er for stort.", "Skriv højst 1."),
        ("0;0.5", SHARES, "Tallet er for lille.", "Skriv et tal over 0."),
        ("0.5;x", SHARES, "Værdien er ikke et tal.", "«x»"),
        ("ti", WHOLE, "Værdien er ikke et tal.", "Skriv et tal i stedet for «ti»."),
        ("1.5", WHOLE, "Tallet er ikke helt.", "Skriv et helt tal."),
        ("1.238", WHOLE, "Tallet er ikke helt.", "skriv 1238, hvis det er tusinder"),
        (-1, WHOLE, "Tallet er for lille.", "Skriv mindst 0."),
        (1e300, WHOLE, "Tallet er urimeligt stort.", "Ret tallet."),
        ("9" * 30, WHOLE, "Tallet er urimeligt stort.", "Ret tallet."),
        (26, YEAR, "Tallet er for lille.", "Skriv mindst 1900."),
        (True, WHOLE, "Værdien er ikke et tal.", "Skriv et helt tal"),
        (dt.date(2026, 1, 1), WHOLE, "Værdien er ikke et tal.", "Skriv et helt tal"),
        (float("inf"), MONEY, "Værdien er uendelig.", "Skriv et tal"),
        ("NaN", MONEY, "Værdien er ikke et tal.", "«NaN»"),
        ("-5 kr.", MONEY, "Tallet er for lille.", "Skriv mindst 0 kr."),
        ("95", OCCUPANCY, "Tallet er for stort.", "Skriv en procent som andel, fx 0.5 for 50 %."),
        (0, OCCUPANCY, "Tallet er for lille.", "Skriv et tal over 0."),
        ("måske", FLAG, "Værdien er hverken sand eller falsk.", "Skriv true eller false."),
        ("31-02-2026", DATE, "Datoen findes ikke.", "Skriv datoen som 2025-12-31."),
        ("3/4/2026", DATE, "Datoen kan læses med dagen eller måneden først.", "Skriv datoen som"),
        ("2026", DATE, "Værdien er ikke en dato.", "Skriv datoen som"),
        ("#DIV/0!", TEXT, "Cellen er en fejl fra regnearket.", "Ret formlen"),
        ("a\x07b", TEXT, "Teksten har usynlige styretegn.", "uden dem"),
        ("a" * 30_001, TEXT, "Teksten er på 30001 tegn.", "højst 30000"),
        ("-", TEXT, "Værdien mangler.", "Skriv en tekst."),
        ("  ", MONEY, "Værdien mangler.", "0, hvis det er nul"),
        (float("nan"), MONEY, "Værdien mangler.", "0, hvis det er nul"),
        (None, FLAG, "Værdien mangler.", "Skriv true eller false."),
        ("–", CHOICE, "Værdien mangler.", "Skriv en af road, ferry."),
    ],
)
def test_refused(cell: Cell, column: Column, message: str, mend: str) -> None:
    with pytest.raises(BadCell) as caught:
        convert(cell, column, danish=False)
    assert caught.value.message == message
    assert mend in caught.value.mend


@pytest.mark.parametrize("cell", [None, "", " ", "-", "–", "—", float("nan")])
def test_missing_is_none_never_zero(cell: Cell) -> None:
    assert convert(cell, Column("x", "number", "", required=False), danish=False) is None
