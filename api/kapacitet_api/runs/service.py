"""What can be done with runs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import tomllib
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kapacitet.faults import FaultyInput
from kapacitet.scenario.files import parse_scenario, scenario_document
from kapacitet.scenario.models import Scenario
from kapacitet_api.access.principal import Principal
from kapacitet_api.audit.repository import record
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import UNREACHABLE
from kapacitet_api.problems import Problem, of_faults
from kapacitet_api.regions.repository import find_dataset, newest_dataset
from kapacitet_api.runs import repository
from kapacitet_api.runs.presence import is_gone
from kapacitet_api.runs.schemas import Options, Run, RunRequest
from kapacitet_api.runs.states import Cancel, State
from kapacitet_api.scenarios.repository import find_version
from kapacitet_api.service import Service


def create(service: Service, principal: Principal, request: RunRequest, key: str | None) -> tuple[Run, bool]:
    """A new run on the queue, and whether it is new: the one made with ``key`` before, if there is one.

    Raises:
        Problem: an unknown scenario or dataset, a scenario with faults, a key used for something else, or too many.
    """
    asked = _hash(request.model_dump(mode="json"))
    try:
        with service.database.write() as connection:
            before = _before(connection, principal, key, asked)
            if before is not None:
                return before, False
            row = _row(connection, service, principal, request, key, asked)
            repository.add_run(connection, row)
            if row["state"] == State.QUEUED:
                service.queue.put(connection, row["id"])
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
        Problem: there is no such run, or it has ended otherwise.
    """
    how = Cancel.KEEP_PLAN if keep_plan else Cancel.AT_ONCE
    with service.database.write() as connection:
        row = repository.find_run(connection, id, lock=True)
        if row is None:
            raise _unknown()
        if row.state == State.CANCELLED:
            return shown(row)
        if State(row.state).ended:
            raise Problem("conflict", "Kørslen er slut og kan ikke standses.", state=row.state)
        if row.worker is not None and is_gone(connection, row.worker, service.settings.dead_after):
            repository.end_run(connection, id, State.CANCELLED)  # nobody is there to be asked
        else:
            repository.ask_to_stop(connection, row, how)
        record(connection, principal.id, "run.cancel", id, detail={"keep_plan": keep_plan})
        told = find(connection, id)
    if told.state is State.CANCELLED:
        with suppress(*UNREACHABLE):  # it is cancelled; that it can't be begun either is seen at the claim
            service.queue.drop(id)
    return told


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


def _row(
    connection: sa.Connection,
    service: Service,
    principal: Principal,
    request: RunRequest,
    key: str | None,
    asked: str,
) -> dict[str, Any]:
    version = find_version(connection, request.scenario, request.scenario_version)
    if version is None:
        raise _missing("scenario", "Der er intet scenarie med det id og den version.")
    scenario = with_options(_scenario(version.content), request.options)
    if scenario.solver.time_limit > service.settings.longest_run:
        most = service.settings.longest_run
        raise _missing("options/time_limit", f"Tidsgrænsen er over {most} sekunder. Sæt den ned.")
    dataset = (
        newest_dataset(connection, scenario.region)
        if request.dataset is None
        else find_dataset(connection, request.dataset)
    )
    if dataset is None:
        raise _missing("dataset", "Datasættet findes ikke." if request.dataset else "Scenariets region findes ikke.")
    if dataset.region != scenario.region:
        raise _missing("dataset", f"Datasættet er en anden region end scenariets, «{scenario.region}».")
    if repository.count_unfinished(connection) >= service.settings.most_queued:
        detail = "Der venter for mange kørsler. Prøv igen, når nogle er færdige."
        raise Problem("too-many", detail, headers={"Retry-After": "60"})
    document = scenario_document(scenario)
    input_hash = _hash([dataset.input_hash, document, importlib.metadata.version("kapacitet")])
    row = {
        "id": str(uuid.uuid4()),
        "dataset_id": dataset.id,
        "scenario_id": request.scenario,
        "scenario_version": version.version,
        "scenario_sha256": blobs.put(connection, json.dumps(document, ensure_ascii=False, sort_keys=True).encode()),
        "name": scenario.name,
        "options": request.options.model_dump(mode="json", exclude_none=True),
        "input_hash": input_hash,
        "state": State.QUEUED,
        "created_by": principal.id,
        "idempotency_key": key,
        "request_hash": asked,
    }
    equal = None if request.again else repository.find_equal(connection, input_hash)
    return row if equal is None else row | _answered(equal)


def _answered(equal: sa.Row[Any]) -> dict[str, Any]:
    """What a run has that is answered from an equal one."""
    copied = {name: getattr(equal, name) for name in ("best", "bound", "gap", "result_sha256", "finished_at", "figures")}
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


def _missing(field: str, detail: str) -> Problem:
    errors: list[Mapping[str, Any]] = [{"detail": detail, "pointer": f"#/{field}"}]
    return Problem("invalid", detail, errors=errors)


def _unknown() -> Problem:
    return Problem("not-found", "Der er ingen kørsel med det id.")


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
