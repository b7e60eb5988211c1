"""Every key of a scenario with its Danish title, explanation, unit, default and where its value comes from.

The page's form, the diff and every output that names a lever read it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kapacitet.scenario.fields import ASSUMPTION
from kapacitet.scenario.models import Scenario


@dataclass(frozen=True, slots=True)
class LeverInfo:
    """One key of a scenario.

    Attributes:
        key: path with dots, as ``costs.discount_rate``.
        section: Danish title of its section; empty for the keys at the top.
        title, explanation, unit: Danish.
        default: its value when it isn't named; None also for the keys that must be.
        source: where ``sourced`` comes from, or "planlæggerens antagelse".
        sourced: the value that the source states.
    """

    key: str
    section: str
    title: str
    explanation: str
    unit: str
    default: object
    source: str
    sourced: object

    def source_of(self, value: object) -> str:
        """Where ``value`` comes from: the source if it states just that, else the planner's assumption."""
        return self.source if value == self.sourced else ASSUMPTION


@cache
def catalogue() -> dict[str, LeverInfo]:
    """Every key by its path, in the order of the contract."""
    return {info.key: info for info in _entries(Scenario, "", "")}


def lever_info(key: str) -> LeverInfo:
    """The lever of ``key``; a path below one (``levers.takst_cap.autisme``) gives the lever it belongs to.

    Raises:
        KeyError: no lever holds the path.
    """
    known = catalogue()
    parts = key.split(".")
    for length in range(len(parts), 0, -1):
        if (shorter := ".".join(parts[:length])) in known:
            return known[shorter]
    raise KeyError(key)


def value_of(scenario: Scenario, key: str) -> object:
    """The value of ``scenario`` at a key of the catalogue."""
    here: object = scenario
    for part in key.split("."):
        here = getattr(here, part)
    return here


def sources(scenario: Scenario) -> dict[str, str]:
    """Where each value of ``scenario`` comes from, by key; what has no source is the planner's assumption."""
    return {key: info.source_of(value_of(scenario, key)) for key, info in catalogue().items() if "." in key}


def _entries(model: type[BaseModel], prefix: str, section: str) -> Iterator[LeverInfo]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _entries(field.annotation, f"{prefix}{name}.", field.title or name)
        else:
            yield _info(prefix + name, section, field)


def _info(key: str, section: str, field: FieldInfo) -> LeverInfo:
    extra: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    default = None if field.default in (PydanticUndefined, ...) else field.default
    return LeverInfo(
        key=key,
        section=section,
        title=field.title or key,
        explanation=field.description or "",
        unit=str(extra.get("unit", "")),
        default=default,
        source=str(extra.get("source", ASSUMPTION)),
        sourced=extra.get("sourced", default),
    )
