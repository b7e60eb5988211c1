"""Settings of access: what can't be used is said at once, and no secret among it."""

from __future__ import annotations

from pathlib import Path

import pytest
from kapacitet_api.settings import from_environment

from kapacitet.faults import FaultyInput

OIDC = {
    "KAPACITET_OIDC_ISSUER": "https://login.example.dk/realm",
    "KAPACITET_OIDC_CLIENT_ID": "kapacitet",
    "KAPACITET_BASE_URL": "https://kapacitet.example.dk/",
}


def test_what_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "hemmelighed"
    file.write_text("hemmelig\n")
    given = {
        **OIDC,
        "KAPACITET_OIDC_CLIENT_SECRET_FILE": str(file),
        "KAPACITET_OIDC_ROLE_CLAIM": "groups",
        "KAPACITET_OIDC_ROLES": "a=b=laeser, CN=Plan=planlaegger",
        "KAPACITET_PROXIES": "10.0.0.0/8, ::1",
        "KAPACITET_ORIGINS": "https://tavle.example.dk, http://localhost:3000",
        "KAPACITET_REQUESTS_A_MINUTE": "7",
        "KAPACITET_DATA": str(tmp_path),
    }
    settings = from_environment(given)
    assert settings.oidc_client_secret == "hemmelig" and settings.base_url == "https://kapacitet.example.dk"
    assert settings.https and settings.requests_a_minute == 7 and "hemmelig" not in repr(settings)
    assert from_environment(settings.environment()) == settings
    assert not from_environment({"KAPACITET_BASE_URL": "http://localhost:8000"}).https


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ({"OIDC_ISSUER": "https://a.example"}, {"OIDC_CLIENT_ID", "BASE_URL"}),
        ({"OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "hemmelig"}, {"OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"}),
        ({"OIDC_ISSUER": "http://a.example", "OIDC_CLIENT_ID": "a", "BASE_URL": "https://b"}, {"OIDC_ISSUER"}),
        ({"BASE_URL": "https://a.example/sti"}, {"BASE_URL"}),
        ({"BASE_URL": "a.example"}, {"BASE_URL"}),
        ({"BASE_URL": "https://a:b@c.example"}, {"BASE_URL"}),
        ({"BASE_URL": "https://[a"}, {"BASE_URL"}),
        ({"BASE_URL": "https://a:99999"}, {"BASE_URL"}),
        ({"ORIGINS": "*"}, {"ORIGINS"}),
        ({"ORIGINS": "https://a.example/, https://B.example"}, {"ORIGINS"}),
        ({"PROXIES": "10.0.0.0/8, proxy"}, {"PROXIES"}),
        ({"REQUESTS_A_MINUTE": "0"}, {"REQUESTS_A_MINUTE"}),
        ({"OIDC_CLIENT_SECRET_FILE": "/findes/ikke"}, {"OIDC_CLIENT_SECRET_FILE"}),
    ],
)
def test_what_cannot_be_used(given: dict[str, str], columns: set[str]) -> None:
    with pytest.raises(FaultyInput) as caught:
        from_environment({f"KAPACITET_{name}": value for name, value in given.items()})
    assert {fault.column for fault in caught.value.faults} == {f"KAPACITET_{name}" for name in columns}
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize("roles", ["a=konge", "laeser", "=laeser"])
def test_roles_that_are_none(roles: str) -> None:
    given = {**OIDC, "KAPACITET_OIDC_ROLE_CLAIM": "groups", "KAPACITET_OIDC_ROLES": roles}
    with pytest.raises(FaultyInput, match="gruppe=rolle"):
        from_environment(given)
