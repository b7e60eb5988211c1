"""``/runs/{id}/tables``, ``/download``, ``/map`` and ``/charts``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.responses import JSONResponse

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.conditional import answered, has_it, headers, tag_of, unchanged
from kapacitet_api.problems import documented
from kapacitet_api.results import service
from kapacitet_api.results.filters import filtered, wanted
from kapacitet_api.results.formats import TYPES, chosen, content_type
from kapacitet_api.results.privacy import refuse_own_only, visible
from kapacitet_api.results.reading import meaning_of, results_of
from kapacitet_api.results.schemas import ChartList, FeatureCollection, TableList, TableName, TablePage
from kapacitet_api.results.writing import csv_bytes, parquet_bytes, rows, workbook_bytes
from kapacitet_api.service import service_of

router = APIRouter(prefix="/runs/{id}", tags=["resultater"])
Reader = Annotated[Principal, Depends(require(Scope.READ))]
RunId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Kørslens id.")]
Format = Annotated[
    str | None, Query(max_length=20, description="json, csv, parquet eller xlsx; går forud for Accept.")
]
FORMATS = tuple(TYPES)
MOST_ROWS = 10_000
GEOJSON, ZIP = "application/geo+json", "application/zip"
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILES = {TYPES["csv"]: {"schema": {"type": "string"}}, TYPES["parquet"]: _BINARY, TYPES["xlsx"]: _BINARY}
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Uændret siden sidst (If-None-Match)."}}
_FILTERS = {
    "parameters": [
        {
            "name": "kolonne",
            "in": "query",
            "required": False,
            "style": "form",
            "explode": True,
            "description": "Kun rækker, hvor kolonnen har værdien, fx municipality=561&year=2030. En kolonne, der er "
            "nævnt flere gange, må have en af værdierne.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ]
}


@router.get("/tables", response_model=TableList, responses=documented(404, 409) | _UNCHANGED)
def list_tables(request: Request, principal: Reader, id: RunId) -> Response:
    """Kørslens tabeller: hvad de er, deres kolonner og enheder, og hvor mange rækker du kan se."""
    row = service.finished(service_of(request).database, id)
    return answered(request, service.table_list(results_of(request), row, principal.own))


@router.get(
    "/tables/{name}",
    response_model=TablePage,
    openapi_extra=_FILTERS,
    responses=documented(404, 406, 409) | _UNCHANGED | {200: {"content": _FILES}},
)
def read_table(
    request: Request,
    principal: Reader,
    id: RunId,
    name: Annotated[TableName, Path(description="Tabellens navn.")],
    format: Format = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rækker på en side (kun JSON).")] = 1000,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="next fra siden før (kun JSON).")] = 0,
) -> Response:
    """En tabel som JSON i sider, eller hel som CSV, Parquet eller Excel. Beløb i kr., pladser i helårspladser."""
    results, own = results_of(request), principal.own
    row = service.finished(service_of(request).database, id)
    kind = chosen(request, format, FORMATS)
    service.checked_name(results, row, name)
    asked = wanted(request.query_params.multi_items())
    seen = visible(name, results.table(row.result_sha256, name), own)
    page = (limit, after) if kind == "json" else ()
    tag = tag_of(id, row.result_sha256, name, kind, own, page, sorted((key, *sorted(v)) for key, v in asked.items()))
    found = filtered(seen, asked)
    if has_it(request, tag):
        return unchanged(tag)
    title = service.title_of(name)
    if kind == "json":
        shown = rows(found.iloc[after : after + limit])
        more = after + limit < len(found)
        body = {"run": id, "name": name, "title": title, "total": len(found), "items": shown}
        return JSONResponse({**body, "next": after + limit if more else None}, headers=headers(tag))
    meanings = {str(column): meaning_of(name, str(column), found[column]) for column in found.columns}
    if kind == "csv":
        content = csv_bytes(found)
    elif kind == "parquet":
        content = parquet_bytes(found, meanings)
    else:
        content = workbook_bytes(title, found, meanings)
    return Response(content, headers={**headers(tag), **attached(f"{name}.{kind}")}, media_type=content_type(kind))


@router.get(
    "/download",
    response_class=Response,
    responses=documented(404, 409) | _UNCHANGED | {200: {"content": {ZIP: _BINARY}}},
)
def download_result(request: Request, principal: Reader, id: RunId) -> Response:
    """Hele resultatet som zip: tabeller, scenarie, nøgletal og planen i ord."""
    row = service.finished(service_of(request).database, id)
    refuse_own_only(principal, "Hele resultatet")
    tag = tag_of(id, row.result_sha256, "zip")
    if has_it(request, tag):
        return unchanged(tag)
    content = results_of(request).archive(row.result_sha256)
    return Response(content, headers={**headers(tag), **attached(f"{id}.zip")}, media_type=ZIP)


class GeoJson(JSONResponse):
    """How the map is described; what is sent is made already."""

    media_type = GEOJSON


@router.get(
    "/map", response_class=GeoJson, response_model=FeatureCollection, responses=documented(404, 409) | _UNCHANGED
)
def read_map(
    request: Request,
    principal: Reader,
    id: RunId,
    year: Annotated[int | None, Query(ge=1900, le=2200, description="Planens første år, hvis det mangler.")] = None,
) -> Response:
    """Kort over et år som GeoJSON: kommuner med behov, pladser, belægning og regnskab, og tilbud og kandidater."""
    database, own = service_of(request).database, principal.own
    row = service.finished(database, id)
    content = service.map_bytes(database, results_of(request), row, year, own)
    return _kept(request, content, tag_of(id, row.result_sha256, "map", year, own), GEOJSON)


@router.get("/charts", response_model=ChartList, responses=documented(404, 409) | _UNCHANGED)
def list_charts(request: Request, principal: Reader, id: RunId) -> Response:
    """De diagrammer, kørslen har noget at vise i."""
    database = service_of(request).database
    row = service.finished(database, id)
    found = service.chart_list(database, results_of(request), row, principal.own)
    return answered(request, found)


@router.get("/charts/{name}", response_class=JSONResponse, responses=documented(404, 409) | _UNCHANGED)
def read_chart(
    request: Request,
    principal: Reader,
    id: RunId,
    name: Annotated[TableName, Path(description="Diagrammets navn.")],
) -> Response:
    """Et diagram som Vega-Lite; description er dets tekst til dem, der ikke kan se det."""
    database, own = service_of(request).database, principal.own
    row = service.finished(database, id)
    content = service.chart_bytes(database, results_of(request), row, name, own)
    return _kept(request, content, tag_of(id, row.result_sha256, "chart", name), "application/json")


def attached(name: str) -> dict[str, str]:
    """The header that lets a browser keep the answer as a file; ``name`` is of our own making."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _kept(request: Request, content: bytes, tag: str, kind: str) -> Response:
    if has_it(request, tag):
        return unchanged(tag)
    return Response(content, headers=headers(tag), media_type=kind)
