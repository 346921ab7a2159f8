"""What stands behind the last line: an imported text goes out with the bytes it came with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("placement", sa.Column("trail", sa.Text()))


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    op.drop_column("placement", "trail")
