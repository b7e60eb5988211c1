"""Who asks, and what it may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Scope(StrEnum):
    """What may be done, each including those before it."""

    READ_PUBLIC = "read:public"
    READ = "read"
    PLAN = "plan"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Place in the order."""
        return list(Scope).index(self)


type Role = Literal["laeser", "planlaegger", "sekretariat"]
ROLES: dict[Role, Scope] = {"laeser": Scope.READ, "planlaegger": Scope.PLAN, "sekretariat": Scope.ADMIN}
"""Role -> the most it may."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or a program that has shown who it is.

    Attributes:
        id: lasting id, such as ``key:…`` or ``user:…``; stands in the audit log.
        name: for readers.
        role: of a person; None for a key.
        scopes: given scopes, each with all below it.
        municipality: the municipality a municipal user belongs to.
    """

    id: str
    name: str
    kind: Literal["user", "key"]
    role: Role | None
    scopes: frozenset[Scope]
    municipality: str | None = None

    def may(self, scope: Scope) -> bool:
        """Whether it has ``scope`` or more."""
        return any(given.rank >= scope.rank for given in self.scopes)

    @property
    def own_only(self) -> bool:
        """Whether it sees no more than its own municipality, and what is safe to publish."""
        return self.own is not None

    @property
    def own(self) -> str | None:
        """The code of the municipality whose rows alone it may see; None if it may see all."""
        return None if self.may(Scope.PLAN) else self.municipality
