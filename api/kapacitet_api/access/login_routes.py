"""``/login`` and ``/logout``: for people with a browser; open, since nobody is signed in before them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from kapacitet_api.access import cookies, links, pages, sessions
from kapacitet_api.access.claims import identity_of
from kapacitet_api.access.login import Login, login_of, path_of, spent
from kapacitet_api.access.provider import Provider
from kapacitet_api.access.tokens import LENGTH
from kapacitet_api.audit.repository import record
from kapacitet_api.edge.limits import limits_of
from kapacitet_api.problems import Problem

router = APIRouter(tags=["login"], include_in_schema=False, route_class=pages.PageRoute)
Ways = Annotated[Login, Depends(login_of)]
MOST = 4096
"""Bytes of a form."""


@router.get("/login")
def login(request: Request, ways: Ways) -> Response:
    """Log ind."""
    if ways.provider is None:
        return pages.help_page()
    query = urlencode({"next": path_of(request.query_params.get("next"))})
    return RedirectResponse(f"/login/oidc?{query}", status_code=303)


@router.get("/login/oidc")
async def login_oidc(request: Request, ways: Ways) -> Response:
    """Gå til udbyderen af login."""
    provider = _provider(ways)
    request.scope["session"] = {}
    answer = await provider.begin(request, f"{ways.settings.base_url}/login/oidc/callback")
    kept = {"session": request.session, "next": path_of(request.query_params.get("next"))}
    await run_in_threadpool(ways.remember, answer, kept)
    return answer


@router.get("/login/oidc/callback")
async def login_oidc_callback(request: Request, ways: Ways) -> Response:
    """Kom tilbage fra udbyderen."""
    provider = _provider(ways)
    kept = await run_in_threadpool(ways.recall, request)
    request.scope["session"] = kept.get("session", {})
    try:
        claims = await provider.finish(request)
        try:
            identity = identity_of(claims, ways.settings)
        except ValueError:
            raise Problem("unavailable", "Udbyderen af login fortæller ikke, hvem du er.") from None
        answer = await run_in_threadpool(ways.enter, identity, kept.get("next", ""))
    except Problem as problem:
        limits_of(request).count_failure(request)
        answer = pages.refusal(request, problem)
    cookies.drop(answer, cookies.LOGIN, ways.settings)
    return answer


@router.get("/login/link")
def login_link(request: Request, ways: Ways) -> Response:
    """Vis siden, hvor linket bruges; det bruges ikke ved at se den."""
    token = request.query_params.get("token", "")
    with ways.database.read() as connection:
        known = len(token) == LENGTH and links.counts(connection, token)
    if not known:
        limits_of(request).count_failure(request)
        raise spent()
    return pages.confirm_page(token)


async def _token(request: Request) -> str:
    """The form's token; an empty text if it isn't there."""
    body = await request.body()
    fields = parse_qs(body[:MOST].decode("ascii", "replace"))
    return fields.get("token", [""])[0]


@router.post("/login/link")
def use_login_link(request: Request, ways: Ways, token: Annotated[str, Depends(_token)]) -> Response:
    """Brug linket."""
    cookies.refuse_other_sites(request, ways.settings)
    try:
        return ways.use_link(token)
    except Problem:
        limits_of(request).count_failure(request)
        raise


@router.post("/logout")
def logout(request: Request, ways: Ways) -> Response:
    """Log ud; også den, der ikke er logget ind, kommer til /login."""
    cookies.refuse_other_sites(request, ways.settings)
    token = cookies.read(request, cookies.SESSION, ways.settings)
    if token is not None:
        with ways.database.write() as connection:
            ended = sessions.end_by_token(connection, token)
            if ended is not None:
                record(connection, f"user:{ended.user_id}", "session.end", ended.user_id)
    answer = RedirectResponse("/login", status_code=303)
    cookies.drop(answer, cookies.SESSION, ways.settings)
    return answer


def _provider(ways: Login) -> Provider:
    if ways.provider is None:
        raise Problem("not-found", "Login hos en udbyder er ikke sat op. Se /login.")
    return ways.provider
