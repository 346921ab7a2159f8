"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import Timestamp

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RANK = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
CURRENT = sa.text("until = 9223372036854775807")
OPEN = sa.text("until = 9223372036854775807 AND open > 0")


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "entry",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", NUMBER),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", Timestamp(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entry"),
        sqlite_strict=True,
    )
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_head_single")),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
        sqlite_strict=True,
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "digest": "0" * 64}])
    op.create_table(
        "document",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_document_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("key", name="uq_document_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "participant",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("side", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_participant_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.UniqueConstraint("key", name="uq_participant_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "series",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hosts", sa.Text()),
        sa.Column("held_since", sa.Text()),
        sa.Column("meetings_planned", sa.Integer()),
        sa.Column("note", sa.Text()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_series_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("key", name="uq_series_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "comment",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_comment_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_comment_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_comment"),
        sqlite_strict=True,
    )
    op.create_table(
        "document_version",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "unit IN ('sentence', 'paragraph')", name=op.f("ck_document_version_unit")
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_document_version_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_document_version_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "number", name="pk_document_version"),
        sqlite_strict=True,
    )
    op.create_table(
        "edition",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", NUMBER),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_edition_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_edition_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["state"],
            ["entry.number"],
            name="fk_edition_state",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_edition"),
        sa.UniqueConstraint("document", "key", name="uq_edition_document_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "line",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('heading', 'sentence', 'paragraph')", name=op.f("ck_line_kind")
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_line_document"),
        sa.ForeignKeyConstraint(
            ["entry"], ["entry.number"], name="fk_line_entry", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_line"),
        sa.UniqueConstraint("document", "label", name="uq_line_document_label"),
        sqlite_strict=True,
    )
    op.create_table(
        "meeting",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("series", NUMBER),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_meeting_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name="fk_meeting_series"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint("key", name="uq_meeting_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "proposal",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_proposal_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_proposal_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_proposal"),
        sqlite_strict=True,
    )
    op.create_table(
        "reference",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("series", NUMBER),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_reference_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name="fk_reference_series"),
        sa.PrimaryKeyConstraint("id", name="pk_reference"),
        sa.UniqueConstraint("key", name="uq_reference_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "source",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("authors", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("sha256", sa.Text()),
        sa.Column("encoding", sa.Text()),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('cited', 'imported')", name=op.f("ck_source_role")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_source_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_source_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_source"),
        sqlite_strict=True,
    )
    op.create_table(
        "wording",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_wording_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_wording_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_wording"),
        sqlite_strict=True,
    )
    op.create_table(
        "anchor",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("comment", NUMBER, autoincrement=False, nullable=False),
        sa.Column("ordinal", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("wording", NUMBER, nullable=False),
        sa.Column("line", NUMBER, nullable=False),
        sa.Column("start", NUMBER),
        sa.Column("stop", NUMBER),
        sa.Column("quote", sa.Text()),
        sa.Column("prefix", sa.Text()),
        sa.Column("suffix", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("inherited", sa.Integer(), nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("scope IN ('words', 'line')", name=op.f("ck_anchor_scope")),
        sa.CheckConstraint(
            "state IN ('exact', 'partial', 'orphaned')", name=op.f("ck_anchor_state")
        ),
        sa.CheckConstraint("inherited IN (0, 1)", name=op.f("ck_anchor_inherited")),
        sa.ForeignKeyConstraint(
            ["document", "comment"],
            ["comment.document", "comment.id"],
            name="fk_anchor_document_comment",
        ),
        sa.ForeignKeyConstraint(
            ["document", "wording"],
            ["wording.document", "wording.id"],
            name="fk_anchor_document_wording",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_anchor_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_anchor_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "comment", "ordinal", "number", name="pk_anchor"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("anchor") as batch_op:
        batch_op.create_index(
            "ix_anchor_current",
            ["document", "line"],
            unique=False,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        )

    op.create_table(
        "edition_line",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("edition", NUMBER, autoincrement=False, nullable=False),
        sa.Column("line", NUMBER, autoincrement=False, nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document", "edition"],
            ["edition.document", "edition.id"],
            name="fk_edition_line_document_edition",
        ),
        sa.ForeignKeyConstraint(
            ["document", "line"], ["line.document", "line.id"], name="fk_edition_line_document_line"
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_edition_line_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_edition_line_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "edition", "line", name="pk_edition_line"),
        sqlite_strict=True,
    )
    op.create_table(
        "edition_version",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("edition", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'adopted', 'published')", name=op.f("ck_edition_version_status")
        ),
        sa.ForeignKeyConstraint(
            ["document", "edition"],
            ["edition.document", "edition.id"],
            name="fk_edition_version_document_edition",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_edition_version_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_edition_version_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "edition", "number", name="pk_edition_version"),
        sqlite_strict=True,
    )
    op.create_table(
        "placement",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("line", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("rank", RANK),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("markup", sa.Text(), nullable=False),
        sa.Column("gap", sa.Text()),
        sa.Column("after_line", NUMBER),
        sa.Column("open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "block IN ('paragraph', 'line', 'inline')", name=op.f("ck_placement_block")
        ),
        sa.ForeignKeyConstraint(
            ["document", "after_line"],
            ["line.document", "line.id"],
            name="fk_placement_document_after_line",
        ),
        sa.ForeignKeyConstraint(
            ["document", "line"], ["line.document", "line.id"], name="fk_placement_document_line"
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_placement_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_placement_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "line", "language", "number", name="pk_placement"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("placement") as batch_op:
        batch_op.create_index(
            "ix_placement_current",
            ["document", "language", "rank"],
            unique=False,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        )
        batch_op.create_index(
            "ix_placement_open",
            ["document", "language", "rank"],
            unique=False,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )
        batch_op.create_index("ix_placement_rank", ["document", "language", "rank"], unique=False)

    op.create_table(
        "proposal_answer",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("proposal", NUMBER, autoincrement=False, nullable=False),
        sa.Column("comment", NUMBER, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document", "comment"],
            ["comment.document", "comment.id"],
            name="fk_proposal_answer_document_comment",
        ),
        sa.ForeignKeyConstraint(
            ["document", "proposal"],
            ["proposal.document", "proposal.id"],
            name="fk_proposal_answer_document_proposal",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_proposal_answer_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_proposal_answer_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "proposal", "comment", name="pk_proposal_answer"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proposal_answer") as batch_op:
        batch_op.create_index("ix_proposal_answer_comment", ["document", "comment"], unique=False)

    op.create_table(
        "proposal_change",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("proposal", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("after_line", NUMBER),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('replace', 'insert', 'delete')", name=op.f("ck_proposal_change_kind")
        ),
        sa.ForeignKeyConstraint(
            ["document", "after_line"],
            ["line.document", "line.id"],
            name="fk_proposal_change_document_after_line",
        ),
        sa.ForeignKeyConstraint(
            ["document", "proposal"],
            ["proposal.document", "proposal.id"],
            name="fk_proposal_change_document_proposal",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_proposal_change_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_proposal_change_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "proposal", "number", name="pk_proposal_change"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proposal_change") as batch_op:
        batch_op.create_index("ix_proposal_change_after", ["document", "after_line"], unique=False)

    op.create_table(
        "proposal_version",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("proposal", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("proposer", sa.Text()),
        sa.Column("rationale", sa.Text()),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document", "proposal"],
            ["proposal.document", "proposal.id"],
            name="fk_proposal_version_document_proposal",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_proposal_version_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_proposal_version_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "proposal", "number", name="pk_proposal_version"),
        sqlite_strict=True,
    )
    op.create_table(
        "topic",
        sa.Column("meeting", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_topic_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name="fk_topic_meeting"),
        sa.PrimaryKeyConstraint("meeting", "number", name="pk_topic"),
        sqlite_strict=True,
    )
    op.create_table(
        "verdict",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("comment", NUMBER),
        sa.Column("proposal", NUMBER),
        sa.Column("change", NUMBER),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_on", sa.Text()),
        sa.Column("mode", sa.Text()),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('consensus', 'vote', 'silence')", name=op.f("ck_verdict_mode")
        ),
        sa.CheckConstraint("stage IN ('advised', 'decided')", name=op.f("ck_verdict_stage")),
        sa.CheckConstraint(
            "(comment IS NULL) <> (proposal IS NULL)", name=op.f("ck_verdict_subject")
        ),
        sa.ForeignKeyConstraint(
            ["document", "comment"],
            ["comment.document", "comment.id"],
            name="fk_verdict_document_comment",
        ),
        sa.ForeignKeyConstraint(
            ["document", "proposal"],
            ["proposal.document", "proposal.id"],
            name="fk_verdict_document_proposal",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_verdict_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_verdict_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "id", name="pk_verdict"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("verdict") as batch_op:
        batch_op.create_index("ix_verdict_comment", ["document", "comment"], unique=False)
        batch_op.create_index("ix_verdict_proposal", ["document", "proposal"], unique=False)

    op.create_table(
        "version",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("line", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("wording", NUMBER, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('imported', 'inserted', 'edited')", name=op.f("ck_version_origin")
        ),
        sa.ForeignKeyConstraint(
            ["document", "line"], ["line.document", "line.id"], name="fk_version_document_line"
        ),
        sa.ForeignKeyConstraint(
            ["document", "wording"],
            ["wording.document", "wording.id"],
            name="fk_version_document_wording",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_version_document"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_version_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "line", "language", "number", name="pk_version"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("version") as batch_op:
        batch_op.create_index("ix_version_wording", ["document", "wording"], unique=False)

    op.create_table(
        "comment_version",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("comment", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("meeting", NUMBER),
        sa.Column("topic", NUMBER),
        sa.Column("speaker", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("participant", NUMBER),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("context", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("verbatim", sa.Integer(), nullable=False),
        sa.Column("parent", NUMBER),
        sa.Column("relation", sa.Text()),
        sa.Column("source", NUMBER),
        sa.Column("locator", sa.Text()),
        sa.Column("given_number", sa.Text()),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('objection', 'support', 'suggestion', 'question', 'observation')",
            name=op.f("ck_comment_version_kind"),
        ),
        sa.CheckConstraint(
            "relation IN ('counters', 'builds_on', 'endorses', 'answers')",
            name=op.f("ck_comment_version_relation"),
        ),
        sa.CheckConstraint(
            "type IN ('general', 'technical', 'editorial')", name=op.f("ck_comment_version_type")
        ),
        sa.CheckConstraint("verbatim IN (0, 1)", name=op.f("ck_comment_version_verbatim")),
        sa.ForeignKeyConstraint(
            ["document", "comment"],
            ["comment.document", "comment.id"],
            name="fk_comment_version_document_comment",
        ),
        sa.ForeignKeyConstraint(
            ["document", "parent"],
            ["comment.document", "comment.id"],
            name="fk_comment_version_document_parent",
        ),
        sa.ForeignKeyConstraint(
            ["document", "source"],
            ["source.document", "source.id"],
            name="fk_comment_version_document_source",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_comment_version_document"),
        sa.ForeignKeyConstraint(
            ["meeting", "topic"],
            ["topic.meeting", "topic.number"],
            name="fk_comment_version_meeting_topic",
        ),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name="fk_comment_version_meeting"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_comment_version_participant"
        ),
        sa.ForeignKeyConstraint(
            ["since"],
            ["entry.number"],
            name="fk_comment_version_since",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("document", "comment", "number", name="pk_comment_version"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("comment_version") as batch_op:
        batch_op.create_index("ix_comment_version_meeting", ["document", "meeting"], unique=False)
        batch_op.create_index("ix_comment_version_parent", ["document", "parent"], unique=False)

    op.create_table(
        "proposal_wording",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("proposal", NUMBER, autoincrement=False, nullable=False),
        sa.Column("change", NUMBER, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("ordinal", NUMBER, autoincrement=False, nullable=False),
        sa.Column("line", NUMBER),
        sa.Column("wording", NUMBER, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('base', 'result')", name=op.f("ck_proposal_wording_role")),
        sa.ForeignKeyConstraint(
            ["document", "line"],
            ["line.document", "line.id"],
            name="fk_proposal_wording_document_line",
        ),
        sa.ForeignKeyConstraint(
            ["document", "proposal", "change"],
            ["proposal_change.document", "proposal_change.proposal", "proposal_change.number"],
            name="fk_proposal_wording_document_proposal_change",
        ),
        sa.ForeignKeyConstraint(
            ["document", "wording"],
            ["wording.document", "wording.id"],
            name="fk_proposal_wording_document_wording",
        ),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="fk_proposal_wording_document"),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name="fk_proposal_wording_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "document", "proposal", "change", "role", "ordinal", name="pk_proposal_wording"
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proposal_wording") as batch_op:
        batch_op.create_index("ix_proposal_wording_line", ["document", "line"], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table("proposal_wording") as batch_op:
        batch_op.drop_index("ix_proposal_wording_line")

    op.drop_table("proposal_wording")
    with op.batch_alter_table("comment_version") as batch_op:
        batch_op.drop_index("ix_comment_version_parent")
        batch_op.drop_index("ix_comment_version_meeting")

    op.drop_table("comment_version")
    with op.batch_alter_table("version") as batch_op:
        batch_op.drop_index("ix_version_wording")

    op.drop_table("version")
    with op.batch_alter_table("verdict") as batch_op:
        batch_op.drop_index("ix_verdict_proposal")
        batch_op.drop_index("ix_verdict_comment")

    op.drop_table("verdict")
    op.drop_table("topic")
    op.drop_table("proposal_version")
    with op.batch_alter_table("proposal_change") as batch_op:
        batch_op.drop_index("ix_proposal_change_after")

    op.drop_table("proposal_change")
    with op.batch_alter_table("proposal_answer") as batch_op:
        batch_op.drop_index("ix_proposal_answer_comment")

    op.drop_table("proposal_answer")
    with op.batch_alter_table("placement") as batch_op:
        batch_op.drop_index("ix_placement_rank")
        batch_op.drop_index("ix_placement_open", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_index("ix_placement_current", sqlite_where=CURRENT, postgresql_where=CURRENT)

    op.drop_table("placement")
    op.drop_table("edition_version")
    op.drop_table("edition_line")
    with op.batch_alter_table("anchor") as batch_op:
        batch_op.drop_index("ix_anchor_current", sqlite_where=CURRENT, postgresql_where=CURRENT)

    op.drop_table("anchor")
    op.drop_table("wording")
    op.drop_table("source")
    op.drop_table("reference")
    op.drop_table("proposal")
    op.drop_table("meeting")
    op.drop_table("line")
    op.drop_table("edition")
    op.drop_table("document_version")
    op.drop_table("comment")
    op.drop_table("series")
    op.drop_table("participant")
    op.drop_table("document")
    op.drop_table("head")
    op.drop_table("entry")
