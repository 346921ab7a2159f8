"""A meeting's notes into a document that is there: shown, then stored as shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.services.records import check_round, check_sound, writing
from tests.stores import Stores, contents
from tracker.errors import BadInput, Refused
from tracker.formats.notes.read import read
from tracker.services import meetings, snapshot
from tracker.services.comments import reading
from tracker.services.comments.reading import Comment
from tracker.services.importing import meeting, notes
from tracker.services.importing.files import File
from tracker.store.open import Store

PAGE = (Path(__file__).parents[2] / "docs" / "notes.md").read_text("utf-8")


def page(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def plan(store: Store, text: str, name: str = "notes.md") -> meeting.Plan:
    content = text.encode()
    found = read(content, name)
    with store.read() as connection:
        latest = snapshot.latest(connection)
        return notes.plan(latest, found, File(name, content, found.encoding))


def bring(store: Store, text: str, name: str = "notes.md") -> list[str]:
    planned = plan(store, text, name)
    with writing(store, "import") as (entry, latest):
        return meeting.apply(entry, latest, planned)


def comments(store: Store, ids: Sequence[str]) -> list[Comment]:
    with store.read() as connection:
        now = snapshot.latest(connection)
        return reading.numbered(now, [int(name[1:]) for name in ids])


def refusal(store: Store, text: str, name: str = "notes.md") -> list[str]:
    before = contents(store)
    with pytest.raises(BadInput) as caught:
        plan(store, text, name)
    assert contents(store) == before
    assert caught.value.hint is not None
    assert "nothing was stored" in caught.value.hint
    return caught.value.message.splitlines()


def test_the_example_of_the_page_comes_in_as_it_says(stores: Stores, example: Store) -> None:
    ids = bring(example, page("markdown"))
    told = comments(example, ids)
    facts = [(c.speaker, c.side, c.kind, c.reply_to, c.relation, c.lines) for c in told]
    assert facts == [
        ("One American scholar", "US", "objection", None, None, ("1",)),
        ("Another Japanese scholar", "Japan", "observation", "C48", "counters", ("1",)),
        ("One American scholar", "US", "observation", "C49", "answers", ("1",)),
        ("A member", None, "support", "C48", "endorses", ("1",)),
        ("One Japanese scholar", "Japan", "suggestion", None, None, ("1",)),
        ("日本の参加者", "日本", "question", None, None, ("1",)),
        ("A member", None, "observation", None, None, ("1", "3")),
        ("Another member", None, "question", None, None, ()),
        ("One scholar", "US", "observation", "C40", "builds_on", ("1",)),
        ("The chair", None, "observation", None, None, ()),
    ]
    assert [c.quote for c in told[:4]] == ["illiberal external behaviors"] * 4
    assert [c.verbatim for c in told[:4]] == [True, False, False, True]
    assert (told[4].type, told[4].number, told[4].note) == (
        "editorial",
        "JP-7",
        "At the end of the session.",
    )
    assert (told[6].internal, told[7].topic) == (True, "Elections")
    assert told[7].context == "Towards the end, another member asked:"
    assert all(c.meeting == "W2" for c in told)
    check_sound(example)
    check_round(stores, example)


def test_the_fault_that_the_page_shows_is_the_one_that_is_told(example: Store) -> None:
    wrong = page("markdown").replace("“illiberal external behaviors”", "“illiberal acts at home”")
    assert refusal(example, wrong) == page("text").splitlines()


SECOND = """\
# Meeting W2

## Topic: Courts

- A judge: Later.

## Line 3

- A guest: Well.
"""


def test_a_second_file_adds_to_a_meeting_and_its_topics(stores: Stores, example: Store) -> None:
    bring(example, page("markdown"))
    ids = bring(example, SECOND, "second.md")
    assert [(c.meeting, c.topic) for c in comments(example, ids)] == [
        ("W2", "Courts"),
        ("W2", None),
    ]
    with example.read() as connection:
        held = meetings.find(connection, "W2")
    assert (held.topics, held.date) == (("Elections", "Courts"), "2022-03-15")
    check_sound(example)
    check_round(stores, example)


def test_meetings_of_a_series_follow_one_another_on_one_document(example: Store) -> None:
    bring(example, page("markdown"))
    third = page("markdown").replace("W2: Second", "W3: Third").replace("2022-03-15", "2022-07")
    ids = bring(example, third, "third.md")
    assert {c.meeting for c in comments(example, ids)} == {"W3"}
    with example.read() as connection:
        held = meetings.all_meetings(connection)
        counts = meetings.comments_by_meeting(connection)
    assert [(m.key, m.series) for m in held] == [("W1", "S1"), ("W2", "S1"), ("W3", "S1")]
    assert counts == {"W1": 47, "W2": 10, "W3": 10}
    check_sound(example)


def test_the_same_notes_are_refused_the_second_time(example: Store) -> None:
    bring(example, page("markdown"))
    before = contents(example)
    with pytest.raises(Refused, match=r"again\.md was imported at @3 already"):
        plan(example, page("markdown"), "again.md")
    with pytest.raises(Refused, match="10 of its 11 comments are in the store already"):
        plan(example, page("markdown") + "- One more: word.\n", "more.md")
    assert contents(example) == before


def test_what_the_reader_and_the_store_find_wrong_is_told_at_once(example: Store) -> None:
    text = """\
# Meeting W1: Another Name
- date: soon
- series: S9
## Line 99
- A: x
- B: y
## Line 2
- C on "or": x
- C on "whales": x
- D (objectoin): x
- E (answers C99, voice nobody): x
# Meeting W9
## The whole
- F: x
"""
    told = refusal(example, text)
    assert [line.split(": ", 1)[0] for line in told] == [
        f"notes.md, line {number}" for number in (1, 2, 2, 3, 4, 9, 10, 11, 11, 12)
    ]
    assert "the store has another name of W1" in told[0]
    assert told[4].endswith("there is no line '99' in en")
    assert "line 2 does not hold the words 'whales'" in told[5]
    assert told[-1].endswith(
        "there is no meeting W9 yet; a new one needs a name: # Meeting W9: NAME"
    )


def test_words_that_stand_there_several_times_are_refused(example: Store) -> None:
    text = '# Meeting W1\n## Line 3\n- A on "the": x\n'
    (told,) = refusal(example, text)
    assert told.startswith("notes.md, line 3: line 3 holds the words 'the' ")


def test_only_the_first_faults_are_told(example: Store) -> None:
    text = "# Meeting W1\n## The whole\n" + "- nothing\n" * 30
    told = refusal(example, text)
    assert len(told) == 21
    assert told[-1] == "… and 10 more"


@pytest.mark.parametrize("text", ["# Meeting W1\n", "# Meeting W1\n## Line 2\n> The line.\n"])
def test_notes_without_a_comment_are_refused(example: Store, text: str) -> None:
    (told,) = refusal(example, text)
    assert told == "notes.md, line 1: there is no comment; write: - SPEAKER: what was said"


def test_a_reply_to_an_internal_comment_of_the_store_is_internal(example: Store) -> None:
    bring(example, page("markdown"))
    text = "# Meeting W2\n## Line 1\n- A (endorses C54): x\n  - B: y\n"
    assert all(c.internal for c in comments(example, bring(example, text, "more.md")))
