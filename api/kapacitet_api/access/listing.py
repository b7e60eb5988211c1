"""Going on in a list where the page before ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.paging import mark


def older(query: sa.Select[Any], table: sa.Table, after: tuple[datetime, str] | None) -> sa.Select[Any]:
    """``query``, newest first, with only the rows after a place; the table has ``created_at`` and ``id``."""
    query = query.order_by(table.c.created_at.desc(), table.c.id.desc())
    if after is None:
        return query
    at, id = after
    same = sa.and_(table.c.created_at == at, table.c.id < id)
    return query.where(sa.or_(table.c.created_at < at, same))


def page(rows: Sequence[sa.Row[Any]], limit: int) -> tuple[Sequence[sa.Row[Any]], str | None]:
    """The rows of a page of which one more was asked for, and the mark of the next one, if there is one."""
    shown = rows[:limit]
    return shown, mark(shown[-1].created_at, shown[-1].id) if len(rows) > limit else None
