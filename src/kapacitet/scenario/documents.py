"""Reading and writing scenario documents (TOML, JSON) as plain dicts, with faults in Danish."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import tomli_w

from kapacitet.faults import Fault, FaultyInput, system_message

Document = Mapping[str, Any]
LARGEST_FILE = 256 * 1024
SUFFIXES = (".toml", ".json")

_DANISH_NUMBER = re.compile(r"=\s*-?[\d.]*\d(,\d|\.\d{3}\.)")
_SAME_KEY = re.compile(r"Cannot (overwrite|declare)|already|Cannot mutate")


def read_document(path: Path) -> Document:
    """The content of a TOML or JSON file as it stands, unchecked.

    Raises:
        FaultyInput: no such file, too large, not UTF-8, or not TOML or JSON (with the line).
    """
    if path.suffix.lower() not in SUFFIXES:
        _refuse(path, "En scenariefil skal ende på .toml eller .json.", "Omdøb filen, eller vælg en anden.")
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except (FileNotFoundError, ValueError):
        _refuse(path, "Filen findes ikke.", "Ret stien, eller brug id på et medfølgende scenarie.")
    except IsADirectoryError:
        _refuse(path, "Stien er en mappe, ikke en fil.", "Angiv scenariefilen i mappen.")
    except OSError as error:
        _refuse(path, "Filen kan ikke læses.", system_message(error) or "Kontrollér filen og dens rettigheder.")
    if len(raw) > LARGEST_FILE:
        _refuse(
            path,
            f"Filen er over {LARGEST_FILE // 1024} kB.",
            "Et scenarie er nogle få linjer; vælg en anden fil.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        _refuse(path, "Filen er ikke gemt som UTF-8.", "Gem den igen med kodningen UTF-8.", row=line)
    return parse_document(text, path)


def parse_document(text: str, path: Path) -> Document:
    """The content of a TOML or JSON text as it stands, unchecked.

    Args:
        path: tells by its ending which of the two it is, and its name stands in faults; it isn't opened.

    Raises:
        FaultyInput: it is not TOML or JSON (with the line).
    """
    return _parse_json(path, text) if path.suffix.lower() == ".json" else _parse_toml(path, text)


def document_text(document: Document, suffix: str) -> str:
    """``document`` as TOML, or as JSON where ``suffix`` is ``.json``; TOML leaves out empty keys (null)."""
    if suffix.lower() == ".json":
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return tomli_w.dumps(_without_none(document))


def _without_none(document: Document) -> dict[str, Any]:
    return {
        key: _without_none(value) if isinstance(value, Mapping) else value
        for key, value in document.items()
        if value is not None
    }


def _parse_toml(path: Path, text: str) -> Document:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        lines = text.splitlines()
        found = re.search(r"at line (\d+)", str(error))
        row = int(found.group(1)) if found else max(len(lines), 1)
        line = lines[row - 1].strip() if row <= len(lines) else ""
        _refuse(
            path,
            "Linjen kan ikke læses som TOML.",
            _toml_mend(line, str(error)),
            row=row,
            value=line[:80] or None,
        )
    except (ValueError, RecursionError):
        _refuse(
            path,
            "Filen kan ikke læses som TOML.",
            "Der er et alt for stort tal eller alt for mange niveauer i den.",
        )


def _toml_mend(line: str, reason: str) -> str:
    if _DANISH_NUMBER.search(line):
        return "Skriv decimaltal med punktum (0.03) og store tal uden punktummer (4000000 eller 4_000_000)."
    if _SAME_KEY.search(reason):
        return "Samme nøgle eller afsnit står to gange; slet den ene."
    if "=" not in line and not line.startswith("["):
        return "Hver linje skal være nøgle = værdi, et [afsnit] eller en bemærkning med # foran."
    return "Tekst skal stå i anførselstegn, lister i kantede parenteser, og hver nøgle på sin egen linje."


def _parse_json(path: Path, text: str) -> Document:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
        if twice:
            faults = [Fault("Nøglen står to gange.", "Slet den ene.", table=path.name, column=key) for key in twice]
            raise FaultyInput(faults)
        return dict(pairs)

    try:
        document = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        _refuse(
            path,
            "Filen kan ikke læses som JSON.",
            "Se efter manglende komma, parentes eller anførselstegn.",
            row=error.lineno,
        )
    except FaultyInput:
        raise
    except (ValueError, RecursionError):
        _refuse(
            path,
            "Filen kan ikke læses som JSON.",
            "Der er et alt for stort tal eller alt for mange niveauer i den.",
        )
    if not isinstance(document, dict):
        _refuse(path, "Et scenarie skal være et JSON-objekt.", "Sæt nøglerne i krøllede parenteser.")
    return document


def _refuse(path: Path, message: str, mend: str, *, row: int | None = None, value: str | None = None) -> NoReturn:
    raise FaultyInput([Fault(message, mend, table=path.name, row=row, value=value)])
