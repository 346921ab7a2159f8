"""What carrying a text from one edition to the next takes: updates, merges, translations, undo"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEYED = ("document", "series", "meeting", "participant", "reference")

ORIGINS = ("imported", "inserted", "edited")
LATER_ORIGINS = ("split", "merged", "translated", "reverted")
CHANGES = ("replace", "insert", "delete")
LATER_CHANGES = ("move", "split", "merge", "remove")
LINES = ("heading", "sentence", "paragraph")
BLOCKS = ("paragraph", "line", "inline")
ONE_SUBJECT = "(comment IS NULL) <> (proposal IS NULL)"
ONE_OF_THREE = (
    "(comment IS NOT NULL AND proposal IS NULL AND line IS NULL)"
    " OR (comment IS NULL AND proposal IS NOT NULL AND line IS NULL)"
    " OR (comment IS NULL AND proposal IS NULL AND line IS NOT NULL)"
)

NEW_CHANGES = (
    "SELECT c.number FROM proposal_change AS c WHERE c.document = own.document"
    " AND c.proposal = own.proposal AND c.number = own.change"
    " AND c.kind IN ('move', 'split', 'merge', 'remove')"
)
LOST = (
    "DELETE FROM verdict WHERE line IS NOT NULL",
    "DELETE FROM proposal_source",
    f"DELETE FROM proposal_wording AS own WHERE EXISTS ({NEW_CHANGES})",
    "DELETE FROM proposal_change WHERE kind IN ('move', 'split', 'merge', 'remove')",
    "UPDATE anchor SET state = 'orphaned' WHERE state = 'removed'",
    "UPDATE anchor SET scope = 'line' WHERE scope IN ('section', 'gap')",
    "DELETE FROM anchor WHERE line IS NULL",
    (
        "UPDATE version SET origin = 'edited'"
        " WHERE origin IN ('split', 'merged', 'translated', 'reverted')"
    ),
    "UPDATE source SET file = '' WHERE file IS NULL",
)


@contextmanager
def _changed(table: str) -> Iterator[BatchOperations]:
    # SQLite rebuilds the table; the new one must be as strict as the old one was.
    with op.batch_alter_table(table, table_kwargs={"sqlite_strict": True}) as batch:
        yield batch


def _one_of(column: str, values: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _choice(batch: BatchOperations, table: str, column: str, *values: str, new: bool) -> None:
    """Say anew which values a column takes."""
    name = op.f(f"ck_{table}_{column}")
    if not new:
        batch.drop_constraint(name, type_="check")
    if values:
        batch.create_check_constraint(name, _one_of(column, values))


def _refers(batch: BatchOperations, table: str, column: str, to: str) -> None:
    batch.create_foreign_key(
        op.f(f"fk_{table}_document_{column}"), to, ["document", column], ["document", "id"]
    )


def upgrade() -> None:
    """Bring the tables to this revision."""
    _change_what_is_there()
    _add_tables()


def _change_what_is_there() -> None:
    for table in KEYED:
        with _changed(table) as batch:
            batch.drop_constraint(f"uq_{table}_key", type_="unique")
    with _changed("edition") as batch:
        batch.drop_constraint("uq_edition_document_key", type_="unique")
    with _changed("document_version") as batch:
        batch.add_column(sa.Column("attribution", sa.Text()))
        rules = ("side", "label", "name", "none")
        _choice(batch, "document_version", "attribution", *rules, new=True)
    with _changed("source") as batch:
        batch.alter_column("file", existing_type=sa.Text(), nullable=True)
        batch.add_column(sa.Column("language", sa.Text()))
    with _changed("line") as batch:
        batch.add_column(sa.Column("from_line", NUMBER))
        _refers(batch, "line", "from_line", "line")
    with _changed("version") as batch:
        _choice(batch, "version", "origin", *ORIGINS, *LATER_ORIGINS, new=False)
    with _changed("placement") as batch:
        batch.add_column(sa.Column("kind", sa.Text()))
        batch.add_column(sa.Column("level", sa.Integer()))
        batch.add_column(sa.Column("into_line", NUMBER))
        _choice(batch, "placement", "kind", *LINES, new=True)
        _refers(batch, "placement", "into_line", "line")
    with _changed("comment_version") as batch:
        batch.add_column(sa.Column("internal", sa.Integer()))
        batch.add_column(sa.Column("proposal", NUMBER))
        batch.add_column(sa.Column("change", NUMBER))
        batch.create_check_constraint(op.f("ck_comment_version_internal"), "internal IN (0, 1)")
        _refers(batch, "comment_version", "proposal", "proposal")
    with _changed("anchor") as batch:
        batch.alter_column("line", existing_type=NUMBER, nullable=True)
        _choice(batch, "anchor", "scope", "words", "line", "section", "gap", new=False)
        _choice(batch, "anchor", "state", "exact", "partial", "orphaned", "removed", new=False)
    with _changed("proposal_change") as batch:
        for name in ("supersedes", "amends_proposal", "amends_change"):
            batch.add_column(sa.Column(name, NUMBER))
        _choice(batch, "proposal_change", "kind", *CHANGES, *LATER_CHANGES, new=False)
        _refers(batch, "proposal_change", "amends_proposal", "proposal")
    with _changed("proposal_wording") as batch:
        for name in ("kind", "block", "markup", "gap"):
            batch.add_column(sa.Column(name, sa.Text()))
        batch.add_column(sa.Column("level", sa.Integer()))
        _choice(batch, "proposal_wording", "kind", *LINES, new=True)
        _choice(batch, "proposal_wording", "block", *BLOCKS, new=True)
    with _changed("verdict") as batch:
        batch.add_column(sa.Column("line", NUMBER))
        batch.add_column(sa.Column("votes", sa.Text()))
        batch.add_column(sa.Column("wording", NUMBER))
        _refers(batch, "verdict", "line", "line")
        _refers(batch, "verdict", "wording", "wording")
        batch.drop_constraint(op.f("ck_verdict_subject"), type_="check")
        batch.create_check_constraint(op.f("ck_verdict_subject"), ONE_OF_THREE)


def _since(table: str) -> list[sa.schema.SchemaItem]:
    """Return the columns that every versioned table ends with."""
    return [
        sa.Column("digest", sa.Text(), nullable=False),
        _entry_reference(table, "since"),
    ]


def _entry_reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        ["entry.number"],
        name=f"fk_{table}_{column}",
        initially="DEFERRED",
        deferrable=True,
    )


def _of_document(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["document"], ["document.id"], name=f"fk_{table}_document")


def _of(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["document", column],
        [f"{to}.document", f"{to}.id"],
        name=f"fk_{table}_document_{column}",
    )


def _number(name: str, *, required: bool = True) -> sa.Column[int]:
    return sa.Column(name, NUMBER, autoincrement=False, nullable=not required)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _add_tables() -> None:
    op.create_table(
        "translation",
        _number("document"),
        sa.Column("language", sa.Text(), nullable=False),
        *map(_number, ("line", "of_line", "number")),
        sa.Column("wording", NUMBER),
        *map(_number, ("since", "until")),
        *_since("translation"),
        _of_document("translation"),
        _of("translation", "line", "line"),
        _of("translation", "of_line", "line"),
        _of("translation", "wording", "wording"),
        _key("translation", "document", "language", "line", "of_line", "number"),
        sqlite_strict=True,
    )
    op.create_index("ix_translation_of_line", "translation", ["document", "of_line"], unique=False)
    op.create_table(
        "meeting_version",
        *map(_number, ("meeting", "number")),
        sa.Column("series", NUMBER),
        sa.Column("name", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("open", sa.Integer(), nullable=False),
        *map(_number, ("since", "until")),
        sa.Column("salt", sa.LargeBinary()),
        *_since("meeting_version"),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name="fk_meeting_version_meeting"),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name="fk_meeting_version_series"),
        sa.CheckConstraint("open IN (0, 1)", name=op.f("ck_meeting_version_open")),
        _key("meeting_version", "meeting", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "proposal_source",
        *map(_number, ("document", "proposal", "change", "ordinal")),
        *map(_number, ("from_proposal", "from_change")),
        _number("entry"),
        sa.Column("digest", sa.Text(), nullable=False),
        _entry_reference("proposal_source", "entry"),
        _of_document("proposal_source"),
        sa.ForeignKeyConstraint(
            ["document", "proposal", "change"],
            ["proposal_change.document", "proposal_change.proposal", "proposal_change.number"],
            name="fk_proposal_source_document_proposal_change",
        ),
        _of("proposal_source", "from_proposal", "proposal"),
        _key("proposal_source", "document", "proposal", "change", "ordinal"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_proposal_source_from", "proposal_source", ["document", "from_proposal"], unique=False
    )
    op.create_table(
        "assignment",
        *map(_number, ("document", "comment", "number")),
        sa.Column("assignee", sa.Text()),
        sa.Column("due", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("done", sa.Integer(), nullable=False),
        *map(_number, ("since", "until")),
        sa.Column("salt", sa.LargeBinary()),
        *_since("assignment"),
        _of_document("assignment"),
        _of("assignment", "comment", "comment"),
        sa.CheckConstraint("done IN (0, 1)", name=op.f("ck_assignment_done")),
        _key("assignment", "document", "comment", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "retraction",
        _number("document"),
        sa.Column("kind", sa.Text(), nullable=False),
        *map(_number, ("id", "number")),
        sa.Column("holds", sa.Integer(), nullable=False),
        *map(_number, ("since", "until")),
        *_since("retraction"),
        sa.CheckConstraint("holds IN (0, 1)", name=op.f("ck_retraction_holds")),
        _key("retraction", "document", "kind", "id", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "seal",
        *map(_number, ("document", "id")),
        sa.Column("row_table", sa.Text(), nullable=False),
        sa.Column("row_digest", sa.Text(), nullable=False),
        sa.Column("row_column", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        _number("entry"),
        sa.Column("digest", sa.Text(), nullable=False),
        _entry_reference("seal", "entry"),
        _of_document("seal"),
        _key("seal", "document", "id"),
        sqlite_strict=True,
    )
    op.create_index("ix_seal_row", "seal", ["row_table", "row_digest"], unique=False)
    op.create_index(
        "ix_comment_version_proposal", "comment_version", ["document", "proposal"], unique=False
    )
    op.create_index(
        "ix_verdict_line",
        "verdict",
        ["document", "line"],
        unique=False,
        sqlite_where=sa.text("line IS NOT NULL"),
        postgresql_where=sa.text("line IS NOT NULL"),
    )


def downgrade() -> None:
    """Bring the tables back to the revision before. What only the newer ones hold is lost."""
    for statement in LOST:
        op.execute(statement)
    op.drop_index("ix_verdict_line", table_name="verdict")
    op.drop_index("ix_comment_version_proposal", table_name="comment_version")
    for table in (
        *("seal", "retraction", "assignment", "proposal_source"),
        *("meeting_version", "translation"),
    ):
        op.drop_table(table)
    with _changed("verdict") as batch:
        batch.drop_constraint(op.f("ck_verdict_subject"), type_="check")
        batch.create_check_constraint(op.f("ck_verdict_subject"), ONE_SUBJECT)
        batch.drop_constraint(op.f("fk_verdict_document_wording"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_verdict_document_line"), type_="foreignkey")
        for name in ("wording", "votes", "line"):
            batch.drop_column(name)
    with _changed("proposal_wording") as batch:
        _choice(batch, "proposal_wording", "block", new=False)
        _choice(batch, "proposal_wording", "kind", new=False)
        for name in ("level", "gap", "markup", "block", "kind"):
            batch.drop_column(name)
    with _changed("proposal_change") as batch:
        _choice(batch, "proposal_change", "kind", *CHANGES, new=False)
        batch.drop_constraint(
            op.f("fk_proposal_change_document_amends_proposal"), type_="foreignkey"
        )
        for name in ("amends_change", "amends_proposal", "supersedes"):
            batch.drop_column(name)
    with _changed("anchor") as batch:
        _choice(batch, "anchor", "state", "exact", "partial", "orphaned", new=False)
        _choice(batch, "anchor", "scope", "words", "line", new=False)
        batch.alter_column("line", existing_type=NUMBER, nullable=False)
    with _changed("comment_version") as batch:
        batch.drop_constraint(op.f("fk_comment_version_document_proposal"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_comment_version_internal"), type_="check")
        for name in ("change", "proposal", "internal"):
            batch.drop_column(name)
    with _changed("placement") as batch:
        batch.drop_constraint(op.f("fk_placement_document_into_line"), type_="foreignkey")
        _choice(batch, "placement", "kind", new=False)
        for name in ("into_line", "level", "kind"):
            batch.drop_column(name)
    with _changed("version") as batch:
        _choice(batch, "version", "origin", *ORIGINS, new=False)
    with _changed("line") as batch:
        batch.drop_constraint(op.f("fk_line_document_from_line"), type_="foreignkey")
        batch.drop_column("from_line")
    with _changed("source") as batch:
        batch.drop_column("language")
        batch.alter_column("file", existing_type=sa.Text(), nullable=False)
    with _changed("document_version") as batch:
        _choice(batch, "document_version", "attribution", new=False)
        batch.drop_column("attribution")
    with _changed("edition") as batch:
        batch.create_unique_constraint("uq_edition_document_key", ["document", "key"])
    for table in KEYED:
        with _changed(table) as batch:
            batch.create_unique_constraint(f"uq_{table}_key", ["key"])
