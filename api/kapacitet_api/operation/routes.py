"""Whether the process lives, and whether it can serve; open to all, and telling nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import APIRouter, Request
from pydantic import BaseModel

from kapacitet_api.migrations.upgrade import is_current
from kapacitet_api.problems import Problem, described
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
