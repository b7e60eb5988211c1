"""The application."""

from __future__ import annotations

import importlib.metadata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request

from kapacitet_api import problems
from kapacitet_api.access.guard import require
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.body_limit import BodyLimit
from kapacitet_api.dashboard.routes import router as dashboard
from kapacitet_api.database import Database, open_database
from kapacitet_api.operation.routes import router as operation
from kapacitet_api.results.compare_routes import router as compare
from kapacitet_api.results.reading import Results
from kapacitet_api.results.routes import router as results
from kapacitet_api.runs.engine import RunQueue
from kapacitet_api.runs.routes import router as runs
from kapacitet_api.service import Service
from kapacitet_api.settings import Settings
from kapacitet_api.sweeps.routes import router as sweeps

V1 = "/api/v1"


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The API on a database that is migrated already.

    Args:
        database: an open one to use; one is opened, and closed at the end, if None.
    """
    used = database or open_database(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if database is None:
            used.close()

    app = FastAPI(
        title="kapacitet",
        version=importlib.metadata.version("kapacitet"),
        description="Regional kapacitetsplanlægning for botilbud.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.service = Service(settings, used, RunQueue(used))
    app.state.results = Results(used, settings.results_mb * 1024 * 1024)
    problems.install(app)
    app.add_middleware(BodyLimit, most=settings.body_mb * 1024 * 1024)
    app.include_router(operation)
    app.include_router(runs, prefix=V1)
    app.include_router(results, prefix=V1)
    app.include_router(compare, prefix=V1)
    app.include_router(sweeps, prefix=V1)
    app.include_router(dashboard, prefix=V1)

    @app.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request, _: Annotated[Principal, Depends(require(Scope.READ_PUBLIC))]) -> dict[str, Any]:
        described: FastAPI = request.app
        return problems.add_schema(described.openapi())

    return app
