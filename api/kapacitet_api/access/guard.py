"""What a route asks of who calls it; every route asks exactly one thing, health excepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kapacitet_api.access.keys import principal_of
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.problems import Problem
from kapacitet_api.service import service_of

_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="En nøgle: Authorization: Bearer kap_…")
type Guard = Callable[..., Principal]


def require(scope: Scope) -> Guard:
    """A dependency that gives the principal, if it has ``scope``; it carries the scope as ``.scope``.

    Raises:
        Problem: 401 without a valid key or session, 403 with too small a scope.
    """

    def guard(request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Principal:
        principal = principal_of(service_of(request).database, shown.credentials) if shown else None
        if principal is None:
            detail = "Nøglen findes ikke eller gælder ikke længere." if shown else "Send en nøgle i Authorization."
            raise Problem("unauthenticated", detail, headers={"WWW-Authenticate": "Bearer"})
        if not principal.may(scope):
            raise Problem("forbidden", f"Det kræver adgangen {scope}.")
        request.state.principal = principal
        return principal

    guard.scope = scope  # type: ignore[attr-defined]
    return guard
