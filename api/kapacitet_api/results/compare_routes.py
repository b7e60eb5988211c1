"""``/compare``."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from kapacitet.report.result_columns import Meaning
from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.conditional import has_it, headers, tag_of, unchanged
from kapacitet_api.problems import Problem, documented
from kapacitet_api.results import service
from kapacitet_api.results.formats import TYPES, chosen, content_type
from kapacitet_api.results.privacy import refuse_own_only
from kapacitet_api.results.reading import results_of
from kapacitet_api.results.routes import attached
from kapacitet_api.results.schemas import CompareAnswer, CompareLine
from kapacitet_api.results.writing import csv_bytes, workbook_bytes
from kapacitet_api.service import service_of

router = APIRouter(tags=["resultater"])
FEWEST, MOST = 2, 8
FORMATS = ("json", "csv", "xlsx")
_ID = re.compile(r"[0-9a-f-]{36}")


@router.get(
    "/compare",
    response_model=CompareAnswer,
    responses=documented(404, 406, 409)
    | {
        200: {
            "content": {
                TYPES["csv"]: {"schema": {"type": "string"}},
                TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        304: {"description": "Uændret siden sidst (If-None-Match)."},
    },
)
def compare_runs(
    request: Request,
    principal: Annotated[Principal, Depends(require(Scope.READ))],
    runs: Annotated[str, Query(max_length=400, description="Id'er på 2 til 8 kørsler med komma imellem.")],
    format: Annotated[str | None, Query(max_length=20, description="json, csv eller xlsx.")] = None,
) -> Response:
    """Planer side om side: hvad de bygger, koster og dækker, og hvem der betaler; der måles mod den første."""
    ids = _ids(runs)
    refuse_own_only(principal, "Sammenligningen")
    database, results = service_of(request).database, results_of(request)
    kind = chosen(request, format, FORMATS)
    rows = [service.finished(database, id) for id in ids]
    tag = tag_of("compare", kind, *ids, *(row.result_sha256 for row in rows))
    if has_it(request, tag):
        return unchanged(tag)
    found = service.comparison(results, rows)
    if kind == "json":
        lines = [
            CompareLine(
                part=line.part,
                title=line.title,
                values=[float(value) if isinstance(value, float | int) else value for value in line.values],
                texts=list(line.texts),
                differs=[text != line.texts[0] for text in line.texts],
            )
            for line in found.lines
        ]
        body = CompareAnswer(runs=ids, columns=list(found.columns), lines=lines, remarks=list(found.remarks))
        return Response(body.model_dump_json(), headers=headers(tag), media_type="application/json")
    table = found.table()
    meanings = {
        str(name): Meaning("", kind="text" if name in ("del", "emne") else "number") for name in table.columns
    }
    content = csv_bytes(table) if kind == "csv" else workbook_bytes("Sammenligning", table, meanings)
    sent = {**headers(tag), **attached(f"sammenligning.{kind}")}
    return Response(content, headers=sent, media_type=content_type(kind))


def _ids(text: str) -> list[str]:
    found = [part.strip() for part in text.split(",")]
    wrong = next((one for one in found if not _ID.fullmatch(one)), None)
    detail = ""
    if wrong is not None:
        detail = "Er ikke et gyldigt id."
    elif len(set(found)) < len(found):
        detail = "Den samme kørsel er nævnt to gange."
    elif not FEWEST <= len(found) <= MOST:
        detail = f"Nævn {FEWEST} til {MOST} kørsler."
    if detail:
        errors = [{"detail": detail, "parameter": "runs", "value": None if wrong is None else wrong[:60]}]
        raise Problem("invalid", "Ret felterne, og send igen.", errors=errors)
    return found
