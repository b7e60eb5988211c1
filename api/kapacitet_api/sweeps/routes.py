"""``/sweeps``."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.paging import MOST, mark, place_of
from kapacitet_api.problems import documented
from kapacitet_api.results.formats import TYPES, chosen, content_type
from kapacitet_api.results.privacy import refuse_own_only
from kapacitet_api.results.reading import results_of
from kapacitet_api.results.routes import attached
from kapacitet_api.results.writing import csv_bytes
from kapacitet_api.service import service_of
from kapacitet_api.sweeps import repository, service, showing
from kapacitet_api.sweeps.schemas import Sweep, SweepList, SweepRequest

router = APIRouter(prefix="/sweeps", tags=["serier"])
Reader = Annotated[Principal, Depends(require(Scope.READ))]
Planner = Annotated[Principal, Depends(require(Scope.PLAN))]
SweepId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Seriens id.")]
WHOLE = "Serien"


@router.post("", status_code=202, responses=documented(400, 409, 413))
def create_sweep(
    request: Request,
    response: Response,
    principal: Planner,
    wanted: SweepRequest,
    idempotency_key: Annotated[
        str | None,
        Header(pattern=r"^[!-~]{1,255}$", description="En gentagelse med samme nøgle giver den samme serie."),
    ] = None,
) -> Sweep:
    """Sæt en serie i kø: alle kombinationer af værdier, eller en front. Det, der er regnet før, regnes ikke igen."""
    sweep, new = service.create(service_of(request), results_of(request), principal, wanted, idempotency_key)
    response.headers["Location"] = str(request.app.url_path_for("read_sweep", id=sweep.id))
    if not new:
        response.headers["Idempotent-Replayed"] = "true"
    return sweep


@router.get("", responses=documented())
def list_sweeps(
    request: Request,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="next fra siden før.")] = None,
) -> SweepList:
    """Serier, de nyeste først, med antallet af kørsler i hver tilstand."""
    place = place_of(after)
    with service_of(request).database.read() as connection:
        rows = repository.list_sweeps(connection, limit=limit + 1, after=place)
        items = showing.counts(connection, rows[:limit])
    last = mark(items[-1].created_at, items[-1].id) if len(rows) > limit else None
    return SweepList(items=items, next=last)


@router.get(
    "/{id}",
    response_model=Sweep,
    responses=documented(404, 406) | {200: {"content": {TYPES["csv"]: {"schema": {"type": "string"}}}}},
)
def read_sweep(
    request: Request,
    principal: Reader,
    id: SweepId,
    format: Annotated[str | None, Query(max_length=20, description="json eller csv.")] = None,
) -> Sweep | Response:
    """En serie: hvor langt den er, og en tabel over punkterne med nøgletal, efterhånden som de er regnet."""
    refuse_own_only(principal, WHOLE)
    kind = chosen(request, format, ("json", "csv"))
    found = service.find(service_of(request), results_of(request), id)
    if kind == "json":
        return found
    content = csv_bytes(pd.DataFrame(showing.flat(found)))
    return Response(content, headers=attached(f"{id}.csv"), media_type=content_type(kind))


@router.post("/{id}/cancel", status_code=202, responses=documented(404, 413))
def cancel_sweep(request: Request, principal: Planner, id: SweepId) -> Sweep:
    """Stands alle seriens kørsler, der ikke er færdige. Egne serier; sekretariatet kan standse alle."""
    return service.cancel(service_of(request), results_of(request), principal, id)
