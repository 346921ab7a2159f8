"""What a Word file is made of: tracked changes under allowed names, threads, options."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tests.settled import applied
from tracker.errors import NotFound, Refused
from tracker.exchange.marked import Marked
from tracker.exchange.outgoing import Bubble
from tracker.services.exporting import word
from tracker.services.exporting.word import Parcel
from tracker.services.snapshot import Snapshot

FOUR = ("P1", "P2", "P3", "P4")


def no_file(_: bytes, name: str) -> Marked:
    """Nothing here came in as a Word file."""
    raise AssertionError(name)


def parcel(now: Snapshot, *asked: Any, **options: Any) -> Parcel:
    return word.marked(now, no_file, *asked, **options)


def becomes(made: Parcel) -> str:
    """The text with all that is tracked."""
    return applied(made.text, [(e.start, e.end, e.text) for e in made.outgoing.tracked])


def said(made: Parcel) -> dict[str, Bubble]:
    return {bubble.remark.id: bubble for bubble in made.outgoing.comments}


def words(made: Parcel, name: str) -> str:
    """The words that a bubble stands at."""
    remark, edit = said(made)[name]
    if edit is not None:
        text = made.outgoing.tracked[edit].text
        return text[remark.offset : remark.offset + len(remark.quote)]
    return made.text[remark.start : remark.end]


def test_without_a_state_or_proposals_nothing_is_tracked(example_once: Desk) -> None:
    made = example_once.read(word.clean, no_file)
    assert (made.outgoing.tracked, made.outgoing.comments) == ((), ())
    assert [made.text[b.start : b.end] for b in made.blocks] == [
        text for _, text in example_once.text()
    ]


def test_of_rivals_the_first_is_tracked_and_the_other_stands_in_a_box(example_once: Desk) -> None:
    made = example_once.read(parcel, None, FOUR)
    first, second, *_ = becomes(made).split("\u2029")
    assert "at home and abroad" in first
    assert second.startswith("At the same time")
    (box,) = made.outgoing.boxes
    (option,) = box.options
    assert option.title.startswith("P2.1")
    assert "that they share" in option.result
    assert made.outgoing.stamp is not None
    assert made.outgoing.stamp.proposals == FOUR


def test_of_rivals_the_one_that_is_advised_is_tracked(meeting_desk: Desk) -> None:
    meeting_desk.recommend("accept", "P2")
    made = meeting_desk.read(parcel, None, FOUR)
    assert "that they share" in becomes(made)
    assert [option.title[:4] for option in made.outgoing.boxes[0].options] == ["P1.1"]


def test_what_was_said_of_the_lines_goes_along_in_threads(example_once: Desk) -> None:
    made = example_once.read(parcel)
    assert list(said(made)) == [f"C{number}" for number in range(40, 48)]
    assert said(made)["C41"].remark.parent == "C40"
    assert said(made)["C41"].remark.text.startswith("Another member · objection, counters C40")
    assert said(made)["C40"].remark.author == "One participant"
    assert words(made, "C44") == example_once.text()[1][1]


def test_the_first_page_says_what_is_open(example_once: Desk) -> None:
    front = example_once.read(parcel).outgoing.front
    assert front.sentence == "3 passages under revision, 8 comments, 4 proposals, nothing decided"
    assert [len(row.options) for row in front.rows] == [3, 1, 1]


def test_a_draft_is_called_so_above_each_page_too(example_once: Desk) -> None:
    made = example_once.read(parcel).outgoing
    assert made.header == made.front.notice
    assert made.header.startswith("DRAFT")


def test_a_redline_leads_from_the_state_to_the_text_under_the_names_of_those_who_proposed(
    desk: Desk,
) -> None:
    state = f"@{desk.head[0]}"
    desk.accept(desk.replace("2", "The coast is long and high.", proposer="The east"))
    made = desk.read(parcel, state)
    assert {edit.author for edit in made.outgoing.tracked} == {"The east"}
    assert "long and high" in becomes(made)
    assert "long and high" not in made.text


def test_words_that_came_since_are_pointed_to_where_they_are_inserted(desk: Desk) -> None:
    state = f"@{desk.head[0]}"
    desk.accept(desk.insert("1", "Harbours are open to all."))
    label = desk.text()[1][0]
    name = desk.say(label, words="open to all")
    made = desk.read(parcel, state)
    assert said(made)[name].edit is not None
    assert words(made, name) == "open to all"


@pytest.mark.parametrize(("rule", "speaker"), [("side", "Japan"), ("none", "A participant")])
def test_names_go_out_as_the_rule_allows(desk: Desk, rule: str, speaker: str) -> None:
    name = desk.say("1", speaker="Kimura", side="Japan")
    proposal = desk.replace("2", "The coast is high.", proposer="Kimura")
    desk.set(attribution=rule)
    made = desk.read(parcel, None, (proposal,))
    assert said(made)[name].remark.author == speaker
    assert "Kimura" not in repr(made)


def test_what_was_decided_on_a_comment_is_the_last_reply(desk: Desk) -> None:
    name = desk.say("1")
    reply = desk.reply(name)
    desk.dispose(name, outcome="rejected", reason="Too long.")
    made = desk.read(parcel)
    assert list(said(made)) == [name, reply, f"{name}.decided"]
    assert said(made)[f"{name}.decided"].remark.text == "Rejected: Too long."
    assert not said(made)[name].remark.done
    desk.dispose(reply)
    made = desk.read(parcel)
    assert said(made)[name].remark.done
    assert list(said(made)) == [name, reply, f"{name}.decided"]


def test_internal_comments_stay_in_the_store_unless_asked_for(desk: Desk) -> None:
    name = desk.say("1", internal=True)
    assert said(desk.read(parcel)) == {}
    assert list(said(desk.read(parcel, with_internal=True))) == [name]


def test_a_state_or_a_proposal_that_is_none_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.read(parcel, "july-1821")
    with pytest.raises(NotFound):
        desk.read(parcel, None, ("P9",))
    name = desk.replace("2", "The coast is high.")
    desk.decide("rejected", name)
    with pytest.raises(Refused):
        desk.read(parcel, None, (name,))
