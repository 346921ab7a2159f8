"""The journal: one chain a store, one entry for each command that writes.

An entry is opened before anything is written and holds the lock on the chain's head to its end;
everything goes in through it, gets its digest, and is committed together or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, insert, select, update

from tracker.errors import Refused, StoreError
from tracker.store import tables
from tracker.store.derived import Recount
from tracker.store.digest import FORMAT, SALT_LENGTH, entry_digest, row_digest
from tracker.store.open import Store
from tracker.store.types import CURRENT

_BATCH = 500
"""Subjects looked up at once: a database takes only so many values in a query."""
_LARGE = 10_000
"""Rows, of an entry or put into a table at once, after which a database should look at them."""


class Entry:
    """An entry being written: the only way to put rows into the store."""

    def __init__(self, connection: Connection, author: str, at: datetime, command: str) -> None:
        self.connection = connection
        self._begin(author, at, command)

    def _begin(self, author: str, at: datetime, command: str) -> None:
        head = tables.head
        advance = update(head).values(number=head.c.number + 1)
        taken = self.connection.execute(advance.returning(head.c.number, head.c.digest)).all()
        self.number, self._previous = _only(taken)
        self.author, self.at, self.command = author, at, command
        self.document: int | None = None
        """The document it is about; none for what belongs to the store."""
        self.summary = ""
        self._rows: list[tuple[Table, str]] = []
        self._ids: dict[tuple[str, int | None], int] = {}
        self._stale = Recount()

    def expect(self, head: int) -> None:
        """Raise Refused unless ``head`` was the last entry when this one began."""
        if self.number - 1 != head:
            raise Refused(
                f"the store moved while this was being prepared: @{self.number - 1} came after "
                f"@{head}",
                "look at what changed (tracker log) and run the command again",
            )

    def next_id(self, table: Table, document: int | None = None) -> int:
        """Return the next id in a table, counted from 1, within the document where there is one."""
        slot = (table.name, document)
        if slot not in self._ids:
            query = select(func.coalesce(func.max(table.c.id), 0))
            if document is not None:
                query = query.where(table.c.document == document)
            self._ids[slot] = self.connection.execute(query).scalar_one()
        self._ids[slot] += 1
        return self._ids[slot]

    def reserve_id(self, table: Table, document: int, number: int) -> None:
        """Keep :meth:`next_id` from giving an id that is about to be used."""
        self.next_id(table, document)
        slot = (table.name, document)
        self._ids[slot] = max(self._ids[slot] - 1, number)

    def insert(self, table: Table, **values: Any) -> None:
        """Store one row."""
        self.insert_many(table, [values])

    def insert_many(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store rows of one table; their entry, digest and salt are filled in."""
        if not rows:
            return
        moment = table.info["moment"]
        # Every row names every column, or the database driver would drop the rarer ones.
        empty = {column.name: None for column in table.columns if column.server_default is None}
        prepared = []
        for row in rows:
            full = {**empty, **row, moment: self.number}
            if "until" in empty:
                full["until"] = row.get("until", CURRENT)
            if "salt" in empty:
                full["salt"] = secrets.token_bytes(SALT_LENGTH)
            # A database gives a flag back as a number, and so it must be hashed.
            full = {n: int(v) if isinstance(v, bool) else v for n, v in full.items()}
            full["digest"] = row_digest(table, full, FORMAT)
            self._rows.append((table, full["digest"]))
            self._stale.note(table, full)
            prepared.append(full)
        self.connection.execute(insert(table), prepared)
        if len(prepared) >= _LARGE:
            self._analyse(table.name)

    def append(self, table: Table, subject: Mapping[str, Any], **values: Any) -> int:
        """Store the next version of ``subject``, end the current one, return its number from 1."""
        same = and_(*(table.c[name] == value for name, value in subject.items()))
        last = self.connection.execute(select(func.max(table.c.number)).where(same)).scalar()
        if last is not None:
            self.supersede(table, **subject)
        number = (last or 0) + 1
        self.insert(table, **subject, number=number, **values)
        return number

    def append_many(
        self,
        table: Table,
        fixed: Mapping[str, Any],
        name: str,
        rows: Mapping[int, Mapping[str, Any]],
    ) -> None:
        """Store the next versions of several subjects of a table, and end the current ones.

        ``fixed`` holds what their keys have in common, ``name`` the column in which they differ,
        ``rows`` the values by that column.
        """
        common = and_(*(table.c[column] == value for column, value in fixed.items()))
        column = table.c[name]
        numbers = list(rows)
        prepared = []
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            own = and_(common, column.in_(batch))
            query = select(column, func.max(table.c.number)).where(own).group_by(column)
            last = {row[0]: row[1] for row in self.connection.execute(query)}
            if last:
                self.supersede_all(table, own)
            prepared += [
                {**fixed, name: number, "number": last.get(number, 0) + 1, **rows[number]}
                for number in batch
            ]
        self.insert_many(table, prepared)

    def supersede(self, table: Table, **subject: Any) -> None:
        """End the current version of ``subject``. None as a value means that it is not set."""
        self.supersede_all(
            table, and_(*(table.c[name].is_not_distinct_from(v) for name, v in subject.items()))
        )

    def supersede_all(self, table: Table, where: ColumnElement[bool]) -> None:
        """End the current versions of all that a condition holds for."""
        current = and_(where, table.c.until == CURRENT)
        self.connection.execute(update(table).where(current).values(until=self.number))

    def follow(self, author: str, at: datetime, command: str) -> None:
        """Close this entry and begin the next one within the same transaction."""
        self.close()
        self._begin(author, at, command)

    def close(self) -> None:
        """Write the entry's own row and move the head. Raises Refused if it wrote no rows."""
        if not self._rows:
            raise Refused("there is nothing to store")
        if len(self._rows) >= _LARGE:
            self._analyse()
        self._stale.apply(self.connection)
        header = {
            "number": self.number,
            "document": self.document,
            "author": self.author,
            "at": self.at,
            "command": self.command,
            "summary": self.summary,
            "format": FORMAT,
            "rows": len(self._rows),
        }
        digest = entry_digest(self._previous, header, self._rows)
        row = {**header, "digest": digest, "previous": self._previous}
        self.connection.execute(insert(tables.entry), row)
        self.connection.execute(update(tables.head).values(digest=digest))

    def _analyse(self, table: str = "") -> None:
        """Let PostgreSQL look at what a table holds, or all of them.

        Its planner knows nothing of what has just come, and would look through all of it for each
        line: minutes instead of seconds, for what this command reads yet and for every later one.
        """
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql(f"ANALYZE {table}")


@contextmanager
def entry(store: Store, author: str, at: datetime, command: str) -> Iterator[Entry]:
    """Give an entry to write into; it is committed at the end, or nothing of it is kept.

    ``command`` and the entry's ``summary`` hold verbs, options and ids, never people's words:
    the journal is hashed as it stands and outlives what is sealed.
    """
    with store.write() as connection:
        opened = Entry(connection, author, at, command)
        yield opened
        opened.close()


def head(connection: Connection) -> tuple[int, str]:
    """Return the number and the digest of the last entry; 0 and zeros before the first."""
    found = connection.execute(select(tables.head.c.number, tables.head.c.digest)).all()
    return _only(found)


def _only(found: Sequence[Row[int, str]]) -> tuple[int, str]:
    """Return the head of the chain. Raises StoreError if somebody took it away or made another."""
    if len(found) != 1:
        raise StoreError(
            f"the store has {len(found)} heads of its journal instead of one",
            "tracker verify tells what else does not hold; restore a backup",
        )
    return found[0][0], found[0][1]
