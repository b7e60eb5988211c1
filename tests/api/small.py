"""A small service: the region of the reports' tests, scenarios that do as tests need, and a key for each scope."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import Database
from kapacitet_api.migrations.upgrade import upgrade
from kapacitet_api.regions.repository import add_dataset
from kapacitet_api.regions.stored import region_archive
from kapacitet_api.scenarios.repository import add_version

from kapacitet.region import export_folder
from kapacitet.scenario.documents import document_text
from kapacitet.scenario.files import scenario_document
from tests.report.world import region, scenario

SCENARIOS: dict[str, dict[str, Any]] = {
    "proeve": {},
    "umulig": {"projects": {"forced": ["nyt-12"]}, "levers": {"construction_overrun": 1.0}},
    "fejl": {"projects": {"forced": ["findes-ikke"]}},
}
"""Scenarios by id, with what they change. Others by name for the light child, see :mod:`tests.api.light_child`."""
LIGHT = ("kort", "lang", "uendelig", "styrter", "hukommelse", "taber", "ensom", "skriver")


@cache
def archive() -> bytes:
    """The small region as it is uploaded."""
    with tempfile.TemporaryDirectory() as folder:
        return region_archive(export_folder(region(), Path(folder) / "proeve"))


def furnish(database: Database) -> dict[Scope, str]:
    """Migrate an empty database and put the small world there; a key for each scope."""
    upgrade(database)
    with database.write() as connection:
        key = blobs.put(connection, archive())
        add_dataset(
            connection, "proeve", name="Prøveregion", sha256=key, input_hash=region().content_hash, by="system"
        )
        for id, sections in (SCENARIOS | {id: {"description": id} for id in LIGHT}).items():
            described = scenario(**sections).model_copy(update={"name": id.title()})
            content = document_text(scenario_document(described), ".toml")
            add_version(connection, id, content, name=id.title(), region="proeve", by="system")
        return {scope: create_key(connection, scope, [scope], "system") for scope in Scope}


def sha(data: bytes) -> str:
    """SHA-256 as text."""
    return hashlib.sha256(data).hexdigest()
