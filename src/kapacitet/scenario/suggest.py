"""The nearest known word to one that isn't known, for the mend of a fault."""

from __future__ import annotations

from collections.abc import Iterable

from kapacitet.region.records import nearest

MOST_LISTED = 12
LONGEST_WORD = 100


def suggestion(word: str, known: Iterable[str]) -> str:
    """A Danish mend: the nearest of ``known``; if none is near all of them, or only to mend it if they are many."""
    names = sorted(set(known))
    by_lower = {name.lower(): name for name in names}
    near = nearest(word[:LONGEST_WORD].lower(), by_lower)
    if near:
        return f"Mente du «{by_lower[near]}»?"
    if not names:
        return "Der er ingen at vælge imellem."
    if len(names) <= MOST_LISTED:
        return "Vælg mellem " + ", ".join(f"«{name}»" for name in names) + "."
    return "Ret navnet."
