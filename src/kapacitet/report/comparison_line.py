"""One line of a comparison: a value for each plan, as figure and as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Value = float | str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing compared: a value for each plan, and the values as text."""

    part: str
    title: str
    values: tuple[Value, ...]
    texts: tuple[str, ...]


def compared(part: str, title: str, values: Sequence[Value], show: Callable[[float | None], str]) -> Line:
    """A line whose figures are worded by ``show``; text stands as it is."""
    texts = (show(value) if value is None or isinstance(value, float) else value for value in values)
    return Line(part, title, tuple(values), tuple(texts))
