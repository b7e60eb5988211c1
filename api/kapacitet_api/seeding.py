"""What a service has from its first start: the shipped regions and their presets; a new release adds versions."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet.region import load_region, shipped_ids, shipped_region
from kapacitet.scenario.presets import list_presets
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import Database, alone
from kapacitet_api.regions.repository import add_dataset, has_dataset
from kapacitet_api.regions.stored import region_archive
from kapacitet_api.scenarios.repository import add_version

SYSTEM = "system"


def seed(database: Database) -> None:
    """Put the shipped regions and presets there, those that aren't; many processes may ask at once."""
    regions = [(id, region_archive(shipped_region(id))) for id in shipped_ids()]
    with database.write() as connection:
        alone(connection)
        for id, data in regions:
            _seed_region(connection, id, data)
            for preset in list_presets(id):
                add_version(
                    connection,
                    preset.id,
                    preset.path.read_text(encoding="utf-8"),
                    name=preset.name,
                    region=id,
                    by=SYSTEM,
                    preset=True,
                )


def _seed_region(connection: sa.Connection, id: str, data: bytes) -> None:
    key = blobs.put(connection, data)
    if not has_dataset(connection, id, key):
        region = load_region(shipped_region(id))
        add_dataset(
            connection,
            id,
            name=region.title,
            sha256=key,
            input_hash=region.content_hash,
            by=SYSTEM,
            note="Medfølger.",
        )
