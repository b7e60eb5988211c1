"""From somebody who has shown who it is to a session, if it may come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kapacitet_api.access import user_repository as repository
from kapacitet_api.access.principal import Role
from kapacitet_api.access.sessions import add_session
from kapacitet_api.audit.repository import record
from kapacitet_api.problems import Problem

CLAIM, HAND = "claim", "hand"
"""Who gave a user its role: the provider, at each login anew, or people here, whose word stands."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is.

    Attributes:
        role, municipality: as the provider or the link tells; no role if it doesn't tell, or not enough.
        by: :data:`CLAIM` or :data:`HAND`.
    """

    issuer: str
    subject: str
    name: str
    email: str | None
    role: Role | None
    municipality: str | None
    by: str


def enter(connection: sa.Connection, identity: Identity) -> str | Problem:
    """The token of a new session, or why there is none; what is learned of the user is kept either way."""
    user, new = repository.meet(connection, identity.issuer, identity.subject, identity.name, identity.email)
    principal = f"user:{user.id}"
    if new:
        record(connection, principal, "user.create", user.id)
    if not user.active:
        return Problem("forbidden", "Brugeren er lukket. Bed sekretariatet om at åbne den igen.")
    role = _role(connection, principal, user, identity)
    if role is None:
        record(connection, principal, "login.refuse", user.id, detail={"reason": "no role"})
        detail = "Du er logget ind, men har endnu ingen rolle her. Bed sekretariatet om at give dig en."
        return Problem("forbidden", detail)
    repository.seen(connection, user.id)
    record(connection, principal, "session.create", user.id)
    return add_session(connection, user.id)


def _role(connection: sa.Connection, principal: str, user: sa.Row[Any], identity: Identity) -> str | None:
    """The user's role after what is told of it now."""
    if identity.by == CLAIM and user.role_by == HAND:
        told: str = user.role
        return told
    if (user.role, user.municipality) != (identity.role, identity.municipality):
        given = {"role": identity.role, "municipality": identity.municipality}
        repository.change(connection, user.id, role_by=identity.by if identity.role else None, **given)
        record(connection, principal, "user.change", user.id, detail=given | {"by": identity.by})
    return identity.role
