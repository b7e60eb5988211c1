"""Every request: its number, its line in the log, its place in the metrics."""

from __future__ import annotations

import logging
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kapacitet_api.operation.metrics import Requests

HEADER = b"x-request-id"
NOWHERE = "(none)"
"""Stands for the route of addresses there is nothing at, so that guessing makes no new series."""
_log = logging.getLogger("kapacitet.request")


class Observing:
    """ASGI middleware around all others."""

    def __init__(self, app: ASGIApp, requests: Requests) -> None:
        self._app, self._requests = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, began, status = secrets.token_hex(8), time.perf_counter(), 500
        scope.setdefault("state", {})["request_id"] = number
        seconds: float | None = None

        async def told(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.perf_counter() - began
                message["headers"] = [*message.get("headers", ()), (HEADER, number.encode())]
            await send(message)

        try:
            await self._app(scope, receive, told)
        finally:
            self._note(scope, number, status, time.perf_counter() - began if seconds is None else seconds)

    def _note(self, scope: Scope, number: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "name", NOWHERE)
        principal = scope["state"].get("principal")
        self._requests.note(route, scope["method"], status, seconds)
        _log.info(
            "request",
            extra={
                "request_id": number,
                "route": route,
                "method": scope["method"],
                "path": scope["path"][:300],
                "status": status,
                "ms": round(1000 * seconds, 1),
                "principal": principal.id if principal is not None else None,
            },
        )
