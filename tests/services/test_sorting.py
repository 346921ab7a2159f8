"""Flagged lines by the comments on them: from which meeting and side, of what kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import NotFound, UsageError
from tracker.services import lines, meetings, sorting


@pytest.fixture
def sorted_desk(desk: Desk) -> Desk:
    """Comments of two meetings on three lines."""
    with desk.writing("meeting add") as (entry, _):
        for key in ("M1", "M2", "M3"):
            meetings.add_meeting(entry, key, name=f"Meeting {key}")
    desk.say("1", meeting="M1", side="US", kind="objection")
    desk.say("1", meeting="M2", side="Japan", kind="support")
    desk.say("2", "3", meeting="M1", side="Japan", kind="question")
    desk.say("3", kind="objection")
    return desk


def labels(desk: Desk, *, decided: bool = False, **named: Any) -> list[str]:
    with desk.reading() as now:
        of = sorting.named(now, **{"meeting": None, "side": None, "kind": None, **named})
        found, total = lines.flagged(now, decided=decided, of=of)
    assert total == len(found)
    return [line.label for line in found]


def test_a_filter_keeps_the_lines_with_such_a_comment(sorted_desk: Desk) -> None:
    assert labels(sorted_desk, meeting="M1") == ["1", "2", "3"]
    assert labels(sorted_desk, meeting="M2") == ["1"]
    assert labels(sorted_desk, side="Japan") == ["1", "2", "3"]
    assert labels(sorted_desk, side="us") == ["1"]
    assert labels(sorted_desk, kind="objection") == ["1", "3"]
    assert labels(sorted_desk) == ["1", "2", "3"]


def test_one_comment_must_be_all_that_is_named(sorted_desk: Desk) -> None:
    assert labels(sorted_desk, meeting="M1", side="Japan") == ["2", "3"]
    assert labels(sorted_desk, side="Japan", kind="objection") == []
    assert labels(sorted_desk, meeting="M2", kind="support", side="Japan") == ["1"]


def test_a_filter_that_matches_nothing_finds_nothing(sorted_desk: Desk) -> None:
    assert labels(sorted_desk, meeting="M3") == []
    assert labels(sorted_desk, side="nobody", decided=True) == []


def test_a_comment_with_a_disposition_no_longer_counts_unless_all_are_asked(
    sorted_desk: Desk,
) -> None:
    sorted_desk.dispose("C3")
    assert labels(sorted_desk, kind="question") == []
    assert labels(sorted_desk, kind="question", decided=True) == ["2", "3"]
    assert labels(sorted_desk, meeting="M1") == ["1"]
    sorted_desk.check()


def test_a_line_that_was_deleted_is_not_listed(sorted_desk: Desk) -> None:
    sorted_desk.accept(sorted_desk.delete("2"))
    assert labels(sorted_desk, kind="question") == ["3"]
    assert labels(sorted_desk, kind="question", decided=True) == ["3"]
    sorted_desk.check()


def test_a_reply_counts_on_the_line_of_its_parent(sorted_desk: Desk) -> None:
    sorted_desk.reply("C2", kind="question", side="a third")
    assert labels(sorted_desk, kind="question") == ["1", "2", "3"]
    assert labels(sorted_desk, side="a third") == ["1"]
    sorted_desk.check()


def test_a_page_of_filtered_lines_tells_how_many_there_are(sorted_desk: Desk) -> None:
    with sorted_desk.reading() as now:
        of = sorting.named(now, meeting="M1", side=None, kind=None)
        found, total = lines.flagged(now, of=of, limit=2)
    assert ([line.label for line in found], total) == (["1", "2"], 3)


def test_a_filter_by_what_is_not_there_is_refused(sorted_desk: Desk) -> None:
    with pytest.raises(NotFound, match="no meeting 'M9'"):
        labels(sorted_desk, meeting="M9")
    with pytest.raises(UsageError, match="'objections' is no kind") as told:
        labels(sorted_desk, kind="objections")
    assert told.value.hint
