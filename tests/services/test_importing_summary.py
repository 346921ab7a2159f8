"""A summary held against the stored text: which line and topic, and nothing that is not there."""

from __future__ import annotations

import re

import pytest

from tests.services.desk import THREE, Desk, document
from tests.services.parallels import bilingual
from tests.stores import Stores, contents
from tracker.errors import BadInput, NotFound
from tracker.exchange.notes import Section
from tracker.formats.notes.write import write
from tracker.formats.summary.read import read
from tracker.services import lines
from tracker.services.importing import summary
from tracker.services.importing.summary import Plan
from tracker.store.open import open_store

SAID = "One member said that it is late."


def plan(desk: Desk, text: str, at: str = "W1: First") -> Plan:
    before = contents(desk.store)
    found = read(text.encode(), "summary.txt")
    made: Plan = desk.read(lambda now: summary.plan(now, found, at, "summary.txt"))
    assert contents(desk.store) == before
    return made


def sections(desk: Desk, text: str) -> list[Section]:
    return list(plan(desk, text).outline.sections)


def section(desk: Desk, text: str) -> Section:
    (found,) = sections(desk, text)
    return found


@pytest.mark.parametrize(
    "given",
    [
        THREE[1],
        f"1. {THREE[1]}",
        f"2.{THREE[1]}",
        f"(b) “{THREE[1]}”",
        f'> "{THREE[1]}"',
        f"**{THREE[1]}**",
        THREE[1].rstrip("."),
        THREE[1].upper(),
        f"Line 7: {THREE[1]}",
        "Each party may inspect\nany ship that enters.",
    ],
)
def test_a_line_is_found_word_for_word_however_it_is_set(desk_once: Desk, given: str) -> None:
    found = section(desk_once, f"{given}\n\n{SAID}\n")
    assert (found.lines, found.words) == (("2",), (THREE[1],))
    assert found.remarks == ()
    (item,) = found.items
    assert [anchor.line for anchor in item.comment.anchors] == ["2"]
    assert item.remarks == (f"sure, row {2 + given.count(chr(10)) + 1}",)


def test_a_line_that_reads_a_little_otherwise_is_found_and_marked(desk_once: Desk) -> None:
    given = "1. The parties shall keep their harbours open to all the ships."
    found = section(desk_once, f"{given}\n\n{SAID}\n")
    assert found.lines == ("1",)
    assert found.remarks[0].startswith("check: row 1 reads otherwise")
    assert found.items[0].remarks[0].startswith("check, row 3")


def test_several_lines_in_one_paragraph_are_all_flagged(desk_once: Desk) -> None:
    found = section(desk_once, f"1. {THREE[0]} {THREE[1]}\n\n{SAID}\n")
    assert found.lines == ("1", "2")
    assert [anchor.line for anchor in found.items[0].comment.anchors] == ["1", "2"]


def test_one_sentence_of_a_line_is_found_and_marked(stores: Stores) -> None:
    def fill(store: object) -> None:
        document(store, " ".join(THREE))  # type: ignore[arg-type]  # stores.copy gives a store

    with stores.copy(fill) as url:
        found = section(Desk(open_store(url)), f"{THREE[1]}\n\n{SAID}\n")
    assert found.lines == ("1",)
    assert found.remarks[0].startswith("check: row 1 gives only: “Each party may inspect")


def test_a_line_that_is_quoted_in_a_sentence_is_what_follows_is_on(desk_once: Desk) -> None:
    text = f"{SAID}\n\nOn the line “{THREE[2]} It is” nothing. As to “{THREE[1]}”, {SAID}\n"
    assert [each.lines for each in sections(desk_once, text)] == [(), ("2",)]


def test_words_of_the_line_that_a_statement_quotes_are_flagged(desk_once: Desk) -> None:
    text = f"1. {THREE[1]}\n\nOne member said that “inspect any ship” goes too far."
    (item,) = section(desk_once, text).items
    assert [anchor.quote for anchor in item.comment.anchors] == ["inspect any ship"]


def test_a_heading_may_name_a_line_by_its_number(desk_once: Desk) -> None:
    text = f"Harbours\n\n{SAID}\n\nLine 3\n\n{SAID}\n\nLine 9\n\n{SAID}\n"
    found = sections(desk_once, text)
    assert [(each.lines, each.topic) for each in found[1:]] == [(("3",), None), ((), "Line 9")]
    assert "names the line by its number only" in found[1].items[0].remarks[0]


