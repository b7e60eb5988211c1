"""Whether the process lives and can serve, open to all and telling nothing else; its metrics, for who has a key."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.migrations.upgrade import is_current
from kapacitet_api.problems import Problem, described, documented
from kapacitet_api.service import service_of

router = APIRouter(tags=["drift"])


class Health(BaseModel):
    """It is well."""

    status: str = "ok"


@router.get("/healthz")
def healthz() -> Health:
    """Processen lever."""
    return Health()


@router.get("/readyz", responses={503: described(503)})
def readyz(request: Request) -> Health:
    """Databasen svarer og har de rette tabeller."""
    with service_of(request).database.engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        if not is_current(connection):
            raise Problem("unavailable", "Databasen er ved at blive opgraderet. Prøv igen om lidt.")
    return Health()


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses=documented() | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request, principal: Annotated[Principal, Depends(require(Scope.READ_PUBLIC))]) -> Response:
    """Målinger til Prometheus."""
    return Response(generate_latest(service_of(request).registry), media_type=CONTENT_TYPE_LATEST)
