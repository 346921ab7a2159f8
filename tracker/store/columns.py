"""How the tables are built: the metadata and the columns that many of them share.

Two sorts of row: a row with ``entry`` stays for ever as that entry wrote it; a row with ``since``
and ``until`` is one version of something, current while ``until`` is ``CURRENT``. Every id is
counted by the journal (``Entry.next_id``), never by the database, so that a dump gives the same
rows with the same digests on another one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from tracker.store.types import Number

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def words(name: str, **options: Any) -> Column[str]:
    """Text that people wrote: hashed with the row's salt, so that it can be sealed."""
    return Column(name, Text, info={"words": True}, **options)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A text column that takes only these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def flag(name: str) -> tuple[Column[int], CheckConstraint]:
    """A column that is 0 or 1."""
    return Column(name, Integer, nullable=False), CheckConstraint(f"{name} IN (0, 1)", name=name)


def written_in(name: str, *, in_key: bool = False) -> Column[int]:
    """The entry that wrote the row."""
    # Deferred: the entry's own row, which holds the digest of all the others, is written last.
    reference = ForeignKey("entry.number", deferrable=True, initially="DEFERRED")
    return Column(name, Number, reference, primary_key=in_key, autoincrement=False, nullable=False)


def refers(table: str, column: str) -> ForeignKeyConstraint:
    """Reference to a row of the same document by its id."""
    return ForeignKeyConstraint(["document", column], [f"{table}.document", f"{table}.id"])


def _table(name: str, *parts: Any, salted: bool = False, **info: Any) -> Table:
    trailing = [Column("salt", LargeBinary)] if salted else []
    return Table(
        name,
        metadata,
        *parts,
        *trailing,
        Column("digest", Text, nullable=False),
        sqlite_strict=True,
        info=info,
    )


def immutable(name: str, *parts: Any, salted: bool = False, again: bool = False) -> Table:
    """A table whose rows stay as their entry wrote them.

    ``again``: what an entry said that was undone may be said by another one.
    """
    written = written_in("entry", in_key=again)
    return _table(name, *parts, written, salted=salted, moment="entry")


def versioned(name: str, *parts: Any, subject: tuple[str, ...], salted: bool = False) -> Table:
    """``subject`` names the columns of which only one row is current at any entry."""
    return _table(
        name,
        *parts,
        written_in("since"),
        Column("until", Number, nullable=False),
        salted=salted,
        moment="since",
        subject=subject,
    )


def own_id() -> Column[int]:
    """The id of something that belongs to the store."""
    return Column("id", Number, primary_key=True, autoincrement=False)


def of_document() -> Column[int]:
    """The document that the row belongs to; every growing table starts its key with it."""
    return Column(
        "document", Number, ForeignKey("document.id"), primary_key=True, autoincrement=False
    )


def part(name: str) -> Column[int]:
    """A further column of a primary key."""
    return Column(name, Number, primary_key=True, autoincrement=False)
