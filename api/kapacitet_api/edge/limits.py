"""How much one may ask in a minute: by address before anything else, by principal when it is known who asks.

Each process counts for itself.
"""

from __future__ import annotations

import math
import time
from typing import cast

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from kapacitet_api.edge.addresses import client_of, networks, party_of
from kapacitet_api.edge.windows import Windows
from kapacitet_api.problems import Problem
from kapacitet_api.settings import Settings

MOST = 20_000
"""Addresses and principals that are remembered."""
OPEN = ("/healthz", "/readyz")
"""Never refused: a load balancer would take the process for dead."""


class Limits:
    """The counters of a process."""

    def __init__(self, settings: Settings, most: int = MOST) -> None:
        self.windows = Windows(most)
        self._limiter = MovingWindowRateLimiter(self.windows)
        self._address = RateLimitItemPerMinute(settings.address_requests_a_minute)
        self._principal = RateLimitItemPerMinute(settings.requests_a_minute)
        self._failure = RateLimitItemPerMinute(settings.failures_a_minute)

    def count_address(self, address: str) -> None:
        """A request from an address.

        Raises:
            Problem: 429.
        """
        self._count(self._address, "address", party_of(address))

    def count_principal(self, id: str) -> None:
        """A request of a principal.

        Raises:
            Problem: 429.
        """
        self._count(self._principal, "principal", id)

    def count_failure(self, request: HTTPConnection) -> None:
        """A key, session or link that doesn't count, from the request's address.

        Raises:
            Problem: 429 instead of what would be said.
        """
        self._count(self._failure, "failure", party_of(request.client.host if request.client else ""))

    def _count(self, item: RateLimitItem, *whose: str) -> None:
        if self._limiter.hit(item, *whose):
            return
        wait = max(1, math.ceil(self._limiter.get_window_stats(item, *whose).reset_time - time.time()))
        detail = f"Der er spurgt for tit. Vent {wait} sekunder, og prøv igen."
        raise Problem("too-many", detail, headers={"Retry-After": str(wait)})


class AddressLimit:
    """ASGI middleware that finds the client's address, and answers 429 when it asks too much."""

    def __init__(self, app: ASGIApp, limits: Limits, proxies: str) -> None:
        self._app, self._limits, self._proxies = app, limits, networks(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        address = client_of(scope, self._proxies)
        try:
            if scope["path"] not in OPEN:
                self._limits.count_address(address)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        scope["client"] = (address, 0)
        await self._app(scope, receive, send)


def limits_of(connection: HTTPConnection) -> Limits:
    """The counters of the application that a request came to."""
    return cast(Limits, connection.app.state.limits)
