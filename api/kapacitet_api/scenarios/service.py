"""What can be done with scenarios."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from kapacitet.faults import Fault, FaultyInput
from kapacitet.scenario.diff import diff
from kapacitet.scenario.documents import document_text
from kapacitet.scenario.files import parse_scenario, scenario_document
from kapacitet.scenario.layers import Layer, layers_of, merged
from kapacitet.scenario.models import Scenario as Parsed
from kapacitet_api.access.principal import Principal
from kapacitet_api.audit.repository import record
from kapacitet_api.conditional import tag_of
from kapacitet_api.database import alone
from kapacitet_api.problems import Problem
from kapacitet_api.regions import service as regions
from kapacitet_api.regions.hands import Hands
from kapacitet_api.regions.repository import find_dataset, newest_dataset
from kapacitet_api.scenarios import repository
from kapacitet_api.scenarios.pointers import places
from kapacitet_api.scenarios.schemas import Change, CheckResult, Scenario, ScenarioDiff, Side, VersionBrief
from kapacitet_api.service import Service

FORMATS = ("json", "toml", "effective")
type Found = sa.Row[Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario to be kept.

    Attributes:
        document: its values.
        text: as it is kept.
        prefix: pointer to it in the request.
        is_text: it was sent as the text it is kept as.
    """

    document: Mapping[str, Any]
    text: str
    prefix: str
    is_text: bool


def drafted(document: Mapping[str, Any], prefix: str) -> Draft:
    """A draft of values; what is null is left out, as everything that may be is by default."""
    try:
        return Draft(document, document_text(document, ".toml"), prefix, is_text=False)
    except (TypeError, ValueError, AttributeError):
        errors = [{"detail": "En liste rummer null. Fjern det.", "pointer": prefix}]
        raise Problem("invalid", "Ret felterne, og send igen.", errors=errors) from None


def find(connection: sa.Connection, id: str, version: int | None = None) -> Found:
    """A version of a scenario, the newest if None.

    Raises:
        Problem: there is none.
    """
    row = repository.find_version(connection, id, version)
    if row is None:
        what = "intet scenarie med det id" if version is None else "ikke en version med det nummer"
        raise Problem("not-found", f"Der er {what}.")
    return row


def tag(row: Found, format: str) -> str:
    """The tag of a version in a format."""
    return tag_of("scenario", row.scenario_id, row.version, row.sha256, regions.program(), format)


def brief(row: Found) -> VersionBrief:
    """A version as lists show it."""
    return VersionBrief(
        version=row.version,
        etag=tag(row, "json"),
        note=row.note,
        created_at=row.created_at,
        created_by=row.created_by,
    )


def shown(row: Found, warnings: list[dict[str, Any]] | None = None) -> Scenario:
    """A version as it is answered."""
    content = tomllib.loads(row.content)
    effective, faults = None, []
    try:
        effective = scenario_document(parse_scenario(content))
    except FaultyInput as error:
        faults = places(error.faults, content, "#/content")
    told = {"faults": faults, "warnings": warnings or [], "content": content, "effective": effective}
    own = ("name", "region", "preset", "version", "note", "created_at", "created_by")
    return Scenario.model_validate({"id": row.scenario_id, **{name: getattr(row, name) for name in own}, **told})


def effective_text(row: Found) -> str:
    """A version as TOML that stands alone: with its base and every default."""
    return document_text(scenario_document(_parsed(row)), ".toml")


