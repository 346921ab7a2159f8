"""Sealing a row: its words are erased, and the hashes that stood for them in its digest are kept.

So the chain still verifies. The salt is erased too: no hash can be compared with a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, select, update

from tracker.store import tables
from tracker.store.digest import is_words, sealable
from tracker.store.journal import Entry
from tracker.store.open import Store, told


def words_of(table: Table) -> list[str]:
    """Return the columns of a table that hold what people wrote."""
    return [column.name for column in table.columns if is_words(table, column.name)]


def seal(entry: Entry, table: Table, **key: Any) -> None:
    """Erase all words of one row of a document, and their salt."""
    if entry.connection.dialect.name == "sqlite":
        # What is overwritten is then filled with zeros.
        entry.connection.exec_driver_sql("PRAGMA secure_delete = ON")
    same = and_(*(table.c[name] == value for name, value in key.items()))
    row = entry.connection.execute(select(table).where(same)).mappings().one()
    erased = [name for name in words_of(table) if row[name] is not None]
    document = row["document"]
    entry.insert_many(
        tables.seal,
        [
            {
                "document": document,
                "id": entry.next_id(tables.seal, document),
                "row_table": table.name,
                "row_digest": row["digest"],
                "row_column": name,
                "hash": sealable(row["salt"], row[name]),
            }
            for name in erased
        ],
    )
    nothing = dict.fromkeys([*erased, "salt"])
    entry.connection.execute(update(table).where(same).values(nothing))


def hashes_of(connection: Connection, table: Table) -> dict[str, dict[str, str]]:
    """Return, by the digests of a table's sealed rows, what stood for the words of each column."""
    seal = tables.seal
    query = (
        select(seal.c.row_digest, seal.c.row_column, seal.c.hash)
        .where(seal.c.row_table == table.name)
        .order_by(seal.c.document, seal.c.id)
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.row_digest].setdefault(row.row_column, row.hash)
    return dict(found)


def is_erased(table: Table, row: RowMapping) -> bool:
    """Return whether nothing that people wrote is left in a row."""
    return all(row[name] is None for name in (*words_of(table), "salt"))


def sweep(store: Store, touched: Iterable[Table]) -> str | None:
    """Free a database of what was erased from these tables but still stands in its files.

    To be done when the sealing entry is committed. Returns what kept it from being done, if
    something did: it may be done again at any time.
    """
    with told(store.name):
        raw = store.engine.raw_connection()
        try:
            if store.engine.dialect.name == "sqlite":
                return _sweep_sqlite(raw)
            return _sweep_postgresql(raw, touched)
        finally:
            raw.close()


def _sweep_sqlite(raw: Any) -> str | None:
    # Pages that were split long ago may hold copies of old rows: all of them are written anew.
    cursor = raw.cursor()
    try:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except raw.driver_connection.OperationalError as error:
        return str(error)
    return "another command is reading" if busy else None


def _sweep_postgresql(raw: Any, touched: Iterable[Table]) -> str | None:
    from psycopg import OperationalError

    connection = raw.driver_connection
    connection.autocommit = True
    try:
        connection.execute("SET lock_timeout = '5s'")
        for table in touched:
            # Without FULL, old rows stay in the file until something is written over them.
            connection.execute(f"VACUUM (FULL, ANALYZE) {table.name}")
    except OperationalError as error:
        return str(error).splitlines()[0]
    return None
