"""Reading comments: which are listed, in which order, and as they were at any entry."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import NotFound
from tracker.services import lines, meetings, paging
from tracker.services.comments import reading


def ids(desk: Desk, **options: Any) -> tuple[list[str], int]:
    found, total = desk.read(reading.listed, **options)
    return [comment.id for comment in found], total


def test_comments_are_listed_in_their_order_with_how_many_there_are(desk: Desk) -> None:
    for label in "3213":
        desk.say(label)
    assert ids(desk) == (["C1", "C2", "C3", "C4"], 4)
    assert ids(desk, limit=2) == (["C1", "C2"], 4)
    assert ids(desk, limit=4) == (["C1", "C2", "C3", "C4"], 4)
    assert ids(desk, line=desk.line("3").id) == (["C1", "C4"], 2)
    desk.dispose("C1", "C2")
    assert ids(desk, undisposed=True) == (["C3", "C4"], 2)
    assert ids(desk, undisposed=True, line=desk.line("3").id) == (["C4"], 1)


def test_comments_of_one_meeting_are_listed(desk: Desk) -> None:
    with desk.writing() as (entry, _):
        number = meetings.add_meeting(entry, "W1", name="First")
    desk.say("1")
    desk.say("1", meeting="W1")
    assert ids(desk, meeting=number) == (["C2"], 1)


def test_a_long_listing_is_read_in_parts(
    example_once: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = example_once.read(reading.listed)
    monkeypatch.setattr(paging, "BATCH", 7)
    assert example_once.read(reading.listed) == whole
    assert whole[1] == len(whole[0]) > 40


def test_comments_are_given_in_the_order_they_are_asked_for(desk: Desk) -> None:
    desk.say("1")
    desk.say("2")
    assert [comment.id for comment in desk.read(reading.numbered, [2, 1, 2])] == ["C2", "C1", "C2"]
    with pytest.raises(NotFound, match="no comment C3") as refused:
        desk.read(reading.numbered, [1, 3])
    assert refused.value.hint == "the last one is C2"


def test_what_was_said_is_known_for_every_entry(desk: Desk) -> None:
    desk.say("1")
    desk.say("1")
    desk.dispose("C1")
    own = desk.line("1").id
    for state, there, open_ in (("@1", 0, 0), ("@2", 1, 1), ("@3", 2, 2), ("@4", 2, 1)):
        with desk.reading(state) as then:
            found, _ = reading.listed(then, line=own)
            assert len(found) == there
            assert len(reading.listed(then, undisposed=True)[0]) == open_
            assert lines.find(then, "1").id == own
