"""Tables of runs, their events and the workers that solve them."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

runs = sa.Table(
    "runs",
    METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("dataset_id", sa.ForeignKey("datasets.id"), nullable=False),
    sa.Column("scenario_id", sa.String(100), nullable=False),
    sa.Column("scenario_version", sa.Integer, nullable=False),
    sa.Column("scenario_sha256", sa.String(64), nullable=False, info={"blob": True}),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("input_hash", sa.String(64), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("phase", sa.Text, nullable=False, default=""),
    sa.Column("share", sa.Float, nullable=False, default=0.0),
    sa.Column("best", sa.Float, nullable=True),
    sa.Column("bound", sa.Float, nullable=True),
    sa.Column("gap", sa.Float, nullable=True),
    sa.Column("cancel", sa.String(10), nullable=True),
    sa.Column("worker", sa.String(80), nullable=True),
    sa.Column("heartbeat_at", Moment, nullable=True),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("created_by", sa.String(100), nullable=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("started_at", Moment, nullable=True),
    sa.Column("finished_at", Moment, nullable=True),
    sa.Column("error", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("result_sha256", sa.String(64), nullable=True, info={"blob": True}),
    sa.Column("idempotency_key", sa.String(255), nullable=True),
    sa.Column("request_hash", sa.String(64), nullable=False),
    sa.Column("published_at", Moment, nullable=True),
    sa.Column("reused_from", sa.String(36), nullable=True),
    sa.Column("sweep_id", sa.String(36), nullable=True),
    sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(
        ["scenario_id", "scenario_version"], ["scenario_versions.scenario_id", "scenario_versions.version"]
    ),
    sa.UniqueConstraint("created_by", "idempotency_key"),
    sa.Index(None, "state"),
    sa.Index(None, "input_hash"),
    sa.Index(None, "created_at", "id"),
    sa.Index(None, "sweep_id"),
)

run_events = sa.Table(
    "run_events",
    METADATA,
    sa.Column("run_id", sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False, default=now()),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
)

run_plans = sa.Table(
    "run_plans",
    METADATA,
    sa.Column("run_id", sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("decisions", sa.JSON, nullable=False),
    sa.Column("objective", sa.Float, nullable=False),
    sa.Column("at", Moment, nullable=False, default=now()),
)

workers = sa.Table(
    "workers",
    METADATA,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("started_at", Moment, nullable=False, default=now()),
    sa.Column("heartbeat_at", Moment, nullable=False, default=now()),
    sa.Column("stopped_at", Moment, nullable=True),
    sa.Column("recovered_at", Moment, nullable=True),
)
