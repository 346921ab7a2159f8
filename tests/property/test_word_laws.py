"""What is written into a Word file is what a reader finds in it: on files as odd as real ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settled import applied, settled_text
from tests.word_files import cut, end, ins, p, r, tracked, word
from tracker.exchange.marked import PARAGRAPH, Marked, Remark, Stamp
from tracker.exchange.marked_source import accepted
from tracker.exchange.outgoing import Bubble, Edit, Outgoing
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
WORDS = st.text("ab cd国語", max_size=5)
AUTHORS = st.sampled_from(["Ann", "Ben"])
NOTE = '<w:footnoteReference w:id="2"/>'

plain = st.builds(r, WORDS, st.sampled_from(["", "<w:b/>"]))
odd = st.sampled_from(
    [
        "<w:r><w:tab/></w:r>",
        "<w:r><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>",
        f"<w:r><w:t>x</w:t>{NOTE}<w:t>y</w:t></w:r>",
        f'<w:hyperlink w:anchor="a">{r("link")}{r("ed")}</w:hyperlink>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('held')}</w:sdtContent></w:sdt>",
        '<w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/>',
    ]
)
changed = st.one_of(
    st.builds(ins, WORDS, AUTHORS),
    st.builds(cut, WORDS, AUTHORS),
    st.builds(
        lambda before, gone, after: tracked("ins", before + cut(gone, "Ben") + after),
        *(plain, WORDS, plain),
    ),
)
properties = st.builds(
    str.__add__,
    st.sampled_from(["", '<w:pStyle w:val="H"/>']),
    st.one_of(st.just(""), st.just(""), st.builds(end, st.sampled_from(["ins", "del"]), AUTHORS)),
)


def paragraphs(*runs: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(st.one_of(*runs), max_size=4)
    return st.builds(lambda held, stated: p(*held, properties=stated), content, properties)


def table(cells: list[str]) -> str:
    """A table between two paragraphs: what is tracked of an end right before one is odd in Word."""
    rows = "".join(f"<w:tr><w:tc>{cell}</w:tc><w:tc>{p()}</w:tc></w:tr>" for cell in cells)
    return f"{p()}<w:tbl>{rows}</w:tbl>{p()}"


def bodies(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return st.lists(blocks, min_size=1, max_size=5).map(
        lambda made: word("".join(made), styles=STYLES)
    )


marked = paragraphs(plain, odd, changed)
texts = bodies(paragraphs(plain, odd).map(lambda block: block.replace("<w:ins", "<w:x")))
anything = bodies(st.one_of(marked, st.lists(marked, min_size=1, max_size=3).map(table)))


@st.composite
def edits(draw: Callable[..., Any], text: str, author: str | None = None) -> tuple[Edit, ...]:
    """Edits in order, each clear of the one before."""
    made = []
    place = 0
    for _ in range(draw(st.integers(0, 4))):
        start = place + draw(st.integers(0, 6))
        stop = min(len(text), start + draw(st.integers(0, 6)))
        new = draw(st.text("XY " + PARAGRAPH, max_size=4))
        if start <= len(text) and (new or stop > start):
            made.append(Edit(start, stop, new, author, "2022-05-06T07:08:09"))
        place = max(start, stop) + 1
    return tuple(made)


def reading(content: bytes) -> Marked:
    return read(content, "law.docx")


def everything(found: Marked) -> frozenset[int]:
    return frozenset(range(len(found.marks)))


@settings(max_examples=40)
@given(anything)
def test_what_is_kept_is_what_it_was(base: bytes) -> None:
    before = reading(base)
    after = reading(write(base, Outgoing(kept=everything(before))))
    assert (after.text, after.marks, after.blocks) == (before.text, before.marks, before.blocks)


@settings(max_examples=40)
@given(anything)
def test_all_taken_and_all_dropped_are_the_two_texts_of_word(base: bytes) -> None:
    before = reading(base)
    taken = reading(write(base, Outgoing(taken=everything(before))))
    assert (taken.text, taken.marks) == (accepted(before.text, before.marks), ())
    dropped = reading(write(base, Outgoing()))
    assert (dropped.text, dropped.marks) == (before.text, ())


@settings(max_examples=40)
@given(st.data())
def test_tracked_edits_make_the_text_when_accepted_and_nothing_when_rejected(data: Any) -> None:
    base = data.draw(bodies(paragraphs(plain, odd).filter(lambda block: "<w:rPr><w:" not in block)))
    text = reading(write(base, Outgoing())).text
    tracked_edits = data.draw(edits(text, "Cho"))
    made = write(base, Outgoing(tracked=tracked_edits))
    found = reading(made)
    assert found.text == text
    assert {mark.author for mark in found.marks} <= {"Cho"}
    assert reading(write(made, Outgoing())).text == text
    whole = applied(text, [edit[:3] for edit in tracked_edits])
    assert accepted(found.text, found.marks) == whole
    assert reading(write(made, Outgoing(taken=everything(found)))).text == whole


@settings(max_examples=40)
@given(st.data())
def test_the_text_is_settled_as_it_is_told(data: Any) -> None:
    base = data.draw(bodies(marked))
    found = reading(base)
    outer = [number for number, mark in enumerate(found.marks) if mark.within is None]
    kept = frozenset(data.draw(st.sets(st.sampled_from(outer)))) if outer else frozenset[int]()
    outgoing = Outgoing(kept=kept, settled=data.draw(edits(found.text)))
    made = reading(write(base, outgoing))
    assert made.text == settled_text(found.text, found.marks, outgoing)


@settings(max_examples=40)
@given(st.data())
def test_comments_and_lines_stand_where_they_are_put_whatever_is_tracked(data: Any) -> None:
    base = data.draw(anything)
    found = reading(base)
    size = len(found.text)
    spans = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=5))
    places = [(min(span), max(span)) for span in spans]
    said = [
        Remark(
            str(number),
            "Ann",
            "2022-03-04T10:00:00",
            f"no. {number}",
            *place,
            key=f"0000A{number:03}",
        )
        for number, place in enumerate(places)
    ]
    outgoing = Outgoing(
        kept=everything(found),
        tracked=data.draw(edits(found.text, "Cho")),
        comments=tuple(Bubble(each) for each in said),
        stamp=Stamp("k", 7, "en", tuple((str(n + 1), *place) for n, place in enumerate(places))),
    )
    made = reading(write(base, outgoing))
    assert made.text == found.text
    assert made.stamp is not None
    lines = {int(label) - 1: span for label, *span in made.stamp.lines}
    for number, (remark, (start, stop)) in enumerate(zip(made.remarks, places, strict=True)):
        covered = found.text[start:stop].strip(PARAGRAPH)
        for begin, finish in (lines[number], (remark.start, remark.end)):
            assert begin is not None
            assert found.text[begin:finish].strip(PARAGRAPH) == covered
            assert start <= begin <= stop
    assert [each.text for each in made.remarks] == [each.text for each in said]
    assert [each.key for each in made.remarks] == [each.key for each in said]


@settings(max_examples=40)
@given(st.data())
def test_a_file_written_again_is_the_same_to_its_reader(data: Any) -> None:
    base = data.draw(anything)
    found = reading(base)
    first = reading(
        once := write(
            base, Outgoing(kept=everything(found), tracked=data.draw(edits(found.text, "Cho")))
        )
    )
    comments = tuple(
        Bubble(Remark(str(n), "Ann", None, f"no. {n}", mark.start, mark.end, mark.text))
        for n, mark in enumerate(first.marks)
    )
    second = write(once, Outgoing(kept=everything(first), comments=comments))
    seen = reading(second)
    third = Outgoing(kept=everything(seen), comments=tuple(Bubble(each) for each in seen.remarks))
    again = reading(write(second, third))
    assert (again.text, again.marks) == (seen.text, seen.marks) == (first.text, first.marks)
    # Where a comment stands none of whose words are left is told by its place alone.
    pairs = zip(again.remarks, seen.remarks, strict=True)
    assert all(one._replace(id="") == other._replace(id="") for one, other in pairs if other.quote)
