"""Table of the content-addressed store."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA

blobs = sa.Table(
    "blobs",
    METADATA,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