def test_what_follows_a_line_ends_with_its_part(desk_once: Desk) -> None:
    text = f"{THREE[0]}\n\n{SAID}\n\n{SAID}\n\n\n\n{SAID}\n\n# Fees\n\n{SAID}\n"
    found = sections(desk_once, text)
    assert [(each.lines, each.topic, len(each.items)) for each in found] == [
        (("1",), None, 2),
        ((), None, 1),
        ((), "Fees", 1),
    ]


def test_a_line_that_speaks_of_speaking_is_no_statement(stores: Stores) -> None:
    line = "The members stated that the harbour is open."

    def fill(store: object) -> None:
        document(store, line)  # type: ignore[arg-type]  # as above

    with stores.copy(fill) as url:
        found = section(Desk(open_store(url)), f"1. {line}\n\n{SAID}\n")
    assert [item.comment.text for item in found.items] == ["it is late."]


def test_a_reply_across_two_places_is_none(desk_once: Desk) -> None:
    text = f"{THREE[0]}\n\n{SAID}\n\n{THREE[1]}\n\nAnother member countered that it is not.\n"
    (item,) = sections(desk_once, text)[1].items
    assert (item.comment.reply_to, item.comment.relation) == (None, None)
    assert "it seems to reply to what stands elsewhere" in item.remarks[0]


def test_the_summary_of_another_document_has_no_line_of_this_one(desk_once: Desk) -> None:
    text = "The tax on fish shall be doubled.\n\nOne member noted that “it is too high.”\n"
    found = plan(desk_once, text)
    assert (found.lines, [each.lines for each in found.outline.sections]) == ((), [()])


def test_a_summary_without_statements_is_refused(desk_once: Desk) -> None:
    with pytest.raises(NotFound, match="tells of nobody who said something"):
        plan(desk_once, f"The group met twice.\n\n1. {THREE[0]}\n")


def test_a_stored_meeting_is_named_by_its_key_or_its_name_and_keeps_its_topics(
    example_once: Desk,
) -> None:
    text = "# Notes of the meeting\n\n# Supporting democratic governance more widely\n\n" + SAID
    for at in ("W1", "First Workshop on Human Rights and Democracy"):
        outline = plan(example_once, text, at).outline
        assert (outline.meeting.id, outline.remarks) == ("W1", ())
        assert [each.topic for each in outline.sections] == ["Supporting democratic governance"]


@pytest.mark.parametrize(
    ("at", "key", "name"),
    [
        ("W7: Seventh", "W7", "Seventh"),
        ("W7：Seventh", "W7", "Seventh"),
        ("W7", "W7", "Report of the meeting"),
        ("Seventh Workshop", "W1", "Seventh Workshop"),
    ],
)
def test_a_new_meeting_is_named_as_in_notes(desk_once: Desk, at: str, key: str, name: str) -> None:
    text = f"# Report of the meeting\n\nIt was held on 3 November 2021.\n\n{SAID}\n"
    meeting = plan(desk_once, text, at).outline.meeting
    assert (meeting.id, meeting.name, meeting.date) == (key, name, "2021-11-03")


def test_a_key_that_is_none_is_refused(desk_once: Desk) -> None:
    with pytest.raises(BadInput, match="cannot be a name"):
        plan(desk_once, SAID, "C4")


def test_replies_nest_only_so_deep(desk_once: Desk) -> None:
    text = SAID + " Another member countered that it is not." * 40
    rows = write(plan(desk_once, text).outline).splitlines()
    deepest = max(len(row) - len(row.lstrip()) for row in rows if re.match(r" *- ", row))
    assert deepest <= 16


def test_the_counts_say_how_sure_the_comments_are(desk_once: Desk) -> None:
    found = plan(desk_once, f"{SAID} One member said that it should go. He said that it is.")
    assert found.levels == {"sure": 1, "likely": 2, "check": 0}


def test_lines_that_say_the_same_are_left_to_a_person(stores: Stores) -> None:
    def fill(store: object) -> None:
        document(store, THREE[0], THREE[1], THREE[0])  # type: ignore[arg-type]  # as above

    with stores.copy(fill) as url:
        found = section(Desk(open_store(url)), f"1. {THREE[0]}\n\n{SAID}\n")
    assert found.lines == ("1",)
    assert found.remarks == ("check: so do the lines 3: which is meant?",)


def test_a_line_is_found_in_its_translation(stores: Stores) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        japanese = desk.read(lambda now: lines.running_text(now, "ja"))
        english = {line.label for line in desk.read(lines.running_text)}
        line = next(each for each in japanese if each.label in english and len(each.text) > 20)
        found = section(desk, f"{line.text}\n\n田中氏は「遅い。」と述べた。\n")
    assert (found.lines, found.words) == ((line.label,), (line.text,))
