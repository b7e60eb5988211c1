"""Requests to ``/me``, ``/keys`` and ``/users``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.parties import KEY, USER
from tests.api.requests.asked import Asked

REQUESTS = {
    "read_me": Asked("GET", "/api/v1/me", Scope.READ_PUBLIC, 200, 200),
    "list_sessions": Asked("GET", "/api/v1/me/sessions", Scope.READ_PUBLIC, 200, 200),
    # Keys have no sessions; those of users are tested in tests/api/access/test_sessions.py.
    "end_session": Asked("DELETE", f"/api/v1/me/sessions/{USER}", Scope.READ_PUBLIC, 404, 404),
    "list_keys": Asked("GET", "/api/v1/keys", Scope.ADMIN, 200, 200),
    "create_key": Asked("POST", "/api/v1/keys", Scope.ADMIN, 201, 201, {"name": "b", "scope": "read"}),
    "revoke_key": Asked("POST", f"/api/v1/keys/{KEY}/revoke", Scope.ADMIN, 200, 200),
    "list_users": Asked("GET", "/api/v1/users", Scope.ADMIN, 200, 200),
    "change_user": Asked("PATCH", f"/api/v1/users/{USER}", Scope.ADMIN, 200, 200, {"municipality": "630"}),
}
