"""The application."""

from __future__ import annotations

import importlib.metadata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from starlette.types import ASGIApp

from kapacitet_api import problems
from kapacitet_api.access.guard import require
from kapacitet_api.access.key_routes import router as keys
from kapacitet_api.access.login import Login
from kapacitet_api.access.login_routes import router as login
from kapacitet_api.access.me_routes import router as me
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.user_routes import router as users
from kapacitet_api.audit.routes import router as audit
from kapacitet_api.body_limit import BodyLimit
from kapacitet_api.dashboard.routes import router as dashboard
from kapacitet_api.database import Database, open_database
from kapacitet_api.description import document_of
from kapacitet_api.edge.cors import Cors
from kapacitet_api.edge.headers import SecurityHeaders
from kapacitet_api.edge.limits import AddressLimit, Limits
from kapacitet_api.operation.metrics import registry_of
from kapacitet_api.operation.observing import Observing
from kapacitet_api.operation.routes import router as operation
from kapacitet_api.regions.hands import Hands
from kapacitet_api.regions.routes import router as regions
from kapacitet_api.results.compare_routes import router as compare
from kapacitet_api.results.reading import Results
from kapacitet_api.results.routes import router as results
from kapacitet_api.runs.engine import RunQueue
from kapacitet_api.runs.routes import router as runs
from kapacitet_api.runs.watching import Watcher
from kapacitet_api.scenarios.routes import router as scenarios
from kapacitet_api.scenarios.routes import schemas
from kapacitet_api.service import Service
from kapacitet_api.settings import Settings
from kapacitet_api.settlements.routes import router as settlements
from kapacitet_api.sweeps.routes import router as sweeps

V1 = "/api/v1"
RESOURCES = (
    runs, results, compare, sweeps, dashboard, regions, scenarios, schemas, settlements, me, keys, users, audit,
)  # fmt: skip


class Application(FastAPI):
    """FastAPI with the security headers outside all else, so that an unexpected error's answer has them too."""

    def build_middleware_stack(self) -> ASGIApp:
        """Everything between the server and the routes."""
        service: Service = self.state.service
        return SecurityHeaders(super().build_middleware_stack(), https=service.settings.https)


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The API on a database that is migrated already.

    Args:
        database: an open one to use; one is opened, and closed at the end, if None.
    """
    used = database or open_database(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.hands.close()
        if database is None:
            used.close()

    app = Application(
        title="kapacitet",
        version=importlib.metadata.version("kapacitet"),
        description="Regional kapacitetsplanlægning for botilbud.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    registry, requests = registry_of(used, settings.dead_after)
    app.state.service = Service(settings, used, RunQueue(used), registry, Watcher(used))
    app.state.limits = Limits(settings)
    app.state.login = Login(settings, used)
    app.state.hands = Hands(settings)
    app.state.results = Results(used, settings.results_mb * 1024 * 1024)
    problems.install(app)
    # The last one added comes first.
    app.add_middleware(BodyLimit, most=settings.body_mb * 1024 * 1024)
    app.add_middleware(AddressLimit, limits=app.state.limits, proxies=settings.proxies)
    app.add_middleware(Cors, origins=settings.origins)
    app.add_middleware(Observing, requests=requests)
    app.include_router(operation)
    app.include_router(login)
    for router in RESOURCES:
        app.include_router(router, prefix=V1)

    @app.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request, _: Annotated[Principal, Depends(require(Scope.READ_PUBLIC))]) -> dict[str, Any]:
        return document_of(request.app)

    return app
