"""A draft's split is mended by marks, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.exchange.draft import Draft, DraftLine
from tracker.formats import draft, split

TEXT = (
    "# The Coast\r\n\r\nThe vote was held in D.C. last year. It failed.\r\n\r\n- One item.\r\n\r\n"
)


def drafted(text: str = TEXT) -> Draft:
    return draft.read(text.encode(), "coast.md")


def texts(told: Draft) -> list[str]:
    return [line.text for line in told.lines]


def test_a_split_that_nobody_changed_is_the_same_split() -> None:
    told = drafted()
    assert split.read(split.write(told), told) == told
    assert split.read(split.write(told).replace("\r\n", "\n").rstrip("\n"), told) == told


def test_a_mark_taken_away_joins_two_lines_and_one_added_splits_a_line() -> None:
    told = drafted()
    marked = split.write(told).replace("‖It failed", "It failed").replace("held in", "held ‖in")
    mended = split.read(marked, told)
    assert texts(mended) == [
        "The Coast",
        "The vote was held",
        "in D.C. last year. It failed.",
        "One item.",
    ]
    assert mended.text == TEXT
    assert [line.kind for line in mended.lines] == ["heading", "sentence", "sentence", "sentence"]
    assert mended.lines[0].level == 1


def test_the_line_that_explains_may_be_left_out() -> None:
    told = drafted()
    assert split.read(split.write(told).partition("\n")[2], told) == told


def test_a_mark_before_no_words_is_none() -> None:
    told = drafted()
    marked = split.write(told).replace("‖One item.", "‖One item.‖") + "‖"
    assert split.read(marked, told) == told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("failed", "won", "first in line 3 of the file: it was “The vote was held"),
        ("‖# ", "", "would belong to no line"),
        ("- ‖One item.", "", "first in line 4"),
        ("One item.", "One item. And more", "first in line 5"),
    ],
)
def test_changed_words_are_refused_and_the_place_named(old: str, new: str, said: str) -> None:
    told = drafted()
    marked = split.write(told).replace("# ‖", "‖# ")
    assert old in marked
    if old == "‖# ":
        marked = marked.replace("‖# The Coast", "# The Coast")
    with pytest.raises(BadInput, match=said) as refused:
        split.read(marked.replace(old, new), told)
    assert refused.value.hint


def test_a_text_that_has_the_mark_gets_another() -> None:
    told = drafted("One ‖ two. ¦ Three.")
    marked = split.write(told)
    assert marked.startswith("⁂⁂")
    assert split.read(marked, told) == told


lines_of_drafts = st.lists(
    st.builds(
        DraftLine,
        st.sampled_from([" ", "\n\n", "\r\n", "\n- ", "\n\n# ", ""]),
        st.sampled_from(["Words.", "会議は開く。", "a b c", "x\ny", "👩‍👩‍👧 met."]),
        st.just("sentence"),
    ),
    min_size=1,
    max_size=6,
)


@given(lines_of_drafts, st.sampled_from(["", "\n", "\r\n\r\n", " "]), st.data())
def test_marks_anywhere_keep_every_character_of_the_text(
    lines: list[DraftLine], trail: str, data: st.DataObject
) -> None:
    told = Draft("utf-8", "en", "sentence", tuple(lines), trail)
    assert split.read(split.write(told), told).text == told.text
    whole = [at for at in range(len(told.text) + 1) if told.text[at - 1 : at + 1] != "\r\n"]
    at = data.draw(st.lists(st.sampled_from(whole), unique=True).map(sorted))
    marked, position = "", 0
    for place in at:
        marked += told.text[position:place] + "‖"
        position = place
    words = len(told.lines[0].lead)
    if not at or at[0] > words:
        with pytest.raises(BadInput, match="belong to no line" if at else "there is no ‖"):
            split.read(marked + told.text[position:], told)
        return
    mended = split.read(marked + told.text[position:], told)
    assert mended.text == told.text
    assert all(line.text == line.text.strip() != "" for line in mended.lines)
