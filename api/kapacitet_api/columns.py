"""What the tables share: the MetaData, points in time, and the database's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time: milliseconds since 1970 in every database, an aware ``datetime`` (UTC) in Python."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else _EPOCH + int(value) * _MILLISECOND


class now(GenericFunction[datetime]):
    """The database's clock, the same for all machines that share it; inside a transaction it goes on."""

    type = Moment()
    name = "kapacitet_now"
    inherit_cache = True

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        super().__init__(sa.literal(ahead // _MILLISECOND, sa.BigInteger))


@compiles(now, "sqlite")
def _sqlite_now(element: now, compiler: Any, **more: Any) -> str:
    ahead = compiler.process(element.clauses, **more)
    return f"(CAST(unixepoch('subsec') * 1000 AS INTEGER) + {ahead})"


@compiles(now, "postgresql")
def _postgresql_now(element: now, compiler: Any, **more: Any) -> str:
    ahead = compiler.process(element.clauses, **more)
    return f"(CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) + {ahead})"
