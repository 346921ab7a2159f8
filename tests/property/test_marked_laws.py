"""Laws of marked texts: what an author changed is proposed, and read in it gives what he wrote."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.services.marks import DATE, taken, text_taken
from tests.services.test_importing_marked import applied_text, based
from tracker.errors import Refused
from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked
from tracker.exchange.record import Unit
from tracker.services.importing.marked.authoring import authored
from tracker.services.importing.marked.drafting import drafted
from tracker.services.importing.marked.places import places
from tracker.services.importing.marked.rebasing import rebased

WORDS = ("Ships", "of both", "parties stay", "open.", "No", "port", "is shut.", "港は", "開く。")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
kinds = st.sampled_from(["paragraph", "paragraph", "heading", "item", "cell"])
put_in = st.one_of(
    sentences, sentences.map(lambda words: f" {words} "), st.just(PARAGRAPH), st.just(" ")
)


@st.composite
def marked_texts(draw: st.DrawFn) -> Marked:
    """A text of some paragraphs with the changes of two authors."""
    bodies = draw(st.lists(st.one_of(sentences, st.just("")), min_size=1, max_size=4))
    assume(any(bodies))
    text = PARAGRAPH.join(bodies)
    blocks = []
    start = 0
    for body in bodies:
        kind = draw(kinds)
        told = (1, "-") if kind == "item" else (2, None) if kind == "heading" else (None, None)
        blocks.append(Block(start, start + len(body), kind, *told))  # type: ignore[arg-type]
        start += len(body) + 1
    return Marked(text, tuple(blocks), draw(marks_on(text, ["A", "A", "B"])))


@st.composite
def marks_on(draw: st.DrawFn, text: str, people: list[str]) -> tuple[Mark, ...]:
    """Some tracked changes of a text."""
    marks: list[Mark] = []
    position = 0
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(position, len(text)))
        author = draw(st.sampled_from(people))
        if draw(st.booleans()):
            words = draw(put_in) + draw(st.sampled_from(["", PARAGRAPH])) + draw(put_in)
            marks.append(Mark("insert", author, DATE, start, start, words))
            position = start
        elif start < len(text):
            position = draw(st.integers(start + 1, min(len(text), start + 40)))
            gone = text[start:position]
            marks.append(Mark("delete", author, DATE, start, position, gone))
    return tuple(marks)


@settings(max_examples=100)
@given(text=marked_texts(), unit=st.sampled_from(["sentence", "paragraph"]))
def test_every_line_stands_where_it_came_from(text: Marked, unit: Unit) -> None:
    lines = drafted(text, "a file", "en", unit).lines
    found = places(lines, text)
    assert found is not None
    assert [text.text[start:end] for start, end in found] == [line.text for line in lines]
    assert places(lines[:-1], text) is None


@settings(max_examples=100)
@given(text=marked_texts(), unit=st.sampled_from(["sentence", "paragraph"]))
def test_what_one_proposes_read_into_the_text_is_what_he_wrote(text: Marked, unit: Unit) -> None:
    stored = based(text, unit)
    for author in {mark.author for mark in text.marks}:
        said = authored(stored, author)
        own = {n for n, mark in enumerate(text.marks) if mark.author == author}
        claimed = {n for marks in said.marks for n in marks}
        assert claimed | set(said.left) == own
        assert not claimed & set(said.left)
        if taken(text, author) and not said.left and not said.broken:
            try:
                became = applied_text(stored, said)
            except Refused:
                raise AssertionError(
                    "what one author proposes can be accepted as a whole"
                ) from None
            # How wide the space between two sentences is, no change says.
            assert list(map(_letters, became)) == list(map(_letters, taken(text, author)))


def _letters(paragraph: str) -> str:
    return "".join(paragraph.split())


@settings(max_examples=100)
@given(data=st.data(), text=marked_texts(), unit=st.sampled_from(["sentence", "paragraph"]))
def test_what_was_not_tracked_is_found_beside_what_was(
    data: st.DataObject, text: Marked, unit: Unit
) -> None:
    """A's changes were accepted before B marked the file: they are no longer tracked."""
    stored = based(text, unit)
    words = text_taken(text, "A")
    assume(words.strip())
    blocks = tuple(
        Block(found.start(), found.end()) for found in re.finditer(f"[^{PARAGRAPH}]*", words)
    )
    tracked = data.draw(marks_on(words, ["B"]))
    found = rebased(stored.lines, Marked(words, blocks, tracked), "A", "en", unit)
    marks = found.marked.marks
    for line, (start, end) in zip(found.lines, found.spans, strict=True):
        assert found.marked.text[start:end] == line.text
    for mark in marks:
        if mark.within is not None:
            inner = marks[mark.within].text
            assert inner[mark.offset : mark.offset + len(mark.text)] == mark.text
        elif mark.kind == "delete":
            assert found.marked.text[mark.start : mark.end] == mark.text
    for number, mark in enumerate(tracked):
        parts = [m.text for n, m in enumerate(marks) if found.number(n) == number]
        assert _letters("".join(parts)) == _letters(mark.text)
    said = authored(found, "A")
    if not said.left and not said.broken:
        assert list(map(_letters, applied_text(found, said))) == list(
            map(_letters, taken(text, "A"))
        )
