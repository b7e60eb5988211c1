"""Database versions (Alembic)."""
