"""Tables of sweeps and their points."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

sweeps = sa.Table(
    "sweeps",
    METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("dataset_id", sa.ForeignKey("datasets.id"), nullable=False),
    sa.Column("scenario_id", sa.String(100), nullable=False),
    sa.Column("scenario_version", sa.Integer, nullable=False),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("axes", sa.JSON, nullable=False),
    sa.Column("idempotency_key", sa.String(255), nullable=True),
    sa.Column("request_hash", sa.String(64), nullable=False),
    sa.Column("created_by", sa.String(100), nullable=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.ForeignKeyConstraint(
        ["scenario_id", "scenario_version"], ["scenario_versions.scenario_id", "scenario_versions.version"]
    ),
    sa.UniqueConstraint("created_by", "idempotency_key"),
    sa.Index(None, "created_at", "id"),
)

sweep_points = sa.Table(
    "sweep_points",
    METADATA,
    sa.Column("sweep_id", sa.ForeignKey("sweeps.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("values", sa.JSON, nullable=False),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False),
    sa.Index(None, "run_id"),
)
