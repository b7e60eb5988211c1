"""``/me``: who asks, and where it is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from kapacitet_api.access import sessions
from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.schemas import Me, Session, SessionList
from kapacitet_api.audit.repository import record
from kapacitet_api.problems import Problem, documented
from kapacitet_api.service import service_of

router = APIRouter(prefix="/me", tags=["adgang"])
Anybody = Annotated[Principal, Depends(require(Scope.READ_PUBLIC))]
SessionId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Sessionens id.")]


@router.get("", responses=documented())
def read_me(principal: Anybody) -> Me:
    """Hvem du er, og hvad du har adgang til."""
    return Me(
        id=principal.id,
        name=principal.name,
        kind=principal.kind,
        role=principal.role,
        scopes=sorted(principal.scopes, key=lambda scope: scope.rank),
        municipality=principal.municipality,
        own_only=principal.own_only,
    )


@router.get("/sessions", responses=documented())
def list_sessions(request: Request, principal: Anybody) -> SessionList:
    """De steder, du er logget ind. En nøgle har ingen sessioner."""
    with service_of(request).database.read() as connection:
        rows = sessions.living(connection, _user(principal))
    return SessionList(items=[Session.model_validate(row, from_attributes=True) for row in rows])


@router.delete("/sessions/{id}", status_code=204, responses=documented(404))
def end_session(request: Request, principal: Anybody, id: SessionId) -> None:
    """Log ud et af de steder, du er logget ind."""
    with service_of(request).database.write() as connection:
        if sessions.end_own(connection, _user(principal), id) is None:
            raise Problem("not-found", "Du har ingen session med det id.")
        record(connection, principal.id, "session.end", _user(principal))


def _user(principal: Principal) -> str:
    """The user's id; a key's is no user's."""
    return principal.id.removeprefix("user:")
