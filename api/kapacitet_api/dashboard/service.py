"""Publishing a run, and what is published."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kapacitet.report.dashboard import COUNTS
from kapacitet_api.access.principal import Principal
from kapacitet_api.audit.repository import record
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.dashboard import child, repository
from kapacitet_api.dashboard.schemas import VERSION, Publication
from kapacitet_api.problems import Problem
from kapacitet_api.regions.repository import find_dataset
from kapacitet_api.results.aside import computed
from kapacitet_api.results.reading import Results
from kapacitet_api.results.service import finished, plan_of
from kapacitet_api.runs.states import State
from kapacitet_api.service import Service

PATIENCE = 600
"""Seconds that protecting a payload may take."""


def publish(service: Service, results: Results, principal: Principal, id: str) -> Publication:
    """Let a run be what is published of its region.

    Raises:
        Problem: 404, or 409 where it isn't a finished plan, can't be protected, or another was published meanwhile.
    """
    row = finished(service.database, id)
    if row.state != State.DONE:
        raise Problem("conflict", "Kun en kørsel, der er regnet færdig, kan offentliggøres.", state=row.state)
    summary = plan_of(results, row).summary
    with service.database.read() as connection:
        dataset = find_dataset(connection, row.dataset_id)
        assert dataset is not None
        there = repository.current(connection, dataset.region)
        if there is not None and there.run_id == id:
            return shown(there)
        before = repository.of_region(connection, dataset.region)
        told = {
            "version": VERSION,
            "generated_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "run": id,
            "input_hash": summary["input_hash"],
        }
        files = _files(connection, row, dataset.sha256, before)
    payload = _made({**files, child.TOLD: json.dumps(told).encode()}, service.settings.memory_mb)
    return _kept(service, principal, row, dataset.region, before, payload)


def unpublish(service: Service, principal: Principal, id: str) -> Publication:
    """Publish nothing of a run's region any more.

    Raises:
        Problem: 404 there is no such run, 409 it isn't published.
    """
    row = finished(service.database, id)
    with service.database.write() as connection:
        dataset = find_dataset(connection, row.dataset_id)
        assert dataset is not None
        there = repository.current(connection, dataset.region)
        if there is None or there.run_id != id:
            raise Problem("conflict", "Kørslen er ikke offentliggjort.")
        repository.end(connection, dataset.region, principal.id)
        record(connection, principal.id, "run.unpublish", id, input_hash=row.input_hash)
        return shown(repository.find(connection, there.id))


def published(service: Service, results: Results, region: str) -> tuple[str, bytes]:
    """The payload of a region, and its SHA-256.

    Raises:
        Problem: 404, nothing is published of it.
    """
    with service.database.read() as connection:
        row = repository.current(connection, region)
        if row is None:
            raise Problem("not-found", "Der er ikke offentliggjort noget for regionen.")
        sha256 = str(row.payload_sha256)

        def read() -> bytes:
            return blobs.get(connection, sha256)

        return sha256, results.made(("payload", sha256), read)


def as_csv(results: Results, sha256: str, payload: bytes) -> bytes:
    """The rows of a payload, the hidden ones blank and marked."""

    def write() -> bytes:
        buffer = io.StringIO(newline="")
        marked = (*COUNTS, "occupancy")
        columns = [f"{name}{end}" for name in marked for end in ("", "_skjult")]
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(["municipality", "group", "year", "places", "opened", *columns])
        for row in json.loads(payload)["rows"]:
            cells = [part for name in marked for part in (row[name]["value"], "ja" if row[name]["skjult"] else "")]
            writer.writerow([row[name] for name in ("municipality", "group", "year", "places", "opened")] + cells)
        return buffer.getvalue().encode()

    return results.made(("payload.csv", sha256), write)


def shown(row: sa.Row[Any]) -> Publication:
    """A row as it is answered."""
    values = dict(row._mapping)
    values |= {"run": row.run_id, "payload": row.payload_sha256}
    return Publication.model_validate({name: values[name] for name in Publication.model_fields})


def _files(
    connection: sa.Connection, row: sa.Row[Any], dataset: str, before: Sequence[sa.Row[Any]]
) -> dict[str, bytes]:
    files = {child.REGION: blobs.get(connection, dataset), child.RESULT: blobs.get(connection, row.result_sha256)}
    distinct = {one.payload_sha256: one for one in before}
    for number, one in enumerate(distinct.values()):
        files[f"{number}.{child.RESULT}"] = blobs.get(connection, one.result)
        files[f"{number}.{child.REGION}"] = blobs.get(connection, one.dataset)
        files[f"{number}.json"] = blobs.get(connection, one.payload_sha256)
    return files


def _made(files: dict[str, bytes], memory_mb: int) -> bytes:
    """The payload, made in a process of its own.

    Raises:
        Problem: 409 it can't be protected, 503 the process failed.
    """
    made = computed(child.__name__, files, memory_mb, PATIENCE)
    if child.FAULTS in made:
        faults = json.loads(made[child.FAULTS])
        detail = "Små tal kan regnes ud af kørslen og det, der er offentliggjort før. Den kan ikke offentliggøres."
        raise Problem("conflict", detail, errors=[{"detail": text} for text in faults])
    return made[child.PAYLOAD]


def _kept(
    service: Service,
    principal: Principal,
    row: sa.Row[Any],
    region: str,
    before: Sequence[sa.Row[Any]],
    payload: bytes,
) -> Publication:
    """Write the publication, unless something was published since ``before`` was read."""
    id = str(uuid.uuid4())
    try:
        with service.database.write() as connection:
            if {one.id for one in repository.of_region(connection, region)} != {one.id for one in before}:
                raise _overtaken()
            sha256 = blobs.put(connection, payload)
            values = {"id": id, "region": region, "run_id": row.id, "payload_sha256": sha256}
            repository.add(connection, {**values, "published_by": principal.id})
            detail = {"region": region, "payload": sha256}
            record(connection, principal.id, "run.publish", row.id, input_hash=row.input_hash, detail=detail)
            return shown(repository.find(connection, id))
    except IntegrityError:  # two at the same moment
        raise _overtaken() from None


def _overtaken() -> Problem:
    return Problem("conflict", "Der blev offentliggjort noget andet imens. Prøv igen.")
