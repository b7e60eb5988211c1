"""``/dashboard/summary``, ``/runs/{id}/publish`` and ``/published``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.conditional import has_it, headers, tag_of, unchanged
from kapacitet_api.dashboard import repository, service
from kapacitet_api.dashboard.schemas import Publication, PublicationList, Summary
from kapacitet_api.paging import MOST, mark, place_of
from kapacitet_api.problems import documented
from kapacitet_api.results.formats import TYPES, chosen, content_type
from kapacitet_api.results.reading import results_of
from kapacitet_api.service import service_of

router = APIRouter(tags=["tavle"])
Admin = Annotated[Principal, Depends(require(Scope.ADMIN))]
RunId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Kørslens id.")]
RegionId = Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]+$", max_length=150, description="Regionens id.")]


@router.get(
    "/dashboard/summary",
    response_model=Summary,
    responses=documented(404, 406)
    | {
        200: {"content": {TYPES["csv"]: {"schema": {"type": "string"}}}},
        304: {"description": "Uændret siden sidst (If-None-Match)."},
    },
)
def dashboard_summary(
    request: Request,
    principal: Annotated[Principal, Depends(require(Scope.READ_PUBLIC))],
    region: RegionId,
    format: Annotated[str | None, Query(max_length=20, description="json eller csv.")] = None,
) -> Response:
    """Det, sekretariatet har offentliggjort for regionen: pladser, behov og belægning med små tal skjult."""
    kind = chosen(request, format, ("json", "csv"))
    results = results_of(request)
    sha256, payload = service.published(service_of(request), results, region)
    tag = tag_of(sha256, kind)
    if has_it(request, tag):
        return unchanged(tag, shared=True)
    content = payload if kind == "json" else service.as_csv(results, sha256, payload)
    return Response(content, headers=headers(tag, shared=True), media_type=content_type(kind))


@router.post("/runs/{id}/publish", responses=documented(404, 409, 413))
def publish_run(request: Request, principal: Admin, id: RunId) -> Publication:
    """Offentliggør en færdig kørsel for dens region i stedet for den, der gælder. De små tal beskyttes først."""
    return service.publish(service_of(request), results_of(request), principal, id)


@router.post("/runs/{id}/unpublish", responses=documented(404, 409, 413))
def unpublish_run(request: Request, principal: Admin, id: RunId) -> Publication:
    """Træk en offentliggjort kørsel tilbage; så er intet offentliggjort for regionen."""
    return service.unpublish(service_of(request), principal, id)


@router.get("/published", responses=documented())
def list_published(
    request: Request,
    principal: Annotated[Principal, Depends(require(Scope.READ))],
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="next fra siden før.")] = None,
    region: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9._-]+$", max_length=150)] = None,
) -> PublicationList:
    """Hvad der er og har været offentliggjort, det nyeste først."""
    place = place_of(after)
    with service_of(request).database.read() as connection:
        rows = repository.list_publications(connection, limit=limit + 1, after=place, region=region)
    more, seen = len(rows) > limit, rows[:limit]
    last = mark(seen[-1].published_at, seen[-1].id) if more else None
    return PublicationList(items=[service.shown(row) for row in seen], next=last)
