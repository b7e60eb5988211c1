"""``/scenarios``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from kapacitet.scenario.schema import scenario_schema
from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.conditional import answered, has_it, headers, tag_of, unchanged
from kapacitet_api.negotiation import wanted
from kapacitet_api.paging import MOST, mark, place_of
from kapacitet_api.problems import Problem, documented
from kapacitet_api.regions.routes import hands_of
from kapacitet_api.scenarios import repository, service
from kapacitet_api.scenarios.schemas import (
    NEW,
    TOML_TEXT,
    Checked,
    CheckResult,
    DatasetId,
    NewScenario,
    NewVersion,
    Number,
    OtherId,
    Scenario,
    ScenarioBrief,
    ScenarioDiff,
    ScenarioId,
    ScenarioList,
    VersionList,
)
from kapacitet_api.sent import JSON, TOML, Sent, sent
from kapacitet_api.service import service_of

router = APIRouter(prefix="/scenarios", tags=["scenarier"])
schemas = APIRouter(prefix="/schemas", tags=["scenarier"])
Reader = Annotated[Principal, Depends(require(Scope.READ))]
Planner = Annotated[Principal, Depends(require(Scope.PLAN))]
Body = Annotated[Sent, Depends(sent)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Note = Annotated[str, Query(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$", description="Hvad der er nyt; ved TOML.")]
Format = Annotated[Literal["json", "toml"] | None, Query(description="Ellers efter Accept.")]
Effective = Annotated[bool, Query(description="Som TOML: med alle nøgler, så det står alene.")]
FORMATS = {"json": JSON, "toml": TOML}
_SINGLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {TOML: {"schema": {"type": "string"}}}},
    304: {"description": "Du har det allerede."},
}
_SAME: dict[int | str, dict[str, Any]] = {200: {"description": "Det er gemt i forvejen.", "model": Scenario}}


def _body(model: type[Any], example: dict[str, Any]) -> dict[str, Any]:
    toml = {"schema": {"type": "string"}, "example": TOML_TEXT}
    json = {"schema": model.model_json_schema(), "example": example}
    return {"requestBody": {"required": True, "content": {JSON: json, TOML: toml}}}


_CONTENT = {"name": "Basis uden anlægsramme", "region": "syddanmark", "base": "uden_anlaegsramme"}


@router.get("", responses=documented())
def list_scenarios(
    request: Request,
    principal: Reader,
    limit: Limit = 50,
    after: Annotated[str | None, Query(max_length=300, description="next fra siden før.")] = None,
    region: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9._~-]{1,150}$")] = None,
    preset: Annotated[bool | None, Query(description="Kun dem, der medfølger, eller kun de andre.")] = None,
) -> ScenarioList:
    """Scenarier, de nyeste først."""
    place = place_of(after)
    with service_of(request).database.read() as connection:
        rows = repository.list_scenarios(connection, limit=limit + 1, after=place, region=region, preset=preset)
    items = [
        ScenarioBrief.model_validate({name: getattr(row, name) for name in ScenarioBrief.model_fields})
        for row in rows[:limit]
    ]
    return ScenarioList(items=items, next=mark(items[-1].created_at, items[-1].id) if len(rows) > limit else None)


@schemas.get("/scenario", response_class=Response, responses=documented() | {304: _SINGLE[304]})
def read_scenario_schema(request: Request, principal: Reader) -> Response:
    """JSON Schema for et scenarie, med titler og forklaringer på dansk."""
    return answered(request, scenario_schema())


@router.post(
    "/check",
    responses=documented(400, 413, 415),
    openapi_extra=_body(Checked, {"content": _CONTENT}),
)
def check_scenario(request: Request, principal: Planner, body: Body, dataset: DatasetId = None) -> CheckResult:
    """Kontrollér et scenarie uden at gemme det; alle fejl og advarsler på én gang."""
    draft = _draft(body) if body.is_toml else service.drafted(body.read(Checked).content, "#/content")
    return service.check(service_of(request), hands_of(request), draft, dataset)


@router.post(
    "",
    status_code=201,
    responses=documented(400, 409, 413, 415) | _SAME,
    openapi_extra=_body(NewScenario, NEW),
)
def create_scenario(
    request: Request,
    response: Response,
    principal: Planner,
    body: Body,
    id: Annotated[str | None, Query(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$", description="Ved TOML.")] = None,
    note: Note = "",
    dataset: DatasetId = None,
) -> Scenario:
    """Gem et nyt scenarie. Det kontrolleres mod regionens data først; alle fejl fortælles på én gang."""
    here = service_of(request)
    if body.is_toml:
        if id is None:
            raise _missing("Skriv scenariets id, fx ?id=mit-scenarie.", parameter="id")
        draft, said = _draft(body), note
    else:
        new = body.read(NewScenario)
        id, said = new.id, new.note
        if new.content is None and new.base is None:
            raise _missing("Skriv indholdet, eller hvilket scenarie der kopieres.", pointer="#/content")
        content = dict(new.content or {}) | ({} if new.name is None else {"name": new.name})
        if new.base is not None:
            content = dict(service.copied(here, new.base, new.base_version, content))
        draft = service.drafted(content, "#/content")
    made, tag, is_new = service.create(here, hands_of(request), principal, id, draft, said, dataset)
    return _kept(request, response, made, tag, is_new)


@router.get("/{id}", response_model=Scenario, responses=documented(404, 406, 409) | _SINGLE)
def read_scenario(
    request: Request, principal: Reader, id: ScenarioId, format: Format = None, effective: Effective = False
) -> Response:
    """Den nyeste version af et scenarie, som JSON eller TOML."""
    with service_of(request).database.read() as connection:
        row = service.find(connection, id)
    return _answer(request, row, format, effective)


@router.get("/{id}/versions", responses=documented(404))
def list_scenario_versions(
    request: Request,
    principal: Reader,
    id: ScenarioId,
    limit: Limit = 50,
    after: Annotated[str | None, Query(pattern=r"^[0-9]{1,9}$", description="next fra siden før.")] = None,
) -> VersionList:
    """Et scenaries versioner, de nyeste først."""
    with service_of(request).database.read() as connection:
        service.find(connection, id)
        below = None if after is None else int(after)
        rows = repository.list_versions(connection, id, limit=limit + 1, below=below)
    more = str(rows[limit - 1].version) if len(rows) > limit else None
    return VersionList(items=[service.brief(row) for row in rows[:limit]], next=more)


@router.post(
    "/{id}/versions",
    status_code=201,
    responses=documented(400, 404, 409, 412, 413, 415, 428) | _SAME,
    openapi_extra=_body(NewVersion, {"content": _CONTENT, "note": "Nyt navn"}),
)
def save_scenario(
    request: Request,
    response: Response,
    principal: Planner,
    body: Body,
    id: ScenarioId,
    if_match: Annotated[
        str | None, Header(max_length=1000, description="ETag fra den version, der er ændret.")
    ] = None,
    note: Note = "",
    dataset: DatasetId = None,
) -> Scenario:
    """Gem en ny version. Er der kommet en anden imens, gemmes den ikke, så ingens ændringer går tabt."""
    if body.is_toml:
        draft, said = _draft(body), note
    else:
        new = body.read(NewVersion)
        draft, said = service.drafted(new.content, "#/content"), new.note
    here = service_of(request)
    made, tag, is_new = service.save(here, hands_of(request), principal, id, draft, said, dataset, if_match)
    return _kept(request, response, made, tag, is_new)


@router.get("/{id}/versions/{number}", response_model=Scenario, responses=documented(404, 406, 409) | _SINGLE)
def read_scenario_version(
    request: Request,
    principal: Reader,
    id: ScenarioId,
    number: Number,
    format: Format = None,
    effective: Effective = False,
) -> Response:
    """En version af et scenarie, som JSON eller TOML."""
    with service_of(request).database.read() as connection:
        row = service.find(connection, id, number)
    return _answer(request, row, format, effective)


@router.get(
    "/{id}/versions/{number}/diff", response_model=ScenarioDiff, responses=documented(404, 409) | {304: _SINGLE[304]}
)
def diff_scenarios(
    request: Request,
    principal: Reader,
    id: ScenarioId,
    number: Number,
    old: Annotated[
        int | None,
        Query(alias="from", ge=1, le=2**31 - 1, description="Ellers versionen før, eller den nyeste af other."),
    ] = None,
    other: OtherId = None,
) -> Response:
    """Hvad der er ændret fra en version eller et andet scenarie, nøgle for nøgle og i ord."""
    with service_of(request).database.read() as connection:
        new = service.find(connection, id, number)
        number_before = max(1, number - 1) if old is None and other is None else old
        before = service.find(connection, other or id, number_before)
    tag = tag_of(service.tag(before, "diff"), service.tag(new, "diff"), before.name, new.name)
    if has_it(request, tag):
        return unchanged(tag)
    body = service.difference(before, new)
    return Response(body.model_dump_json(by_alias=True), headers=headers(tag), media_type=JSON)


def _draft(body: Sent) -> service.Draft:
    return service.Draft(body.document, body.text, "#", is_text=True)


def _answer(request: Request, row: Any, format: str | None, effective: bool) -> Response:
    chosen = wanted(request, format, FORMATS)
    kind = "effective" if effective and chosen == "toml" else chosen
    tag = service.tag(row, kind)
    if has_it(request, tag):
        return unchanged(tag)
    if kind == "json":
        content = service.shown(row).model_dump_json()
    else:
        content = row.content if kind == "toml" else service.effective_text(row)
    return Response(content, headers=headers(tag), media_type=FORMATS[chosen])


def _kept(request: Request, response: Response, made: Scenario, tag: str, is_new: bool) -> Scenario:
    response.status_code = 201 if is_new else 200
    place = request.app.url_path_for("read_scenario_version", id=made.id, number=str(made.version))
    response.headers.update({"Location": str(place), "ETag": tag})
    return made


def _missing(detail: str, **where: str) -> Problem:
    return Problem("invalid", detail, errors=[{"detail": detail, **where}])
