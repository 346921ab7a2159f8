"""Suggesting lines for a comment that names none, and linking it when told."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk, document
from tests.services.seen import undo
from tracker.errors import NotFound, Refused
from tracker.services import meetings
from tracker.services.comments import reading, suggesting
from tracker.services.comments.suggesting import Suggestion
from tracker.services.names import comment_id
from tracker.store.open import Store

TEXTS = (
    "The parties keep the harbour open to all ships.",
    "Each party may inspect a ship that enters.",
    "Disputes are settled by talks between the parties.",
    "The treaty ends after twenty years.",
    "中国の人権侵害に無関心であってはならない。",
)


@pytest.fixture
def long(store: Store) -> Desk:
    document(store, *TEXTS)
    desk = Desk(store)
    with desk.writing("meeting add") as (entry, _):
        meetings.add_meeting(entry, "M1", name="A meeting", topics=("Money", "The end"))
    return desk


def suggested(desk: Desk, name: str) -> list[Suggestion]:
    found, total = desk.read(suggesting.suggest, name)
    assert total == len(found)
    return list(found)


def test_rare_words_that_a_line_shares_suggest_it(long: Desk) -> None:
    first = suggested(long, long.say(text="Who may inspect them, and when?"))[0]
    assert (first.line, first.text) == ("2", TEXTS[1])
    assert first.reasons[0] == "it says inspect, may"
    assert suggested(long, long.say(text="人権をどう守るか。"))[0].line == "5"


def test_words_that_a_comment_quotes_come_first(long: Desk) -> None:
    name = long.say(
        text="I would inspect nothing, and see to it that they “keep the harbour open”."
    )
    first = suggested(long, name)[0]
    assert (first.line, first.reasons[0]) == ("1", "it quotes “keep the harbour open”")


def test_comments_on_the_same_topic_suggest_their_line(long: Desk) -> None:
    with long.writing("comment add") as (entry, now):
        from tracker.services.comments.writing import Said, add

        told = Said(speaker="A member", text="No.", meeting="M1", topic="The end")
        first = add(entry, now, told)
    with long.writing("comment suggest") as (entry, now):
        suggesting.link(entry, now, first, "4")
    name = long.say(text="Hm.", meeting="M1", topic="The end")
    (found,) = suggested(long, name)
    assert (found.line, found.reasons) == ("4", ("another on the same topic: The end",))
    assert suggested(long, long.say(text="Hm.", meeting="M1", topic="Money")) == []


def test_what_others_said_and_what_is_proposed_and_answers_suggest_a_line(long: Desk) -> None:
    there = long.say("4", text="A quandong ripens sooner.")
    name = long.say(text="The quandong!")
    assert suggested(long, name)[0].reasons == (f"{there}, which is on it, says quandong",)
    made = long.replace("3", "Disputes are settled by a court.", answers=[name])
    first = suggested(long, name)[0]
    assert (first.line, first.reasons) == ("3", (f"{made}, proposed for it, answers {name}",))


def test_a_line_that_is_gone_is_not_suggested(long: Desk) -> None:
    name = long.say(text="Who may inspect them?")
    long.accept(long.delete("2"))
    assert "2" not in [each.line for each in suggested(long, name)]


def test_a_comment_that_shares_nothing_gets_no_suggestion(long: Desk) -> None:
    assert suggested(long, long.say(text="Hm.")) == []


def test_suggesting_writes_nothing_and_linking_ties_the_comment_and_its_replies(long: Desk) -> None:
    name = long.say(text="Who may inspect them?")
    reply = long.reply(name)
    further = long.reply(reply)
    own = long.reply(name)
    before = long.everything()
    suggested(long, name)
    assert long.everything() == before
    with long.writing("comment suggest") as (entry, now):
        suggesting.link(entry, now, name, "2")
    for each in (name, reply, further, own):
        assert (long.comment(each).lines, long.comment(each).anchor_state) == (("2",), "exact")
    assert [anchor.inherited for anchor in long.comment(further).anchors] == [True]
    long.check()


def test_linking_again_after_an_undo_takes_the_replies_along_again(long: Desk) -> None:
    name = long.say(text="Who may inspect them?")
    reply = long.reply(name)
    away = long.reply(name)
    for label in ("2", "3"):
        with long.writing("comment suggest") as (entry, now):
            assert suggesting.link(entry, now, name, label) == [name, reply, away]
        assert [long.comment(each).lines for each in (name, reply, away)] == [(label,)] * 3
        long.tie(away, "4")
        undo(long)
        undo(long)
    long.tie(away, "4")
    with long.writing("comment suggest") as (entry, now):
        assert suggesting.link(entry, now, name, "2") == [name, reply]
    assert [long.comment(each).lines for each in (name, reply, away)] == [("2",), ("2",), ("4",)]
    long.check()


def test_only_an_unanchored_comment_is_linked_and_only_to_a_line_that_stands(long: Desk) -> None:
    on, off = long.say("1"), long.say()
    long.accept(long.delete("2"))
    before = long.everything()
    for name, label, error in (
        (on, "3", Refused),
        (off, "2", Refused),
        (off, "77", NotFound),
        ("C99", "1", NotFound),
        ("X", "1", NotFound),
    ):
        with pytest.raises(error) as told, long.writing("suggest") as (entry, now):
            suggesting.link(entry, now, name, label)
        assert told.value.hint
    assert long.everything() == before
    with pytest.raises(Refused, match="C1 is on line 1 already"):
        suggested(long, on)


def test_the_anchored_comments_of_the_example_are_suggested_for_their_line(
    meeting_desk: Desk,
) -> None:
    """Blind to the thread of each comment, though not to the proposals that answer it.

    The example's proposals were written from these comments, so this is the easy case.
    """
    every: list[reading.Comment] = meeting_desk.read(reading.listed)[0]
    by_id = {comment.id: comment for comment in every}

    def root(comment: reading.Comment) -> str:
        return root(by_id[comment.reply_to]) if comment.reply_to else comment.id

    first = 0
    anchored = [comment for comment in every if comment.anchors]
    for comment in anchored:
        thread = {comment_id(c.id) for c in every if root(c) == root(comment)}
        alone = comment._replace(reply_to=None, topic=None)
        found, _ = meeting_desk.read(suggesting.ranked, alone, blind=thread)
        first += found[0].line == comment.lines[0]
    assert (first, len(anchored)) == (8, 8)
