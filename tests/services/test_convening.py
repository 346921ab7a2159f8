"""Opening, closing and correcting meetings, and what a meeting raised."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import BadInput, NotFound, Refused
from tracker.services import convening, meeting_report, meetings
from tracker.services.meeting_report import Report
from tracker.services.meetings import Meeting


def meet(desk: Desk, *keys: str, **facts: Any) -> None:
    with desk.writing("meeting add") as (entry, _):
        for key in keys:
            meetings.add_meeting(entry, key, name=f"The {key}", **facts)


def open_(desk: Desk, key: str) -> Meeting | None:
    with desk.writing("meeting open") as (entry, _):
        return convening.open_(entry, key)


def close(desk: Desk) -> Meeting:
    with desk.writing("meeting close") as (entry, _):
        return convening.close(entry)


def correct(desk: Desk, key: str, **settings: str | None) -> None:
    with desk.writing("meeting set") as (entry, _):
        convening.correct(entry, key, settings)


def found(desk: Desk, key: str) -> Meeting:
    with desk.reading() as now:
        return meetings.find(now.connection, key)


def test_what_is_said_belongs_to_the_meeting_that_is_open(desk: Desk) -> None:
    meet(desk, "W1", "W2")
    desk.say("1")
    open_(desk, "W1")
    desk.say("1")
    desk.reply("C2")
    desk.say("1", meeting="W2")
    desk.say("1", meeting="")
    close(desk)
    desk.say("1")
    told = [desk.comment(f"C{number}").meeting for number in range(1, 7)]
    assert told == [None, "W1", "W1", "W2", None, None]
    desk.check()


def test_opening_a_meeting_closes_the_one_that_was_open(desk: Desk) -> None:
    meet(desk, "W1", "W2")
    assert open_(desk, "W1") is None
    before = open_(desk, "W2")
    assert before is not None
    assert before.key == "W1"
    assert [found(desk, key).is_open for key in ("W1", "W2")] == [False, True]
    with pytest.raises(Refused, match="W2 is open already"):
        open_(desk, "W2")
    assert close(desk).key == "W2"
    with pytest.raises(Refused, match="no meeting is open"):
        close(desk)
    with pytest.raises(NotFound, match="there is no meeting 'W9'"):
        open_(desk, "W9")
    desk.check()


def test_a_meeting_is_corrected_and_stays_open(desk: Desk) -> None:
    with desk.writing() as (entry, _):
        meetings.add_series(entry, "S1", name="The Series")
    meet(desk, "W1", date="2021", place="Tokyo", note="A note.")
    open_(desk, "W1")
    correct(desk, "W1", date="2021-11-03", place=None, series="S1")
    correct(desk, "W1", name="First Workshop")
    now = found(desk, "W1")
    assert (now.name, now.date, now.place) == ("First Workshop", "2021-11-03", None)
    assert (now.series, now.note, now.is_open) == ("S1", "A note.", True)
    close(desk)
    assert found(desk, "W1").name == "First Workshop"
    desk.check()


REFUSED: dict[str, tuple[dict[str, str | None], type[Exception], str]] = {
    "nothing changes": ({"name": "The W1"}, Refused, "nothing would change"),
    "no name": ({"name": ""}, BadInput, "the name of the meeting is empty"),
    "no date": ({"date": "yesterday"}, BadInput, "'yesterday' is no date"),
    "no series": ({"series": "S9"}, NotFound, "there is no series 'S9'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_so_is_refused_and_stores_nothing(desk: Desk, case: str) -> None:
    settings, error, told = REFUSED[case]
    meet(desk, "W1")
    before = desk.everything()
    with pytest.raises(error, match=told):
        correct(desk, "W1", **settings)
    assert desk.everything() == before


def report(desk: Desk, key: str, limit: int | None = None) -> Report:
    with desk.reading() as now:
        held = meetings.find(now.connection, key)
        return meeting_report.report(now, held, limit=limit)


def test_a_report_tells_what_was_raised_and_what_became_of_it(desk: Desk) -> None:
    meet(desk, "W1", topics=["Ports", "Fish"])
    meet(desk, "W2")
    desk.say(meeting="W1")
    desk.say(meeting="W1", topic="Fish")
    desk.say("3", meeting="W1")
    desk.say("1", "2", meeting="W1")
    desk.say("1", meeting="W2")
    desk.say("2", meeting="W1")
    desk.dispose("C3", outcome="noted")
    desk.replace("1", "Ships may come.", answers=["C4", "C5"])
    desk.replace("3", "Nobody disputes.", answers=["C5"])
    desk.accept(desk.delete("2"))
    told = report(desk, "W1")
    raised = [(r.line, r.topic, [c.id for c in r.comments]) for r in told.raised]
    assert raised == [
        ("1", None, ["C4"]),
        ("3", None, ["C3"]),
        ("2", None, ["C6"]),
        (None, "Fish", ["C2"]),
        (None, None, ["C1"]),
    ]
    assert [r.text is None for r in told.raised] == [False, False, True, True, True]
    assert (told.total, told.outcomes, told.open) == (5, {"noted": 1}, 4)
    assert [(proposal.id, proposal.state) for proposal in told.proposals] == [("P1", "open")]
    cut = report(desk, "W1", limit=2)
    assert [c.id for r in cut.raised for c in r.comments] == ["C4", "C3"]
    assert cut.total == 5
