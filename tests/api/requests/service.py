"""Requests to the service's description of itself."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked

REQUESTS = {
    "openapi": Asked("GET", "/openapi.json", Scope.READ_PUBLIC, 200, 200),
    "metrics": Asked("GET", "/metrics", Scope.READ_PUBLIC, 200, 200),
}
