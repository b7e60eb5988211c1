"""Settings from variables: all that is wrong at once, and all of it described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kapacitet_api.settings import NAMES, PREFIX, Settings, from_environment

from kapacitet.faults import FaultyInput
from tests.project import ROOT


def test_given_and_not_given() -> None:
    assert from_environment({}) == Settings()
    given = {"KAPACITET_DATA": "/x", "KAPACITET_PORT": "0", "KAPACITET_RUNS_AT_ONCE": "3"}
    assert from_environment(given) == Settings(data=Path("/x"), port=0, runs_at_once=3)


def test_settings_survive_the_way_to_another_process() -> None:
    settings = Settings(data=Path("/x"), database_url="postgresql://a@b/c", port=1, memory_mb=7, worker_runs=9)
    assert from_environment(settings.environment()) == settings


@pytest.mark.parametrize("scheme", ["postgresql://", "postgres://", "postgresql+psycopg://"])
def test_addresses_of_postgresql(scheme: str) -> None:
    assert Settings(database_url=f"{scheme}a:b@c/d").url == "postgresql+psycopg://a:b@c/d"


def test_all_faults_at_once_and_no_secret_among_them() -> None:
    given = {
        "KAPACITET_PORT": "70000",
        "KAPACITET_MEMORY_MB": "²",
        "KAPACITET_DATABASE_URL": "mysql://a:hemmelig@b/c",
    }
    with pytest.raises(FaultyInput) as caught:
        from_environment(given)
    assert {fault.column for fault in caught.value.faults} == set(given)
    assert "hemmelig" not in str(caught.value)


def test_every_variable_is_described_and_no_other() -> None:
    text = (ROOT / "docs" / "drift.md").read_text("utf-8")
    described = set(re.findall(r"^\| `(KAPACITET_[A-Z_]+)` \|", text, re.MULTILINE))
    assert described == {PREFIX + name.upper() for name in NAMES}
