"""The record of who did what, written and read."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
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


def list_entries(
    connection: sa.Connection,
    *,
    limit: int,
    before: int | None = None,
    who: str | None = None,
    what: str | None = None,
    object: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[sa.Row[Any]]:
    """Rows, newest first.

    Args:
        before: only rows with a smaller number.
        what: a kind and verb, or a kind alone.
        since, until: the first moment, and the first one no more.
    """
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    conditions: tuple[tuple[sa.Column[Any], Callable[[Any, Any], Any], Any], ...] = (
        (audit.c.id, operator.lt, before),
        (audit.c.who, operator.eq, who),
        (audit.c.what, _of_kind, what),
        (audit.c.object, operator.eq, object),
        (audit.c.at, operator.ge, since),
        (audit.c.at, operator.lt, until),
    )
    for column, holds, wanted in conditions:
        if wanted is not None:
            query = query.where(holds(column, wanted))
    return connection.execute(query).all()


def _of_kind(column: sa.Column[str], what: str) -> sa.ColumnElement[bool]:
    return sa.or_(column == what, column.startswith(f"{what}.", autoescape=True))
