"""Laws of marked texts: what an author changed is proposed, and read in it gives what he wrote."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.services.marks import DATE, taken, text_taken
from tests.services.test_importing_marked import applied_text, based
from tracker.errors import Refused
from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark
from tracker.exchange.record import Unit
from tracker.services.importing.marked.authoring import authored
from tracker.services.importing.marked.bringing import brought
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


@st.composite
def remarks_on(draw: st.DrawFn, text: Marked) -> tuple[Remark, ...]:
    """Comments on any passage of a text, on what was put in, on nothing, and replies to them."""
    said: list[Remark] = []
    put_in = [n for n, mark in enumerate(text.marks) if mark.kind == "insert"]
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.one_of(st.none(), st.integers(0, len(text.text))))
        end = None if start is None else draw(st.integers(start, len(text.text)))
        parent = draw(st.sampled_from([None, *(each.id for each in said)]))
        told = Remark(str(number), "C", None, "Why?", start, end, parent=parent)
        is_on_new_words = draw(st.booleans())
        if put_in and is_on_new_words:
            within = draw(st.sampled_from(put_in))
            words, at = text.marks[within].text, text.marks[within].start
            offset = draw(st.integers(0, len(words) - 1))
            quote = words[offset : offset + draw(st.integers(0, 9))]
            told = told._replace(start=at, end=at, within=within, offset=offset, quote=quote)
        said.append(told)
    return tuple(said)


@settings(max_examples=100)
@given(data=st.data(), text=marked_texts(), unit=st.sampled_from(["sentence", "paragraph"]))
def test_every_comment_comes_in_on_words_that_are_there(
    data: st.DataObject, text: Marked, unit: Unit
) -> None:
    found = brought(based(text._replace(remarks=data.draw(remarks_on(text))), unit), {})
    remarks = found.based.marked.remarks
    assert [comment.id for comment in found.comments] == [f"C{n + 1}" for n in range(len(remarks))]
    texts = {line.label: line.text for line in found.based.lines}
    proposed = {
        f"P{number}.{change}": each.change.results[0].text
        for number, coming in enumerate(found.proposals, 1)
        for change, each in enumerate(coming.new, 1)
        if each.change.results
    }
    for remark, comment in zip(remarks, found.comments, strict=True):
        for anchor in comment.anchors:
            if anchor.quote is not None:
                assert texts[anchor.line].startswith(anchor.quote, anchor.start)
        if comment.about is not None and comment.about.quote is not None:
            own = proposed[f"{comment.about.proposal}.{comment.about.change}"]
            assert own.startswith(comment.about.quote, comment.about.start)
        if remark.start is not None and remark.parent is None:
            assert comment.anchors or comment.about
