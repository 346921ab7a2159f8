"""What is said about a text: comments, anchors, proposals, verdicts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Integer, Text

from tracker.store.columns import (
    flag,
    immutable,
    of_document,
    one_of,
    part,
    refers,
    versioned,
    words,
)
from tracker.store.types import Number

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
    Column("internal", Integer),
    Column("proposal", Number),
    Column("change", Number),
    # When it was said, as its source says: without a claim to a time zone, and perhaps partial.
    Column("said_at", Text),
    refers("comment", "comment"),
    refers("comment", "parent"),
    refers("source", "source"),
    refers("proposal", "proposal"),
    ForeignKeyConstraint(["meeting", "topic"], ["topic.meeting", "topic.number"]),
    one_of("kind", "objection", "support", "suggestion", "question", "observation"),
    one_of("type", "general", "technical", "editorial"),
    one_of("relation", "counters", "builds_on", "endorses", "answers"),
    CheckConstraint("internal IN (0, 1)", name="internal"),
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
    Column("line", Number),
    Column("start", Number),
    Column("stop", Number),
    words("quote"),
    words("prefix"),
    words("suffix"),
    Column("state", Text, nullable=False),
    *flag("inherited"),
    refers("comment", "comment"),
    refers("wording", "wording"),
    one_of("scope", "words", "line", "section", "gap"),
    one_of("state", "exact", "partial", "orphaned", "removed"),
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
    Column("supersedes", Number),
    Column("amends_proposal", Number),
    Column("amends_change", Number),
    # When it was made, as its file says, and which marks of the file that came with it it is.
    Column("made_at", Text),
    Column("marks", Text),
    refers("proposal", "proposal"),
    refers("line", "after_line"),
    refers("proposal", "amends_proposal"),
    one_of("kind", "replace", "insert", "delete", "move", "split", "merge", "remove"),
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
    Column("kind", Text),
    Column("level", Integer),
    Column("block", Text),
    Column("markup", Text),
    Column("gap", Text),
    ForeignKeyConstraint(
        ["document", "proposal", "change"],
        ["proposal_change.document", "proposal_change.proposal", "proposal_change.number"],
    ),
    refers("line", "line"),
    refers("wording", "wording"),
    one_of("role", "base", "result"),
    one_of("kind", "heading", "sentence", "paragraph"),
    one_of("block", "paragraph", "line", "inline"),
)

# The changes that a change was made from: merged, carried to a newer wording, or amended.
proposal_source = immutable(
    "proposal_source",
    of_document(),
    part("proposal"),
    part("change"),
    part("ordinal"),
    Column("from_proposal", Number, nullable=False),
    Column("from_change", Number, nullable=False),
    ForeignKeyConstraint(
        ["document", "proposal", "change"],
        ["proposal_change.document", "proposal_change.proposal", "proposal_change.number"],
    ),
    refers("proposal", "from_proposal"),
)

proposal_answer = immutable(
    "proposal_answer",
    of_document(),
    part("proposal"),
    part("comment"),
    refers("proposal", "proposal"),
    refers("comment", "comment"),
    again=True,
)

verdict = versioned(
    "verdict",
    of_document(),
    part("id"),
    Column("comment", Number),
    Column("proposal", Number),
    Column("change", Number),
    Column("line", Number),
    Column("stage", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    words("reason"),
    words("decided_by"),
    Column("decided_on", Text),
    Column("mode", Text),
    Column("votes", Text),
    Column("wording", Number),
    refers("comment", "comment"),
    refers("proposal", "proposal"),
    refers("line", "line"),
    refers("wording", "wording"),
    one_of("stage", "advised", "decided"),
    one_of("mode", "consensus", "vote", "silence"),
    CheckConstraint(
        "(comment IS NOT NULL AND proposal IS NULL AND line IS NULL)"
        " OR (comment IS NULL AND proposal IS NOT NULL AND line IS NULL)"
        " OR (comment IS NULL AND proposal IS NULL AND line IS NOT NULL)",
        name="subject",
    ),
    subject=("document", "comment", "proposal", "change", "line", "stage"),
    salted=True,
)

assignment = versioned(
    "assignment",
    of_document(),
    part("comment"),
    part("number"),
    words("assignee"),
    Column("due", Text),
    words("note"),
    *flag("done"),
    refers("comment", "comment"),
    subject=("document", "comment"),
    salted=True,
)

# What an entry that was undone had brought. ``document`` is 0 for what belongs to the store.
retraction = versioned(
    "retraction",
    part("document"),
    Column("kind", Text, primary_key=True),
    part("id"),
    part("number"),
    *flag("holds"),
    subject=("document", "kind", "id"),
)

# What stands for words that were erased: the salted hash that their row's digest was made with.
seal = immutable(
    "seal",
    of_document(),
    part("id"),
    Column("row_table", Text, nullable=False),
    Column("row_digest", Text, nullable=False),
    Column("row_column", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
