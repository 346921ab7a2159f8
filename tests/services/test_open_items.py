"""What a session of those who decide goes through, and what is open on each item."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from tracker.errors import NotFound
from tracker.services import open_items
from tracker.services.open_items import START, Item, Opened


def labels(desk: Desk) -> list[str | None]:
    return [item.label for item in desk.read(open_items.items)]


def opened(desk: Desk, label: str) -> Opened:
    found: Opened = desk.read(open_items.opened, Item(label))
    return found


def names(found: Opened) -> tuple[list[str], list[str]]:
    return [rival.id for rival in found.rivals], [comment.id for comment in found.comments]


def test_nothing_is_gone_through_where_nothing_is_open(desk: Desk) -> None:
    assert labels(desk) == []
    desk.dispose(desk.say("1"))
    desk.decide("rejected", desk.replace("2", "Shut."))
    assert labels(desk) == []


def test_lines_come_as_they_stand_after_the_start_and_before_what_stands_on_no_line(
    desk: Desk,
) -> None:
    desk.say()
    desk.say("3")
    desk.replace("2", "Shut.")
    desk.insert("0", "First of all.")
    assert labels(desk) == [START, "2", "3", None]


def test_a_line_shows_its_rivals_and_its_open_comments(desk: Desk) -> None:
    settled, said = desk.say("2"), desk.say("2", words="any ship")
    answer = desk.reply(said)
    one, other = desk.replace("2", "Shut."), desk.insert("2", "A further line.")
    desk.replace("1", "Open.")
    desk.dispose(settled)
    found = opened(desk, "2")
    assert names(found) == ([one, other], [said, answer])
    assert (found.title, found.settled, found.deleted, found.agreed) == (
        "Line 2",
        False,
        None,
        None,
    )


def test_the_start_shows_what_is_proposed_before_the_first_line(desk: Desk) -> None:
    name = desk.insert("0", "First of all.")
    desk.insert("1", "Second.")
    found = opened(desk, START)
    assert (names(found), found.line) == (([name], []), None)


def test_a_deleted_line_is_gone_through_while_its_comments_are_open(desk: Desk) -> None:
    said = desk.say("2", words="any ship")
    desk.accept(desk.delete("2"))
    desk.say("3")
    assert labels(desk) == ["3", "2"]
    found = opened(desk, "2")
    assert (names(found)[1], found.deleted) == ([said], 4)
    desk.dispose(said)
    assert labels(desk) == ["3"]


def test_a_stale_proposal_on_a_deleted_line_is_gone_through(desk: Desk) -> None:
    name = desk.replace("2", "Shut.")
    desk.accept(desk.delete("2"))
    assert labels(desk) == ["2"]
    assert names(opened(desk, "2")) == ([name], [])


def test_comments_on_no_line_come_by_meeting_and_topic(meeting_desk: Desk) -> None:
    loose = [item for item in meeting_desk.read(open_items.items) if item.label is None]
    found = [meeting_desk.read(open_items.opened, item) for item in loose]
    assert [each.title for each in found] == [
        *("On no line · W1", "On no line · W1 · Xinjiang", "On no line · W1 · Hong Kong"),
        "On no line · W1 · Supporting democratic governance",
    ]
    assert sum(len(each.comments) for each in found) == 39


def test_a_session_shows_no_internal_note(desk: Desk) -> None:
    said, note = desk.say("2"), desk.say("2")
    with desk.writing() as (entry, now):
        from tracker.store import tables

        version = tables.comment_version
        row = entry.connection.execute(
            version.select().where(version.c.comment == int(note[1:]))
        ).mappings()
        values = dict(next(iter(row)))
        for name in ("document", "comment", "number", "since", "until", "digest", "salt"):
            values.pop(name)
        subject = {"document": now.document, "comment": int(note[1:])}
        entry.append(version, subject, **{**values, "internal": 1})
    assert names(opened(desk, "2"))[1] == [said]


def test_a_line_that_is_not_there_is_not_gone_through(desk: Desk) -> None:
    with pytest.raises(NotFound):
        opened(desk, "9")
