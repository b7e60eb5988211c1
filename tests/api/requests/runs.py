"""Requests to ``/runs``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked

NONE = "00000000-0000-0000-0000-000000000000"
REQUESTS = {
    "read_run": Asked("GET", f"/api/v1/runs/{NONE}", Scope.READ, 404, 404),
    "run_events": Asked("GET", f"/api/v1/runs/{NONE}/events", Scope.READ, 404, 404),
    "list_runs": Asked("GET", "/api/v1/runs", Scope.READ, 200, 200),
    "create_run": Asked("POST", "/api/v1/runs", Scope.PLAN, 422, 422),
    "cancel_run": Asked("POST", f"/api/v1/runs/{NONE}/cancel", Scope.PLAN, 404, 404),
}