def copied(service: Service, base: str, version: int | None, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a kept scenario with changes; a copy doesn't follow its base.

    Raises:
        Problem: there is no such scenario, or the changes name another base.
    """
    with service.database.read() as connection:
        row = repository.find_version(connection, base, version)
    if row is None:
        raise _wrong("Der er intet scenarie med det id og den version.", "#/base")
    if changes.get("base") is not None:
        raise _wrong("Indholdet har sit eget udgangspunkt. Brug kun det ene.", "#/content/base")
    own = tomllib.loads(row.content)
    named: dict[str, Any] = {name: own[name] for name in ("name", "description") if name in own}
    try:
        layers = (Layer({**named, **changes}, None), *layers_of(Layer(own, None)))
    except FaultyInput as error:
        raise Problem(
            "invalid", "Udgangspunktet kan ikke bruges.", errors=places(error.faults, {}, "#/base")
        ) from None
    return merged(layers)


def check(service: Service, hands: Hands, draft: Draft, dataset: str | None) -> CheckResult:
    """What is wrong with a draft, and what should be known about it."""
    try:
        scenario = parse_scenario(draft.document)
    except FaultyInput as error:
        told = places(error.faults, draft.document, draft.prefix)
        return CheckResult.model_validate(
            {"usable": False, "dataset": None, "faults": told, "warnings": [], "effective": None}
        )
    with service.database.read() as connection:
        row = newest_dataset(connection, scenario.region) if dataset is None else find_dataset(connection, dataset)
    if row is None and dataset is not None:
        raise Problem("invalid", _NO_DATASET, errors=[{"detail": _NO_DATASET, "parameter": "dataset"}])
    found: list[Fault] = []
    if row is None:
        mend = "Vælg en region, der er her, eller send regionens data først."
        found.append(Fault("Der er ingen region med det id.", mend, column="region", value=scenario.region))
    elif row.region != scenario.region:
        mend = f"Datasættet er regionen «{row.region}». Vælg et andet datasæt, eller ret region."
        found.append(Fault("Scenariet er til en anden region.", mend, column="region", value=scenario.region))
    else:
        found = regions.check(service, hands, row, scenario)
    wrong = [fault for fault in found if fault.severity == "fejl"]
    warned = [fault for fault in found if fault.severity == "advarsel"]
    return CheckResult.model_validate(
        {
            "usable": not wrong,
            "dataset": None if row is None else row.id,
            "faults": places(wrong, draft.document, draft.prefix),
            "warnings": places(warned, draft.document, draft.prefix),
            "effective": scenario_document(scenario),
        }
    )


def create(
    service: Service, hands: Hands, principal: Principal, id: str, draft: Draft, note: str, dataset: str | None
) -> tuple[Scenario, str, bool]:
    """Keep a new scenario; it, its tag, and whether it is new: the same content by that id is there already if not.

    Raises:
        Problem: the draft has faults, or there is another scenario by that id.
    """
    scenario, warnings = _checked(service, hands, draft, dataset)
    with service.database.write() as connection:
        alone(connection)
        before = repository.find_version(connection, id)
        if before is not None and (before.preset or not _same(before, draft)):
            detail = "Der er et scenarie med det id. Vælg et andet id, eller gem en ny version af det."
            raise Problem("conflict", detail, errors=[{"detail": detail, "pointer": "#/id"}])
        if before is None:
            _add(connection, principal, id, draft, scenario, note)
            record(connection, principal.id, "scenario.create", id, detail={"version": 1})
        row = find(connection, id)
    return shown(row, warnings), tag(row, "json"), before is None


def save(
    service: Service,
    hands: Hands,
    principal: Principal,
    id: str,
    draft: Draft,
    note: str,
    dataset: str | None,
    made_from: str | None,
) -> tuple[Scenario, str, bool]:
    """Keep the next version of a scenario; it, its tag, and whether it is new.

    Args:
        made_from: ``If-Match``: the tag of the version that the draft was made from.

    Raises:
        Problem: a preset, a draft with faults, or a newer version than the one it was made from.
    """
    with service.database.read() as connection:
        before = find(connection, id)
    if before.preset:
        detail = "Scenariet medfølger og kan ikke ændres. Lav en kopi: POST /api/v1/scenarios med base."
        raise Problem("conflict", detail, base=id)
    tags = [one.strip() for one in (made_from or "").split(",")]
    if made_from is None or "*" in tags:
        detail = "Send ETag'en fra den version, der er ændret, som If-Match."
        raise Problem("precondition-required", detail)
    scenario, warnings = _checked(service, hands, draft, dataset)
    if scenario.region != before.region:
        raise _wrong("Et scenarie kan ikke skifte region. Lav et nyt.", f"{draft.prefix}/region")
    with service.database.write() as connection:
        alone(connection)
        newest = find(connection, id)
        same = _same(newest, draft)
        if not same:
            if not {tag(newest, format) for format in FORMATS} & set(tags):
                detail = f"Scenariet er ændret siden; den nyeste er version {newest.version}. Hent den, og ret i den."
                raise Problem("precondition-failed", detail, newest=newest.version)
            version = _add(connection, principal, id, draft, scenario, note)
            record(connection, principal.id, "scenario.save", id, detail={"version": version})
        row = find(connection, id)
    return shown(row, warnings), tag(row, "json"), not same


def difference(old: Found, new: Found) -> ScenarioDiff:
    """What differs between two versions."""
    changes = [
        Change(
            key=one.key,
            title=one.title,
            unit=one.unit,
            old=to_jsonable_python(one.old),
            new=to_jsonable_python(one.new),
            text=one.text(),
        )
        for one in diff(_parsed(old), _parsed(new))
    ]
    sides = {
        name: Side(id=row.scenario_id, version=row.version, name=row.name)
        for name, row in (("from", old), ("to", new))
    }
    return ScenarioDiff.model_validate({**sides, "changes": changes})


def _checked(
    service: Service, hands: Hands, draft: Draft, dataset: str | None
) -> tuple[Parsed, list[dict[str, Any]]]:
    found = check(service, hands, draft, dataset)
    if not found.usable:
        errors = [one.model_dump(exclude_none=True) for one in found.faults]
        raise Problem("invalid", "Der er fejl i scenariet; det er ikke gemt.", errors=errors)
    return parse_scenario(draft.document), [one.model_dump(exclude_none=True) for one in found.warnings]


def _add(connection: sa.Connection, principal: Principal, id: str, draft: Draft, scenario: Parsed, note: str) -> int:
    return repository.add_version(
        connection, id, draft.text, name=scenario.name, region=scenario.region, by=principal.id, note=note
    )


def _same(row: Found, draft: Draft) -> bool:
    """Whether a version has the draft's content; of a text each word counts, of values only they."""
    if row.content == draft.text:
        return True
    return not draft.is_text and tomllib.loads(row.content) == tomllib.loads(draft.text)


def _parsed(row: Found) -> Parsed:
    try:
        return parse_scenario(tomllib.loads(row.content))
    except FaultyInput as error:
        detail = "Versionen er fra en ældre udgave og kan ikke bruges mere. Ret den, og gem den igen."
        raise Problem("conflict", detail, errors=places(error.faults, {}, "#/content")) from None


def _wrong(detail: str, pointer: str) -> Problem:
    return Problem("invalid", detail, errors=[{"detail": detail, "pointer": pointer}])


_NO_DATASET = "Datasættet findes ikke."
