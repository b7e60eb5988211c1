"""Table of what has been done; triggers of the database refuse to change or remove a row."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

audit = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("at", Moment, nullable=False, default=now()),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("what", sa.String(60), nullable=False),
    sa.Column("object", sa.String(200), nullable=False),
    sa.Column("input_hash", sa.String(64), nullable=True),
    sa.Column("detail", sa.JSON, nullable=True),
)
