"""Headers that tell browsers what they mustn't do with an answer; on every answer, also those that failed."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
HEADERS = {
    "Content-Security-Policy": API_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would then send «Origin: null» with the forms of our own pages.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What an answer has where the route hasn't said otherwise."""
HSTS = "max-age=31536000"


def page_policy(**sources: str) -> str:
    """The Content-Security-Policy of a page: nothing but what it names, and forms to ourselves.

    Args:
        sources: directive with ``_`` for ``-``, such as ``style_src="'sha256-…'"``, ``script_src="'self'"``.
    """
    own = "; ".join(f"{name.replace('_', '-')} {source}" for name, source in sources.items())
    start = f"default-src 'none'; {own}" if own else "default-src 'none'"
    return f"{start}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


class SecurityHeaders:
    """ASGI middleware that adds what is missing of :data:`HEADERS`, and HSTS where users come by https."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._added = HEADERS | ({"Strict-Transport-Security": HSTS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
