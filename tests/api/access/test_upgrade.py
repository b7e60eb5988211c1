"""A database of the first release gets the tables of access, and keeps what it has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from kapacitet_api.access.keys import create_key, principal_of
from kapacitet_api.access.links import add_link, needs_first
from kapacitet_api.access.principal import Scope
from kapacitet_api.audit.tables import audit
from kapacitet_api.database import open_database
from kapacitet_api.migrations.upgrade import _config, is_current, upgrade
from kapacitet_api.settings import Settings


def test_from_the_first_release(empty: Settings) -> None:
    database = open_database(empty)
    with database.write() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        key = create_key(connection, "a", [Scope.PLAN], "system")
    with database.read() as connection:
        assert not is_current(connection) and not sa.inspect(connection).has_table("users")
    for _ in range(2):
        upgrade(database)
    found = principal_of(database, key)
    assert found is not None and found.may(Scope.PLAN)
    with database.write() as connection:
        assert is_current(connection) and needs_first(connection)
        add_link(connection, "a", "laeser")
        told = connection.execute(sa.select(audit.c.what).order_by(audit.c.id)).scalars().all()
    assert told == ["key.create", "link.create"]
    database.close()
