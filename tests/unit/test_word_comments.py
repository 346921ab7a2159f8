"""The comments of a Word file: what was said, on which words, in which thread."""

from __future__ import annotations

import pytest

from tests.word_files import cut, end, ins, p, r, tracked, word
from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Marked, Remark, Stamp
from tracker.formats.docx import comments
from tracker.formats.docx.read import read

ON = "2022-03-04T10:00:00"


def reading(body: str, said: str = "", **parts: str) -> Marked:
    return read(word(body, comments=said, **parts), "draft.docx")


def comment(number: int | str, text: str = "Why?", key: str = "", author: str = "Ann") -> str:
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2022-03-04T10:00:00Z" '
        f'w:initials="A">{paragraph(text, key)}</w:comment>'
    )


def paragraph(text: str, key: str = "") -> str:
    return p(r(text)).replace("<w:p>", f'<w:p w14:paraId="{key}">' if key else "<w:p>", 1)


def on(number: int | str, content: str, refer: bool = True) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'
        + (reference(number) if refer else "")
    )


def reference(number: int | str) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def place(body: str) -> tuple[int | None, int | None, str, int | None, int]:
    remark = reading(body, comment(1)).remarks[0]
    return remark.start, remark.end, remark.quote, remark.within, remark.offset


def test_a_comment_with_the_words_that_it_is_on() -> None:
    found = reading(p(r("We "), on(1, r("meet")), r(".")), comment(1, key="1A2B3C4D"))
    assert found.text == "We meet."
    assert found.remarks == (
        Remark("1", "Ann", ON, "Why?", 3, 7, "meet", initials="A", key="1A2B3C4D"),
    )


def test_its_words_are_quoted_with_the_changes_in_place() -> None:
    content = r("every ") + cut("three") + ins("two") + r(" years")
    assert place(p(r("At "), on(1, content))) == (3, 20, "every two years", None, 0)
    assert place(p(r("At "), on(1, cut("once")))) == (3, 7, "", None, 0)


def test_a_range_in_an_insertion_tells_which_words_of_it() -> None:
    content = tracked("ins", r("once ") + on(1, r("every two")) + r(" years"))
    assert place(p(r("At "), content)) == (3, 3, "every two", 0, 5)
    assert place(p(r("At "), on(1, ins("once")), r("."))) == (3, 3, "once", 0, 0)
    assert place(p(r("At "), tracked("ins", r("a") + on(1, "") + r("b")))) == (3, 3, "", 0, 1)


def test_a_range_over_more_than_an_insertion_is_in_none() -> None:
    assert place(p(on(1, ins("a") + ins("b", "Ben")))) == (0, 0, "ab", None, 0)
    assert place(p(on(1, ins("a") + r("b")))) == (0, 1, "ab", None, 0)
    assert place(p(ins("a"), on(1, ""), ins("b", "Ben"))) == (0, 0, "", None, 0)


def test_a_range_over_paragraphs() -> None:
    start, stop = on(1, "|").split("|")
    assert place(p(r("a "), start, r("b")) + p(r("c"), stop, r(" d"))) == (
        *(2, 5, f"b{PARAGRAPH}c"),
        *(None, 0),
    )


@pytest.mark.parametrize("inside", [True, False])
def test_the_ends_of_paragraphs_at_the_ends_of_a_range_are_not_in_it(inside: bool) -> None:
    start, stop = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    if inside:
        body = p(r("a"), start) + p(r("b")) + p(stop, r("c"))
    else:
        body = p(r("a")) + start + p(r("b")) + stop + p(r("c"))
    assert place(body)[:3] == (2, 3, "b")


def test_a_range_that_ends_behind_the_last_paragraph_ends_with_it() -> None:
    start, stop = on(1, "|").split("|")
    assert place(start + p(r("a")) + stop)[:3] == (0, 1, "a")
    assert place(p(r("a")) + start + stop)[:3] == (1, 1, "")


def test_a_range_that_holds_but_ends_of_paragraphs_is_where_it_is() -> None:
    start, stop = on(1, "|").split("|")
    assert place(p(r("a"), start) + p(stop, r("b")))[:3] == (1, 2, PARAGRAPH)
    assert place(p(r("a"), start, properties=end("ins")) + p(stop, r("b"))) == (
        *(1, 1, PARAGRAPH),
        *(0, 0),
    )


def test_a_comment_without_a_range_stands_where_it_is_referred_to() -> None:
    assert place(p(r("We"), reference(1), r(" meet."))) == (2, 2, "", None, 0)


def test_a_comment_that_nothing_refers_to_has_its_range_or_no_place() -> None:
    assert place(p(on(1, r("We"), refer=False), r(" meet.")))[:3] == (0, 2, "We")
    assert place(p(r("We meet."))) == (None, None, "", None, 0)


