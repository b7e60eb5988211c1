"""``/audit``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime
from starlette.datastructures import URL

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.audit import repository
from kapacitet_api.audit.schemas import Entry, EntryList
from kapacitet_api.audit.service import as_csv
from kapacitet_api.paging import MOST
from kapacitet_api.problems import documented
from kapacitet_api.service import service_of

router = APIRouter(prefix="/audit", tags=["adgang"])
Admin = Annotated[Principal, Depends(require(Scope.ADMIN))]
VISIBLE = r"^[^\x00-\x1f]*$"
CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("", response_model=EntryList, responses=documented() | CSV)
def list_audit(
    request: Request,
    _: Admin,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="next fra siden før.")] = None,
    who: Annotated[
        str | None, Query(max_length=100, pattern=VISIBLE, description="Hvem, som user:… eller key:….")
    ] = None,
    what: Annotated[
        str | None, Query(max_length=60, pattern=VISIBLE, description="Hvad, som run eller run.create.")
    ] = None,
    object: Annotated[
        str | None, Query(max_length=200, pattern=VISIBLE, description="Det, der blev gjort noget ved.")
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="Fra og med.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Til, men ikke med.")] = None,
    format: Annotated[Literal["json", "csv"], Query()] = "json",
) -> Response | EntryList:
    """Hvem der har gjort hvad, det nyeste først; som CSV står adressen på den næste side i Link."""
    with service_of(request).database.read() as connection:
        rows = repository.list_entries(
            connection,
            limit=limit + 1,
            before=after,
            who=who,
            what=what,
            object=object,
            since=since,
            until=until,
        )
    entries = [Entry.model_validate(row, from_attributes=True) for row in rows[:limit]]
    further = str(entries[-1].id) if len(rows) > limit else None
    if format == "json":
        return EntryList(items=entries, next=further)
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    if further:
        address: URL = request.url.include_query_params(after=further)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return Response(as_csv(entries), media_type="text/csv; charset=utf-8", headers=headers)
