"""The few pages of signing in: plain HTML without scripts, pictures or anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kapacitet_api.edge.headers import page_policy
from kapacitet_api.problems import Problem

_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}button{font:inherit}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = page_policy(style_src=f"'sha256-{_HASH}'")


def confirm_page(token: str) -> HTMLResponse:
    """Asks whether to sign in: programs that look at links beforehand open them, but press nothing."""
    hidden = f'<input type="hidden" name="token" value="{html.escape(token)}">'
    form = f'<form method="post" action="/login/link">{hidden}<button>Log ind</button></form>'
    return _page("Log ind", f"<p>Linket kan bruges denne ene gang.</p>{form}")


def help_page() -> HTMLResponse:
    """Says how to sign in where no provider is configured."""
    text = (
        "Tjenesten viser et link til login, første gang den startes. Et nyt laves på maskinen med "
        "<code>kapacitet login-link</code>."
    )
    return _page("Log ind", f"<p>{text}</p>")


def refusal(request: Request, problem: Problem) -> Response:
    """A problem as a page for who reads pages, as problem details for others."""
    if "text/html" not in request.headers.get("accept", ""):
        return problem.response()
    title, detail = (html.escape(str(problem.body[name])) for name in ("title", "detail"))
    page = _page(title, f'<p role="alert">{detail}</p><p><a href="/login">Log ind</a></p>')
    page.status_code = problem.status
    page.headers.update(problem.headers)
    return page


class PageRoute(APIRoute):
    """A route of people with a browser."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route, its problems shown by :func:`refusal`."""
        handler = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handler(request)
            except Problem as problem:
                return refusal(request, problem)

        return shown


def _page(title: str, body: str) -> HTMLResponse:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    page = f'<!doctype html><html lang="da"><head>{head}<style>{_STYLE}</style></head>'
    page += f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})
