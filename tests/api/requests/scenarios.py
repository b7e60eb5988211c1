"""Requests to ``/scenarios``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked

ONE = "/api/v1/scenarios/proeve"
CONTENT = {"name": "Ny", "region": "proeve", "horizon": {"first": 2026, "last": 2030}}
REQUESTS = {
    "list_scenarios": Asked("GET", "/api/v1/scenarios", Scope.READ, 200, 200),
    "read_scenario_schema": Asked("GET", "/api/v1/schemas/scenario", Scope.READ, 200, 200),
    "check_scenario": Asked("POST", "/api/v1/scenarios/check", Scope.PLAN, 200, 200, {"content": CONTENT}),
    "create_scenario": Asked("POST", "/api/v1/scenarios", Scope.PLAN, 409, 409, {"id": "kort", "content": CONTENT}),
    "read_scenario": Asked("GET", ONE, Scope.READ, 200, 200),
    "list_scenario_versions": Asked("GET", f"{ONE}/versions", Scope.READ, 200, 200),
    "save_scenario": Asked("POST", f"{ONE}/versions", Scope.PLAN, 428, 428, {"content": CONTENT}),
    "read_scenario_version": Asked("GET", f"{ONE}/versions/1", Scope.READ, 200, 200),
    "diff_scenarios": Asked("GET", f"{ONE}/versions/1/diff?other=umulig", Scope.READ, 200, 200),
}
