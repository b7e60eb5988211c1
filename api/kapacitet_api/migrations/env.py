"""Alembic's entry: always on the connection that :mod:`kapacitet_api.migrations.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from kapacitet_api.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
