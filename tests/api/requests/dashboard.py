"""Requests to what is published."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked
from tests.api.solved import RUN

REQUESTS = {
    "dashboard_summary": Asked("GET", "/api/v1/dashboard/summary?region=proeve", Scope.READ_PUBLIC, 200, 200),
    "publish_run": Asked("POST", f"/api/v1/runs/{RUN}/publish", Scope.ADMIN, 200, 200),
    "unpublish_run": Asked("POST", f"/api/v1/runs/{RUN}/unpublish", Scope.ADMIN, 409, 200),
    "list_published": Asked("GET", "/api/v1/published", Scope.READ, 200, 200),
}
