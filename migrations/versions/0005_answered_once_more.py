"""A proposal answers a comment once more, after an undo of the entry that said so before"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

KEY = ["document", "proposal", "comment"]
SAID_AGAIN = (
    "DELETE FROM proposal_answer AS own WHERE EXISTS (SELECT 1 FROM proposal_answer AS later"
    " WHERE later.document = own.document AND later.proposal = own.proposal"
    " AND later.comment = own.comment AND later.entry > own.entry)"
)


def _let_the_key_be(*columns: str) -> None:
    # SQLite rebuilds the table; the new one must be as strict as the old one was.
    with op.batch_alter_table("proposal_answer", table_kwargs={"sqlite_strict": True}) as batch:
        batch.drop_constraint(op.f("pk_proposal_answer"), type_="primary")
        batch.create_primary_key(op.f("pk_proposal_answer"), list(columns))


def upgrade() -> None:
    """Bring the tables to this revision."""
    _let_the_key_be(*KEY, "entry")


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    op.execute(SAID_AGAIN)
    _let_the_key_be(*KEY)
