"""The tables. Everything that people wrote is append-only; ``columns.py`` says how they are built.

``until``, ``anchor.line`` and ``placement.open`` are derived: the journal does not hash them,
``verify`` recomputes them. Columns that hold what people wrote are marked ``words``; they enter a
digest only as a salted hash, so that a remark can be sealed.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from tracker.store.columns import (
    flag,
    immutable,
    metadata,
    of_document,
    one_of,
    own_id,
    part,
    refers,
    versioned,
    words,
)
from tracker.store.types import Number, Rank, Timestamp

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

series = immutable(
    "series",
    own_id(),
    Column("key", Text, nullable=False, unique=True),
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
    Column("key", Text, nullable=False, unique=True),
    Column("series", Number, ForeignKey("series.id")),
    words("name", nullable=False),
    words("kind"),
    Column("date", Text),
    words("place"),
    words("note"),
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
    Column("key", Text, nullable=False, unique=True),
    words("name", nullable=False),
    words("side"),
    words("note"),
    salted=True,
)

reference = immutable(
    "reference",
    own_id(),
    Column("key", Text, nullable=False, unique=True),
    Column("series", Number, ForeignKey("series.id")),
    words("title", nullable=False),
    words("authors"),
    Column("date", Text),
    words("publisher"),
    words("note"),
    salted=True,
)

document = immutable("document", own_id(), Column("key", Text, nullable=False, unique=True))

document_version = versioned(
    "document_version",
    of_document(),
    part("number"),
    words("title", nullable=False),
    Column("language", Text, nullable=False),
    Column("unit", Text, nullable=False),
    words("note"),
    one_of("unit", "sentence", "paragraph"),
    subject=("document",),
    salted=True,
)

source = immutable(
    "source",
    of_document(),
    part("id"),
    Column("role", Text, nullable=False),
    words("file", nullable=False),
    words("title"),
    words("authors"),
    Column("date", Text),
    words("publisher"),
    words("note"),
    Column("sha256", Text),
    Column("encoding", Text),
    Column("content", LargeBinary, info={"words": True}),
    one_of("role", "cited", "imported"),
    salted=True,
)

line = immutable(
    "line",
    of_document(),
    part("id"),
    Column("label", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("level", Integer),
    UniqueConstraint("document", "label"),
    one_of("kind", "heading", "sentence", "paragraph"),
)

wording = immutable(
    "wording",
    of_document(),
    part("id"),
    Column("language", Text, nullable=False),
    words("text"),
    salted=True,
)

version = versioned(
    "version",
    of_document(),
    part("line"),
    Column("language", Text, primary_key=True),
    part("number"),
    Column("wording", Number, nullable=False),
    Column("origin", Text, nullable=False),
    refers("line", "line"),
    refers("wording", "wording"),
    one_of("origin", "imported", "inserted", "edited"),
    subject=("document", "line", "language"),
)

placement = versioned(
    "placement",
    of_document(),
    part("line"),
    Column("language", Text, primary_key=True),
    part("number"),
    Column("rank", Rank),
    Column("block", Text, nullable=False),
    Column("markup", Text, nullable=False),
    Column("gap", Text),
    Column("after_line", Number),
    Column("open", Integer, nullable=False, server_default="0"),
    refers("line", "line"),
    refers("line", "after_line"),
    one_of("block", "paragraph", "line", "inline"),
    subject=("document", "line", "language"),
)

edition = immutable(
    "edition",
    of_document(),
    part("id"),
    Column("key", Text, nullable=False),
    Column("state", Number, ForeignKey("entry.number", deferrable=True, initially="DEFERRED")),
    UniqueConstraint("document", "key"),
)

edition_version = versioned(
    "edition_version",
    of_document(),
    part("edition"),
    part("number"),
    words("name", nullable=False),
    Column("status", Text, nullable=False),
    Column("date", Text),
    words("note"),
    refers("edition", "edition"),
    one_of("status", "draft", "adopted", "published"),
    subject=("document", "edition"),
    salted=True,
)

edition_line = immutable(
    "edition_line",
    of_document(),
    part("edition"),
    part("line"),
    Column("printed", Text, nullable=False),
    refers("edition", "edition"),
    refers("line", "line"),
)

comment = immutable("comment", of_document(), part("id"))

comment_version = versioned(
    "comment_version",
    of_document(),
    part("comment"),
    part("number"),
    Column("meeting", Number, ForeignKey("meeting.id")),
    Column("topic", Number),
    words("speaker"),
    words("side"),
    Column("participant", Number, ForeignKey("participant.id")),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    words("text"),
    words("context"),
    words("note"),
    *flag("verbatim"),
    Column("parent", Number),
    Column("relation", Text),
    Column("source", Number),
    words("locator"),
    words("given_number"),
    refers("comment", "comment"),
    refers("comment", "parent"),
    refers("source", "source"),
    ForeignKeyConstraint(["meeting", "topic"], ["topic.meeting", "topic.number"]),
    one_of("kind", "objection", "support", "suggestion", "question", "observation"),
    one_of("type", "general", "technical", "editorial"),
    one_of("relation", "counters", "builds_on", "endorses", "answers"),
    subject=("document", "comment"),
    salted=True,
)

anchor = versioned(
    "anchor",
    of_document(),
    part("comment"),
    part("ordinal"),
    part("number"),
    Column("scope", Text, nullable=False),
    Column("wording", Number, nullable=False),
    Column("line", Number, nullable=False),
    Column("start", Number),
    Column("stop", Number),
    words("quote"),
    words("prefix"),
    words("suffix"),
    Column("state", Text, nullable=False),
    *flag("inherited"),
    refers("comment", "comment"),
    refers("wording", "wording"),
    one_of("scope", "words", "line"),
    one_of("state", "exact", "partial", "orphaned"),
    subject=("document", "comment", "ordinal"),
    salted=True,
)

proposal = immutable("proposal", of_document(), part("id"))

proposal_version = versioned(
    "proposal_version",
    of_document(),
    part("proposal"),
    part("number"),
    words("proposer"),
    words("rationale"),
    refers("proposal", "proposal"),
    subject=("document", "proposal"),
    salted=True,
)

proposal_change = immutable(
    "proposal_change",
    of_document(),
    part("proposal"),
    part("number"),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("after_line", Number),
    refers("proposal", "proposal"),
    refers("line", "after_line"),
    one_of("kind", "replace", "insert", "delete"),
)

proposal_wording = immutable(
    "proposal_wording",
    of_document(),
    part("proposal"),
    part("change"),
    Column("role", Text, primary_key=True),
    part("ordinal"),
    Column("line", Number),
    Column("wording", Number, nullable=False),
    ForeignKeyConstraint(
        ["document", "proposal", "change"],
        ["proposal_change.document", "proposal_change.proposal", "proposal_change.number"],
    ),
    refers("line", "line"),
    refers("wording", "wording"),
    one_of("role", "base", "result"),
)

proposal_answer = immutable(
    "proposal_answer",
    of_document(),
    part("proposal"),
    part("comment"),
    refers("proposal", "proposal"),
    refers("comment", "comment"),
)

verdict = versioned(
    "verdict",
    of_document(),
    part("id"),
    Column("comment", Number),
    Column("proposal", Number),
    Column("change", Number),
    Column("stage", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    words("reason"),
    words("decided_by"),
    Column("decided_on", Text),
    Column("mode", Text),
    refers("comment", "comment"),
    refers("proposal", "proposal"),
    one_of("stage", "advised", "decided"),
    one_of("mode", "consensus", "vote", "silence"),
    CheckConstraint("(comment IS NULL) <> (proposal IS NULL)", name="subject"),
    subject=("document", "comment", "proposal", "change", "stage"),
    salted=True,
)

JOURNALED: tuple[Table, ...] = tuple(
    table for table in metadata.tables.values() if "moment" in table.info
)
"""The tables whose rows the journal hashes."""
