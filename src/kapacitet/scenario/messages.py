"""Pydantic's errors about a scenario, said in Danish with the key, the value and the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from kapacitet.faults import Fault
from kapacitet.scenario.models import Scenario
from kapacitet.scenario.suggest import suggestion

LONGEST_VALUE = 60
Context = Mapping[str, Any]
COMMITMENTS = (("projects", "committed"), ("projects", "previous"))
"""Lists of candidates with the year their building starts."""

PLAIN_NUMBER = "Skriv tallet uden anførselstegn og tusindskilletegn og med punktum som decimaltegn, fx 0.03."
MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("Nøglen mangler.", "Tilføj nøglen; et scenarie har altid name og region."),
    "string_type": ("Skal være tekst.", "Sæt værdien i anførselstegn."),
    "string_too_short": ("Må ikke være tom.", "Skriv en tekst."),
    "string_too_long": ("Teksten er for lang; højst {max_length} tegn.", "Forkort teksten."),
    "string_pattern_mismatch": (
        "Indeholder tegn, der ikke kan bruges her.",
        "Brug bogstaver a-z, tal, - og _.",
    ),
    "int_type": ("Skal være et helt tal.", "Skriv et helt tal uden anførselstegn og decimaler, fx 2026."),
    "float_type": ("Skal være et tal.", PLAIN_NUMBER),
    "bool_type": ("Skal være true eller false.", "Skriv true eller false uden anførselstegn."),
    "finite_number": (
        "Skal være et endeligt tal.",
        "Skriv et almindeligt tal; uendelig og NaN kan ikke bruges.",
    ),
    "greater_than": ("Skal være større end {gt}.", "Skriv en større værdi."),
    "greater_than_equal": ("Må ikke være under {ge}.", "Skriv en større værdi."),
    "less_than": ("Skal være mindre end {lt}.", "Skriv en mindre værdi."),
    "less_than_equal": ("Må ikke være over {le}.", "Skriv en mindre værdi."),
    "tuple_type": ("Skal være en liste.", 'Skriv værdierne i kantede parenteser, fx ["a", "b"].'),
    "too_short": ("Listen har for få værdier; mindst {min_length}.", "Tilføj værdier."),
    "too_long": ("Listen har for mange værdier; højst {max_length}.", "Fjern værdier."),
    "dict_type": ("Skal være en tabel med navne og værdier.", "Skriv fx { autisme = 0.1 }."),
    "model_type": (
        "Skal være en tabel med nøgler.",
        "Skriv afsnittet med en overskrift i kantede parenteser.",
    ),
}


def scenario_faults(error: ValidationError, locate: Callable[[tuple[str, ...]], str | None]) -> tuple[Fault, ...]:
    """Every fault of ``error`` in Danish; a list short of values because some are wrong isn't told beside those.

    Args:
        error: what Pydantic found wrong with a :class:`Scenario`.
        locate: names the file that holds a key path (None if the scenario came from no file).
    """
    found = error.errors(include_url=False)
    within = {one["loc"][:depth] for one in found for depth in range(len(one["loc"]))}
    return tuple(
        _fault(details, locate) for details in found if details["type"] != "too_short" or details["loc"] not in within
    )


def _fault(details: Any, locate: Callable[[tuple[str, ...]], str | None]) -> Fault:
    kind, context = str(details["type"]), details.get("ctx", {})
    path = tuple(str(part) for part in details["loc"] if part != "[key]" and not str(part).startswith("«"))
    is_key = "[key]" in details["loc"]
    if kind == "extra_forbidden":
        message, mend = "Nøglen findes ikke.", _mend_of_key(path)
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        message = "Navnet kendes ikke her." if is_key else "Værdien kan ikke vælges her."
        mend = suggestion(path[-1] if is_key else str(details["input"]), choices)
    elif kind in MESSAGES:
        message, mend = MESSAGES[kind]
        if path[:2] in COMMITMENTS and kind in ("missing", "model_type"):
            mend = 'Skriv fx { candidate = "kandidatens-id", start = 2026 }.'
        message = message.format_map({name: _shown(value) for name, value in context.items()})
        if is_key and kind == "int_type":
            message, mend = "Skal være et årstal.", "Skriv fx 2026."
    else:
        message, mend = str(details["msg"]), str(context.get("mend", ""))
    value = None if kind in ("missing", "extra_forbidden") or is_key else _shown(details["input"])
    if kind == "int_type" and isinstance(details["input"], float):
        value = str(details["input"])  # 2026.0 is wrong for its decimals, so they are shown
    return Fault(message, mend, table=locate(path), column=".".join(path) or None, value=value)


def _shown(value: object) -> str | None:
    """A value as the planner wrote it, shortened; None for lists and tables."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, str | int):
        text = str(value) if isinstance(value, str) or abs(value) < 10**18 else "et meget stort tal"
        return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
    return None


def _mend_of_key(path: tuple[str, ...]) -> str:
    """Where an unknown key belongs, or the nearest key of its section."""
    sections = {
        name: field.annotation
        for name, field in Scenario.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }
    *outer, key = path
    homes = [name for name, section in sections.items() if key in section.model_fields and [name] != outer]
    if homes:
        return f"Nøglen hører til i afsnittet [{homes[0]}]."
    if key in Scenario.model_fields and outer:
        return "Nøglen skal stå øverst i filen, før det første afsnit."
    here: type[BaseModel] = Scenario
    for part in outer:
        here = sections.get(part, here)
    if path[:2] in COMMITMENTS:
        return suggestion(key, ("candidate", "start"))
    return suggestion(key, here.model_fields)
