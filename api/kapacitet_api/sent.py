"""Bodies that are JSON or TOML by their Content-Type, read as plain values with every number as it is written."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from fastapi import Request
from pydantic import BaseModel, ValidationError

from kapacitet.faults import FaultyInput
from kapacitet.scenario.documents import LARGEST_FILE, parse_document
from kapacitet_api.body_limit import media_type
from kapacitet_api.problems import Problem, place
from kapacitet_api.validation import errors_of

JSON, TOML = "application/json", "application/toml"
SUFFIXES = {JSON: ".json", TOML: ".toml"}
DEEPEST = 20
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sent:
    """A body.

    Attributes:
        suffix: ``.json`` or ``.toml``.
        text: as it was sent.
        document: its values.
    """

    suffix: str
    text: str
    document: dict[str, Any]

    @property
    def is_toml(self) -> bool:
        """Whether it is TOML."""
        return self.suffix == ".toml"

    def decimals(self) -> dict[str, Any]:
        """Its values with decimal numbers exactly as they are written."""
        loads = tomllib.loads if self.is_toml else json.loads
        found: dict[str, Any] = loads(self.text, parse_float=Decimal)
        return found

    def read[T: BaseModel](self, model: type[T]) -> T:
        """Its values as a request.

        Raises:
            Problem: 422 with a pointer to each field that is wrong.
        """
        try:
            return model.model_validate(self.document)
        except ValidationError as error:
            found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
            raise Problem("invalid", "Ret felterne, og send igen.", errors=errors_of(found)) from None


async def sent(request: Request) -> Sent:
    """The body of a request; a dependency that comes after the guard.

    Raises:
        Problem: another content type, too large, or not readable.
    """
    suffix = SUFFIXES.get(media_type(request.headers.get("content-type", "")))
    if suffix is None:
        raise Problem("unsupported-media-type", f"Send {JSON} eller {TOML}.")
    data = await request.body()
    if len(data) > LARGEST_FILE:
        raise Problem("too-large", f"Indholdet er over {LARGEST_FILE // 1024} kB.")
    try:
        text = data.decode("utf-8-sig")
        document = parse_document(text, Path(f"indhold{suffix}"))
    except UnicodeDecodeError:
        raise Problem("malformed", "Indholdet er ikke gemt som UTF-8.") from None
    except FaultyInput as error:
        errors = [{**place(fault), "table": None, "pointer": "#"} for fault in error.faults]
        raise Problem("malformed", "Indholdet kan ikke læses.", errors=errors) from None
    _refuse_unfit(document, "#", 0)
    return Sent(suffix, text, dict(document))


def _refuse_unfit(value: object, pointer: str, depth: int) -> None:
    """Refuse what no database or answer can hold: control characters, half characters, endless nesting."""
    if depth > DEEPEST:
        raise _unfit("Der er for mange niveauer.", pointer)
    if isinstance(value, str) and _UNFIT.search(value):
        raise _unfit("Teksten har usynlige styretegn eller halve tegn. Skriv den igen uden dem.", pointer)
    if isinstance(value, dict):
        for key, inner in value.items():
            if _UNFIT.search(key):
                raise _unfit("En nøgle har usynlige styretegn eller halve tegn.", pointer)
            _refuse_unfit(inner, f"{pointer}/{escaped(key)}", depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _refuse_unfit(inner, f"{pointer}/{number}", depth + 1)


def escaped(part: str) -> str:
    """A key as a part of a JSON Pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1")[:100]


def _unfit(detail: str, pointer: str) -> Problem:
    return Problem("invalid", "Ret felterne, og send igen.", errors=[{"detail": detail, "pointer": pointer}])
