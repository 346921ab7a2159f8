"""Alembic's entry: the store's own commands hand in a connection; developers name a database."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from tracker.store import indexes  # noqa: F401  (an index counts once its module is imported)
from tracker.store.columns import metadata
from tracker.store.derived import fill
from tracker.store.open import SCHEMA_TABLE, make_engine, parse

SEARCHED = "0004"
"""The revision that brought the tally and the search index."""


def is_compared(dialect: str, name: str | None, kind: str) -> bool:
    """Return whether alembic should compare something: not what only one database has."""
    if kind == "table":
        return not (name or "").startswith("passage_terms")
    return dialect == "postgresql" or name != "ix_passage_terms"


def migrate(connection: Connection) -> None:
    """Run the revisions in the transaction that the connection is in, or in one of their own."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=SCHEMA_TABLE,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=lambda name, kind, _: is_compared(connection.dialect.name, name, kind),
        include_object=lambda _, name, kind, *__: is_compared(connection.dialect.name, name, kind),
    )
    with context.begin_transaction():
        before = context.get_context().get_current_revision()
        context.run_migrations()
        if (before or "") < SEARCHED <= (context.get_context().get_current_revision() or ""):
            # Not by the revision itself: what it takes to make these rows changes with the tables.
            fill(connection)


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    migrate(handed_in)
else:
    database = context.get_x_argument(as_dictionary=True).get("database")
    url = parse(database or os.environ.get("TRACKER_DATABASE", "tracker.db"))
    with make_engine(url, foreign_keys=False).connect() as own:
        migrate(own.execution_options(writes=True))
        own.commit()
