"""Signing in: what the login routes share."""

from __future__ import annotations

import re
from typing import Any, cast

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from kapacitet_api.access import cookies, links
from kapacitet_api.access.entering import Identity, enter
from kapacitet_api.access.own_secrets import own_secret
from kapacitet_api.access.provider import Provider
from kapacitet_api.access.sessions import LONGEST
from kapacitet_api.database import Database
from kapacitet_api.problems import Problem
from kapacitet_api.settings import Settings

LANDING = "/api/v1/me"
"""Where one is after login, if one didn't come from somewhere."""
AWAY = 600
"""Seconds one may be at the provider."""
_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


class Login:
    """Ways in, for one application."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.database = settings, database
        self.provider = Provider(settings) if settings.oidc_issuer else None
        self._signer: URLSafeTimedSerializer | None = None

    def enter(self, identity: Identity, after: str) -> Response:
        """Begin a session of ``identity`` and go on to ``after``.

        Raises:
            Problem: 403, it has no access.
        """
        with self.database.write() as connection:
            entered = enter(connection, identity)
        return self._welcome(entered, after)

    def use_link(self, token: str) -> Response:
        """Begin the session of a one-time link, if it counts.

        Raises:
            Problem: 401, it doesn't (any more); 403, its user is closed.
        """
        with self.database.write() as connection:
            identity = links.use(connection, token)
            entered = spent() if identity is None else enter(connection, identity)
        return self._welcome(entered, LANDING)

    def remember(self, response: Response, value: dict[str, Any]) -> None:
        """Let the browser keep what is begun, signed."""
        text = self._serializer().dumps(value)
        cookies.keep(response, cookies.LOGIN, str(text), self.settings, AWAY)

    def recall(self, request: HTTPConnection) -> dict[str, Any]:
        """What :meth:`remember` was given, if it is ours and not too old; else nothing."""
        text = cookies.read(request, cookies.LOGIN, self.settings)
        try:
            return dict(self._serializer().loads(text, max_age=AWAY)) if text else {}
        except BadData:
            return {}

    def _serializer(self) -> URLSafeTimedSerializer:
        if self._signer is None:
            self._signer = URLSafeTimedSerializer(own_secret(self.database, "login"), salt=cookies.LOGIN)
        return self._signer

    def _welcome(self, entered: str | Problem, after: str) -> Response:
        if isinstance(entered, Problem):
            raise entered
        response = RedirectResponse(after, status_code=303)
        cookies.keep(response, cookies.SESSION, entered, self.settings, int(LONGEST.total_seconds()))
        return response


def spent() -> Problem:
    """A link that doesn't count."""
    detail = "Linket er brugt eller udløbet. Lav et nyt med kapacitet login-link."
    return Problem("unauthenticated", detail, headers={"WWW-Authenticate": "Bearer"})


def path_of(text: str | None) -> str:
    """Where to go on to: a path of ours and nothing else, else the landing."""
    return text if text and len(text) <= 500 and _PATH.fullmatch(text) else LANDING


def login_of(connection: HTTPConnection) -> Login:
    """The ways in of the application that a request came to."""
    return cast(Login, connection.app.state.login)
