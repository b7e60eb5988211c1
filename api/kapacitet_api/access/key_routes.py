"""``/keys``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from kapacitet_api.access import key_repository as repository
from kapacitet_api.access import key_service as service
from kapacitet_api.access.guard import require
from kapacitet_api.access.listing import page
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.schemas import Key, KeyList, KeyRequest, NewKey
from kapacitet_api.paging import MOST, place_of
from kapacitet_api.problems import documented
from kapacitet_api.service import service_of

router = APIRouter(prefix="/keys", tags=["adgang"])
Admin = Annotated[Principal, Depends(require(Scope.ADMIN))]
KeyId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Nøglens id.")]


@router.get("", responses=documented())
def list_keys(
    request: Request,
    _: Admin,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="next fra siden før.")] = None,
) -> KeyList:
    """Nøgler, de nyeste først. Selve nøglerne kan ikke ses igen."""
    place = place_of(after)
    with service_of(request).database.read() as connection:
        rows, further = page(repository.list_keys(connection, limit + 1, place), limit)
    return KeyList(items=[service.shown(row) for row in rows], next=further)


@router.post("", status_code=201, responses=documented(400, 413))
def create_key(request: Request, principal: Admin, wanted: KeyRequest) -> NewKey:
    """Lav en nøgle til et program. Den vises kun i dette svar."""
    return service.create(service_of(request).database, principal, wanted)


@router.post("/{id}/revoke", responses=documented(404))
def revoke_key(request: Request, principal: Admin, id: KeyId) -> Key:
    """Tilbagekald en nøgle; den gælder ikke længere fra nu af."""
    return service.revoke(service_of(request).database, principal, id)
