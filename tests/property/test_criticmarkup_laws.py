"""CriticMarkup, out and in: both texts come back to the last space, comments on the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.marked import PARAGRAPH, Mark, Remark, Stamp
from tracker.exchange.marked_source import Flow, MarkedSource, accepted
from tracker.formats.criticmarkup.read import parse, read
from tracker.formats.criticmarkup.write import write

pieces = st.sampled_from(
    [
        *("{+-~=<>}", "++", "--", "~~", "==", ">>", "<<", "~>", "{++", "++}", "<<}", "{==", "==}"),
        *("\\", "word ", "語", " ", "\n", "\n\n", "\n\n# ", "\n- ", "\r\n", "| a |", "```\n", "> "),
        *("@a: ", "— ", "”", "“", "(", ")", ":"),
    ]
)
texts = st.lists(pieces, max_size=12).map("".join)
names = st.sampled_from(["", "US side", "A (b): c”", "木村", "x\\", "@", "— y", "done"])
stamps = st.sampled_from([None, Stamp("coast", 31, "en", proposals=("P1", "P2"))])


@st.composite
def sources(draw: st.DrawFn) -> MarkedSource:
    """A text with changes that follow one another, and comments anywhere, also in insertions."""
    base: list[str] = []
    marks: list[Mark] = []
    length = 0
    for kind, words, author in draw(
        st.lists(st.tuples(st.sampled_from(["keep", "insert", "delete"]), texts, names), max_size=6)
    ):
        if not words:
            continue
        end = length if kind == "insert" else length + len(words)
        if kind == "insert":
            marks.append(Mark("insert", author, None, length, end, words))
        elif kind == "delete":
            marks.append(Mark("delete", author, None, length, end, words))
        if kind != "insert":
            base.append(words)
        length = end
    remarks = draw(st.lists(remarks_on(length, marks), max_size=4))
    text = "".join(base)
    numbered: list[Remark] = []
    for number, remark in enumerate(remarks, 1):
        placed = remark._replace(id=f"C{number}", about=f"C{number}")
        replies: bool = draw(st.booleans())
        if number > 1 and replies:
            placed = placed._replace(parent="C1" if numbered[0].parent is None else None)
        flow = Flow(text, marks)
        numbered.append(
            placed
            if placed.start is None or placed.within is not None
            else placed._replace(quote=flow.accepted(*flow.range(placed)))
        )
    return MarkedSource(text, tuple(marks), tuple(numbered), draw(stamps), notice="A notice.")


@st.composite
def remarks_on(draw: st.DrawFn, length: int, marks: list[Mark]) -> Remark:
    said, who = draw(texts), draw(names)
    done: bool = draw(st.booleans())
    made = Remark("", who, None, said, None, None, done=done)
    inserts = [place for place, mark in enumerate(marks) if mark.kind == "insert"]
    is_within: bool = draw(st.booleans())
    if inserts and is_within:
        place = draw(st.sampled_from(inserts))
        mark = marks[place]
        start = draw(st.integers(0, len(mark.text) - 1))
        end = draw(st.integers(start + 1, len(mark.text)))
        quote = mark.text[start:end]
        at = mark.start
        return made._replace(start=at, end=at, within=place, offset=start, quote=quote)
    start = draw(st.integers(0, length))
    return made._replace(start=start, end=draw(st.integers(start, length)))


def words(source: MarkedSource) -> list[tuple[str, str, str | None, str | None, bool, str]]:
    """Who says what on which words."""
    return [(r.id, r.text, r.parent, r.about, r.done, r.quote) for r in source.remarks]


@given(sources())
def test_rejecting_all_gives_the_text_before_and_accepting_all_the_one_after(
    source: MarkedSource,
) -> None:
    found = parse(write(source))
    assert found.text == source.text
    assert accepted(found.text, found.marks) == accepted(source.text, source.marks)
    assert found.stamp == source.stamp


@given(sources())
def test_comments_come_back_on_the_same_words(source: MarkedSource) -> None:
    found = parse(write(source))
    order = {remark.id: remark for remark in found.remarks}
    assert sorted(order) == sorted(remark.id for remark in source.remarks)
    assert sorted(words(found)) == sorted(words(source))
    flow, again = Flow(source.text, source.marks), Flow(found.text, found.marks)
    for remark in source.remarks:
        # Of words that cross those of another comment the deleted ones cannot be told.
        place, was = again.range(order[remark.id]), flow.range(remark)
        if not remark.quote or place == was:
            continue
        for start, end in (place, was):
            assert again.accepted(start, end) == remark.quote
        assert len(again.accepted(0, place[1])) == len(flow.accepted(0, was[1]))


@given(sources())
def test_what_was_read_is_written_as_it_was(source: MarkedSource) -> None:
    written = write(parse(write(source)))
    assert write(parse(written)) == written


@given(sources())
def test_paragraphs_have_the_words_of_both_texts_and_no_markup_in_between(
    source: MarkedSource,
) -> None:
    found = read(write(source))
    before = [found.text[block.start : block.end] for block in found.blocks]
    assert PARAGRAPH.join(before) == found.text
    for mark in found.marks:
        if mark.kind == "delete":
            assert found.text[mark.start : mark.end] == mark.text
    plain = read(write(MarkedSource(accepted(source.text, source.marks))))
    assert accepted(found.text, found.marks) == plain.text
    for remark in found.remarks:
        if remark.within is not None:
            mark = found.marks[remark.within]
            assert mark.text[remark.offset :].startswith(remark.quote)
