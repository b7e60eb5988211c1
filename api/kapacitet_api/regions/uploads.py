"""A region's data as they are sent: received, checked in a process of their own, and kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from fastapi import Request
from starlette.requests import ClientDisconnect

from kapacitet_api.access.principal import Principal
from kapacitet_api.audit.repository import record
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import alone
from kapacitet_api.problems import Problem
from kapacitet_api.regions import repository, work
from kapacitet_api.regions.hands import Failed, Hands
from kapacitet_api.regions.service import away, program, told
from kapacitet_api.service import Service
from kapacitet_api.settings import Settings

IDLE = 30.0
"""Seconds an upload may pause."""


async def receive(request: Request, file: Path) -> None:
    """Write the body to a file as it comes.

    Raises:
        Problem: nothing came, it stopped coming, or there is no room for it.
    """
    parts = request.stream()
    try:
        with file.open("wb") as out:
            while (part := await asyncio.wait_for(_next(parts), IDLE)) is not None:
                out.write(part)
    except (TimeoutError, ClientDisconnect):
        raise Problem("malformed", "Filen kom ikke frem i sin helhed. Send den igen.") from None
    except OSError:
        detail = "Der er ikke plads til filen lige nu. Prøv igen senere."
        raise Problem("unavailable", detail, headers={"Retry-After": "60"}) from None
    if not file.stat().st_size:
        detail = "Der er ikke sendt nogen fil. Send den med --data-binary @fil."
        raise Problem("invalid", detail, errors=[{"detail": detail, "pointer": "#"}])


async def _next(parts: AsyncIterator[bytes]) -> bytes | None:
    return await anext(parts, None)


def keep(
    service: Service, hands: Hands, principal: Principal, region: str, file: Path, note: str
) -> tuple[sa.Row[Any], bool]:
    """Check an uploaded file and keep it as the region's next version; that version, and whether it is new.

    Raises:
        Problem: the file has faults, can't be read with the memory and time there are, or is another region's.
    """
    try:
        answer = hands.run("upload", file.parent, file=file.name)
    except Failed as failed:
        if failed.kind in ("closed", "disk-full"):
            raise away() from None
        detail = _unread(failed, service.settings)
        raise Problem("invalid", detail, errors=[{"detail": detail, "pointer": "#"}]) from None
    if "faults" in answer:
        raise _faulty(answer)
    if answer["id"] != region:
        detail = f"Filens region hedder {answer['id']}, men adressen siger {region}. Ret den ene."
        where = {"table": answer["where"], "column": "id", "value": answer["id"], "pointer": "#/id"}
        raise Problem("invalid", detail, errors=[{"detail": detail, **where}])
    data = (file.parent / work.REGION).read_bytes()
    with service.database.write() as connection:
        alone(connection)
        newest = repository.newest_dataset(connection, region)
        if newest is not None and newest.input_hash == answer["input_hash"]:
            return newest, False
        id = repository.add_dataset(
            connection,
            region,
            name=answer["title"],
            sha256=blobs.put(connection, data),
            input_hash=answer["input_hash"],
            by=principal.id,
            note=note,
        )
        repository.keep_facts(connection, id, program(), answer["facts"])
        sent = {"bytes": file.stat().st_size, "kind": file.suffix.removeprefix(".")}
        record(connection, principal.id, "dataset.create", id, input_hash=answer["input_hash"], detail=sent)
        row = repository.find_dataset(connection, id)
    assert row is not None
    return row, True


def _faulty(answer: Mapping[str, Any]) -> Problem:
    count = answer["count"]
    said = "Der er 1 fejl i filen" if count == 1 else f"Der er {count} fejl i filen"
    detail = f"{said}; den er ikke gemt. {answer['hint']}".strip()
    return Problem("invalid", detail, errors=[told(one) for one in answer["faults"]], count=count)


def _unread(failed: Failed, settings: Settings) -> str:
    """Why an uploaded file wasn't read, in Danish."""
    if failed.kind == "out-of-memory":
        return f"Filen kræver over {settings.check_memory_mb} MB hukommelse at læse. Fjern det overflødige."
    if failed.kind == "overrun":
        return f"Filen er ikke læst på {settings.check_seconds} sekunder. Fjern det overflødige, eller del den."
    return "Filen kan ikke læses. Åbn og gem den igen, eller pak den igen."
