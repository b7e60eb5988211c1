"""The OpenID provider: authorization code with PKCE, nonce and state.

OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9700, 2.1.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx2
from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from kapacitet_api.problems import Problem
from kapacitet_api.settings import Settings

TIMEOUT = 10.0
"""Seconds for each answer of the provider."""
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make: not ``none``, and not those with a shared secret."""
_log = logging.getLogger("kapacitet")


class Provider:
    """The provider of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._issuer, self._client_id = settings.oidc_issuer, settings.oidc_client_id
        self._client = OAuth().register(
            "oidc",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": TIMEOUT},
        )

    async def begin(self, request: Request, back: str) -> Response:
        """Send the browser to the provider, to come back to ``back``; ``request.session`` remembers what for.

        Raises:
            Problem: 503, the provider doesn't answer as one.
        """
        with _as_problems():
            await self._known()
            answer: Response = await self._client.authorize_redirect(request, back)
            return answer

    async def finish(self, request: Request) -> Mapping[str, Any]:
        """The claims of who has come back from the provider.

        Raises:
            Problem: 401 or 403, the provider hasn't let anybody in, or this isn't the login that was begun;
                503, it doesn't answer as one.
        """
        with _as_problems():
            await self._known()
            wanted = {
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
            }
            token = await self._client.authorize_access_token(request, claims_options=wanted)
        if "userinfo" not in token or token["userinfo"] is None:
            raise _refused("the provider gave no ID token")
        claims: Mapping[str, Any] = token["userinfo"]
        return claims

    async def _known(self) -> None:
        """See that who answers is the issuer (OpenID Connect Discovery 1.0, 4.3)."""
        known = await self._client.load_server_metadata()
        if known.get("issuer") != self._issuer:
            self._client.server_metadata.clear()
            raise ValueError(f"issuer of the metadata: {known.get('issuer')!r}")
        signed = [one for one in known.get("id_token_signing_alg_values_supported", ()) if one in _SIGNED]
        known["id_token_signing_alg_values_supported"] = signed or ["RS256"]


@contextmanager
def _as_problems() -> Iterator[None]:
    """Say what goes wrong at or with the provider; what it wrote itself goes to the log alone."""
    try:
        yield
    except MismatchingStateError:
        raise _refused("state") from None
    except OAuthError as error:
        if error.error == "access_denied":
            raise Problem("forbidden", "Login blev afvist eller afbrudt hos udbyderen.") from None
        if error.error in ("temporarily_unavailable", "server_error"):
            raise _away(error) from None
        raise _refused(error.error) from None
    except JoseError as error:
        raise _refused(f"{type(error).__name__} {error.error}") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise _away(error) from None


def _refused(reason: object) -> Problem:
    _log.warning("login refused: %s", ascii(reason)[:100])  # others may have written it
    detail = "Login kunne ikke gennemføres: Det er for længe siden, brugt før eller begyndt et andet sted. "
    return Problem("unauthenticated", detail + "Begynd forfra på /login.", headers={"WWW-Authenticate": "Bearer"})


def _away(error: Exception) -> Problem:
    _log.warning("OpenID provider: %s %s", type(error).__name__, ascii(str(error))[:200])
    return Problem("unavailable", "Udbyderen af login svarer ikke rigtigt lige nu. Prøv igen om lidt.",
                   headers={"Retry-After": "30"})  # fmt: skip
