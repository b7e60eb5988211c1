"""Requests to ``/settlements``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope
from kapacitet_api.settlements.schemas import CASE

from tests.api.requests.asked import Asked

REQUESTS = {"settle": Asked("POST", "/api/v1/settlements", Scope.READ, 200, 200, CASE)}
