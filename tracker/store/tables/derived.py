"""Tables that are derived: what is found by search, and how many comments there are of each sort.

Nothing of them is hashed. The entry that changes what they are made of sets them
(``store/derived.py``), ``verify`` makes all of them again. They refer to nothing by foreign keys:
each row follows from others, and is looked at with them.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text, UniqueConstraint

from tracker.store.columns import metadata, one_of, part
from tracker.store.types import Number, Terms

# A text that is current: a line's, a comment's, a wording or the rationale of a proposal. ``part``
# is the change of a proposal (0: its rationale), ``ordinal`` tells apart several results of one.
# SQLite looks for terms in the table ``passage_terms``, which triggers keep; see ``indexes.py``.
passage = Table(
    "passage",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("document", Number, nullable=False),
    Column("kind", Text, nullable=False),
    Column("item", Number, nullable=False),
    Column("part", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("terms", Terms, nullable=False),
    UniqueConstraint("document", "kind", "item", "part", "ordinal", "language"),
    one_of("kind", "line", "comment", "proposal"),
    sqlite_strict=True,
)

# A sort of comments: made at one meeting, by one side, of one kind. Ids never change.
sort = Table(
    "sort",
    metadata,
    part("document"),
    part("id"),
    Column("meeting", Number),
    Column("side", Text),
    Column("kind", Text, nullable=False),
    sqlite_strict=True,
)

# How many comments of a sort are anchored to a line, and how many of them have no disposition.
tally = Table(
    "tally",
    metadata,
    part("document"),
    part("line"),
    part("sort"),
    Column("comments", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    CheckConstraint("comments > 0 AND open BETWEEN 0 AND comments", name="counts"),
    sqlite_strict=True,
)
