"""Names that LP and MPS files accept, unique and stable."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

_UNSAFE = re.compile(r"[^A-Za-z0-9_]")


def safe_names(labels: Sequence[str]) -> tuple[str, ...]:
    """One LP-safe name per label, in order; labels that would clash get their position appended."""
    plain = [_UNSAFE.sub("_", label) for label in labels]
    return tuple(
        name if plain.count(name) == 1 else fresh(f"{name}_n{position}", plain) for position, name in enumerate(plain)
    )


def fresh(name: str, taken: Container[str]) -> str:
    """``name``, with underscores behind it if it is taken."""
    while name in taken:
        name += "_"
    return name
