"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
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


class _Stored(FunctionElement[str]):
    """Terms as the database keeps them."""

    inherit_cache = True


class _Read(FunctionElement[str]):
    """Terms as they come back."""

    inherit_cache = True


@compiles(_Stored)
@compiles(_Read)
def _as_it_is(element: FunctionElement[str], compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_Stored, "postgresql")
def _as_a_vector(element: _Stored, compiler: Any, **options: Any) -> str:
    return f"array_to_tsvector(string_to_array({_as_it_is(element, compiler, **options)}, ' '))"


@compiles(_Read, "postgresql")
def _as_text(element: _Read, compiler: Any, **options: Any) -> str:
    return f"array_to_string(tsvector_to_array({_as_it_is(element, compiler, **options)}), ' ')"


class Terms(TypeDecorator[str]):
    """The terms a text is found by, with a space between two: ``tsvector`` on PostgreSQL.

    No term has a space in it. PostgreSQL gives them back in an order of its own.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the dialect stores."""
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import TSVECTOR

            return dialect.type_descriptor(TSVECTOR())
        return dialect.type_descriptor(Text())

    def bind_expression(self, bindparam: BindParameter[str]) -> ColumnElement[str]:
        """Return what the database makes of the terms that are handed in."""
        # Sent as text: only the function makes a vector of it.
        return _Stored(type_coerce(bindparam, Text()))

    def column_expression(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """Return what makes text of the terms again."""
        return _Read(column)
