"""A proposal answers a comment once more, after an undo of the entry that said so before"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.errors import Refused

revision = "0005"
down_revision = "0004"

KEY = ["document", "proposal", "comment"]
SAID_AGAIN = (
    "SELECT proposal, comment FROM proposal_answer GROUP BY document, proposal, comment"
    " HAVING count(*) > 1 ORDER BY document, proposal, comment"
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
    """Bring the tables back to the revision before. Raises Refused if they cannot hold the rows."""
    twice = op.get_bind().execute(sa.text(SAID_AGAIN)).first()
    if twice is not None:
        raise Refused(
            f"P{twice.proposal} was said to answer C{twice.comment} by more than one entry; schema "
            f"{down_revision} can hold one of them, and no row of an entry is ever deleted",
            f"leave the store at schema {revision}",
        )
    _let_the_key_be(*KEY)
