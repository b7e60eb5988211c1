"""What can be done with runs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import tomllib
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kapacitet.faults import FaultyInput
from kapacitet.scenario.files import parse_scenario, scenario_document
from kapacitet.scenario.models import Scenario
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.audit.repository import record
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import UNREACHABLE
from kapacitet_api.problems import Problem, of_faults
from kapacitet_api.regions.repository import find_dataset, newest_dataset
from kapacitet_api.runs import repository
from kapacitet_api.runs.presence import is_gone
from kapacitet_api.runs.schemas import Options, Run, RunRequest, Wanted
from kapacitet_api.runs.states import Cancel, State
from kapacitet_api.scenarios.repository import find_version
from kapacitet_api.service import Service


def create(service: Service, principal: Principal, request: RunRequest, key: str | None) -> tuple[Run, bool]:
    """A new run on the queue, and whether it is new: the one made with ``key`` before, if there is one.

    Raises:
        Problem: an unknown scenario or dataset, a scenario with faults, a key used for something else, or too many.
    """
    asked = hash_of(request.model_dump(mode="json"))
    try:
        with service.database.write() as connection:
            before = _before(connection, principal, key, asked)
            if before is not None:
                return before, False
            wanted = asked_of(connection, service, request)
            refuse_too_many(connection, service)
            row = new_row(connection, wanted, by=principal.id, request_hash=asked, again=request.again)
            put(connection, service, row | {"idempotency_key": key})
            record(connection, principal.id, "run.create", row["id"], input_hash=row["input_hash"])
            return find(connection, row["id"]), True
    except IntegrityError:  # the same key at the same moment
        with service.database.read() as connection:
            before = _before(connection, principal, key, asked)
        if before is None:
            raise
        return before, False


def cancel(service: Service, principal: Principal, id: str, *, keep_plan: bool) -> Run:
    """Let a run stop; one that waits never begins.

    Raises:
        Problem: there is no such run, it is another planner's, or it has ended otherwise.
    """
    how = Cancel.KEEP_PLAN if keep_plan else Cancel.AT_ONCE
    with service.database.write() as connection:
        row = repository.find_run(connection, id, lock=True)
        if row is None:
            raise _unknown()
        if row.created_by != principal.id and not principal.may(Scope.ADMIN):
            raise Problem("forbidden", "Kun den, der har sat kørslen i gang, og sekretariatet kan standse den.")
        if row.state == State.CANCELLED:
            return shown(row)
        if State(row.state).ended:
            raise Problem("conflict", "Kørslen er slut og kan ikke standses.", state=row.state)
        stop(connection, service, row, how)
        record(connection, principal.id, "run.cancel", id, detail={"keep_plan": keep_plan})
        told = find(connection, id)
    if told.state is State.CANCELLED:
        drop(service, id)
    return told


def stop(connection: sa.Connection, service: Service, row: sa.Row[Any], how: Cancel) -> None:
    """Let a locked run that hasn't ended stop."""
    if row.worker is not None and is_gone(connection, row.worker, service.settings.dead_after):
        repository.end_run(connection, row.id, State.CANCELLED)  # nobody is there to be asked
    else:
        repository.ask_to_stop(connection, row, how)


def drop(service: Service, id: str) -> None:
    """Take a cancelled run off the queue."""
    with suppress(*UNREACHABLE):  # it is cancelled; that it can't be begun either is seen at the claim
        service.queue.drop(id)


def find(connection: sa.Connection, id: str) -> Run:
    """A run.

    Raises:
        Problem: there is no such run.
    """
    row = repository.find_run(connection, id)
    if row is None:
        raise _unknown()
    return shown(row)


