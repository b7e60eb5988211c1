"""The case file as plain values, with every decimal number exactly as written."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.documents import LARGEST_FILE, read_document


def read_decimals(path: Path) -> dict[str, Any]:
    """The content of a TOML file; decimal numbers are :class:`~decimal.Decimal`.

    Raises:
        FaultyInput: no such file, too large, not UTF-8, not TOML (with the line), or empty.
    """
    if not path.is_file():
        _refuse(path, "Filen findes ikke." if not path.exists() else "Det er ikke en fil.", "Ret stien til sagen.")
    if path.suffix.lower() != ".toml":
        _refuse(path, "En sag skal ligge i en fil, der ender på .toml.", "Omdøb filen, eller vælg en anden.")
    if path.stat().st_size > LARGEST_FILE:
        _refuse(path, f"Filen er over {LARGEST_FILE // 1024} kB.", "Del sagen i flere, eller vælg en anden fil.")
    read_document(path)  # says what is wrong with a file that can't be read, line by line
    document = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    if not document:
        _refuse(path, "Filen er tom.", "Skriv afsnittene [offer], [[use]] og [scheme].")
    return document


def _refuse(path: Path, message: str, mend: str) -> NoReturn:
    raise FaultyInput([Fault(message, mend, table=path.name)])
