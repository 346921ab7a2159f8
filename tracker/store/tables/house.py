"""What belongs to the store as a whole: series, meetings, participants, references."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text

from tracker.store.columns import flag, immutable, own_id, part, versioned, words
from tracker.store.types import Number

series = immutable(
    "series",
    own_id(),
    Column("key", Text, nullable=False),
    words("name", nullable=False),
    words("hosts"),
    Column("held_since", Text),
    Column("meetings_planned", Integer),
    words("note"),
    salted=True,
)

meeting = immutable(
    "meeting",
    own_id(),
    Column("key", Text, nullable=False),
    Column("series", Number, ForeignKey("series.id")),
    words("name", nullable=False),
    words("kind"),
    Column("date", Text),
    words("place"),
    words("note"),
    salted=True,
)

# Its first version is the row of ``meeting`` itself, so these count from 2.
meeting_version = versioned(
    "meeting_version",
    Column("meeting", Number, ForeignKey("meeting.id"), primary_key=True, autoincrement=False),
    part("number"),
    Column("series", Number, ForeignKey("series.id")),
    words("name"),
    words("kind"),
    Column("date", Text),
    words("place"),
    words("note"),
    *flag("open"),
    subject=("meeting",),
    salted=True,
)

topic = immutable(
    "topic",
    Column("meeting", Number, ForeignKey("meeting.id"), primary_key=True, autoincrement=False),
    part("number"),
    words("name", nullable=False),
    salted=True,
)

participant = immutable(
    "participant",
    own_id(),
    Column("key", Text, nullable=False),
    words("name", nullable=False),
    words("side"),
    words("note"),
    salted=True,
)

reference = immutable(
    "reference",
    own_id(),
    Column("key", Text, nullable=False),
    Column("series", Number, ForeignKey("series.id")),
    words("title", nullable=False),
    words("authors"),
    Column("date", Text),
    words("publisher"),
    words("note"),
    salted=True,
)
