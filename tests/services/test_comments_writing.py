"""Writing comments, replies and dispositions: what is kept, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import THREE, Desk
from tracker.errors import BadInput, NotFound, Refused, TrackerError, UsageError
from tracker.services import meetings
from tracker.services.verdicts import Verdict, verdicts

EVERYTHING: dict[str, Any] = {
    "speaker": "Another member",
    "text": "「無関心」では弱い。\n\n 二段落目 👩‍👩‍👧 ",
    "kind": "objection",
    "side": "Japan",
    "meeting": "W1",
    "participant": "voice-1",
    "type": "technical",
    "context": "after the break",
    "note": "as recorded",
    "number": "US-012",
    "verbatim": False,
}


def test_a_comment_is_kept_word_for_word_with_all_that_is_said_of_it(meeting_desk: Desk) -> None:
    name = meeting_desk.say("2", **EVERYTHING)
    found = meeting_desk.comment(name)
    assert {field: getattr(found, field) for field in EVERYTHING} == EVERYTHING
    assert (found.lines, found.scope, found.anchor_state) == (("2",), "line", "exact")
    meeting_desk.check()


def test_comments_are_numbered_in_their_order_and_belong_to_the_entry(desk: Desk) -> None:
    assert [desk.say("1"), desk.say("2"), desk.say()] == ["C1", "C2", "C3"]
    assert desk.head[0] == 4


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("any ship", "any ship"),
        ("  any   ship\n", "any ship"),
        ("Each party may inspect any ship that enters.", THREE[1]),
    ],
)
def test_flagged_words_are_found_whatever_space_is_around_them(
    desk: Desk, words: str, there: str
) -> None:
    anchor = desk.comment(desk.say("2", words=words)).anchors[0]
    assert (anchor.scope, anchor.quote, anchor.state) == ("words", there, "exact")
    assert THREE[1][anchor.start : anchor.stop] == there


@pytest.mark.parametrize(
    ("labels", "words", "error", "said", "hint"),
    [
        (["2"], "any ships", BadInput, "line 2 does not hold the words 'any ships'", "any ship"),
        (["2"], " ", BadInput, "the flagged words are empty", "leave out --on"),
        (["1", "2"], "ship", BadInput, "flagged words stand in one line", "name the one line"),
        ([], "ship", BadInput, "flagged words stand in one line", "name the one line"),
        (["7"], None, NotFound, "there is no line '7'", "labels are"),
        (["C1"], None, NotFound, "there is no line 'C1'", "tracker text"),
        (["\udcff"], None, NotFound, "there is no line", "tracker text"),
    ],
)
def test_a_comment_that_cannot_be_tied_to_the_text_is_refused(
    desk_once: Desk,
    labels: list[str],
    words: str | None,
    error: type[TrackerError],
    said: str,
    hint: str,
) -> None:
    before = desk_once.everything()
    with pytest.raises(error) as refused:
        desk_once.say(*labels, words=words)
    assert said in refused.value.message
    assert hint in (refused.value.hint or "")
    assert desk_once.everything() == before


def test_a_line_named_twice_is_one_line(desk: Desk) -> None:
    found = desk.comment(desk.say("2", "2"))
    assert (found.scope, len(found.anchors)) == ("line", 1)
    assert desk.comment(desk.say("2", "2", words="inspect")).quote == "inspect"


def test_words_that_stand_twice_are_not_guessed(desk: Desk) -> None:
    desk.accept(desk.replace("1", "All ships, and ships of war, may enter."))
    with pytest.raises(UsageError, match="holds the words 'ships' 2 times") as refused:
        desk.say("1", words="ships")
    assert "1: …All [ships], and" in refused.value.message
    assert "--occurrence" in (refused.value.hint or "")
    anchor = desk.comment(desk.say("1", words="ships", occurrence=2)).anchors[0]
    assert (anchor.start, anchor.stop) == (15, 20)
    with pytest.raises(BadInput, match="2 times, not 3") as beyond:
        desk.say("1", words="ships", occurrence=3)
    assert "from 1 to 2" in (beyond.value.hint or "")


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ({"text": " \n"}, "text of the comment is empty", "words"),
        ({"speaker": ""}, "speaker is empty", "words"),
        ({"text": "a\0b"}, "NUL character at position 2", "mend"),
        ({"text": "a\ud800"}, "U+D800", "UTF-8"),
        ({"text": "x" * 100_001}, "100,001 characters", "mend"),
        ({"side": " "}, "side is empty", "words"),
        ({"note": "\0"}, "note", ""),
        ({"kind": "praise"}, "'praise' is no kind", "objection"),
        ({"type": "legal"}, "'legal' is no type", "editorial"),
        ({"meeting": "W9"}, "there is no meeting 'W9'", "W1"),
        ({"participant": "nobody"}, "there is no participant 'nobody'", "voice-1"),
        ({"topic": "Xinjiang"}, "'Xinjiang' belongs to a meeting", "--meeting"),
        ({"topic": "Fish", "meeting": "W1"}, "has no topic 'Fish'", "Hong Kong"),
    ],
)
def test_what_cannot_be_kept_as_it_was_said_is_refused(
    example_once: Desk, said: dict[str, Any], message: str, hint: str
) -> None:
    with pytest.raises(TrackerError) as refused:
        example_once.say(**said)
    assert message in refused.value.message
    assert hint in (refused.value.hint or "")


def test_a_comment_is_on_lines_or_has_a_topic(example_once: Desk) -> None:
    with pytest.raises(BadInput, match="not both") as refused:
        example_once.say("1", meeting="W1", topic="Xinjiang")
    assert "--topic" in (refused.value.hint or "")


def test_a_comment_on_several_lines_counts_on_each(desk: Desk) -> None:
    name = desk.say("3", "1", "3")
    found = desk.comment(name)
    assert (found.lines, found.scope) == (("3", "1"), "lines")
    assert [anchor.scope for anchor in found.anchors] == ["line", "line"]


def test_a_comment_on_the_whole_has_no_anchor(meeting_desk: Desk) -> None:
    name = meeting_desk.say(meeting="W1", topic="Hong Kong")
    found = meeting_desk.comment(name)
    assert (found.anchors, found.scope, found.anchor_state) == ((), "document", None)
    assert (found.meeting, found.topic) == ("W1", "Hong Kong")


def test_a_reply_without_words_has_its_parents_anchor_and_no_meeting_unless_told(
    desk: Desk,
) -> None:
    with desk.writing() as (entry, _):
        meetings.add_meeting(entry, "W1", name="First", topics=["Ships"])
    parent = desk.say("2", words="any ship", meeting="W1")
    found = desk.comment(desk.reply(parent, "builds-on"))
    assert (found.reply_to, found.relation, found.meeting) == (parent, "builds_on", None)
    above, own = desk.comment(parent).anchors[0], found.anchors[0]
    assert own == above._replace(inherited=True)
    assert not above.inherited
    desk.check()


def test_a_reply_to_a_reply_has_the_same_anchor(desk: Desk) -> None:
    parent = desk.say("2", words="any ship")
    last = desk.reply(desk.reply(desk.reply(parent)))
    assert desk.comment(last).quote == "any ship"
    assert desk.comment(last).anchors[0].inherited


def test_a_reply_may_flag_words_of_its_own(desk: Desk) -> None:
    found = desk.comment(desk.reply(desk.say("2"), words="inspect"))
    assert (found.quote, found.anchors[0].inherited) == ("inspect", False)


@pytest.mark.parametrize(
    ("parent", "options", "error", "said"),
    [
        ("C9", {}, NotFound, "there is no comment C9"),
        ("P1", {}, NotFound, "'P1' is no comment"),
        ("C1", {"relation": "doubts"}, BadInput, "'doubts' is no relation"),
        ("C1", {"words": "any boat"}, BadInput, "'any boat'"),
        ("C2", {"words": "ship"}, BadInput, "C2 is not on one line"),
        ("C3", {"words": "ship"}, BadInput, "C3 is not on one line"),
        ("C1", {"text": ""}, BadInput, "text of the comment is empty"),
    ],
)
def test_a_reply_that_has_no_place_is_refused(
    desk: Desk, parent: str, options: dict[str, str], error: type[TrackerError], said: str
) -> None:
    desk.say("1")
    desk.say("1", "2")
    desk.say()
    before = desk.everything()
    with pytest.raises(error, match=said) as refused:
        desk.reply(parent, **options)
    assert refused.value.hint
    assert desk.everything() == before


def test_nothing_new_is_said_of_the_words_of_a_line_that_is_gone(desk: Desk) -> None:
    parent = desk.say("2", words="any ship")
    desk.accept(desk.delete("2"))
    with pytest.raises(Refused, match="line 2 was deleted at @4") as refused:
        desk.say("2")
    assert "on a line that stands" in (refused.value.hint or "")
    with pytest.raises(Refused, match="line 2 was deleted at @4"):
        desk.reply(parent, words="any ship")
    found = desk.comment(desk.reply(parent))
    assert (found.anchor_state, found.quote) == ("orphaned", "any ship")
    desk.check()


def test_a_disposition_is_kept_with_its_grounds(desk: Desk) -> None:
    first, second, third = desk.say("1"), desk.say("1"), desk.say("2")
    grounds: dict[str, Any] = {
        "reason": "言い過ぎ",
        "by": "the leaders",
        "date": "2022-09",
        "mode": "consensus",
    }
    were = desk.dispose(first, second.lower(), first, outcome="Rejected", **grounds)
    assert [(comment.id, comment.disposition) for comment in were] == [
        (first, None),
        (second, None),
    ]
    for name in (first, second):
        assert desk.comment(name).disposition == Verdict("rejected", entry=5)._replace(**grounds)
    assert desk.comment(third).disposition is None
    desk.check()


def test_a_later_disposition_takes_the_place_of_the_one_before_and_both_are_kept(
    desk: Desk,
) -> None:
    name = desk.say("1")
    desk.dispose(name, outcome="noted")
    then = desk.at
    desk.dispose(name, outcome="rejected", reason="after all")
    assert [v.outcome for v in desk.comment(name).dispositions] == ["rejected"]
    assert [v.outcome for v in desk.comment(name, then).dispositions] == ["noted"]
    with desk.reading() as now:
        every = verdicts(now, "comment", superseded=True)[1]
    assert [(v.outcome, v.reason, v.entry) for v in every] == [
        ("noted", None, 3),
        ("rejected", "after all", 4),
    ]
    desk.check()


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("Revised", "accepted in principle"),
        ("accepted_in_principle", "accepted in principle"),
        ("Accepted-In-Principle", "accepted in principle"),
        (" NOTED ", "noted"),
        ("duplicate", "duplicate"),
    ],
)
def test_words_for_a_disposition_are_read_as_people_write_them(
    desk: Desk, word: str, kept: str
) -> None:
    name = desk.say("1")
    desk.dispose(name, outcome=word, reason="so")
    settled = desk.comment(name).disposition
    assert settled is not None
    assert settled.outcome == kept


@pytest.mark.parametrize(
    ("names", "outcome", "grounds", "said"),
    [
        (["C1"], "maybe", {}, "'maybe' is no disposition"),
        (["C1"], "rejected", {}, "'rejected' needs a reason"),
        (["C1"], "Revised", {"reason": None}, "'accepted in principle' needs a reason"),
        (["C1"], "deferred", {"reason": " "}, "reason is empty"),
        (["C1", "C9"], "noted", {}, "there is no comment C9"),
        (["P1"], "noted", {}, "'P1' is no comment"),
        (["C1"], "noted", {"date": "yesterday"}, "'yesterday' is no date"),
        (["C1"], "noted", {"mode": "force"}, "'force' is no mode"),
        (["C1"], "noted", {"by": ""}, "name of who decided is empty"),
    ],
)
def test_a_disposition_that_says_nothing_is_refused(
    desk: Desk, names: list[str], outcome: str, grounds: dict[str, Any], said: str
) -> None:
    desk.say("1")
    before = desk.everything()
    with pytest.raises(TrackerError, match=said) as refused:
        desk.dispose(*names, outcome=outcome, **grounds)
    assert refused.value.hint
    assert desk.everything() == before
