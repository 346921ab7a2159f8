"""One more meeting's comments into a document that is there: shown, then stored as shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.services.records import (
    bring,
    bring_meeting,
    check_round,
    check_sound,
    plan_meeting,
    writing,
)
from tests.stores import Stores, contents
from tracker.errors import BadInput, Refused
from tracker.services import snapshot
from tracker.services.comments import reading
from tracker.services.comments.reading import Comment
from tracker.services.comments.writing import Said, add
from tracker.services.importing import meeting
from tracker.services.proposals.deciding import accept
from tracker.services.proposals.writing import Proposed, propose
from tracker.services.verdicts import Verdict
from tracker.store.open import Store

W2 = """\
format: tracker-record/1
meetings:
  - id: W2
    name: Second Workshop
    series: S1
    date: 2022-03
    topics:
      - Elections
participants:
  - id: voice-9
    name: A member
sources:
  - file: second.txt
comments:
  - id: b
    meeting: W2
    reply_to: a
    relation: endorses
    speaker: 別の参加者
    kind: support
    text: 賛成する。
  - id: a
    meeting: W2
    anchors:
      - line: '2'
        quote: indifferent
    speaker: A member
    participant: voice-9
    kind: objection
    text: This is too weak.
    source: second.txt
    dispositions:
      - outcome: Revised
        reason: P3 says more.
  - meeting: W2
    topic: Elections
    speaker: Another member
    kind: question
    text: What of elections?
  - meeting: W1
    topic: Hong Kong
    reply_to: C40
    relation: counters
    speaker: One scholar
    kind: objection
    text: Not so.
  - reply_to: b
    speaker: A member
    kind: observation
    text: Thank you.
    anchors:
      - line: '1'
      - line: '3'
