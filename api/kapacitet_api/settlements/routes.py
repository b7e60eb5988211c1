"""``/settlements``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.negotiation import wanted
from kapacitet_api.problems import documented
from kapacitet_api.sent import JSON, TOML, Sent, sent
from kapacitet_api.service import service_of
from kapacitet_api.settlements import service
from kapacitet_api.settlements.schemas import CASE, CASE_TOML, CaseBody, Settlements

router = APIRouter(prefix="/settlements", tags=["underskudsberegner"])
Reader = Annotated[Principal, Depends(require(Scope.READ))]
Body = Annotated[Sent, Depends(sent)]
Asked = Literal[
    "alle",
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
CSV = "text/csv; charset=utf-8"
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": CaseBody.model_json_schema(), "example": CASE},
            TOML: {"schema": {"type": "string"}, "example": CASE_TOML},
        },
    }
}


@router.post(
    "",
    response_model=Settlements,
    responses=documented(400, 406, 413, 415) | {200: {"content": {CSV: {"schema": {"type": "string"}}}}},
    openapi_extra=_BODY,
)
def settle(
    request: Request,
    principal: Reader,
    body: Body,
    scheme: Annotated[Asked | None, Query(description="En ordning; ellers alle, der har det, de skal bruge.")] = None,
    format: Annotated[Literal["json", "csv"] | None, Query(description="Ellers efter Accept.")] = None,
) -> Response:
    """Afregn et botilbud under en eller alle ordninger, på øren. Intet gemmes."""
    chosen = wanted(request, format, {"json": JSON, "csv": CSV})
    found = service.settle(service_of(request), body, scheme)
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if chosen == "csv":
        headers["Content-Disposition"] = 'attachment; filename="afregning.csv"'
        return Response(service.as_csv(found), headers=headers, media_type=CSV)
    return Response(service.answered(found).model_dump_json(), headers=headers, media_type=JSON)
