"""Whether the settings of access can be used: addresses, networks, roles, and what must be given together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet_api.access.principal import ROLES, Role
from kapacitet_api.edge.addresses import networks

_OIDC = ("oidc_client_id", "oidc_client_secret", "oidc_role_claim", "oidc_roles", "oidc_municipality_claim")
_SECRET_FILE = "KAPACITET_OIDC_CLIENT_SECRET_FILE"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def secret_of(given: Mapping[str, str]) -> dict[str, str]:
    """The OpenID client's secret where it lies in a file, as secrets of containers do.

    Raises:
        FaultyInput: the file can't be read.
    """
    name = given.get(_SECRET_FILE, "").strip()
    if not name:
        return {}
    try:
        return {"oidc_client_secret": Path(name).read_text(encoding="utf-8").strip()}
    except (OSError, UnicodeDecodeError) as error:
        told = system_message(error, Path(name)) if isinstance(error, OSError) else "Den er ikke tekst."
        message = f"Filen kan ikke læses. {told}".strip()
        raise FaultyInput(
            [Fault(message, "Ret variablen.", table="miljøvariabel", column=_SECRET_FILE, value=name)]
        ) from None


def faults_of(values: Mapping[str, str]) -> list[Fault]:
    """What is wrong with the settings that are given, by name; all of it."""
    return [*_addresses(values), *_lists(values), *_together(values)]


def roles_of(text: str) -> dict[str, Role]:
    """Value of the role claim -> role: our own names, and those of ``value=role, …``.

    Raises:
        ValueError: a role isn't one, or a part isn't a pair.
    """
    found: dict[str, Role] = {role: role for role in ROLES}
    for part in (one.strip() for one in text.split(",") if one.strip()):
        value, _, name = part.rpartition("=")
        role = next((role for role in ROLES if role == name.strip()), None)
        if role is None or not value.strip():
            raise ValueError(part)
        found[value.strip()] = role
    return found


def _addresses(values: Mapping[str, str]) -> Iterator[Fault]:
    base, issuer = values.get("base_url", ""), values.get("oidc_issuer", "")
    if base and not _is_origin(base):
        yield _fault("base_url", base, "Skal være som https://kapacitet.eksempel.dk, uden sti.")
    if issuer:
        parts = urlsplit(issuer)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or local) or parts.query or parts.fragment:
            yield _fault("oidc_issuer", issuer, "Skal begynde med https://.")


def _lists(values: Mapping[str, str]) -> Iterator[Fault]:
    origins = [one.strip() for one in values.get("origins", "").split(",") if one.strip()]
    for origin in origins:
        if not _is_origin(origin) or origin != origin.lower():
            yield _fault("origins", origin, "Skal være som https://tavle.eksempel.dk, uden sti og med små bogstaver.")
    for name, message, read in (
        ("proxies", "Skal være adresser eller net med komma imellem, som 10.0.0.0/8.", networks),
        ("oidc_roles", f"Skal være som gruppe=rolle med komma imellem; rollerne er {', '.join(ROLES)}.", roles_of),
    ):
        try:
            read(values.get(name, ""))
        except ValueError:
            yield _fault(name, values[name], message)


def _together(values: Mapping[str, str]) -> Iterator[Fault]:
    if "oidc_issuer" in values:
        for name in ("oidc_client_id", "base_url"):
            if name not in values:
                yield _fault(name, None, "Skal være sat, når KAPACITET_OIDC_ISSUER er det.")
    else:
        for name in _OIDC:
            if name in values:
                yield _fault(name, None, "Virker kun, når KAPACITET_OIDC_ISSUER er sat.")
    if "oidc_roles" in values and "oidc_role_claim" not in values:
        yield _fault("oidc_roles", None, "Virker kun, når KAPACITET_OIDC_ROLE_CLAIM er sat.")


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        bare = text == f"{parts.scheme}://{parts.netloc}" and "@" not in text and parts.port != 0
    except ValueError:
        return False
    return bare and parts.scheme in ("http", "https") and bool(parts.hostname)


def _fault(name: str, value: str | None, message: str) -> Fault:
    return Fault(message, "Ret variablen.", table="miljøvariabel", column="KAPACITET_" + name.upper(), value=value)
