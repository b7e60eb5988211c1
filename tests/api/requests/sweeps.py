"""Requests to ``/sweeps``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked
from tests.api.solved import SWEEP

GRID = {"scenario": "proeve", "kind": "grid", "over": ["levers.construction_overrun=0,0.1"]}
REQUESTS = {
    "create_sweep": Asked("POST", "/api/v1/sweeps", Scope.PLAN, 202, 202, GRID),
    "list_sweeps": Asked("GET", "/api/v1/sweeps", Scope.READ, 200, 200),
    "read_sweep": Asked("GET", f"/api/v1/sweeps/{SWEEP}", Scope.READ, 200, 403),
    "cancel_sweep": Asked("POST", "/api/v1/sweeps/00000000-0000-0000-0000-000000000000/cancel", Scope.PLAN, 404, 404),
}
