"""What a search finds, and how many comments of each sort a line has: long stores stay quick"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TERMS = sa.Text().with_variant(TSVECTOR(), "postgresql")
# Their rows follow from others: env.py has them made when an older store comes here.
ORPHANED = "until = 9223372036854775807 AND state = 'orphaned'"
TABLE = """
    CREATE VIRTUAL TABLE passage_terms USING fts5(
        terms, content='passage', content_rowid='id', detail=none, columnsize=0,
        tokenize="ascii tokenchars '.'"
    )
"""
INSERTED = """
    CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_terms(rowid, terms) VALUES (new.id, new.terms);
    END
"""
DELETED = """
    CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_terms(passage_terms, rowid, terms)
            VALUES ('delete', old.id, old.terms);
    END
"""
UPDATED = """
    CREATE TRIGGER passage_updated AFTER UPDATE ON passage BEGIN
        INSERT INTO passage_terms(passage_terms, rowid, terms)
            VALUES ('delete', old.id, old.terms);
        INSERT INTO passage_terms(rowid, terms) VALUES (new.id, new.terms);
    END
"""


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=nullable)


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "passage",
        sa.Column("id", NUMBER, nullable=False, autoincrement=False),
        _number("document"),
        sa.Column("kind", sa.Text(), nullable=False),
        _number("item"),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("terms", TERMS, nullable=False),
        sa.CheckConstraint("kind IN ('line', 'comment', 'proposal')", name=op.f("ck_passage_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint(
            *("document", "kind", "item", "part", "ordinal", "language"),
            name=op.f("uq_passage_document_kind_item_part_ordinal_language"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_passage_newest", "passage", ["document", "kind", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in (TABLE, INSERTED, DELETED, UPDATED):
            op.execute(statement)
    else:
        op.create_index(
            "ix_passage_terms",
            "passage",
            ["terms"],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    op.create_table(
        "sort",
        _number("document"),
        _number("id"),
        _number("meeting", nullable=True),
        sa.Column("side", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document", "id", name=op.f("pk_sort")),
        sqlite_strict=True,
    )
    op.create_table(
        "tally",
        _number("document"),
        _number("line"),
        _number("sort"),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "comments > 0 AND open BETWEEN 0 AND comments", name=op.f("ck_tally_counts")
        ),
        sa.PrimaryKeyConstraint("document", "line", "sort", name=op.f("pk_tally")),
        sqlite_strict=True,
    )
    op.create_index("ix_tally_sort", "tally", ["document", "sort", "line"])
    op.create_index(
        "ix_tally_open",
        "tally",
        ["document", "sort", "line"],
        sqlite_where=sa.text("open > 0"),
        postgresql_where=sa.text("open > 0"),
    )

    op.create_index(
        "ix_anchor_orphaned",
        "anchor",
        ["document", "comment"],
        sqlite_where=sa.text(ORPHANED),
        postgresql_where=sa.text(ORPHANED),
    )


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    op.drop_index("ix_anchor_orphaned", table_name="anchor")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_terms")
    for table in ("tally", "sort", "passage"):
        op.drop_table(table)
