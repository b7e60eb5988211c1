"""What all routes of an application share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from prometheus_client import CollectorRegistry
from starlette.requests import HTTPConnection

from kapacitet_api.database import Database
from kapacitet_api.runs.engine import RunQueue
from kapacitet_api.runs.watching import Watcher
from kapacitet_api.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    """Settings, database, queue, registry of metrics, and who looks for news of runs."""

    settings: Settings
    database: Database
    queue: RunQueue
    registry: CollectorRegistry
    watcher: Watcher


def service_of(connection: HTTPConnection) -> Service:
    """The service that a request came to."""
    return cast(Service, connection.app.state.service)
