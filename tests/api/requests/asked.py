"""What the tests of access ask of a route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapacitet_api.access.principal import Scope


@dataclass(frozen=True)
class Asked:
    """A request to a route, and what is answered to whom.

    Attributes:
        scope: the least that is needed: less is answered 403.
        status: with that scope or more.
        other: to another party with that scope, whom what is asked for doesn't belong to: another planner, or a
            reader of another municipality (tests/api/parties.py).
        content: JSON of the body, if any.
    """

    method: str
    path: str
    scope: Scope
    status: int
    other: int
    content: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