def test_a_range_with_one_end_goes_to_where_the_comment_is_referred_to() -> None:
    begun = '<w:commentRangeStart w:id="1"/>'
    ended = '<w:commentRangeEnd w:id="1"/>'
    assert place(p(r("a"), begun, r("b"), reference(1), r("c")))[:3] == (1, 2, "b")
    assert place(p(r("a"), begun, r("b")))[:3] == (1, 1, "")
    assert place(p(r("a"), ended, r("b"), reference(1)))[:3] == (1, 1, "")
    assert place(p(r("a"), ended, r("b"), begun, r("c")))[:3] == (2, 2, "")


def test_a_comment_in_a_header_is_kept_without_a_place() -> None:
    header = {"word/header1.xml": f'<w:hdr xmlns:w="urn:w">{on(1, r("H"))}</w:hdr>'}
    found = reading(p(r("We meet.")), comment(1), **header)
    assert [(each.text, each.start) for each in found.remarks] == [("Why?", None)]


def test_of_two_comments_with_one_id_none_is_lost() -> None:
    both = comment(1, "First.") + comment(1, "Second.") + comment(1, "Third.")
    found = reading(p(on(1, r("a")), on(1, r("b")), r("c")), both).remarks
    assert [(each.id, each.text, each.quote, each.start) for each in found] == [
        ("1", "First.", "a", 0),
        ("1+2", "Second.", "b", 1),
        ("1+3", "Third.", "", None),
    ]


def test_what_is_not_stated_of_a_comment_is_not_made_up() -> None:
    bare = f"<w:comment>{paragraph('Why?')}</w:comment>"
    assert reading(p(r("a")), bare).remarks == (Remark("", "", None, "Why?", None, None),)


def test_the_paragraphs_of_a_comment_are_its_lines() -> None:
    long = (
        '<w:comment w:id="1" w:author="Ann">'
        + paragraph("One.", "00000001")
        + p(r("Two"), cut("?"), ins("!"))
        + paragraph("Three.", "00000003")
        + "</w:comment>"
    )
    remark = reading(p(on(1, r("a"))), long).remarks[0]
    assert (remark.text, remark.key) == ("One.\nTwo!\nThree.", "00000003")


def test_a_comment_without_words_is_kept() -> None:
    assert reading(p(on(1, r("a"))), '<w:comment w:id="1"/>').remarks[0].text == ""


def extended(*rows: tuple[str, str | None, int]) -> str:
    return "".join(
        f'<w15:commentEx w15:paraId="{key}" w15:done="{done}"'
        + (f' w15:paraIdParent="{parent}"/>' if parent else "/>")
        for key, parent, done in rows
    )


THREE = comment(1, "A?", "0000000A") + comment(2, "B.", "0000000B") + comment(3, "C.", "0000000C")


def threads(rows: str, said: str = THREE) -> list[tuple[str, str | None, bool]]:
    found = reading(p(r("a")), said, commentsExtended=rows)
    return [(each.id, each.parent, each.done) for each in found.remarks]


def test_threads_and_what_is_resolved() -> None:
    rows = extended(("0000000A", None, 1), ("0000000B", "0000000A", 1), ("0000000C", None, 0))
    assert threads(rows) == [("1", None, True), ("2", "1", True), ("3", None, False)]


def test_a_reply_to_a_reply_belongs_to_the_comment_that_begins_the_thread() -> None:
    rows = extended(("0000000B", "0000000A", 0), ("0000000C", "0000000B", 0))
    assert threads(rows) == [("1", None, False), ("2", "1", False), ("3", "1", False)]


def test_replies_that_lead_nowhere_or_round_begin_threads() -> None:
    ring = extended(("0000000A", "0000000B", 0), ("0000000B", "0000000A", 0))
    assert threads(ring) == [("1", None, False), ("2", None, False), ("3", None, False)]
    assert threads(extended(("0000000A", "0000000A", 0), ("0000000B", "0BADBAD0", 0))) == [
        ("1", None, False),
        ("2", None, False),
        ("3", None, False),
    ]


def test_threads_are_read_in_the_namespace_of_early_files_and_small_letters() -> None:
    rows = (
        '<e:commentEx xmlns:e="http://schemas.microsoft.com/office/word/2010/11/wordml" '
        'e:paraId="0000000b" e:paraIdParent="0000000a" e:done="true"/>'
    )
    assert threads(rows)[1] == ("2", "1", True)


def test_a_thread_is_told_by_any_paragraph_of_a_comment() -> None:
    long = (
        f'<w:comment w:id="1">{paragraph("A", "0000000A")}{paragraph("?", "0000000D")}</w:comment>'
    )
    rows = extended(("0000000A", None, 1), ("0000000B", "0000000A", 0))
    assert threads(rows, long + comment(2, "B.", "0000000B")) == [
        ("1", None, True),
        ("2", "1", False),
    ]


