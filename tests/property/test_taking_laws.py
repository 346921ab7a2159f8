"""Laws of taking tracked changes into a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.marks import marked
from tracker.exchange.marked import Remark
from tracker.exchange.marked_source import accepted
from tracker.exchange.taking import taken

PARTS = st.sampled_from(
    [
        "One. ",
        "Two.¶",
        "{+A:new +}",
        "{-A:old -}",
        "{+B:¶+}",
        "{-B:gone.¶-}",
        "{+B:more¶than +}",
        "x",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=9), st.data())
def test_taking_some_and_then_the_rest_is_accepting_all(
    parts: list[str], data: st.DataObject
) -> None:
    told = marked("".join(parts))
    some = data.draw(st.sets(st.sampled_from(range(len(told.marks))))) if told.marks else set()
    made = taken(told, some)
    assert accepted(made.text, made.marks) == accepted(told.text, told.marks)
    assert len(made.marks) == len(told.marks) - len(some)
    assert taken(told, range(len(told.marks))).text == accepted(told.text, told.marks)
    for mark in made.marks:
        if mark.kind == "delete":
            assert made.text[mark.start : mark.end] == mark.text
    ends = [block.end for block in made.blocks]
    assert ends[-1] == len(made.text)


@settings(max_examples=50, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=9))
def test_taking_none_changes_no_word_and_no_place(parts: list[str]) -> None:
    told = marked("".join(parts))
    made = taken(told, ())
    assert (made.text, made.marks) == (told.text, told.marks)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=9), st.data())
def test_a_comment_stays_on_what_is_left_of_its_words(
    parts: list[str], data: st.DataObject
) -> None:
    told = marked("".join(parts))
    start = data.draw(st.integers(0, len(told.text)))
    end = data.draw(st.integers(start, len(told.text)))
    said = Remark("1", "A", None, "Why?", start, end)
    gone = [n for n, mark in enumerate(told.marks) if mark.kind == "delete"]
    made = taken(told._replace(remarks=(said,)), gone)
    left = "".join(
        sign
        for place, sign in enumerate(told.text)
        if start <= place < end
        and not any(told.marks[n].start <= place < told.marks[n].end for n in gone)
    )
    (moved,) = made.remarks
    if left:
        assert made.text[moved.start : moved.end] == left
