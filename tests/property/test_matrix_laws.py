"""A matrix says the same after it went out and came home, whatever people wrote."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.exchange import rules
from tracker.exchange.matrix import Matrix, Row, Stamp, apart, says, shortened, together
from tracker.exchange.record.words import Kind, Relation, Type
from tracker.formats.matrix import read, words, write

STAMP = Stamp("coast", 31)
# What a store takes: any character but NUL and halves of characters.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=40
) | st.sampled_from(
    ("=1+1", "'@x", "<r>&amp;</r>", "_x005F_x0041_", "a\r\nb\rc", "]]>", "\ufffe\uffff", "\x01\x1f")
)
NAME = TEXT.map(str.strip)
CHOSEN = {
    "type": st.sampled_from(("", *get_args(Type))),
    "kind": st.sampled_from(("", *get_args(Kind))),
    "relation": st.sampled_from(("", *get_args(Relation))),
    "outcome": st.sampled_from(("", *rules.DISPOSITIONS)),
    "on": st.sampled_from(("", "2022", "2022-09", "2022-09-30")),
    "id": st.integers(1, 999).map("C{}".format),
    "place": st.just(""),
}
STRIPPED = ("number", "member", "speaker", "line", "reply_to", "by", "meeting", "topic")
ROWS = st.builds(
    Row, **{name: CHOSEN.get(name, NAME if name in STRIPPED else TEXT) for name in Row._fields}
)


@pytest.mark.parametrize("write_as", [write.write_xlsx, write.write_csv])
@given(st.lists(ROWS, min_size=1, max_size=4), TEXT, st.sampled_from((None, "iso", "ieee")))
def test_any_texts_in_all_fields_come_home_as_they_went_out(
    write_as: Callable[..., None], rows: list[Row], title: str, profile: str | None
) -> None:
    file = io.BytesIO()
    matrix = Matrix(STAMP, title, "ja", title, iter(rows), (("W1", title),))
    write_as(matrix, words.profile(profile), file)
    found = read.read(file.getvalue(), "m")
    assert found.stamp == STAMP
    assert [row._replace(place="") for row in found.rows] == rows


@given(TEXT, TEXT)
@example("Proposed change: ", "x")
@example("", "Proposed change: ")
def test_what_is_proposed_is_told_apart_and_put_together_again(comment: str, proposed: str) -> None:
    for text in (together(comment, proposed), comment):
        assert together(*apart(text)) == text


@given(TEXT, st.integers(60, 80))
def test_a_shortened_text_fits_its_cell_and_still_says_what_it_said(
    text: str, longest: int
) -> None:
    long = text * 9
    told = shortened(long, longest, "C4")
    assert len(told.encode("utf-16-le")) // 2 <= longest
    assert says(told, long, "C4")
