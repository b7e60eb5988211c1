"""``/users``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from kapacitet_api.access import user_repository as repository
from kapacitet_api.access import users as service
from kapacitet_api.access.guard import require
from kapacitet_api.access.listing import page
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.schemas import User, UserChange, UserList
from kapacitet_api.paging import MOST, place_of
from kapacitet_api.problems import documented
from kapacitet_api.service import service_of

router = APIRouter(prefix="/users", tags=["adgang"])
Admin = Annotated[Principal, Depends(require(Scope.ADMIN))]
UserId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Brugerens id.")]


@router.get("", responses=documented())
def list_users(
    request: Request,
    _: Admin,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="next fra siden før.")] = None,
) -> UserList:
    """Brugere, de nyeste først, også dem, der venter på en rolle."""
    place = place_of(after)
    with service_of(request).database.read() as connection:
        rows, further = page(repository.list_users(connection, limit + 1, place), limit)
    return UserList(items=[User.model_validate(row, from_attributes=True) for row in rows], next=further)


@router.patch("/{id}", responses=documented(400, 404, 409, 413))
def change_user(request: Request, principal: Admin, id: UserId, wanted: UserChange) -> User:
    """Giv en bruger en rolle eller en kommune, luk den eller åbn den igen. Det gælder straks."""
    return service.change(service_of(request).database, principal, id, wanted)
