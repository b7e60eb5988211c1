"""Everything that goes wrong, as problem details (RFC 9457) with a Danish sentence; never a traceback."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from kapacitet.faults import Fault, FaultyInput
from kapacitet_api.database import UNREACHABLE
from kapacitet_api.validation import errors_of

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "unauthenticated": (401, "Log ind, eller brug en nøgle"),
    "forbidden": (403, "Det har du ikke adgang til"),
    "not-found": (404, "Findes ikke"),
    "method-not-allowed": (405, "Kan ikke bruges sådan"),
    "not-acceptable": (406, "Formatet kan ikke leveres"),
    "timeout": (408, "For langsomt"),
    "conflict": (409, "Passer ikke med det, der er"),
    "precondition-failed": (412, "Nogen har gemt imens"),
    "too-large": (413, "For stort"),
    "unsupported-media-type": (415, "Formatet kan ikke læses"),
    "invalid": (422, "Noget i forespørgslen skal rettes"),
    "malformed": (400, "Forespørgslen kan ikke læses"),
    "precondition-required": (428, "Udgangspunktet mangler"),
    "too-many": (429, "For mange ad gangen"),
    "unexpected": (500, "Uventet fejl"),
    "unavailable": (503, "Midlertidigt utilgængelig"),
}
"""Kind of problem -> status and title."""
_BY_STATUS = {status: kind for kind, (status, _) in TITLES.items()}
_log = logging.getLogger("kapacitet")


class Place(BaseModel):
    """One fault, and where it is."""

    detail: str
    pointer: str | None = Field(default=None, description="JSON Pointer til feltet i forespørgslens indhold.")
    parameter: str | None = Field(default=None, description="Navnet på feltet uden for indholdet.")
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


class ProblemBody(BaseModel):
    """Problem details."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/not-found",
                    "title": "Findes ikke",
                    "status": 404,
                    "detail": "Der er ingen kørsel med det id.",
                }
            ]
        },
    )
    type: str
    title: str
    status: int
    detail: str
    errors: list[Place] | None = None


class Problem(Exception):
    """Raised anywhere in a request to answer with a problem."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        """Prepare.

        Args:
            kind: a key of :data:`TITLES`.
            detail: what is wrong and the mend, in Danish.
            errors: single faults, as :class:`Place`.
            more: members of the answer of this kind alone.
        """
        super().__init__(detail)
        status, title = TITLES[kind]
        self.status, self.headers = status, dict(headers or {})
        self.body: dict[str, Any] = {"type": f"/problems/{kind}", "title": title, "status": status, "detail": detail}
        if errors:
            self.body["errors"] = [{key: value for key, value in one.items() if value is not None} for one in errors]
        self.body.update(more)

    def response(self) -> JSONResponse:
        """The answer."""
        return _Told(self.body, self.status, self.headers, MEDIA_TYPE)


class _Told(JSONResponse):
    """JSON that may repeat what was sent, half characters and all."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def of_faults(faults: Iterable[Fault], detail: str = "Der er fejl i det indsendte.") -> Problem:
    """Faults of tables and scenarios as a problem."""
    return Problem("invalid", detail, errors=[place(fault) for fault in faults])


def place(fault: Fault) -> dict[str, Any]:
    """A fault as a :class:`Place`."""
    told = f"{fault.message} {fault.mend}".strip()
    row = {"table": fault.table, "row": fault.row, "column": fault.column, "value": fault.value}
    return {"detail": told, **{key: value for key, value in row.items() if value is not None}}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """``responses`` of a route that may answer with these problems (all routes: 401, 403, 422, 429, 503)."""
    return {status: described(status) for status in sorted({401, 403, 422, 429, 503, *statuses})}


def described(status: int) -> dict[str, Any]:
    """The entry in ``responses`` of a problem; see :func:`add_schema`."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {"description": TITLES[_BY_STATUS[status]][1], "content": {MEDIA_TYPE: {"schema": schema}}}


def add_schema(document: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI document with the schema that :func:`described` refers to."""
    schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update({**schema.pop("$defs"), "ProblemBody": schema})
    return document


def install(app: FastAPI) -> None:
    """Let every error of ``app`` be answered as a problem."""

    @app.exception_handler(Problem)
    def problem(_: Request, error: Problem) -> JSONResponse:
        return error.response()

    @app.exception_handler(FaultyInput)
    def faulty(_: Request, error: FaultyInput) -> JSONResponse:
        return of_faults(error.faults).response()

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = errors_of(error.errors())
        if any(one["type"] == "json_invalid" for one in error.errors()):
            return Problem("malformed", "Indholdet er ikke gyldig JSON.", errors=errors).response()
        return Problem("invalid", "Ret felterne, og send igen.", errors=errors).response()

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        kind = _BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "unexpected")
        return Problem(kind, _SENTENCES.get(kind, TITLES[kind][1] + "."), headers=error.headers).response()

    def away(_: Request, error: Exception) -> JSONResponse:
        _log.warning("database unavailable: %s", type(error).__name__)
        detail = "Databasen svarer ikke lige nu. Prøv igen om lidt."
        return Problem("unavailable", detail, headers={"Retry-After": "5"}).response()

    for kind in UNREACHABLE:
        app.add_exception_handler(kind, away)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> JSONResponse:
        number = request.state.request_id
        _log.error("unexpected error", extra={"request_id": number, "path": request.url.path}, exc_info=error)
        detail = f"Der skete en uventet fejl. Den er noteret under nummer {number}."
        return Problem("unexpected", detail, number=number).response()


_SENTENCES = {
    "not-found": "Der er intet på denne adresse.",
    "method-not-allowed": "Adressen kan ikke bruges med den metode.",
    "malformed": "Indholdet kan ikke læses.",
    "too-large": "Der er sendt for meget på én gang.",
    "unexpected": "Der skete en uventet fejl.",
}
