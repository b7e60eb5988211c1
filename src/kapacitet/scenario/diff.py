"""What differs between two scenarios, key by key, in words a planner reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kapacitet.scenario.catalogue import catalogue, value_of
from kapacitet.scenario.models import Scenario
from kapacitet.scenario.wording import worded


@dataclass(frozen=True, slots=True)
class Change:
    """One key whose value differs.

    Attributes:
        key: path with dots; entries of a table one by one (``levers.takst_cap.autisme``).
        old, new: the values; None where there is none.
        title: Danish title of the lever, with the entry's name.
        unit: Danish unit.
    """

    key: str
    old: object
    new: object
    title: str
    unit: str

    def text(self) -> str:
        """The change as a Danish sentence."""
        old, new = worded(self.old, self.unit), worded(self.new, self.unit)
        if isinstance(self.old, tuple) and isinstance(self.new, tuple) and not self.unit:
            return f"{self.title}: {self._of_lists(self.old, self.new)}."
        return f"{self.title}: fra {old} til {new}."

    @staticmethod
    def _of_lists(old: tuple[object, ...], new: tuple[object, ...]) -> str:
        added = tuple(entry for entry in new if entry not in old)
        removed = tuple(entry for entry in old if entry not in new)
        parts = [
            f"{verb} {worded(entries)}" for verb, entries in (("tilføjet", added), ("fjernet", removed)) if entries
        ]
        return "; ".join(parts) or f"ny rækkefølge {worded(new)}"


def diff(old: Scenario, new: Scenario) -> tuple[Change, ...]:
    """Every difference from ``old`` to ``new``, in the order of the contract; names don't count."""
    changes: list[Change] = []
    for key, info in catalogue().items():
        if key in ("name", "description", "base"):
            continue
        for path, title, before, after in _pairs(key, info.title, value_of(old, key), value_of(new, key)):
            changes.append(Change(path, before, after, title, info.unit))
    return tuple(changes)


def _pairs(key: str, title: str, old: object, new: object) -> Iterator[tuple[str, str, object, object]]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for entry in sorted({*old, *new}, key=str):
            yield from _pairs(f"{key}.{entry}", f"{title} ({entry})", old.get(entry), new.get(entry))
    else:
        yield key, title, old, new
