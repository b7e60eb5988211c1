"""Writing the record of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from kapacitet_api.audit.tables import audit


def record(
    connection: sa.Connection,
    who: str,
    what: str,
    object: str,
    *,
    input_hash: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a row, in the transaction of what it tells about.

    Args:
        who: id of a principal, or ``system``.
        what: verb and kind, such as ``run.create``.
        object: id of what it was done to.
    """
    row = {"who": who, "what": what, "object": object, "input_hash": input_hash, "detail": detail}
    connection.execute(audit.insert().values(row))