def test_the_true_time_of_a_comment_is_told_by_two_parts_together() -> None:
    found = reading(
        p(r("a")),
        THREE,
        commentsIds='<w16cid:commentId w16cid:paraId="0000000A" w16cid:durableId="5E"/>'
        '<w16cid:commentId w16cid:paraId="0000000B" w16cid:durableId="6E"/>',
        commentsExtensible='<w16cex:commentExtensible w16cex:durableId="5E" '
        'w16cex:dateUtc="2022-03-04T01:00:00Z"/>'
        '<w16cex:commentExtensible w16cex:durableId="6E" w16cex:dateUtc="once"/>',
    )
    assert [each.utc for each in found.remarks] == ["2022-03-04T01:00:00Z", None, None]
    assert {each.date for each in found.remarks} == {ON}


def test_a_thread_is_told_by_the_last_paragraph_of_a_comment_if_several_could() -> None:
    long = (
        f'<w:comment w:id="1">{paragraph("A", "0000000A")}{paragraph("?", "0000000D")}</w:comment>'
    )
    rows = extended(("0000000D", None, 1), ("0000000A", None, 0))
    assert threads(rows, long) == [("1", None, True)]


def test_comments_that_would_fill_the_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "MOST_QUOTED", 30)
    starts = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(4))
    ends = "".join(f'<w:commentRangeEnd w:id="{n}"/>' for n in range(4))
    with pytest.raises(BadInput, match=r"draft\.docx has too many comments"):
        reading(p(starts, r("We meet."), ends), comment(1))


def properties(**values: str) -> dict[str, str]:
    listed = "".join(
        f'<property fmtid="x" pid="{pid}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(
            ((f"tracker.{name.replace('_', '.')}", value) for name, value in values.items()), 2
        )
    )
    return {"docProps/custom.xml": f'<Properties xmlns:vt="urn:vt">{listed}</Properties>'}


def line(label: str, content: str, number: int) -> str:
    begin = f'<w:bookmarkStart w:id="{number}" w:name="_trk_{label}"/>'
    return f'{begin}{content}<w:bookmarkEnd w:id="{number}"/>'


OURS = {"document": "urgent", "entry": "31", "language": "en"}


def test_a_stamp_tells_the_document_the_entry_and_where_each_line_stands() -> None:
    first = p(line("1", r("We "), 1), line("2", cut("meet") + ins("met") + r("."), 2))
    body = first + p(line("12a", r("Here."), 3))
    found = reading(body, **properties(**OURS, proposals="P1 P3"))
    assert found.stamp == Stamp(
        "urgent", 31, "en", (("1", 0, 3), ("2", 3, 8), ("12a", 9, 14)), ("P1", "P3")
    )


def test_a_bookmark_that_took_the_end_of_its_paragraph_along_tells_of_its_words() -> None:
    stamp = reading(line("1", p(r("One.")), 1) + p(r("Two.")), **properties(**OURS)).stamp
    assert stamp is not None
    assert stamp.lines == (("1", 0, 4),)
    last = reading(line("1", p(r("One.")), 1), **properties(**OURS)).stamp
    assert last is not None
    assert last.lines == (("1", 0, 4),)


def test_a_bookmark_that_is_broken_or_there_twice_tells_of_no_line() -> None:
    broken = '<w:bookmarkStart w:id="3" w:name="_trk_3"/>'
    body = p(line("1", r("a"), 1), line("1", r("b"), 2), line("one", r("c"), 4), broken)
    stamp = reading(body, **properties(**OURS)).stamp
    assert stamp is not None
    assert stamp.lines == (("1", 0, 1),)


@pytest.mark.parametrize(
    "change",
    [
        {"document": ""},
        {"document": "no key"},
        {"entry": "x"},
        {"entry": "-1"},
        {"entry": "9" * 30},
        {"language": "no language"},
    ],
)
def test_a_stamp_that_this_program_never_wrote_is_none(change: dict[str, str]) -> None:
    assert reading(p(r("a")), **properties(**{**OURS, **change})).stamp is None


def test_comments_of_ours_are_recognised() -> None:
    found = reading(
        p(r("a")),
        THREE,
        **properties(**OURS, comments="0000000a:C4 rubbish", comments_2="0000000C:C12"),
    )
    assert [each.about for each in found.remarks] == ["C4", None, "C12"]


def test_a_file_of_others_has_no_stamp() -> None:
    body = p(line("1", r("a"), 1), '<w:bookmarkStart w:id="9" w:name="_GoBack"/>')
    assert reading(body).stamp is None
