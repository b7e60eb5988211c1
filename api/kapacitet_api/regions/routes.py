"""``/regions``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from kapacitet.region import TABLES
from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.body_limit import FILES, WORKBOOK, ZIP, media_type
from kapacitet_api.conditional import has_it, headers, unchanged
from kapacitet_api.negotiation import wanted
from kapacitet_api.problems import Problem, documented
from kapacitet_api.regions import repository, service, uploads
from kapacitet_api.regions.hands import Hands
from kapacitet_api.regions.schemas import (
    ColumnBrief,
    Dataset,
    DatasetDiff,
    DatasetList,
    Limit,
    Region,
    RegionId,
    RegionList,
    TableName,
    TableRows,
    Version,
)
from kapacitet_api.regions.stored import Stored, records, rows_of
from kapacitet_api.runs.scratch import scratch
from kapacitet_api.scenarios.repository import count_scenarios
from kapacitet_api.service import service_of

router = APIRouter(prefix="/regions", tags=["regioner"])
Reader = Annotated[Principal, Depends(require(Scope.READ))]
Planner = Annotated[Principal, Depends(require(Scope.PLAN))]
After = Annotated[str | None, Query(pattern=r"^[0-9]{1,9}$", description="next fra siden før.")]
CSV = "text/csv; charset=utf-8"
_JSON = {"json": "application/json"}
_SINGLE: dict[int | str, dict[str, Any]] = {304: {"description": "Du har det allerede."}}
_TEXT = {"schema": {"type": "string"}}
_BYTES = {"schema": {"type": "string", "format": "binary"}}


def hands_of(request: Request) -> Hands:
    """The processes of the application."""
    hands: Hands = request.app.state.hands
    return hands


@router.get("", responses=documented())
def list_regions(
    request: Request,
    principal: Reader,
    limit: Limit = 50,
    after: Annotated[str | None, Query(pattern=r"^[a-z0-9._-]{1,80}$", description="next fra siden før.")] = None,
) -> RegionList:
    """Regioner efter id, hver med sit nyeste datasæt."""
    here = service_of(request)
    with here.database.read() as connection:
        rows = repository.list_regions(connection, limit=limit + 1, after=after)
        scenarios = count_scenarios(connection)
    shown = [service.region_shown(here, hands_of(request), row, scenarios.get(row.region, 0)) for row in rows[:limit]]
    return RegionList(items=shown, next=shown[-1].id if len(rows) > limit else None)


@router.get("/{id}", responses=documented(404))
def read_region(request: Request, principal: Reader, id: RegionId) -> Region:
    """En region og dens nyeste datasæt."""
    here = service_of(request)
    with here.database.read() as connection:
        rows = repository.list_regions(connection, limit=1, only=id)
        scenarios = count_scenarios(connection)
    if not rows:
        raise _unknown()
    return service.region_shown(here, hands_of(request), rows[0], scenarios.get(id, 0))


@router.get("/{id}/datasets", responses=documented(404))
def list_datasets(
    request: Request, principal: Reader, id: RegionId, limit: Limit = 50, after: After = None
) -> DatasetList:
    """En regions datasæt, de nyeste først."""
    with service_of(request).database.read() as connection:
        rows = repository.list_datasets(connection, id, limit=limit + 1, below=None if after is None else int(after))
        if not rows and repository.newest_dataset(connection, id) is None:
            raise _unknown()
    more = str(rows[limit - 1].version) if len(rows) > limit else None
    return DatasetList(items=[service.brief(row) for row in rows[:limit]], next=more)


@router.post(
    "/{id}/datasets",
    status_code=201,
    responses=documented(400, 413, 415)
    | {200: {"description": "Det nyeste datasæt har samme indhold.", "model": Dataset}},
    openapi_extra={"requestBody": {"required": True, "content": {ZIP: _BYTES, WORKBOOK: _BYTES}}},
)
async def create_dataset(
    request: Request,
    response: Response,
    principal: Planner,
    id: RegionId,
    note: Annotated[str, Query(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$", description="Hvad der er nyt.")] = "",
) -> Dataset:
    """Send en regions data som zip eller Excel. Alt kontrolleres, før det gemmes; alle fejl fortælles på én gang."""
    here, hands = service_of(request), hands_of(request)
    kind = media_type(request.headers.get("content-type", ""))
    if kind not in FILES:
        mend = " Gem projektmappen uden makroer." if "macroenabled" in kind else ""
        detail = f"Send en zip ({ZIP}) eller en projektmappe ({WORKBOOK}) med den Content-Type.{mend}"
        raise Problem("unsupported-media-type", detail)
    with hands.receiving(), scratch() as folder:
        file = folder / f"fil{FILES[kind]}"
        await uploads.receive(request, file)
        row, new = await run_in_threadpool(uploads.keep, here, hands, principal, id, file, note.strip())
        shown = await run_in_threadpool(service.shown, here, hands, row, principal)
    response.status_code = 201 if new else 200
    place = request.app.url_path_for("read_dataset", id=row.region, version=str(row.version))
    response.headers.update({"Location": str(place), "ETag": service.tag(row, "json", "")})
    return shown


@router.get("/{id}/datasets/{version}", response_model=Dataset, responses=documented(404) | _SINGLE)
def read_dataset(request: Request, principal: Reader, id: RegionId, version: Version) -> Response:
    """Et datasæt: hvad der er i det, og hvad kontrollen har at sige."""
    here = service_of(request)
    with here.database.read() as connection:
        row = service.find(connection, id, version)
    tag = service.tag(row, "json", principal.own or "")
    if has_it(request, tag):
        return unchanged(tag)
    found = service.shown(here, hands_of(request), row, principal)
    return Response(found.model_dump_json(), headers=headers(tag), media_type=_JSON["json"])


@router.get(
    "/{id}/datasets/{version}/tables/{name}",
    response_model=TableRows,
    responses=documented(404, 406) | _SINGLE | {200: {"content": {CSV: _TEXT}}},
)
def read_dataset_table(
    request: Request,
    principal: Reader,
    id: RegionId,
    version: Version,
    name: TableName,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    after: After = None,
    format: Annotated[Literal["json", "csv"] | None, Query(description="Ellers efter Accept.")] = None,
) -> Response:
    """En tabel, en side ad gangen som JSON eller hele tabellen som CSV. En kommunes læser ser sin egen kommune."""
    here, bound = service_of(request), principal.own
    with here.database.read() as connection:
        row = service.find(connection, id, version)
    if name not in TABLES:
        raise Problem("not-found", f"Tabellen findes ikke. Tabellerne er {', '.join(TABLES)}.")
    chosen = wanted(request, format, _JSON | {"csv": CSV})
    tag = service.tag(row, "table", name, chosen, bound or "", *((limit, after) if chosen == "json" else ()))
    if has_it(request, tag):
        return unchanged(tag)
    if chosen == "csv":
        named = {"Content-Disposition": f'attachment; filename="{row.id}-{name}.csv"'}
        text = service.table_csv(here, hands_of(request), row, name, bound)
        return Response(text, headers=headers(tag) | named, media_type=CSV)
    raw = rows_of(Stored(service.data_of(here, row)).table(name), bound)
    first = 0 if after is None else int(after)
    page = TableRows(
        table=name,
        title=TABLES[name].title,
        columns=[
            ColumnBrief(name=one.name, kind=one.kind, description=one.description, unit=one.unit)
            for one in TABLES[name].columns
        ],
        total=len(raw.rows),
        items=[dict(one) for one in records(raw, first, limit)],
        next=str(first + limit) if len(raw.rows) > first + limit else None,
    )
    return Response(page.model_dump_json(), headers=headers(tag), media_type=_JSON["json"])


@router.get(
    "/{id}/datasets/{version}/download",
    response_class=Response,
    responses=documented(404, 406) | _SINGLE | {200: {"content": {ZIP: _BYTES, WORKBOOK: _BYTES}}},
)
def download_dataset(
    request: Request,
    principal: Reader,
    id: RegionId,
    version: Version,
    format: Annotated[Literal["zip", "xlsx"] | None, Query(description="Ellers efter Accept.")] = None,
) -> Response:
    """Hele datasættet som zip eller Excel; sendt tilbage er det det samme datasæt."""
    _refuse_bound(principal)
    here = service_of(request)
    with here.database.read() as connection:
        row = service.find(connection, id, version)
    kinds = {"zip": ZIP, "xlsx": WORKBOOK}
    chosen = wanted(request, format, kinds)
    tag = service.tag(row, "download", chosen)
    if has_it(request, tag):
        return unchanged(tag)
    data = service.data_of(here, row) if chosen == "zip" else service.workbook(here, hands_of(request), row)
    named = {"Content-Disposition": f'attachment; filename="{row.id}.{chosen}"'}
    return Response(data, headers=headers(tag) | named, media_type=kinds[chosen])


@router.get("/{id}/datasets/{version}/diff", response_model=DatasetDiff, responses=documented(404) | _SINGLE)
def diff_datasets(
    request: Request,
    principal: Reader,
    id: RegionId,
    version: Version,
    old: Annotated[
        int | None, Query(alias="from", ge=1, le=2**31 - 1, description="Versionen før, hvis den ikke er nævnt.")
    ] = None,
    table: Annotated[str | None, Query(pattern=r"^[a-z_]{1,60}$", description="Kun denne tabels rækker.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    after: After = None,
) -> Response:
    """Hvad der er nyt, væk og ændret fra en version til en anden, række for række efter tabellernes nøgler."""
    _refuse_bound(principal)
    here = service_of(request)
    with here.database.read() as connection:
        new = service.find(connection, id, version)
        before = service.find(connection, id, max(1, version - 1) if old is None else old)
    if table is not None and table not in TABLES:
        raise Problem("not-found", f"Tabellen findes ikke. Tabellerne er {', '.join(TABLES)}.")
    tag = service.tag(new, "diff", before.sha256, table, limit, after)
    if has_it(request, tag):
        return unchanged(tag)
    first = 0 if after is None else int(after)
    found = service.difference(here, hands_of(request), before, new, table=table, first=first, count=limit)
    told: dict[str, Any] = {name: found[name] for name in ("fields", "tables", "outlines")}
    more = str(first + limit) if found["more"] else None
    told |= {"from": before.version, "to": new.version, "items": found["rows"], "next": more}
    body = DatasetDiff.model_validate(told)
    return Response(body.model_dump_json(by_alias=True), headers=headers(tag), media_type=_JSON["json"])


def _refuse_bound(principal: Principal) -> None:
    if principal.own_only:
        detail = "Datasættet har alle kommuners tal. Hent din egen kommunes rækker tabel for tabel."
        raise Problem("forbidden", detail)


def _unknown() -> Problem:
    return Problem("not-found", "Der er ingen region med det id.")
