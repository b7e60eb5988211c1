"""Tables of scenarios; a version is never changed."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

scenarios = sa.Table(
    "scenarios",
    METADATA,
    sa.Column("id", sa.String(100), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("region", sa.String(150), nullable=False),
    sa.Column("preset", sa.Boolean(create_constraint=False), nullable=False, default=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("created_by", sa.String(100), nullable=False),
)

scenario_versions = sa.Table(
    "scenario_versions",
    METADATA,
    sa.Column("scenario_id", sa.ForeignKey("scenarios.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("created_by", sa.String(100), nullable=False),
    sa.Column("note", sa.Text, nullable=False, default=""),
)
