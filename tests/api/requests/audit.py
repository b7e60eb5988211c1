"""Requests to ``/audit``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked

REQUESTS = {"list_audit": Asked("GET", "/api/v1/audit", Scope.ADMIN, 200, 200)}
