"""Law 9: a dump makes an equal store with the same head, on either database; else nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import update

from tests.store.complete import complete
from tests.stores import PostgresStores, SqliteStores, Stores, contents, empty, example, journaled
from tracker.errors import BadInput, Refused
from tracker.services import dumps
from tracker.store import tables
from tracker.store.journal import head
from tracker.store.open import Store, open_store
from tracker.store.verify import verify


def dumped(store: Store) -> list[bytes]:
    with store.read() as connection:
        return list(dumps.lines(connection))


@pytest.mark.parametrize("fill", [empty, complete, example])
def test_a_dump_makes_an_equal_store_on_the_other_database(
    sqlite_stores: SqliteStores, postgres_stores: PostgresStores, fill: Callable[[Store], None]
) -> None:
    with (
        sqlite_stores.copy(fill) as first,
        postgres_stores.copy(empty) as second,
        sqlite_stores.copy(empty) as third,
    ):
        one, two, three = open_store(first), open_store(second), open_store(third)
        written = dumped(one)
        assert dumps.restore(two, written)[:2] == _head(one)
        assert dumped(two) == written
        dumps.restore(three, dumped(two))
        assert journaled(three) == journaled(two) == journaled(one)
        for store in (two, three):
            with store.read() as connection:
                assert list(verify(connection)) == []


def _head(store: Store) -> tuple[int, str]:
    with store.read() as connection:
        return head(connection)


@pytest.fixture
def written(sqlite_stores: SqliteStores) -> list[bytes]:
    with sqlite_stores.copy(complete) as url:
        return dumped(open_store(url))


def refuse(store: Store, lines: list[bytes]) -> str:
    before = contents(store)
    with pytest.raises((BadInput, Refused)) as refused:
        dumps.restore(store, lines)
    assert refused.value.hint
    assert contents(store) == before
    return refused.value.message


SPOILT: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "empty": (lambda lines: [], "line 1 of the dump: it ends here: the dump was cut off"),
    "text": (lambda lines: [b"a text\n"], "line 1 of the dump: this is no JSON in UTF-8"),
    "other characters": (
        lambda lines: [b"\xff\xfe\n"],
        "line 1 of the dump: this is no JSON in UTF-8",
    ),
    "brackets": (lambda lines: [b"[" * 100_000], "line 1 of the dump: this is no JSON"),
    "other json": (lambda lines: [b'{"a": 1}\n'], "line 1 of the dump: this is no dump of a store"),
    "nan": (lambda lines: [b"NaN\n"], "line 1 of the dump: this is no JSON"),
    "no end": (lambda lines: lines[:-1], "it ends here: the dump was cut off"),
    "cut between lines": (lambda lines: lines[:20], "it ends here: the dump was cut off"),
    "cut within a line": (lambda lines: [*lines[:-1], lines[-1][:5]], "this is no JSON in UTF-8"),
    "a row less": (lambda lines: [*lines[:-2], lines[-1]], "it ends with"),
    "another end": (lambda lines: [*lines[:-1], b"{}\n"], "it ends with {}"),
    "more behind": (lambda lines: [*lines, b"{}\n"], "something follows the end of the dump"),
    "too few values": (lambda lines: [*lines[:2], b"[1,2]\n"], "2 values for the columns of entry"),
    "a table less": (
        lambda lines: [lines[0], *lines[7:]],
        "stands where the table entry should begin",
    ),
    "a row twice": (
        lambda lines: [*lines[:3], *lines[2:]],
        "the rows of entry up to here do not fit",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_no_whole_dump_is_refused_and_leaves_nothing(
    stores: Stores, written: list[bytes], name: str
) -> None:
    spoil, told = SPOILT[name]
    with stores.copy(empty) as url:
        assert told in refuse(open_store(url), spoil(written))


def changed(lines: list[bytes], table: str, column: str, value: object) -> list[bytes]:
    """The dump with another value in the first row of a table."""
    read = [json.loads(line) for line in lines]
    place = next(
        i for i, line in enumerate(read) if isinstance(line, dict) and line.get("table") == table
    )
    read[place + 1][read[place]["columns"].index(column)] = value
    return [json.dumps(line).encode() + b"\n" for line in read]


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("wording", "text", "It was never so.", "does not verify: wording (document 1, id 1)"),
        ("entry", "author", "Another", "does not verify: entry @1 (prepare) is not what was"),
        ("comment", "entry", 9, "does not verify: comment (document 1, id 1) names entry @9"),
        ("placement", "open", 7, "counts 7 open comments, which is wrong"),
        ("version", "until", 2, "ends at the wrong entry: 2"),
        ("wording", "id", "1", 'wording.id is "1": a whole number belongs there'),
        ("wording", "id", True, "wording.id is true: a whole number belongs there"),
        ("wording", "id", 2**80, "a whole number belongs there"),
        ("wording", "text", 5, "wording.text is 5: text belongs there"),
        ("wording", "text", "a\0b", "it holds a character that no text has"),
        ("wording", "text", "a\ud800b", "it holds a character that no text has"),
        ("wording", "salt", "no base 64!", "wording.salt is"),
        ("wording", "salt", "日本", "wording.salt is"),
        ("entry", "at", "2022-09-30", "a time in UTC with microseconds belongs there"),
        ("entry", "at", "yesterday", "entry.at is"),
        ("version", "wording", 99, "the rows of version up to here do not fit"),
        ("line", "kind", "verse", "the rows of line up to here do not fit"),
        ("line", "label", None, "the rows of line up to here do not fit"),
    ],
)
def test_a_dump_that_somebody_changed_is_refused(
    stores: Stores, written: list[bytes], table: str, column: str, value: object, told: str
) -> None:
    with stores.copy(empty) as url:
        assert told in refuse(open_store(url), changed(written, table, column, value))


@pytest.mark.parametrize(("name", "value"), [("version", 2), ("schema", "0002"), ("schema", None)])
def test_a_dump_of_another_version_is_refused(
    store: Store, written: list[bytes], name: str, value: object
) -> None:
    header = {**json.loads(written[0]), name: value}
    told = refuse(store, [json.dumps(header).encode(), *written[1:]])
    assert told.startswith("the dump is of version")


@pytest.mark.parametrize(
    "header", [{"head": -1}, {"head": "3"}, {"head": True}, {"digest": "5"}, {"digest": None}]
)
def test_a_head_that_is_none_is_refused(
    store: Store, written: list[bytes], header: dict[str, object]
) -> None:
    first = {**json.loads(written[0]), **header}
    assert "which is no" in refuse(store, [json.dumps(first).encode(), *written[1:]])


def test_a_dump_goes_into_an_empty_store_only(example: Store, written: list[bytes]) -> None:
    assert refuse(example, written) == "the store holds 2 entries already"


def test_a_store_that_is_not_as_it_was_written_gives_no_dump(example: Store) -> None:
    with example.write() as connection:
        connection.execute(update(tables.wording).values(text="It was never so."))
    with pytest.raises(Refused, match="the store is not as it was written: wording"):
        dumped(example)


def test_rows_are_read_and_written_some_at_a_time(
    example: Store, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.load._BATCH", 3)
    monkeypatch.setattr("tracker.store.dump._BATCH", 3)
    dumps.restore(store, iter(dumped(example)))
    assert journaled(store) == journaled(example)


def test_a_dump_is_lines_of_json_that_say_what_they_are(written: list[bytes]) -> None:
    header, first, last = (json.loads(written[i]) for i in (0, 1, -1))
    assert (header["kind"], header["version"]) == ("tracker dump", 1)
    assert first["table"] == "entry"
    rows = [line for line in map(json.loads, written) if isinstance(line, list)]
    assert last == {"rows": len(rows)}
