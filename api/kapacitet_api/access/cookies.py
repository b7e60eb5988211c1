"""The session's cookie, and that what it changes is asked for by our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from kapacitet_api.problems import Problem
from kapacitet_api.settings import Settings

SESSION, LOGIN = "kapacitet", "kapacitet-login"
SAFE = ("GET", "HEAD", "OPTIONS")


def name_of(cookie: str, settings: Settings) -> str:
    """The cookie's name; over https one that no other host can set (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{cookie}" if settings.https else cookie


def read(request: HTTPConnection, cookie: str, settings: Settings) -> str | None:
    """What the browser has kept."""
    return request.cookies.get(name_of(cookie, settings))


def keep(response: Response, cookie: str, value: str, settings: Settings, seconds: int) -> None:
    """Let the browser keep it, out of reach of scripts and of other sites' requests but links."""
    name = name_of(cookie, settings)
    response.set_cookie(name, value, max_age=seconds, path="/", secure=settings.https, httponly=True, samesite="lax")


def drop(response: Response, cookie: str, settings: Settings) -> None:
    """Let the browser forget it."""
    name = name_of(cookie, settings)
    response.delete_cookie(name, path="/", secure=settings.https, httponly=True, samesite="lax")


def refuse_other_sites(request: HTTPConnection, settings: Settings) -> None:
    """Let through what the browser says is asked for by a page of ours.

    ``Origin`` decides; browsers that leave it out send ``Sec-Fetch-Site``.

    Raises:
        Problem: 403 for another site's page, or where the browser doesn't tell.
    """
    origin = request.headers.get("origin")
    if origin is None:
        ours = request.headers.get("sec-fetch-site") == "same-origin"
    elif settings.base_url:
        ours = origin.lower() == settings.base_url.lower()
    else:
        ours = urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower() != ""
    if not ours:
        raise Problem("forbidden", "Forespørgslen kommer ikke fra tjenestens egne sider. Åbn siden igen.")
