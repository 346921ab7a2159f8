"""Laws of summaries: no word is invented, and notes that are written say what was to be said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.exchange.notes import Noted, Outline, Section
from tracker.exchange.record import Anchor, Comment, Meeting
from tracker.formats.notes.read import read as read_notes
from tracker.formats.notes.write import nested, write
from tracker.formats.summary.read import read
from tracker.text.quotations import masked, quotations

PIECES = [
    *["One scholar ", "another member ", "the same scholar ", "Mr. Sato", "some ", "He ", "Japan "],
    *["noted that ", "said ", "countered ", "disagreed with this view", "was endorsed by "],
    *[", but ", "“", "”", '"', "‘", "’", "「", "」", "it is late", "Hong Kong", ". ", "; ", ": "],
    *[", ", "? ", "\n", "\n\n", "\n\n\n", "- ", "1. ", "# ", "> ", "as ", "should "],
    *["Building on this comment, ", "田中氏は", "別の参加者は", "と述べた。", "との意見があった。"],
    *["これに対し、", "遅い", "委員：", "<!-- ", " -->", "line 2", "(Japan)", "\u3000", "\u00a0 "],
    *["\x0b", "…", "[…]"],
]
SUMMARIES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1),
)


def words(text: str) -> str:
    """A text as it is compared where lines may have been joined."""
    return re.sub(r"\s+|>", "", text)


@given(SUMMARIES)
def test_no_word_is_invented(text: str) -> None:
    try:
        found = read(text.encode(), "summary.txt")
    except BadInput:
        return
    for statement in found.statements:
        passage = next(p.text for p in found.passages if p.row == statement.row)
        assert words(passage) in words(text)
        for said in (statement.text, statement.speaker, statement.context or ""):
            assert said in passage or any(said in p.text for p in found.passages)
        if statement.reply_to is not None:
            assert found.statements[statement.reply_to] is not statement
        assert statement.relation is None or statement.reply_to is not None


@given(SUMMARIES)
def test_each_statement_stands_in_one_passage_and_all_rows_are_in_the_file(text: str) -> None:
    try:
        found = read(text.encode(), "summary.txt")
    except BadInput:
        return
    places = [number for passage in found.passages for number in passage.statements]
    assert places == list(range(len(found.statements)))
    rows = [passage.row for passage in found.passages]
    assert rows == sorted(rows)
    assert rows[-1] <= len(re.split(r"\r\n|\r|\n", text))


@given(TEXTS)
def test_quotations_stand_where_they_are_said_to(text: str) -> None:
    found = quotations(text)
    assert [text[each.start + 1 : each.end - 1] for each in found] == [each.text for each in found]
    assert len(masked(text, found)) == len(text)


@st.composite
def comments(draw: Any, number: int, section: Section) -> Comment:
    parent = draw(st.sampled_from([None, *range(number)])) if number else None
    flagged = None
    if len(section.lines) == 1 and draw(st.booleans()):
        flagged = draw(st.sampled_from(["these words", "a “b” c", "「危機」", "x"]))
    anchors = tuple(Anchor(line=label) for label in section.lines) if parent is None else ()
    if flagged:
        anchors = (Anchor(line=section.lines[0], quote=flagged),)
    return Comment(
        id=f"s{number}",
        topic=section.topic,
        anchors=anchors,
        reply_to=None if parent is None else f"s{parent}",
        relation=None if parent is None else draw(st.sampled_from([None, "counters", "builds_on"])),
        speaker=draw(st.sampled_from(["One scholar", "田中氏", "some on the Japanese side", "He"])),
        side=draw(st.sampled_from([None, "US", "日本", "observers", "objectors", "United States"])),
        kind=draw(
            st.sampled_from(["objection", "support", "suggestion", "question", "observation"])
        ),
        context=draw(st.sampled_from([None, "Towards the end,", "However, “so” he said"])),
        verbatim=draw(st.booleans()),
        text=draw(TEXTS.map(lambda text: re.sub(r"\s+", " ", text).strip()).filter(bool)),
    )


@st.composite
def outlines(draw: Any) -> Outline:
    sections = []
    places = [Section(lines=("1",)), Section(lines=("2", "3")), Section(topic="香港"), Section()]
    for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True)):
        items = [
            Noted(draw(comments(number, place)), tuple(draw(st.lists(TEXTS, max_size=2))))
            for number in range(draw(st.integers(1, 4)))
        ]
        words_ = tuple(f"Words of line {label} – “so”" for label in place.lines)
        sections.append(place._replace(items=tuple(items), words=words_))
    meeting = Meeting(id="W2", name="Second", date="2022-03-15", topics=("香港",))
    return Outline(meeting, tuple(sections), tuple(draw(st.lists(TEXTS, max_size=2))))


@given(outlines())
def test_notes_that_are_written_are_read_as_the_same(outline: Outline) -> None:
    try:
        written = write(outline)
    except BadInput:
        return
    notes = read_notes(written.encode(), "notes.md")
    assert notes.faults == ()
    (meeting,) = notes.record.meetings
    assert (meeting.id, meeting.name, meeting.date) == ("W2", "Second", "2022-03-15")
    meant: list[Comment] = []
    ids: dict[str | None, str | None] = {}
    read_back = iter(notes.record.comments)
    for section in outline.sections:
        ids = {None: None}
        for noted, _ in nested(section.items):
            found = next(read_back)
            parent = ids[noted.comment.reply_to]
            ids[noted.comment.id] = found.id
            meant.append(replace(noted.comment, id=found.id, reply_to=parent, meeting="W2"))
    assert list(notes.record.comments) == meant
