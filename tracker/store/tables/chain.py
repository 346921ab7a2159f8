"""The journal: the entries and the head of their chain."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text

from tracker.store.columns import metadata
from tracker.store.types import Number, Timestamp

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Number, nullable=False),
    Column("digest", Text, nullable=False),
    CheckConstraint("id = 1", name="single"),
    sqlite_strict=True,
)

entry = Table(
    "entry",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("document", Number),
    Column("author", Text, nullable=False),
    Column("at", Timestamp, nullable=False),
    Column("command", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("format", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    sqlite_strict=True,
)
