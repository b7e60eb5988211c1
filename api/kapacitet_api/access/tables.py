"""Tables of keys, users, their sessions, one-time links and the service's own secrets."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.columns import METADATA, Moment, now

api_keys = sa.Table(
    "api_keys",
    METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("prefix", sa.String(12), nullable=False, unique=True),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("scopes", sa.JSON, nullable=False),
    sa.Column("owner", sa.String(100), nullable=False),
    sa.Column("municipality", sa.String(3), nullable=True),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("expires_at", Moment, nullable=True),
    sa.Column("revoked_at", Moment, nullable=True),
    sa.Column("last_used_at", Moment, nullable=True),
)

users = sa.Table(
    "users",
    METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("issuer", sa.String(300), nullable=False),
    sa.Column("subject", sa.String(255), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=True),
    sa.Column("role", sa.String(20), nullable=True),
    sa.Column("role_by", sa.String(10), nullable=True),
    sa.Column("municipality", sa.String(3), nullable=True),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("last_seen_at", Moment, nullable=True),
    sa.UniqueConstraint("issuer", "subject"),
    sa.Index(None, "created_at", "id"),
)

sessions = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("last_used_at", Moment, nullable=False, default=now()),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment, nullable=True),
    sa.Index(None, "user_id"),
)

login_links = sa.Table(
    "login_links",
    METADATA,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("municipality", sa.String(3), nullable=True),
    sa.Column("first", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False, default=now()),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("used_at", Moment, nullable=True),
)

secrets = sa.Table(
    "secrets",
    METADATA,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(100), nullable=False),
)
