"""OpenDocument, out and in: the same text, the same changes, the same comments and lines."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark, Stamp
from tracker.formats.odt.read import read
from tracker.formats.odt.write import write

letters = st.text(st.sampled_from("ab 語\t\n&<>"), max_size=6)
paragraphs = st.lists(letters, min_size=1, max_size=4)
looks = st.sampled_from(
    [
        ("heading", 2, None),
        ("paragraph", None, None),
        ("item", 1, "-"),
        ("item", 2, "-"),
        ("item", 1, "1."),
    ]
)
authors = st.sampled_from(["US side", "木村 & Co"])
dates = st.sampled_from([None, "2022-03-04T10:00:00"])
inserted = st.lists(letters, min_size=1, max_size=3).map(PARAGRAPH.join).filter(bool)


@st.composite
def texts(draw: st.DrawFn) -> Marked:
    """A text of paragraphs with changes that follow one another, comments and lines."""
    found = draw(paragraphs)
    text = PARAGRAPH.join(found)
    blocks = []
    start = 0
    for words in found:
        blocks.append(Block(start, start + len(words), *draw(looks)))  # type: ignore[arg-type]  # a kind
        start += len(words) + 1
    marks = draw(changes(text))
    remarks = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        low = draw(st.integers(0, len(text)))
        high = draw(st.integers(low, len(text)))
        parent = "C1" if number > 1 and draw(st.booleans()) else None
        remark = Remark(
            *(f"C{number}", draw(authors), draw(dates), draw(letters).strip("\n"), low, high),
            parent=parent,
            done=draw(st.booleans()),
            about=f"C{number}",
        )
        remarks.append(remark)
    lines = tuple(
        (str(number), block.start, block.end)
        for number, block in enumerate(blocks, 1)
        if block.start < block.end
    )
    stamp = Stamp("coast", 31, "en", lines, ("P1",))
    return Marked(text, tuple(blocks), marks, tuple(remarks), stamp, "The Coast", "en")


@st.composite
def changes(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    at = 0
    for kind in draw(st.lists(st.sampled_from(["insert", "delete"]), max_size=3)):
        start = draw(st.integers(min(at + 1, len(text)), len(text)))
        author, date = draw(authors), draw(dates)
        if marks and start <= at:
            break
        if kind == "insert":
            marks.append(Mark("insert", author, date, start, start, draw(inserted)))
            at = start
        elif start < len(text):
            at = draw(st.integers(start + 1, len(text)))
            marks.append(Mark("delete", author, date, start, at, text[start:at]))
    return tuple(marks)


HEADING_GOES = Marked(
    f"One{PARAGRAPH}Two{PARAGRAPH}Three",
    (Block(0, 3, "heading", 1), Block(4, 7, "item", 1, "-"), Block(8, 13)),
    (Mark("delete", "US side", None, 0, 8, f"One{PARAGRAPH}Two{PARAGRAPH}"),),
)
LAST_WORDS_GO = Marked(
    f"{PARAGRAPH}<",
    (Block(0, 0, "heading", 2), Block(1, 2, "heading", 2)),
    (Mark("delete", "US side", None, 1, 2, "<"),),
)
WORDS_AND_END_GO = Marked(
    f"a{PARAGRAPH}",
    (Block(0, 1, "heading", 2), Block(2, 2, "heading", 2)),
    (Mark("delete", "US side", None, 0, 2, f"a{PARAGRAPH}"),),
    stamp=Stamp("coast", 31, "en", (("1", 0, 1),)),
)
END_OF_ONE_AND_THE_NEXT_GO = Marked(
    f"ab{PARAGRAPH}",
    (Block(0, 2, "heading", 2), Block(3, 3)),
    (Mark("delete", "US side", None, 1, 3, f"b{PARAGRAPH}"),),
)


@settings(max_examples=150)
@given(texts())
@example(END_OF_ONE_AND_THE_NEXT_GO)
@example(WORDS_AND_END_GO)
@example(HEADING_GOES)
@example(LAST_WORDS_GO)
@example(Marked("", (Block(0, 0),)))
def test_a_text_comes_back_with_its_changes_and_its_paragraphs(marked: Marked) -> None:
    found = read(write(marked), "a.odt")
    assert found.text == marked.text
    assert found.marks == marked.marks
    for block, was in zip(found.blocks, marked.blocks, strict=True):
        assert block[:2] == was[:2]
        # An empty paragraph beside a new one could be either of the two.
        if was.start < was.end:
            assert (block.kind, block.level) == (was.kind, was.level)
            assert bool(block.marker) == bool(was.marker)
    assert (found.title, found.language) == (marked.title, marked.language or "en")


@settings(max_examples=150)
@given(texts())
def test_comments_and_lines_come_back_in_their_places(marked: Marked) -> None:
    found = read(write(marked), "a.odt")
    assert found.stamp is not None
    assert marked.stamp is not None
    assert found.stamp._replace(lines=()) == marked.stamp._replace(lines=())
    assert sorted(found.stamp.lines) == sorted(marked.stamp.lines)
    places = {remark.id: remark for remark in found.remarks}
    for remark in marked.remarks:
        again = places[remark.id]
        assert again[:4] == remark[:4]
        assert (again.parent, again.done, again.about) == (
            remark.parent,
            remark.done,
            remark.about,
        )
        assert remark.start is not None
        assert remark.end is not None
        # Ends of paragraphs at the ends of a range are no words of it.
        words = marked.text[remark.start : remark.end].strip(PARAGRAPH)
        if words:
            assert (again.start, again.end) == (
                marked.text.index(words, remark.start),
                marked.text.index(words, remark.start) + len(words),
            )


@given(texts())
def test_the_same_text_makes_the_same_file(marked: Marked) -> None:
    assert write(marked) == write(marked)
