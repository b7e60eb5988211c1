"""Random texts that prove something: shown once, kept as their SHA-256."""

from __future__ import annotations

import hashlib
import secrets

LENGTH = 43
"""Characters of a token: 256 random bits, so a plain hash protects it."""


def new_token() -> str:
    """A text nobody can guess."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
