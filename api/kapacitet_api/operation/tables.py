"""Table of what is done now and then, by one process at a time."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment

chores = sa.Table(
    "chores",
    METADATA,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("begun_at", Moment, nullable=False),
)
