"""A document and its text: sources, lines, wordings, versions, placements, editions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint

from tracker.store.columns import (
    immutable,
    of_document,
    one_of,
    own_id,
    part,
    refers,
    versioned,
    words,
)
from tracker.store.types import Number, Rank

# A key that was given in an entry that was undone may be given again, so keys are not unique here;
# services look under the lock on the head whether one is taken.
document = immutable("document", own_id(), Column("key", Text, nullable=False))

document_version = versioned(
    "document_version",
    of_document(),
    part("number"),
    words("title", nullable=False),
    Column("language", Text, nullable=False),
    Column("unit", Text, nullable=False),
    words("note"),
    Column("attribution", Text),
    one_of("unit", "sentence", "paragraph"),
    one_of("attribution", "side", "label", "name", "none"),
    subject=("document",),
    salted=True,
)

source = immutable(
    "source",
    of_document(),
    part("id"),
    Column("role", Text, nullable=False),
    words("file"),
    words("title"),
    words("authors"),
    Column("date", Text),
    words("publisher"),
    words("note"),
    words("sha256"),
    Column("encoding", Text),
    Column("content", LargeBinary, info={"words": True}),
    Column("language", Text),
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
    Column("from_line", Number),
    UniqueConstraint("document", "label"),
    refers("line", "from_line"),
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
    one_of(
        *("origin", "imported", "inserted", "edited", "split", "merged"),
        *("translated", "reverted"),
    ),
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
    Column("trail", Text),
    Column("kind", Text),
    Column("level", Integer),
    Column("into_line", Number),
    Column("open", Integer, nullable=False, server_default="0"),
    refers("line", "line"),
    refers("line", "after_line"),
    refers("line", "into_line"),
    one_of("block", "paragraph", "line", "inline"),
    one_of("kind", "heading", "sentence", "paragraph"),
    subject=("document", "line", "language"),
)

translation = versioned(
    "translation",
    of_document(),
    Column("language", Text, primary_key=True),
    part("line"),
    part("of_line"),
    part("number"),
    Column("wording", Number),
    refers("line", "line"),
    refers("line", "of_line"),
    refers("wording", "wording"),
    subject=("document", "language", "line", "of_line"),
)

edition = immutable(
    "edition",
    of_document(),
    part("id"),
    Column("key", Text, nullable=False),
    Column("state", Number, ForeignKey("entry.number", deferrable=True, initially="DEFERRED")),
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
