"""What the provider's ID token says of somebody, as we understand it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kapacitet_api.access.entering import CLAIM, Identity
from kapacitet_api.access.principal import ROLES, Role
from kapacitet_api.edge.checking import roles_of
from kapacitet_api.settings import Settings

LONGEST_SUBJECT, LONGEST_NAME = 255, 200
_VISIBLE = re.compile(r"[\x20-\x7e]+")
_CODE = re.compile(r"0?([0-9]{3})")


def identity_of(claims: Mapping[str, Any], settings: Settings) -> Identity:
    """Who has signed in. A role that isn't known, or a reader's municipality that should be told but isn't: no role.

    Raises:
        ValueError: the subject isn't one (OpenID Connect Core 1.0, 2: at most 255 ASCII characters).
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not _VISIBLE.fullmatch(subject):
        raise ValueError("sub")
    municipality = _municipality(_told(claims, settings.oidc_municipality_claim))
    role = _role(_told(claims, settings.oidc_role_claim), settings)
    if role == "laeser" and settings.oidc_municipality_claim and municipality is None:
        role = None  # without municipality a reader would see all of them
    name = _text(claims, "name") or _text(claims, "preferred_username") or _text(claims, "email") or subject
    return Identity(settings.oidc_issuer, subject, name, _text(claims, "email"), role, municipality, CLAIM)


def _told(claims: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a claim; ``a.b`` is ``b`` inside ``a`` where there is no claim of the whole name."""
    found: Any = claims.get(name) if name else None
    if found is None and name:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]


def _role(told: list[str], settings: Settings) -> Role | None:
    """The role that may most."""
    known = roles_of(settings.oidc_roles)
    found = [known[one] for one in told if one in known]
    return max(found, key=lambda role: ROLES[role].rank, default=None)


def _municipality(told: list[str]) -> str | None:
    """A kommunekode; the state's registers write it with four digits."""
    codes = {form.group(1) for one in told if (form := _CODE.fullmatch(one))}
    return codes.pop() if len(codes) == 1 else None


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if not isinstance(value, str):
        return None
    return "".join(sign for sign in value if sign.isprintable()).strip()[:LONGEST_NAME] or None
