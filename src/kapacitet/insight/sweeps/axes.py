"""Axes of a sweep: ``levers.takst_reduction=0,0.01,0.02`` read, and told in Danish where it is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.catalogue import catalogue, lever_info
from kapacitet.scenario.suggest import suggestion
from kapacitet.scenario.wording import worded

OVER = "--over"
OPENING, CLOSING, QUOTES = "[{", "]}", "\"'"


@dataclass(frozen=True)
class Axis:
    """One lever and the values it is given.

    Attributes:
        key: path with dots.
        values: plain values, as in a scenario's document.
    """

    key: str
    values: tuple[object, ...]

    @property
    def title(self) -> str:
        """The lever's Danish title, with the entry's name where the key is one of a table."""
        info = lever_info(self.key)
        entry = self.key.removeprefix(info.key).strip(".")
        return f"{info.title} ({entry})" if entry else info.title

    def told(self, value: object) -> str:
        """A value as a planner reads it."""
        plain = tuple(value) if isinstance(value, list) else value
        return worded(plain, lever_info(self.key).unit)


def read_axes(texts: Sequence[str]) -> tuple[Axis, ...]:
    """Axes from what the command line says.

    Raises:
        FaultyInput: with every fault.
    """
    axes: list[Axis] = []
    faults: list[Fault] = []
    for text in texts:
        key, equals, rest = (part.strip() for part in text.partition("="))
        parts = _split(rest)
        if not equals or not key:
            mend = "Skriv fx --over levers.takst_reduction=0,0.01,0.02."
            faults.append(Fault("Der skal stå et håndtag, = og værdier.", mend, column=OVER, value=text))
        elif not _known(key):
            mend = suggestion(key, [name for name in catalogue() if "." in name])
            faults.append(Fault("Håndtaget findes ikke.", mend, column=OVER, value=key))
        elif "" in parts:
            mend = "Skriv værdier med komma imellem og punktum i decimaltal, fx 0,0.01,0.02."
            faults.append(Fault("Der mangler en værdi.", mend, column=OVER, value=text))
        elif key in {axis.key for axis in axes}:
            mend = "Skriv alle dets værdier ved samme --over."
            faults.append(Fault("Håndtaget står to gange.", mend, column=OVER, value=key))
        else:
            axes.append(Axis(key, tuple(_value(part) for part in parts)))
    if faults:
        raise FaultyInput(faults)
    return tuple(axes)


def _known(key: str) -> bool:
    try:
        return "." in lever_info(key).key
    except KeyError:
        return False


def _split(text: str) -> list[str]:
    """Parts between commas that stand in no brackets and no quotes."""
    parts, depth, quote = [""], 0, ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in QUOTES:
            quote = sign
        else:
            depth += (sign in OPENING) - (sign in CLOSING)
        if sign == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _value(text: str) -> object:
    """A value as TOML says it; what isn't TOML is text, so that ``low`` needs no quotes."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
