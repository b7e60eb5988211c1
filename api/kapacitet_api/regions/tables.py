"""Table of dataset versions; rows are never changed."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

datasets = sa.Table(
    "datasets",
    METADATA,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("region", sa.String(150), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, info={"blob": True}),
    sa.Column("input_hash", sa.String(64), nullable=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("created_by", sa.String(100), nullable=False),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.UniqueConstraint("region", "version"),
)

dataset_facts = sa.Table(
    "dataset_facts",
    METADATA,
    sa.Column("dataset_id", sa.ForeignKey("datasets.id"), primary_key=True),
    sa.Column("program", sa.String(40), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
)
"""What a version of the program has found in a dataset; a newer one finds it anew."""
