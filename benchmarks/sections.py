"""Reports of which each section is written over when it is measured again, and the others stay as they are."""

from __future__ import annotations

import re
from pathlib import Path


def write_section(path: Path, name: str, text: str, title: str = "") -> None:
    """Put a section into a report in place of the one of that name, or last.

    Args:
        title: how a report begins that doesn't exist yet.
    """
    parts = split(path.read_text(encoding="utf-8") if path.is_file() else title)
    section = f"## {name}\n\n{text}"
    places = [i for i, part in enumerate(parts) if name_of(part) == name]
    if places:
        parts[places[0]] = section
    else:
        parts.append(section)
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def split(whole: str) -> list[str]:
    """What is before the first section, and each section."""
    return re.split(r"\n+(?=## )", whole.rstrip())


def name_of(part: str) -> str:
    """The name of a section; blank for what is before the first."""
    first, *_ = part.splitlines() or [""]
    return first.removeprefix("## ") if first.startswith("## ") else ""
