"""What is said about a text: comments, anchors, proposals, verdicts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Text

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
