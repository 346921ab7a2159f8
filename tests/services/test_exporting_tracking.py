"""Tracked changes from one text to a later one: nothing is lost, and each has its author."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settled import applied
from tracker.exchange.marked import PARAGRAPH
from tracker.services.comparing import NO_LINEAGE, Lineage
from tracker.services.exporting.flat import blocks, flat, stage
from tracker.services.exporting.marking import Owner, Owners
from tracker.services.exporting.tracking import Tracked, tracked
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


def later(before: Sequence[Line], *after: Sequence[Line], family: Lineage = NO_LINEAGE) -> Tracked:
    """What leads from one text to the others, the changes of each being of A, B and so on."""
    texts = [flat(before)]
    for each in after:
        texts.append(flat(each, texts[-1]))
    stages = [stage(text, family if number else NO_LINEAGE) for number, text in enumerate(texts)]
    owners = [Owners(), *(Owners(otherwise=Owner(name)) for name in "ABCD"[: len(after)])]
    return tracked(stages, owners, len(after))


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
    found = later(before, after)
    edits = [(edit.start, edit.end, edit.text) for edit in found.edits]
    assert applied(base.text, edits) == target.text
    assert all(one[1] <= two[0] for one, two in pairwise(edits))
    for line, (start, end) in zip(target.lines, target.spans, strict=True):
        spread = found.marking.words(line.id, 0, end - start)
        assert spread is not None
        inner = found.in_edit(spread)
        if inner is not None:
            words = found.edits[inner[0]].text[inner[1] :]
            assert words.startswith(target.text[start:end])


@settings(max_examples=100, deadline=None)
@given(texts(range(1, 7)), texts(range(1, 9)), texts(range(1, 9)))
def test_two_steps_lead_as_far_as_one(
    before: list[Line], between: list[Line], after: list[Line]
) -> None:
    base = flat(before)
    found = later(before, between, after)
    edits = [(edit.start, edit.end, edit.text) for edit in found.edits]
    assert applied(base.text, edits) == flat(after, flat(between, base)).text


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
    one, two, three = (
        line(number, text, "inline", rank)
        for number, text, rank in ((1, "One.", "a"), (2, "Two.", "b"), (3, "Three.", "c"))
    )
    found = later([one], [one, two], [one, two, three])
    assert [(e.text, e.author) for e in found.edits] == [(" Two.", "A"), (" Three.", "B")]


def test_a_paragraph_in_the_place_of_another_is_put_into_it() -> None:
    before = [line(1, "One."), line(2, "Two."), line(3, "Three.")]
    found = later(before, [before[0], line(4, "New.", rank="a0015"), before[2]])
    assert [(e.start, e.end, e.text) for e in found.edits] == [(5, 9, ""), (9, 9, "New.")]


def test_a_line_that_was_split_keeps_its_words() -> None:
    before = [line(1, "One thing and another thing.")]
    after = [
        before[0]._replace(text="One thing."),
        line(2, "And another thing.", "inline", "b"),
    ]
    found = later(before, after, family=Lineage({2: 1}, {}))
    assert all("another" not in edit.text for edit in found.edits)
