"""Tracked changes from one text to a later one: nothing is lost, and each has its author."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.exchange.marked import PARAGRAPH
from tracker.exchange.outgoing import applied
from tracker.services.comparing import NO_LINEAGE, Lineage
from tracker.services.exporting.tracked import Author, Tracked, blocks, flat, tracked
from tracker.services.lines import Line

WORDS = [
    "One thing is agreed.",
    "Another is not.",
    "海は広い。",
    "The coast\nis long.",
    "So it is.",
]


def line(number: int, text: str, block: str = "paragraph", rank: str = "", **more: object) -> Line:
    made = Line(
        *(number, str(number), "sentence", None, 1, 0, text),
        *(rank or f"a{number:03}", block, "", None, None, None),
    )
    return made._replace(**more)  # type: ignore[arg-type]


def nobody(_: Sequence[int]) -> Author:
    return Author("Somebody")


def later(before: Sequence[Line], after: Sequence[Line], family: Lineage = NO_LINEAGE) -> Tracked:
    base = flat(before)
    return tracked(base, flat(after, base), family, nobody)


@st.composite
def texts(draw: st.DrawFn, numbers: Sequence[int]) -> list[Line]:
    chosen = draw(st.lists(st.sampled_from(numbers), unique=True, max_size=6))
    blocks_ = st.sampled_from(["inline", "paragraph", "line"])
    return [
        line(number, draw(st.sampled_from(WORDS)), draw(blocks_), f"r{place:03}")
        for place, number in enumerate(chosen)
    ]


@settings(max_examples=200, deadline=None)
@given(texts(range(1, 7)), texts(range(1, 9)))
def test_the_edits_lead_from_one_text_to_the_other(before: list[Line], after: list[Line]) -> None:
    base = flat(before)
    target = flat(after, base)
    found = tracked(base, target, NO_LINEAGE, nobody)
    edits = [(edit.start, edit.end, edit.text) for edit in found.edits]
    assert applied(base.text, edits) == target.text
    assert all(one[1] <= two[0] for one, two in pairwise(edits))
    # Every word of the later text is somewhere: in the earlier one, or in an edit.
    assert (
        "".join(
            base.text[piece.at : piece.at + piece.end - piece.start]
            if piece.edit is None
            else found.edits[piece.edit].text
            for piece in sorted(found.pieces)
        )
        == target.text
    )


@settings(max_examples=100, deadline=None)
@given(texts(range(1, 7)))
def test_the_same_text_has_no_edits(text: list[Line]) -> None:
    assert later(text, text).edits == ()


@settings(max_examples=100, deadline=None)
@given(texts(range(1, 7)))
def test_lines_stand_where_a_flat_text_says(text: list[Line]) -> None:
    made = flat(text)
    for each, (start, end) in zip(text, made.spans, strict=True):
        assert made.text[start:end] == each.text.replace("\n", " ")
    assert PARAGRAPH.join(made.text[b.start : b.end] for b in blocks(made)) == made.text


def test_a_new_paragraph_comes_behind_the_one_before() -> None:
    before = [line(1, "One."), line(2, "Two.")]
    found = later(before, [before[0], line(3, "New.", rank="a0015"), before[1]])
    assert [(e.start, e.end, e.text) for e in found.edits] == [(4, 4, f"{PARAGRAPH}New.")]


def test_a_paragraph_that_goes_takes_its_own_end_along() -> None:
    before = [line(1, "One."), line(2, "Two."), line(3, "Three.")]
    found = later(before, [before[0], before[2]])
    assert [(e.start, e.end, e.text) for e in found.edits] == [(5, 10, "")]


def test_two_lines_that_come_at_one_place_have_their_own_authors() -> None:
    before = [line(1, "One.")]
    base = flat(before)
    after = [before[0], line(2, "Two.", "inline", "b"), line(3, "Three.", "inline", "c")]
    who = {2: Author("A"), 3: Author("B", "2022-03-04")}
    found = tracked(base, flat(after, base), NO_LINEAGE, lambda ids: who[ids[0]])
    assert [(e.text, e.author, e.date) for e in found.edits] == [
        (" Two.", "A", None),
        (" Three.", "B", "2022-03-04"),
    ]


def test_a_line_that_was_split_keeps_its_words() -> None:
    before = [line(1, "One thing and another thing.")]
    after = [
        before[0]._replace(text="One thing."),
        line(2, "And another thing.", "inline", "b"),
    ]
    found = later(before, after, Lineage({2: 1}, {}))
    assert all("another" not in edit.text for edit in found.edits)
