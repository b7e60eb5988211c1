"""What a route asks of who calls it; every route asks exactly one thing, health and login excepted.

Annotations are evaluated here: FastAPI can't look up the names in those of an object that is called.
"""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from kapacitet_api.access import cookies, keys, sessions
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.edge.limits import limits_of
from kapacitet_api.problems import Problem
from kapacitet_api.service import service_of

_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="En nøgle: Authorization: Bearer kap_…")
_cookie = APIKeyCookie(
    name=cookies.SESSION,
    auto_error=False,
    scheme_name="session",
    description="Sessionen fra /login. Over https hedder den __Host-kapacitet. Ændringer kræver, at Origin er "
    "tjenestens egen.",
)


class Guard:
    """A dependency that gives the principal if it has ``scope``."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(
        self,
        request: Request,
        shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
        _: Annotated[str | None, Depends(_cookie)],
    ) -> Principal:
        """Who calls.

        Raises:
            Problem: 401 without a valid key or session, 403 with too small a scope or from another site's page,
                429 when too much is asked.
        """
        limits = limits_of(request)
        principal = _principal(request, shown.credentials if shown else None)
        if principal is None:
            limits.count_failure(request)
            raise Problem("unauthenticated", _sentence(request, shown), headers={"WWW-Authenticate": "Bearer"})
        limits.count_principal(principal.id)
        if not principal.may(self.scope):
            raise Problem("forbidden", f"Det kræver adgangen {self.scope}.")
        request.state.principal = principal
        return principal


def require(scope: Scope) -> Guard:
    """What a route depends on to be closed to all without ``scope``."""
    return Guard(scope)


def _principal(request: Request, key: str | None) -> Principal | None:
    service = service_of(request)
    if key is not None:
        return keys.principal_of(service.database, key)
    token = cookies.read(request, cookies.SESSION, service.settings)
    principal = None if token is None else sessions.principal_of(service.database, token)
    if principal is not None and request.method not in cookies.SAFE:
        cookies.refuse_other_sites(request, service.settings)
    return principal


def _sentence(request: Request, shown: HTTPAuthorizationCredentials | None) -> str:
    if shown is not None:
        return "Nøglen findes ikke eller gælder ikke længere."
    if cookies.read(request, cookies.SESSION, service_of(request).settings) is not None:
        return "Du er ikke logget ind længere. Log ind igen på /login."
    return "Log ind på /login, eller send en nøgle i Authorization."
