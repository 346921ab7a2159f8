"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

CURRENT = 2**63 - 1
"""The ``until`` of a row that has not been superseded."""

Number = BigInteger().with_variant(Integer(), "sqlite")
"""Entry numbers and ids."""

Rank = Text().with_variant(Text(collation="C"), "postgresql")
"""Text ordered by code point: other collations would order rank keys differently."""


def timestamp(moment: datetime) -> str:
    """Return a UTC time as the journal hashes it and a record writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Timestamp(TypeDecorator[datetime]):
    """A UTC time: ``timestamptz`` on PostgreSQL, sortable text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the dialect stores."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the value as the dialect stores it."""
        if value is None or dialect.name == "postgresql":
            return value
        return timestamp(value)

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy hands it in)
    ) -> datetime | None:
        """Return the stored value as an aware UTC time."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        stored: datetime = value
        return stored.astimezone(UTC)
