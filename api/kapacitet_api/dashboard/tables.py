"""Table of publications: what was published, when and by whom; a row is only changed when it ends."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

publications = sa.Table(
    "publications",
    METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("region", sa.String(150), nullable=False),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("payload_sha256", sa.String(64), nullable=False, info={"blob": True}),
    sa.Column("published_at", Moment, nullable=False, default=now()),
    sa.Column("published_by", sa.String(100), nullable=False),
    sa.Column("ended_at", Moment, nullable=True),
    sa.Column("ended_by", sa.String(100), nullable=True),
    sa.Index(None, "run_id"),
)

sa.Index(
    "uq_publications_current",
    publications.c.region,
    unique=True,
    sqlite_where=publications.c.ended_at.is_(None),
    postgresql_where=publications.c.ended_at.is_(None),
)
