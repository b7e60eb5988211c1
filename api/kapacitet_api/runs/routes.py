"""``/runs``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.paging import MOST, mark, place_of
from kapacitet_api.problems import documented
from kapacitet_api.runs import repository, service
from kapacitet_api.runs.events import stream
from kapacitet_api.runs.schemas import CancelRequest, Key, Run, RunList, RunRequest
from kapacitet_api.runs.states import State
from kapacitet_api.service import service_of

router = APIRouter(prefix="/runs", tags=["kørsler"])
Reader = Annotated[Principal, Depends(require(Scope.READ))]
Planner = Annotated[Principal, Depends(require(Scope.PLAN))]
RunId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Kørslens id.")]


@router.post("", status_code=202, responses=documented(400, 409, 413))
def create_run(
    request: Request,
    response: Response,
    principal: Planner,
    wanted: RunRequest,
    idempotency_key: Annotated[
        str | None,
        Header(pattern=r"^[!-~]{1,255}$", description="En gentagelse med samme nøgle giver den samme kørsel."),
    ] = None,
) -> Run:
    """Sæt en kørsel i kø."""
    run, new = service.create(service_of(request), principal, wanted, idempotency_key)
    response.headers["Location"] = str(request.app.url_path_for("read_run", id=run.id))
    if not new:
        response.headers["Idempotent-Replayed"] = "true"
    return run


@router.get("", responses=documented())
def list_runs(
    request: Request,
    principal: Reader,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="next fra siden før.")] = None,
    state: State | None = None,
    scenario: Annotated[Key | None, Query()] = None,
    dataset: Annotated[Key | None, Query()] = None,
) -> RunList:
    """Kørsler, de nyeste først."""
    place = place_of(after)
    with service_of(request).database.read() as connection:
        rows = repository.list_runs(
            connection, limit=limit + 1, after=place, state=state, scenario=scenario, dataset=dataset
        )
    more = len(rows) > limit
    shown = rows[:limit]
    return RunList(
        items=[service.shown(row) for row in shown],
        next=mark(shown[-1].created_at, shown[-1].id) if more else None,
    )


@router.get("/{id}", responses=documented(404))
def read_run(request: Request, principal: Reader, id: RunId) -> Run:
    """En kørsel."""
    with service_of(request).database.read() as connection:
        return service.find(connection, id)


@router.post("/{id}/cancel", status_code=202, responses=documented(400, 404, 409, 413))
def cancel_run(request: Request, principal: Planner, id: RunId, wanted: CancelRequest | None = None) -> Run:
    """Stands en kørsel; den er standset inden tre sekunder, med keep_plan så snart planen er beskrevet."""
    keep = wanted is not None and wanted.keep_plan
    return service.cancel(service_of(request), principal, id, keep_plan=keep)


@router.get(
    "/{id}/events",
    response_class=StreamingResponse,
    responses=documented(404) | {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
def run_events(
    request: Request,
    principal: Reader,
    id: RunId,
    last_event_id: Annotated[
        int | None, Header(ge=0, le=2**31 - 1, description="Nummeret på den sidste hændelse, der er modtaget.")
    ] = None,
) -> StreamingResponse:
    """Følg en kørsel: state, progress og til sidst end."""
    here = service_of(request)
    with here.database.read() as connection:
        service.find(connection, id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        stream(here.database, here.watcher, id, last_event_id or 0), headers=headers, media_type="text/event-stream"
    )
