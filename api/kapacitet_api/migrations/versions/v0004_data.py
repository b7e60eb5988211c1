"""What is found in a dataset: counts and warnings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "dataset_facts",
        sa.Column("dataset_id", sa.String(length=200), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_facts_dataset_id")),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("pk_dataset_facts")),
    )
