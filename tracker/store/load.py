"""Loading a dump into an empty store: the whole of it as it was, or nothing."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, insert, update
from sqlalchemy.exc import DataError, IntegrityError

from tracker.errors import BadInput, Refused, TrackerError
from tracker.store import tables
from tracker.store.derived import fill
from tracker.store.dump import KIND, ORDER, VERSION
from tracker.store.journal import head
from tracker.store.open import SCHEMA
from tracker.store.types import Timestamp, timestamp
from tracker.store.verify import verify

_HINT = "load a file as tracker db dump wrote it"
_BATCH = 1_000
_LARGEST = 2**63 - 1
_DIGEST = re.compile(r"[0-9a-f]{64}")


def load(connection: Connection, lines: Iterable[bytes]) -> int:
    """Put the rows of a dump into an empty store and return how many there are.

    Everything is verified before it returns. Raises Refused if the store holds something already,
    BadInput if this is no whole dump, or one that does not verify. Holds a batch of rows at a time.
    """
    reading = _Reading(lines)
    number, digest = reading.header()
    empty = tables.head.c.number == 0
    moved = update(tables.head).where(empty).values(number=number, digest=digest)
    if connection.execute(moved).rowcount != 1:
        raise Refused(
            f"the store holds {head(connection)[0]:,} entries already",
            "load into a new one: name another place with --database",
        )
    rows = sum(_load_table(connection, reading, table) for table in ORDER)
    if (told := reading.next()) != {"rows": rows}:
        raise reading.fault(f"it ends with {_short(told)}, and {rows:,} rows were read")
    if not reading.ended():
        raise reading.fault("something follows the end of the dump")
    # What a search finds and the tallies are no part of a dump.
    fill(connection)
    if faults := list(verify(connection)):
        raise BadInput(
            f"the dump does not verify: {faults[0]}", "find another copy; nothing was kept"
        )
    return rows


def _load_table(connection: Connection, reading: _Reading, table: Table) -> int:
    columns = [column.name for column in table.columns]
    if (told := reading.next()) != {"table": table.name, "columns": columns}:
        raise reading.fault(f"{_short(told)} stands where the table {table.name} should begin")
    readers = [_reader(column) for column in table.columns]
    count = 0
    batch: list[dict[str, Any]] = []
    for values in reading.rows():
        if len(values) != len(columns):
            raise reading.fault(f"{len(values)} values for the columns of {table.name}")
        row = {}
        for name, read, value in zip(columns, readers, values, strict=True):
            try:
                row[name] = None if value is None else read(value)
            except ValueError as error:
                raise reading.fault(f"{table.name}.{name} is {_short(value)}: {error}") from None
        batch.append(row)
        count += 1
        if len(batch) == _BATCH:
            _insert(connection, reading, table, batch)
            batch = []
    _insert(connection, reading, table, batch)
    return count


def _insert(
    connection: Connection, reading: _Reading, table: Table, batch: list[dict[str, Any]]
) -> None:
    if not batch:
        return
    try:
        connection.execute(insert(table), batch)
    except (IntegrityError, DataError) as error:
        said = str(error.orig).strip().splitlines()[0]
        raise reading.fault(f"the rows of {table.name} up to here do not fit: {said}") from error


class _Reading:
    """The lines of a dump, one after another, and which is being read."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._waiting: Any = None
        self._number = 0

    def fault(self, what: str) -> TrackerError:
        """Return what is wrong with the line read last."""
        return BadInput(f"line {self._number} of the dump: {what}", _HINT)

    def header(self) -> tuple[int, str]:
        """Return the number and the digest of the last entry, from the first line."""
        told = self.next()
        if not isinstance(told, dict) or told.get("kind") != KIND:
            raise self.fault("this is no dump of a store")
        if told.get("version") != VERSION or told.get("schema") != SCHEMA:
            raise BadInput(
                f"the dump is of version {_short(told.get('version'))} and schema "
                f"{_short(told.get('schema'))}; this program loads version {VERSION} and "
                f'schema "{SCHEMA}"',
                "load it with the version of this program that wrote it, and upgrade the store",
            )
        number, digest = told.get("head"), told.get("digest")
        if type(number) is not int or not 0 <= number <= _LARGEST:
            raise self.fault(f"the head is {_short(number)}, which is no number of an entry")
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise self.fault(f"the digest is {_short(digest)}, which is none")
        return number, digest

    def next(self) -> Any:
        """Return what the next line holds. Raises BadInput if there is none, or it is no JSON."""
        if self._waiting is not None:
            found, self._waiting = self._waiting, None
            return found
        line = next(self._lines, None)
        self._number += 1
        if line is None:
            raise self.fault("it ends here: the dump was cut off")
        try:
            return json.loads(line.decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise self.fault("this is no JSON in UTF-8; the dump may have been cut off") from None

    def rows(self) -> Iterator[list[Any]]:
        """Yield the rows of a table, up to what is none."""
        while isinstance(found := self.next(), list):
            yield found
        self._waiting = found

    def ended(self) -> bool:
        """Return whether nothing is left."""
        return self._waiting is None and next(self._lines, None) is None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    """Return the function that makes a value of a column of what stands for it in a dump."""
    if isinstance(column.type, LargeBinary):
        return _read_bytes
    if isinstance(column.type, Timestamp):
        return _read_time
    return _read_number if isinstance(column.type, Integer) else _read_text


def _read_number(value: Any) -> int:
    if type(value) is not int or not -_LARGEST <= value <= _LARGEST:
        raise ValueError("a whole number belongs there")
    return value


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("text belongs there")
    if "\0" in value or (not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)):
        raise ValueError("it holds a character that no text has")
    return value


def _read_bytes(value: Any) -> bytes:
    return base64.b64decode(_read_text(value), validate=True)


def _read_time(value: Any) -> datetime:
    moment = datetime.fromisoformat(_read_text(value))
    if moment.tzinfo is None or timestamp(moment) != value:
        raise ValueError("a time in UTC with microseconds belongs there")
    return moment


def _short(value: Any) -> str:
    """Return a value for a message, cut if it is long."""
    written = json.dumps(value, ensure_ascii=True)
    return written if len(written) <= 60 else f"{written[:57]}…"