"""


def comments(store: Store, first: int) -> list[Comment]:
    with store.read() as connection:
        found, _ = reading.listed(snapshot.latest(connection))
    return [comment for comment in found if int(comment.id[1:]) >= first]


def accept_for(store: Store, kind: str, label: str, text: str | None = None) -> None:
    """Change a line by a proposal, and accept it."""
    with writing(store) as (entry, now):
        change = Proposed(kind=kind, label=label, text=text)
        made = propose(entry, now, change, proposer="A side")
    with writing(store) as (entry, now):
        accept(entry, now, made.proposal, Verdict("accepted"))


def test_planning_stores_nothing_and_shows_the_ids_that_are_then_given(example: Store) -> None:
    before = contents(example)
    plan = plan_meeting(example, W2.encode())
    assert contents(example) == before
    shown = [(planned.id, planned.comment.text, planned.parent) for planned in plan.comments]
    assert shown == [
        ("C48", "This is too weak.", None),
        ("C49", "賛成する。", "C48"),
        ("C50", "What of elections?", None),
        ("C51", "Not so.", "C40"),
        ("C52", "Thank you.", "C49"),
    ]
    assert [planned.anchored for planned in plan.comments] == [
        (("2", "indifferent"),),
        (),
        (),
        (),
        (("1", None), ("3", None)),
    ]
    with writing(example) as (entry, now):
        assert meeting.apply(entry, now, plan) == [planned.id for planned in plan.comments]
    assert [(c.id, c.text, c.reply_to) for c in comments(example, 48)] == shown


def test_it_is_stored_with_all_that_it_says(stores: Stores, example: Store) -> None:
    bring_meeting(example, W2.encode())
    weak, agreed, asked, countered, both = comments(example, 48)
    assert (weak.meeting, weak.participant, weak.source) == ("W2", "voice-9", "second.txt")
    assert weak.disposition is not None
    assert weak.disposition.outcome == "accepted in principle"
    assert agreed.quote == "indifferent"
    assert (asked.topic, asked.scope) == ("Elections", "document")
    assert (countered.meeting, countered.topic) == ("W1", "Hong Kong")
    assert both.lines == ("1", "3")
    check_round(stores, example)


def test_a_reply_to_a_stored_comment_has_its_anchor(stores: Stores, example: Store) -> None:
    with writing(example) as (entry, now):
        add(entry, now, Said(speaker="x", text="y"), ["2"])
    bring_meeting(example, W2.replace("reply_to: C40", "reply_to: C44").encode(), "a.yaml")
    parent, reply = comments(example, 44)[0], comments(example, 49)[3]
    assert reply.reply_to == "C44"
    assert [anchor.line for anchor in reply.anchors] == list(parent.lines)
    assert all(anchor.inherited for anchor in reply.anchors)


def test_words_of_an_older_version_are_followed(stores: Stores, example: Store) -> None:
    accept_for(example, "replace", "2", "Both should not stay indifferent to suppression.")
    accept_for(example, "replace", "2", "Both should care.")
    old = W2.replace("      - line: '2'\n", "      - line: '2'\n        version: 1\n")
    bring_meeting(example, old.encode())
    weak = comments(example, 48)[0]
    assert [(anchor.quote, anchor.state) for anchor in weak.anchors] == [
        ("indifferent", "orphaned")
    ]
    record = check_round(stores, example).decode()
    assert "- version: 2\n            state: exact" in record
    assert "- version: 3\n            state: orphaned" in record


def test_words_of_a_line_that_was_removed_are_orphaned(stores: Stores, example: Store) -> None:
    accept_for(example, "delete", "2")
    bring_meeting(example, W2.encode())
    assert [anchor.state for anchor in comments(example, 48)[0].anchors] == ["orphaned"]
    check_round(stores, example)


def test_the_same_file_is_refused_the_second_time(example: Store) -> None:
    bring_meeting(example, W2.encode())
    before = contents(example)
    with pytest.raises(Refused, match=r"again\.yaml was imported at @3 already"):
        plan_meeting(example, W2.encode(), "again.yaml")
    assert contents(example) == before


def test_a_store_that_moved_is_refused(example: Store) -> None:
    plan = plan_meeting(example, W2.encode())
    with writing(example) as (entry, now):
        add(entry, now, Said(speaker="x", text="y"), ["1"])
    before = contents(example)
    with pytest.raises(Refused, match="the store moved"), writing(example) as (entry, now):
        meeting.apply(entry, now, plan)
    assert contents(example) == before


MISFITS = {
    "no such line": ("line: '2'", "line: '22'", "2.anchors.1.line: there is no line '22' in en"),
    "no such language": (
        "quote: indifferent",
        "language: ja",
        "2.anchors.1.line: there is no line '2' in ja",
    ),
    "no such version": (
        "quote: indifferent",
        "version: 2",
        "2.anchors.1.version: line 2 has no version 2; the last is 1",
    ),
    "words that are not there": (
        "quote: indifferent",
        "quote: different from",
        (
            "2.anchors.1.quote: line 2 does not hold the words 'different from'; quote words that "
            "stand there once, or say where they start"
        ),
    ),
    "words that are there several times": (
        "quote: indifferent",
        "quote: an",
        (
            "2.anchors.1.quote: line 2 holds the words 'an' 3 times; quote words that stand there "
            "once, or say where they start"
        ),
    ),
    "words that start elsewhere": (
        "quote: indifferent",
        "quote: indifferent\n        start: 3",
        (
            "2.anchors.1.quote: line 2 does not hold the words 'indifferent' at 3; quote words "
            "that stand there once, or say where they start"
        ),
    ),
    "no such meeting": (
        "  - meeting: W2\n    topic: Elections\n",
        "  - meeting: W9\n    topic: Elections\n",
        "3.meeting: there is no meeting 'W9'; known: W1, W2",
    ),
    "no such topic": (
        "topic: Hong Kong",
        "topic: Taiwan",
        (
            "4.topic: W1 has no topic 'Taiwan'; it has: Xinjiang, Hong Kong, Supporting democratic "
            "governance"
        ),
    ),
    "no such participant": (
        "participant: voice-9",
        "participant: voice-99",
        "2.participant: there is no participant 'voice-99'",
    ),
    "no such source": (
        "source: second.txt",
        "source: third.txt",
        "2.source: there is no source 'third.txt'",
    ),
    "a reply to nothing": ("reply_to: C40", "reply_to: C99", "4.reply_to: there is no comment C99"),
}


@pytest.mark.parametrize("case", MISFITS)
def test_what_does_not_fit_is_told_by_the_plan_and_stores_nothing(
    example: Store, case: str
) -> None:
    old, new, told = MISFITS[case]
    assert old in W2
    before = contents(example)
    with pytest.raises(BadInput) as caught:
        plan_meeting(example, W2.replace(old, new, 1).encode())
    assert caught.value.message == f"w2.yaml: comments.{told}"
    assert contents(example) == before


def test_all_misfits_are_told_at_once(example: Store) -> None:
    wrong = W2.replace("line: '2'", "line: '22'").replace("reply_to: C40", "reply_to: C99")
    wrong = wrong.replace("series: S1", "series: S9")
    with pytest.raises(BadInput) as caught:
        plan_meeting(example, wrong.encode())
    assert caught.value.message.splitlines() == [
        "w2.yaml: meetings.1.series: there is no series 'S9'",
        "w2.yaml: comments.2.anchors.1.line: there is no line '22' in en",
        "w2.yaml: comments.4.reply_to: there is no comment C99",
    ]


def test_a_meeting_of_the_same_name_that_is_another_is_refused(example: Store) -> None:
    other = W2.replace("id: W2", "id: W1").replace("meeting: W2", "meeting: W1")
    other = other.replace("    topic: Hong Kong\n", "")
    with pytest.raises(Refused) as caught:
        plan_meeting(example, other.encode())
    assert caught.value.message.startswith("the meeting W1 is in the store with another name:")


def test_a_file_without_comments_is_refused(example: Store) -> None:
    with pytest.raises(BadInput, match=r"w2\.yaml has no comments"):
        plan_meeting(example, W2[: W2.index("comments:")].encode())


def test_the_page_tells_what_happens(store: Store) -> None:
    page = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
    blocks = re.findall(r"^```(?:yaml|text)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    whole, of_a_meeting, _, told = blocks
    bring(store, whole.encode())
    with pytest.raises(BadInput) as caught:
        plan_meeting(store, of_a_meeting.replace("stay open", "stay shut").encode())
    assert caught.value.message == told.strip()
    assert bring_meeting(store, of_a_meeting.encode()) == ["C4", "C5", "C6"]
    assert [comment.quote for comment in comments(store, 4)] == [
        "stay open",
        "stay open",
        "to all ships",
    ]


def test_two_meetings_follow_one_another(stores: Stores, example: Store) -> None:
    bring_meeting(example, W2.encode())
    third = W2.replace("W2", "W3").replace("voice-9", "voice-10").replace("second", "third")
    third = third.replace("Not so.", "Not at all.")
    assert bring_meeting(example, third.encode(), "w3.yaml")[0] == "C53"
    check_sound(example)
    check_round(stores, example)
