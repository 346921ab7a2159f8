"""What belongs to the store as a whole: series, meetings, topics, participants and references."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import BadInput, NotFound, Refused, TrackerError
from tracker.services import meetings, references

Add = Callable[..., int]


def add(desk: Desk, service: Add, key: str, **values: Any) -> int:
    with desk.writing() as (entry, _):
        return service(entry, key, **values)


def test_meetings_are_kept_with_their_series_and_their_topics_in_order(desk: Desk) -> None:
    series = {"name": "China Risk", "hosts": ["Forum", "基金"], "since": "2017-04"}
    add(desk, meetings.add_series, "S1", **series, meetings_planned=3, note="n")
    held = {
        "name": "First",
        "kind": "workshop",
        "date": "2021-11-03",
        "place": "video",
        "note": "m",
    }
    add(desk, meetings.add_meeting, "W1", series="S1", topics=["Xinjiang", "香港"], **held)
    add(desk, meetings.add_meeting, "W2", name="Second")
    desk.say(meeting="W1", topic="香港")
    desk.reply("C1")
    with desk.store.read() as connection:
        (found,) = meetings.all_series(connection)
        first, second = meetings.all_meetings(connection)
        counts = meetings.comments_by_meeting(connection)
    assert (
        found.key,
        found.name,
        found.hosts,
        found.since,
        found.meetings_planned,
        found.note,
    ) == (*("S1", "China Risk", ("Forum", "基金"), "2017-04", 3, "n"),)
    assert {name: getattr(first, name) for name in held} == held
    assert (first.key, first.series, first.topics) == ("W1", "S1", ("Xinjiang", "香港"))
    assert (second.series, second.topics) == (None, ())
    assert counts == {"W1": 1}
    assert meetings.topic_number(first, "香港") == 2
    desk.check()


def test_what_belongs_to_the_store_belongs_to_no_document(desk: Desk) -> None:
    add(desk, meetings.add_participant, "voice-1", name="One scholar", side="US", note="C2 and C3")
    add(desk, meetings.add_reference, "R1", title="A Brief", authors="A and B", date="2019")
    with desk.store.read() as connection:
        (voice,) = meetings.all_participants(connection)
        (brief,) = references.all_references(connection)
        assert meetings.find_participant(connection, "voice-1") == voice
    assert (voice.name, voice.side, voice.note) == ("One scholar", "US", "C2 and C3")
    assert (brief.key, brief.title, brief.authors, brief.date) == (
        "R1",
        "A Brief",
        "A and B",
        "2019",
    )


@pytest.mark.parametrize(
    ("service", "values"),
    [
        (meetings.add_series, {"name": "N"}),
        (meetings.add_meeting, {"name": "N"}),
        (meetings.add_participant, {"name": "N"}),
        (meetings.add_reference, {"title": "N"}),
    ],
    ids=["series", "meeting", "participant", "reference"],
)
def test_a_key_is_given_once_and_looks_like_nothing_else(
    desk: Desk, service: Add, values: dict[str, str]
) -> None:
    add(desk, service, "one", **values)
    before = desk.everything()
    with pytest.raises(Refused, match="one already") as taken:
        add(desk, service, "one", **values)
    assert "list" in (taken.value.hint or "")
    for key in ("@1", "12", "3b", "C1", "p7", "\u017fix", "", "a/b"):
        with pytest.raises(BadInput, match="cannot be a name") as refused:
            add(desk, service, key, **values)
        assert repr(key) in refused.value.message
    assert desk.everything() == before


@pytest.mark.parametrize(
    ("service", "values", "error", "said"),
    [
        (meetings.add_meeting, {"name": ""}, BadInput, "name of the meeting is empty"),
        (meetings.add_meeting, {"name": "N", "date": "3 May"}, BadInput, "'3 May' is no date"),
        (meetings.add_meeting, {"name": "N", "series": "S9"}, NotFound, "no series 'S9'"),
        (meetings.add_meeting, {"name": "N", "topics": ["a", "a"]}, BadInput, "named twice"),
        (meetings.add_meeting, {"name": "N", "topics": ["a", ""]}, BadInput, "topic is empty"),
        (meetings.add_series, {"name": "N", "hosts": ["a\nb"]}, BadInput, "must stand on one line"),
        (meetings.add_series, {"name": "N", "hosts": [""]}, BadInput, "name of a host is empty"),
        (meetings.add_series, {"name": "N", "since": "04"}, BadInput, "'04' is no date"),
        (meetings.add_participant, {"name": "N", "side": " "}, BadInput, "side is empty"),
        (meetings.add_reference, {"title": "N", "series": "S9"}, NotFound, "no series 'S9'"),
        (meetings.add_reference, {"title": "\0"}, BadInput, "title has a NUL"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    desk_once: Desk, service: Add, values: dict[str, Any], error: type[TrackerError], said: str
) -> None:
    before = desk_once.everything()
    with pytest.raises(error, match=said) as refused:
        add(desk_once, service, "new", **values)
    assert refused.value.hint
    assert desk_once.everything() == before


def test_one_that_is_none_is_not_found_and_those_there_are_named(example_once: Desk) -> None:
    with example_once.store.read() as connection:
        for find in (meetings.find, meetings.find_series, meetings.find_participant):
            with pytest.raises(NotFound, match="'nothing'") as refused:
                find(connection, "nothing")
            assert "known: " in (refused.value.hint or "")
        with pytest.raises(NotFound, match="no topic 'Tibet'") as topic:
            meetings.topic_number(meetings.find(connection, "W1"), "Tibet")
        assert "Hong Kong" in (topic.value.hint or "")
