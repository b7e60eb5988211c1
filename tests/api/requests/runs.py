"""Requests to ``/runs``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.parties import RUN
from tests.api.requests.asked import Asked

REQUESTS = {
    "read_run": Asked("GET", f"/api/v1/runs/{RUN}", Scope.READ, 200, 200),
    "run_events": Asked("GET", f"/api/v1/runs/{RUN}/events", Scope.READ, 200, 200),
    "list_runs": Asked("GET", "/api/v1/runs", Scope.READ, 200, 200),
    "create_run": Asked("POST", "/api/v1/runs", Scope.PLAN, 202, 202, {"scenario": "kort"}),
    "cancel_run": Asked("POST", f"/api/v1/runs/{RUN}/cancel", Scope.PLAN, 202, 403),
}
