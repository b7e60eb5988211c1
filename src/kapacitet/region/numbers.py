"""Reading numbers as people write them, in Danish and in CSV, without guessing.

What a number means is decided by where it stands:

- a *CSV* file has a decimal point, so ``1.238`` is one and a bit;
- a *text cell in a workbook* is Danish, so ``1.238`` is one thousand two hundred and thirty-eight;
- in both ``1.238.406``, ``36,0 mio. kr.``, ``0,5``, ``50 %`` and ``1 238`` can only be read one way and are
  accepted. Anything that could be read two ways is refused (:class:`UnclearNumber`), never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS = r"[0-9]+"
_PLAIN: Final = re.compile(rf"{_DIGITS}(\.{_DIGITS})?([eE][+-]?[0-9]{{1,3}})?|\.{_DIGITS}")
_WHOLE: Final = re.compile(_DIGITS)
_POINT_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_SPACE_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+")
_ONE_COMMA_GROUP: Final = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")

_MONEY_SUFFIXES: Final = {
    "mia. kr": 10**9,
    "mia kr": 10**9,
    "mia": 10**9,
    "mio. kr": 10**6,
    "mio kr": 10**6,
    "mio": 10**6,
    "t.kr": 10**3,
    "tkr": 10**3,
    "dkk": 1,
    "kr": 1,
}
_SUFFIXES: Final[dict[str, dict[str, int]]] = {
    "min.": {"minutter": 1, "min": 1},
    "procent": {"procent": 1, "pct": 1, "%": 1},
    "andel": {"procent": -100, "pct": -100, "%": -100},
}
"""Words that may follow a number, by the column's unit: factor, or minus the divisor."""


class UnclearNumber(ValueError):
    """A text that is no number, or could be more than one.

    Attributes:
        message: what is wrong, in Danish.
        mend: what to write instead, in Danish.
    """

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


def read_number(text: str, *, danish: bool, unit: str | None = None) -> Decimal:
    """The number that ``text`` stands for.

    Args:
        text: the cell's text, not blank.
        danish: whether a lone point groups thousands (workbooks) or is the decimal point (CSV).
        unit: the column's unit; decides which words may follow (``mio. kr.``, ``%``, ``min.``).

    Raises:
        UnclearNumber: it is no number, or can be read in two ways.
    """
    body = re.sub(r"\s+", " ", text.replace("−", "-")).strip()
    body, factor, worded = _without_unit(body, unit)
    negative = body.startswith("-")
    body = body.removeprefix("-").strip()
    plain = _plain_digits(body, text, danish=danish, worded=worded)
    value = Decimal(plain) / -factor if factor < 0 else Decimal(plain) * factor
    return -value if negative else value


def _without_unit(body: str, unit: str | None) -> tuple[str, int, bool]:
    """The text without its unit, the factor the unit stands for, and whether there was one."""
    suffixes = _MONEY_SUFFIXES if unit and unit.startswith("kr.") else _SUFFIXES.get(unit or "", {})
    lowered = body.lower().rstrip(".").removesuffix(",-")
    for suffix, factor in suffixes.items():
        if lowered.endswith(suffix) and lowered != suffix:
            return body[: len(lowered) - len(suffix)].strip(), factor, True
    if suffixes is not _MONEY_SUFFIXES:
        return body, 1, False
    amount = re.sub(r"^kr\.? ?", "", body.removesuffix(",-").strip(), flags=re.IGNORECASE)
    return amount, 1, amount != body


def _plain_digits(body: str, text: str, *, danish: bool, worded: bool) -> str:
    """The digits with a decimal point at most, as :class:`~decimal.Decimal` reads them."""
    if _WHOLE.fullmatch(body):
        return body
    head, comma, tail = body.partition(",")
    if comma:
        return _with_comma(head, tail, text, danish=danish or worded)
    if _SPACE_GROUPS.fullmatch(body):
        return body.replace(" ", "")
    if _POINT_GROUPS.fullmatch(body):
        if body.count(".") > 1 or danish:
            return body.replace(".", "")
        if worded:
            raise _two_readings(text, body.replace(".", ""), body)
        return body
    if _PLAIN.fullmatch(body):
        return body
    raise _no_number(text)


def _with_comma(head: str, tail: str, text: str, *, danish: bool) -> str:
    """A number with a comma: a decimal comma unless it could as well group thousands."""
    whole = head.replace(".", "") if _POINT_GROUPS.fullmatch(head) else head
    whole = whole.replace(" ", "") if _SPACE_GROUPS.fullmatch(whole) else whole
    if not (_WHOLE.fullmatch(whole) and _WHOLE.fullmatch(tail)):
        raise _no_number(text)
    if not danish and _ONE_COMMA_GROUP.fullmatch(f"{head},{tail}"):
        raise _two_readings(text, head + tail, f"{head}.{tail}")
    return f"{whole}.{tail}"


def _no_number(text: str) -> UnclearNumber:
    return UnclearNumber("Værdien er ikke et tal.", f"Skriv et tal i stedet for «{shorten(text)}».")


def _two_readings(text: str, thousands: str, decimal: str) -> UnclearNumber:
    return UnclearNumber(
        "Tallet kan læses på to måder.",
        f"Skriv {thousands}, hvis det er tusinder, eller {decimal}0, hvis det er decimaler.",
    )


def shorten(text: str, length: int = 60) -> str:
    """The text, cut so that it fits in a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
