"""What a service has from its first start, and what a new release or an unfit database does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import open_database
from kapacitet_api.regions.repository import newest_dataset
from kapacitet_api.scenarios.repository import add_version, find_version
from kapacitet_api.scenarios.tables import scenario_versions, scenarios
from kapacitet_api.seeding import seed
from kapacitet_api.serving import prepare
from kapacitet_api.settings import Settings

from kapacitet.faults import FaultyInput
from kapacitet.region import load_region, shipped_region
from kapacitet.scenario.presets import list_presets


def test_the_shipped_region_and_its_presets(empty: Settings, tmp_path: Path) -> None:
    prepare(empty)
    database = open_database(empty)
    with database.read() as connection:
        dataset = newest_dataset(connection, "syddanmark")
        assert dataset is not None and (dataset.id, dataset.version) == ("syddanmark-1", 1)
        (tmp_path / "region.zip").write_bytes(blobs.get(connection, dataset.sha256))
        known = connection.execute(sa.select(scenarios.c.id, scenarios.c.name, scenarios.c.preset)).all()
    assert load_region(tmp_path / "region.zip") == load_region(shipped_region("syddanmark"))
    assert {tuple(row) for row in known} == {(preset.id, preset.name, True) for preset in list_presets("syddanmark")}
    with database.write() as connection:  # as if an older release had shipped another text
        add_version(
            connection, "basis", 'name = "Basis"\n', name="Basis", region="syddanmark", by="system", preset=True
        )
    for _ in range(2):
        seed(database)
    with database.read() as connection:
        newest = find_version(connection, "basis")
        assert newest is not None and newest.version == 3
        assert newest.content == list_presets("syddanmark")[0].path.with_name("basis.toml").read_text("utf-8")
        count = sa.select(sa.func.count()).select_from(scenario_versions)
        assert connection.execute(count).scalar_one() == len(known) + 2
    database.close()


def test_a_newer_releases_database_is_left_alone(settings: Settings) -> None:
    database = open_database(settings)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(FaultyInput, match="nyere udgave"):
        prepare(settings)


def test_what_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "kapacitet.db").write_bytes(b"noget andet" * 1000)
    with pytest.raises(FaultyInput, match="Databasen svarer ikke eller kan ikke bruges"):
        prepare(Settings(data=tmp_path))


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_a_database_that_does_not_exist(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapacitet_api.migrations.upgrade.PATIENCE", 0.0)
    with pytest.raises(FaultyInput, match="Databasen svarer ikke") as caught:
        prepare(replace(settings, database_url=settings.database_url + "x"))
    assert "t_" not in str(caught.value)