def shown(row: sa.Row[Any]) -> Run:
    """A row as it is answered."""
    values = dict(row._mapping)
    values |= {"dataset": row.dataset_id, "scenario": row.scenario_id, "result": row.result_sha256}
    values["sweep"] = row.sweep_id
    return Run.model_validate({name: values[name] for name in Run.model_fields})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be solved.

    Attributes:
        dataset: row of the dataset.
        version: of the scenario.
        options: what is asked beside it, as it is shown.
    """

    dataset: sa.Row[Any]
    scenario_id: str
    version: int
    scenario: Scenario
    options: Mapping[str, Any]


def asked_of(connection: sa.Connection, service: Service, wanted: Wanted) -> Asked:
    """The scenario and dataset a request names.

    Raises:
        Problem: they aren't there, don't fit, or the scenario has faults.
    """
    version = find_version(connection, wanted.scenario, wanted.scenario_version)
    if version is None:
        raise missing("scenario", "Der er intet scenarie med det id og den version.")
    scenario = with_options(_scenario(version.content), wanted.options)
    if scenario.solver.time_limit > service.settings.longest_run:
        most = service.settings.longest_run
        raise missing("options/time_limit", f"Tidsgrænsen er over {most} sekunder. Sæt den ned.")
    dataset = (
        newest_dataset(connection, scenario.region)
        if wanted.dataset is None
        else find_dataset(connection, wanted.dataset)
    )
    if dataset is None:
        raise missing("dataset", "Datasættet findes ikke." if wanted.dataset else "Scenariets region findes ikke.")
    if dataset.region != scenario.region:
        raise missing("dataset", f"Datasættet er en anden region end scenariets, «{scenario.region}».")
    options = wanted.options.model_dump(mode="json", exclude_none=True)
    return Asked(dataset, wanted.scenario, int(version.version), scenario, options)


def refuse_too_many(connection: sa.Connection, service: Service, new: int = 1) -> None:
    """Refuse runs beyond what may wait.

    Raises:
        Problem: 429.
    """
    if repository.count_unfinished(connection) + new > service.settings.most_queued:
        detail = "Der venter for mange kørsler. Prøv igen, når nogle er færdige."
        raise Problem("too-many", detail, headers={"Retry-After": "60"})


def new_row(connection: sa.Connection, asked: Asked, *, by: str, request_hash: str, again: bool) -> dict[str, Any]:
    """The row of a run, answered from an equal one that is finished unless ``again``; its scenario is kept."""
    document = scenario_document(asked.scenario)
    about = [asked.dataset.input_hash, document, importlib.metadata.version("kapacitet")]
    input_hash = hash_of([*about, asked.options["front"]] if "front" in asked.options else about)
    row = {
        "id": str(uuid.uuid4()),
        "dataset_id": asked.dataset.id,
        "scenario_id": asked.scenario_id,
        "scenario_version": asked.version,
        "scenario_sha256": blobs.put(connection, json.dumps(document, ensure_ascii=False, sort_keys=True).encode()),
        "name": asked.scenario.name,
        "options": dict(asked.options),
        "input_hash": input_hash,
        "state": State.QUEUED,
        "created_by": by,
        "request_hash": request_hash,
    }
    equal = None if again else repository.find_equal(connection, input_hash)
    return row if equal is None else row | _answered(equal)


def put(connection: sa.Connection, service: Service, row: Mapping[str, Any]) -> None:
    """Add a run, and queue it unless it is answered already."""
    repository.add_run(connection, row)
    if row["state"] == State.QUEUED:
        service.queue.put(connection, row["id"])


def _answered(equal: sa.Row[Any]) -> dict[str, Any]:
    """What a run has that is answered from an equal one."""
    copied = {
        name: getattr(equal, name) for name in ("best", "bound", "gap", "result_sha256", "finished_at", "figures")
    }
    return {**copied, "state": State.DONE, "share": 1.0, "reused_from": equal.id}


def with_options(scenario: Scenario, options: Options) -> Scenario:
    """The scenario with what the run asks instead."""
    solver = {name: value for name in ("gap", "time_limit") if (value := getattr(options, name)) is not None}
    futures = {} if options.seed is None else {"seed": options.seed}
    return scenario.model_copy(
        update={
            "solver": scenario.solver.model_copy(update=solver),
            "futures": scenario.futures.model_copy(update=futures),
        }
    )


def _scenario(content: str) -> Scenario:
    try:
        return parse_scenario(tomllib.loads(content))
    except FaultyInput as error:
        raise of_faults(error.faults, "Der er fejl i scenariet.") from None


def _before(connection: sa.Connection, principal: Principal, key: str | None, asked: str) -> Run | None:
    row = None if key is None else repository.find_by_key(connection, principal.id, key)
    if row is None:
        return None
    if row.request_hash != asked:
        raise Problem("conflict", "Idempotency-Key er brugt til en anden forespørgsel. Brug en ny.")
    return shown(row)


def missing(field: str, detail: str) -> Problem:
    """422 for one field of the request."""
    errors: list[Mapping[str, Any]] = [{"detail": detail, "pointer": f"#/{field}"}]
    return Problem("invalid", detail, errors=errors)


def _unknown() -> Problem:
    return Problem("not-found", "Der er ingen kørsel med det id.")


def hash_of(value: object) -> str:
    """SHA-256 of plain JSON values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
