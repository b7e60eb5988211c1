"""What Pydantic finds wrong in a request, said in Danish with a pointer to the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST_VALUE = 60
_NUMBER, _WHOLE, _LOGICAL = "Skal være et tal.", "Skal være et helt tal.", "Skal være true eller false."
_OBJECT = "Skal være et objekt med felter."
MESSAGES = {
    "missing": "Feltet mangler.",
    "extra_forbidden": "Feltet kendes ikke.",
    "json_invalid": "Indholdet er ikke gyldig JSON.",
    "string_type": "Skal være tekst.",
    "string_too_short": "Teksten er for kort; mindst {min_length} tegn.",
    "string_too_long": "Teksten er for lang; højst {max_length} tegn.",
    "string_pattern_mismatch": "Indeholder tegn, der ikke kan bruges her.",
    "string_unicode": "Indeholder tegn, der ikke kan bruges her.",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": "Tallet er alt for stort.",
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "Skal være et endeligt tal.",
    "bool_type": _LOGICAL,
    "bool_parsing": _LOGICAL,
    "greater_than": "Skal være større end {gt}.",
    "greater_than_equal": "Må ikke være under {ge}.",
    "less_than": "Skal være mindre end {lt}.",
    "less_than_equal": "Må ikke være over {le}.",
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "list_type": "Skal være en liste.",
    "too_short": "Listen har for få værdier; mindst {min_length}.",
    "too_long": "Listen har for mange værdier; højst {max_length}.",
    "uuid_parsing": "Er ikke et gyldigt id.",
    "uuid_type": "Er ikke et gyldigt id.",
    "value_error": "{error}",
}


def errors_of(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each error as ``detail`` with ``pointer`` (in the body) or ``parameter`` (elsewhere), and the value."""
    return [_error(one) for one in found]


def _error(one: Mapping[str, Any]) -> dict[str, Any]:
    kind, context = str(one["type"]), one.get("ctx") or {}
    if kind in ("literal_error", "enum"):
        detail = f"Skal være en af {', '.join(re.findall(r"'([^']*)'", str(context.get('expected', ''))))}."
    else:
        detail = MESSAGES.get(kind, "Værdien kan ikke bruges.").format_map(_Known(context))
    where, *path = one["loc"]
    told: dict[str, Any] = {"detail": detail}
    if where == "body":
        told["pointer"] = "#" + "".join(f"/{_escaped(part)}" for part in path if kind != "json_invalid")
    else:
        told["parameter"] = str(path[-1] if path else where)
    value = one.get("input")
    if isinstance(value, str | int | float) and kind not in ("missing", "json_invalid"):
        text = str(value) if not isinstance(value, int) or abs(value) < 10**18 else "et meget stort tal"
        told["value"] = text.encode("utf-8", "replace").decode()[:LONGEST_VALUE]
    return told


def _escaped(part: object) -> str:
    return str(part).encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")[:LONGEST_VALUE]


class _Known(dict[str, Any]):
    """Values of a message; one that isn't told is left out."""

    def __missing__(self, key: str) -> str:
        return "…"
