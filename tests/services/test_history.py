"""History: who typed what and when, and whether the journal still holds."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, update

from tests.services.desk import Desk, document
from tests.stores import AT, AUTHOR
from tracker.errors import BadInput
from tracker.services import history, lines, meetings
from tracker.store import tables
from tracker.store.columns import metadata
from tracker.store.derived import fill, open_comments
from tracker.store.types import CURRENT


def log(desk: Desk, label: str | None = None, **options: Any) -> list[int]:
    with desk.reading() as now:
        line = lines.find(now, label).id if label else None
        found, _ = history.log(now.connection, within=now, line=line, **options)
    return [entry.number for entry in found]


def test_entries_are_told_the_newest_first_with_how_many_there_are(desk: Desk) -> None:
    desk.say("1")
    desk.say("2")
    with desk.store.read() as connection:
        found, total = history.log(connection, limit=2)
        every, _ = history.log(connection)
    assert ([entry.number for entry in found], total) == ([3, 2], 3)
    assert [entry.number for entry in every] == [3, 2, 1]
    newest = found[0]
    assert (newest.author, newest.at, newest.command, newest.document) == (
        *(AUTHOR, AT, "comment add", "coast"),
    )


def test_a_document_has_its_own_entries_and_those_of_the_store(desk: Desk) -> None:
    document(desk.store, "One.", key="river")
    here, there = Desk(desk.store, "coast"), Desk(desk.store, "river")
    here.say("1")
    there.say("1")
    with here.writing() as (entry, _):
        meetings.add_meeting(entry, "W1", name="First")
    assert log(here) == [5, 3, 1]
    assert log(there) == [5, 4, 2]
    with desk.store.read() as connection:
        assert [(e.number, e.document) for e in history.log(connection)[0]] == [
            *((5, None), (4, "river"), (3, "coast"), (2, "river"), (1, "coast")),
        ]


def test_a_lines_entries_are_those_that_changed_flagged_or_would_change_it(desk: Desk) -> None:
    desk.say("1")  # @2
    desk.say("2")  # @3
    reply = desk.reply("C1")  # @4
    name = desk.replace("1", "Open.")  # @5
    desk.insert("2", "New.", to=name)  # @6
    desk.say()  # @7
    desk.accept(name)  # @8
    desk.accept(desk.delete("2"))  # @9, @10
    assert reply == "C3"
    assert log(desk, "1") == [8, 5, 4, 2, 1]
    assert log(desk, "2") == [10, 9, 8, 6, 3, 1]
    assert log(desk, "2a") == [8]
    assert log(desk, "3") == [1]
    assert log(desk, "1", limit=2) == [8, 5]


def test_a_store_that_is_as_it_was_written_is_verified(desk: Desk) -> None:
    desk.say("1")
    with desk.store.read() as connection:
        found = history.verification(connection)
    assert (found.number, found.digest) == desk.head
    assert found.faults == ()


def test_words_that_were_put_into_somebodys_mouth_are_found(desk: Desk) -> None:
    desk.say("1")
    with desk.store.write() as connection:
        connection.execute(update(tables.comment_version).values(text="Yes."))
    with desk.store.read() as connection:
        fault, found_by = history.verification(connection).faults
    assert fault.startswith("comment_version (document 1, comment 1, number 1) is not what")
    assert found_by == "comment 1 of document 1 is not found by what it says"


def cut_the_tail(desk: Desk) -> None:
    """Take the last entry away, as somebody may who knows how the journal is kept."""
    number, _ = desk.head
    entry = tables.entry
    with desk.store.write() as connection:
        for table in reversed(metadata.sorted_tables):
            if "moment" in table.info:
                moment = table.c[table.info["moment"]]
                connection.execute(delete(table).where(moment == number))
            if "until" in table.c:
                ended = update(table).where(table.c.until == number)
                connection.execute(ended.values(until=CURRENT))
        previous = connection.execute(
            delete(entry).where(entry.c.number == number).returning(entry.c.previous)
        ).scalar_one()
        connection.execute(update(tables.head).values(number=number - 1, digest=previous))
        connection.execute(update(tables.placement).values(open=open_comments()))
        for made in (tables.passage, tables.tally):
            connection.execute(delete(made))
        fill(connection)


def noted(desk: Desk, digest: str) -> int | None:
    with desk.store.read() as connection:
        return history.entry_with(connection, digest)


def test_a_digest_noted_earlier_finds_a_tail_that_was_cut_off(desk: Desk) -> None:
    before = desk.head
    desk.say("1")
    number, digest = desk.head
    assert noted(desk, digest) == number == 2
    cut_the_tail(desk)
    desk.check()
    assert noted(desk, digest) is None
    assert noted(desk, before[1]) == 1
    desk.say("1", text="Something else.")
    assert noted(desk, digest) is None


def test_a_digest_may_be_noted_in_part_and_with_its_entry(desk: Desk) -> None:
    desk.say("1")
    number, digest = desk.head
    for form in (
        digest[:12],
        digest.upper(),
        f"@2:{digest}",
        f"@2 {digest[:20]}",
        f" {digest}\n",
        f"head: @2 {digest}",
    ):
        assert noted(desk, form) == number
    assert noted(desk, f"@1:{digest}") is None
    assert noted(desk, f"@0:{'0' * 64}") == 0
    assert noted(desk, f"@1:{'0' * 64}") is None


@pytest.mark.parametrize(
    "form", ["", "@2", "5f2c", "g" * 12, "0" * 65, "5f2c%_%_%_%_%_", "@2:日本"]
)
def test_what_is_no_digest_is_refused(desk: Desk, form: str) -> None:
    with pytest.raises(BadInput, match="is no digest"):
        noted(desk, form)
