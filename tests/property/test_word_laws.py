"""Laws of reading Word files: whatever is tracked, nothing is lost, doubled or out of place."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tests.word_files import p, r, tracked, word
from tracker.exchange.marked import PARAGRAPH, accepted
from tracker.formats.docx.read import read

AUTHORS = (None, None, "Ann", "Ben")
WORDS = st.sampled_from(["a", "bc ", "検診", "😀", ""])
WHO = st.sampled_from(AUTHORS)


class Bit(NamedTuple):
    """Words, or the end of a paragraph, with who inserted and who deleted them."""

    text: str
    inserted: str | None
    deleted: str | None

    @property
    def xml(self) -> str:
        written = r(self.text)
        for kind, author in (("del", self.deleted), ("ins", self.inserted)):
            written = tracked(kind, written, author) if author else written
        return written

    @property
    def end(self) -> str:
        said = (("ins", self.inserted), ("del", self.deleted))
        return f"<w:rPr>{''.join(tracked(kind, '', who) for kind, who in said if who)}</w:rPr>"


BITS = st.lists(st.builds(Bit, WORDS, WHO, WHO), max_size=5)
PARAGRAPHS = st.lists(st.tuples(BITS, st.builds(Bit, st.just(PARAGRAPH), WHO, WHO)), min_size=1)


def written(paragraphs: list[tuple[list[Bit], Bit]]) -> bytes:
    return word(
        "".join(p(*(bit.xml for bit in bits), properties=end.end) for bits, end in paragraphs)
    )


def flat(paragraphs: list[tuple[list[Bit], Bit]]) -> list[Bit]:
    return [bit for bits, end in paragraphs for bit in (*bits, end)][:-1]


@given(PARAGRAPHS)
def test_rejecting_and_accepting_everything_give_the_two_texts(
    paragraphs: list[tuple[list[Bit], Bit]],
) -> None:
    found = read(written(paragraphs), "draft.docx")
    bits = flat(paragraphs)
    assert found.text == "".join(bit.text for bit in bits if bit.inserted is None)
    assert accepted(found) == "".join(bit.text for bit in bits if bit.deleted is None)


@given(PARAGRAPHS)
def test_each_author_keeps_what_they_inserted_and_deleted(
    paragraphs: list[tuple[list[Bit], Bit]],
) -> None:
    found = read(written(paragraphs), "draft.docx")
    for author in ("Ann", "Ben"):
        for kind, by in (("insert", "inserted"), ("delete", "deleted")):
            assert "".join(
                mark.text for mark in found.marks if (mark.kind, mark.author) == (kind, author)
            ) == "".join(bit.text for bit in flat(paragraphs) if getattr(bit, by) == author)


@given(PARAGRAPHS)
def test_what_is_deleted_stands_where_it_is_said_to(
    paragraphs: list[tuple[list[Bit], Bit]],
) -> None:
    found = read(written(paragraphs), "draft.docx")
    place = 0
    for mark in found.marks:
        if mark.within is not None:
            whole = found.marks[mark.within]
            assert whole.kind == "insert"
            assert whole.text[mark.offset :].startswith(mark.text)
            continue
        assert place <= mark.start <= mark.end
        place = mark.end
        if mark.kind == "delete":
            assert found.text[mark.start : mark.end] == mark.text


@given(PARAGRAPHS)
def test_paragraphs_are_the_text_between_their_ends(
    paragraphs: list[tuple[list[Bit], Bit]],
) -> None:
    found = read(written(paragraphs), "draft.docx")
    assert [found.text[block.start : block.end] for block in found.blocks] == found.text.split(
        PARAGRAPH
    )


@given(BITS, BITS, BITS)
def test_a_comment_quotes_the_words_in_its_range(
    before: list[Bit], inside: list[Bit], behind: list[Bit]
) -> None:
    start, stop = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    parts = ("".join(bit.xml for bit in bits) for bits in (before, inside, behind))
    first, second, third = parts
    content = word(p(first, start, second, stop, third), comments='<w:comment w:id="1"/>')
    found = read(content, "draft.docx")
    remark = found.remarks[0]
    assert remark.quote == "".join(bit.text for bit in inside if bit.deleted is None)
    assert found.text[remark.start : remark.end] == "".join(
        bit.text for bit in inside if bit.inserted is None
    )
    if remark.within is not None and not any(bit.deleted for bit in inside):
        whole = found.marks[remark.within]
        assert whole.text[remark.offset :].startswith(remark.quote)
