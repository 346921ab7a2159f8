"""When a comment or a change was made, as its file says, and which marks of a file a change is"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COLUMNS = (
    ("comment_version", "said_at"),
    ("proposal_change", "made_at"),
    ("proposal_change", "marks"),
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.Text()))


def downgrade() -> None:
    """Bring the tables back to the revision before. What only the newer ones hold is lost."""
    for table, column in COLUMNS:
        op.drop_column(table, column)
