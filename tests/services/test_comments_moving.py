"""Moving a comment: the anchors it had end, replies that name no words go along."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk, Placed, document
from tests.stores import Stores, empty
from tracker.errors import BadInput, NotFound, Refused
from tracker.services import lines, meetings
from tracker.store.open import open_store


def places(
    desk: Desk, name: str, state: str | None = None
) -> list[tuple[str | None, str, str | None]]:
    return [(a.line, a.scope, a.quote) for a in desk.comment(name, state).anchors]


def counts(desk: Desk) -> list[tuple[str, int, int]]:
    found, _ = desk.read(lines.flagged, decided=True)
    return [(line.label, line.comments, line.open) for line in found]


def test_a_comment_moves_to_another_line_and_counts_there(desk: Desk) -> None:
    desk.say("1", words="the harbour")
    before = desk.at
    assert desk.tie("C1", "2", words="any ship") == ["C1"]
    assert places(desk, "C1") == [("2", "words", "any ship")]
    assert counts(desk) == [("2", 1, 1)]
    assert places(desk, "C1", before) == [("1", "words", "the harbour")]
    desk.check()


def test_what_was_moved_away_is_not_carried(desk: Desk) -> None:
    desk.say("1", words="the harbour")
    desk.tie("C1", "2")
    desk.accept(desk.replace("1", "The harbour is closed."))
    desk.accept(desk.delete("1"))
    assert places(desk, "C1") == [("2", "line", None)]
    assert desk.comment("C1").anchor_state == "exact"
    desk.check()


def test_it_moves_to_several_lines_and_to_the_whole_and_back(desk: Desk) -> None:
    desk.say("1", words="the harbour")
    desk.tie("C1", "1", "3")
    assert places(desk, "C1") == [("1", "line", None), ("3", "line", None)]
    desk.tie("C1")
    assert desk.comment("C1").scope == "document"
    assert counts(desk) == []
    desk.tie("C1", "1", words="the harbour")
    assert places(desk, "C1") == [("1", "words", "the harbour")]
    desk.check()


def test_replies_that_name_no_words_go_along_and_others_stay(desk: Desk) -> None:
    desk.say("1", words="the harbour")
    desk.reply("C1")
    desk.reply("C2")
    desk.reply("C1", words="all ships")
    desk.reply("C4")
    assert desk.tie("C1", "2", words="inspect") == ["C1", "C2", "C3"]
    assert places(desk, "C3") == [("2", "words", "inspect")]
    assert all(anchor.inherited for anchor in desk.comment("C3").anchors)
    assert places(desk, "C4") == places(desk, "C5") == [("1", "words", "all ships")]
    # And again, from the whole too.
    desk.tie("C1")
    assert places(desk, "C2") == []
    assert desk.tie("C1", "3") == ["C1", "C2", "C3"]
    assert places(desk, "C2") == [("3", "line", None)]
    desk.check()


def test_a_reply_that_was_moved_by_itself_stays_where_it_was_put(desk: Desk) -> None:
    desk.say("1")
    desk.reply("C1")
    desk.tie("C2", "3")
    assert desk.tie("C1", "2") == ["C1"]
    desk.tie("C2")
    assert desk.tie("C1", "1") == ["C1"]
    assert places(desk, "C2") == []
    desk.check()


def test_orphaned_words_can_be_put_elsewhere(desk: Desk) -> None:
    desk.say("1", words="the harbour")
    desk.accept(desk.replace("1", "Ships may come."))
    assert desk.comment("C1").anchor_state == "orphaned"
    desk.tie("C1", "1", words="Ships")
    assert desk.comment("C1").anchor_state == "exact"
    desk.check()


def test_it_moves_to_a_topic_of_its_meeting_and_its_replies_too(desk: Desk) -> None:
    with desk.writing() as (entry, _):
        meetings.add_meeting(entry, "W1", name="First", topics=["Ports", "Fish"])
    desk.say(meeting="W1", topic="Ports")
    desk.reply("C1", meeting="W1", topic="Ports")
    desk.reply("C1")
    desk.tie("C1", topic="Fish")
    assert [desk.comment(name).topic for name in ("C1", "C2", "C3")] == ["Fish", "Fish", None]
    desk.tie("C1", "1")
    assert [desk.comment(name).topic for name in ("C1", "C2")] == [None, None]
    assert places(desk, "C2") == [("1", "line", None)]
    desk.check()


def test_a_section_is_that_of_the_heading_above(stores: Stores) -> None:
    with stores.copy(empty) as url:
        desk = Desk(open_store(url))
        ports = Placed("Ports", markup="# ", kind="heading")
        document(desk.store, "Preamble.", ports, "One.", "Two.")
        desk.say("4", scope="section")
        desk.say("2", scope="section")
        desk.say("3", scope="gap")
        assert places(desk, "C1") == places(desk, "C2") == [("2", "section", None)]
        assert [desk.comment(name).scope for name in ("C1", "C3")] == ["section", "gap"]
        with pytest.raises(Refused, match="line 1 stands under no heading"):
            desk.say("1", scope="section")
        desk.tie("C3", "4", scope="gap")
        assert places(desk, "C3") == [("4", "gap", None)]
        desk.accept(desk.replace("4", "Two and a half."))
        assert desk.comment("C3").anchor_state == "exact"
        desk.check()


REFUSED: dict[str, tuple[tuple[str, ...], dict[str, Any], type[Exception], str]] = {
    "it stands there": (("1",), {}, Refused, "C1 stands there already"),
    "no such line": (("9",), {}, NotFound, "there is no line '9'"),
    "no such words": (("2",), {"words": "whales"}, BadInput, "does not hold the words 'whales'"),
    "words of two lines": (("1", "2"), {"words": "ship"}, BadInput, "stand in one line"),
    "words of no line": ((), {"words": "ship"}, BadInput, "stand in one line"),
    "a gap after two lines": (("1", "2"), {"scope": "gap"}, BadInput, "a gap is named by one line"),
    "a section and words": (
        ("2",),
        {"scope": "section", "words": "any ship"},
        BadInput,
        "a section is named by one line, and without words",
    ),
    "a topic and a line": (("2",), {"topic": "Ports"}, BadInput, "belongs to a meeting"),
    "a topic of no meeting": ((), {"topic": "Ports"}, BadInput, "was said at none"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_place_that_is_none_is_refused_and_stores_nothing(desk: Desk, case: str) -> None:
    labels, options, error, told = REFUSED[case]
    desk.say("1")
    before = desk.everything()
    with pytest.raises(error, match=told):
        desk.tie("C1", *labels, **options)
    assert desk.everything() == before


def test_a_deleted_line_takes_no_comment(desk: Desk) -> None:
    desk.say("1")
    desk.accept(desk.delete("2"))
    with pytest.raises(Refused, match="line 2 was deleted"):
        desk.tie("C1", "2")
