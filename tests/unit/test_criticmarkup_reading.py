"""CriticMarkup as people write it, and what is no CriticMarkup."""

from __future__ import annotations

import pytest

from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Block, Mark
from tracker.exchange.marked_source import accepted
from tracker.formats.criticmarkup.read import parse, read, read_file
from tracker.formats.criticmarkup.signs import has_marks, is_stamped


def marks(text: str) -> list[tuple[str, str, int, int]]:
    return [(mark.kind, mark.text, mark.start, mark.end) for mark in parse(text).marks]


def said(text: str) -> list[tuple[str, str, str]]:
    return [(remark.author, remark.text, remark.quote) for remark in parse(text).remarks]


def test_insertions_deletions_and_substitutions_are_changes() -> None:
    text = "a {++new ++}b {--old --}c {~~d~>e~~}"
    assert parse(text).text == "a b old c d"
    assert marks(text) == [
        ("insert", "new ", 2, 2),
        ("delete", "old ", 4, 8),
        ("delete", "d", 10, 11),
        ("insert", "e", 11, 11),
    ]


def test_a_comment_is_on_the_highlight_or_the_change_before_it_or_on_its_place() -> None:
    assert said("a {==few==}{>>which?<<} words") == [("", "which?", "few")]
    assert said("a {++new++}{>>@Kimura: why?<<}") == [("Kimura", "why?", "new")]
    assert said("a {~~b~>c~~}{>>why?<<}") == [("", "why?", "c")]
    assert said("a word {>>here<<}or two") == [("", "here", "")]
    assert said("a {==b==}{>>one<<}{>>two<<} {>>three<<}") == [
        ("", "one", "b"),
        ("", "two", "b"),
        ("", "three", ""),
    ]


def test_a_comment_may_be_on_a_part_of_what_was_inserted() -> None:
    remark = parse("a {++brand {==new==}{>>so?<<} word++}").remarks[0]
    assert (remark.within, remark.offset, remark.quote) == (0, 6, "new")


def test_a_change_is_signed_in_the_comment_behind_it() -> None:
    source = parse("{--a--}{++b++}{>>— US side<<} {++c++}{>>— Japan<<}{>>— no more<<}")
    assert [mark.author for mark in source.marks] == ["US side", "US side", "Japan"]
    assert [remark.text for remark in source.remarks] == ["— no more"]


def test_a_reply_names_the_comment_that_it_answers_wherever_that_stands() -> None:
    source = parse("{>>@B (C3 to C2): no<<} {>>@A (C1, done): yes<<} {>>@C (C2 to C1): so<<}")
    found = {remark.id: (remark.parent, remark.done, remark.about) for remark in source.remarks}
    assert found == {
        "C3": ("C1", False, "C3"),
        "C1": (None, True, "C1"),
        "C2": ("C1", False, "C2"),
    }


def test_ids_that_stand_twice_and_replies_in_a_circle_lose_no_comment() -> None:
    source = parse("{>>@A (C1 to C2): a<<}{>>@B (C2 to C1): b<<}{>>@C (C1): c<<}")
    assert [remark.id for remark in source.remarks] == ["C1", "C2", "C1*3"]
    assert [remark.text for remark in source.remarks] == ["a", "b", "c"]


def test_what_a_person_put_in_brackets_belongs_to_the_name() -> None:
    assert said("a{>>@Kimura (Japan): yes<<}")[0][:2] == ("Kimura (Japan)", "yes")


def test_headings_items_and_paragraphs_are_found_and_their_markup_is_none_of_the_text() -> None:
    found = read("# The {++open ++}coast\n\n- one\n  goes on{++\n- two++}\n\nEnd.\n")
    assert found.text == PARAGRAPH.join(["The coast", "one   goes on", "End."])
    assert [(block.kind, block.level, block.marker) for block in found.blocks] == [
        ("heading", 1, None),
        ("item", 1, "-"),
        ("paragraph", None, None),
    ]
    assert found.blocks[0] == Block(0, 9, "heading", 1)
    assert found.marks == (
        Mark("insert", "", None, 4, 4, "open "),
        Mark("insert", "", None, 23, 23, f"{PARAGRAPH}two"),
    )


def test_words_that_became_another_paragraph_are_changed_between_paragraphs() -> None:
    found = read("One. {++\n\n++}Two.\n\n{--Three.\n\n--}Four.\n")
    assert found.text == PARAGRAPH.join(["One. Two.", "Three.", "Four."])
    assert accepted(found.text, found.marks) == PARAGRAPH.join(["One.", "Two.", "Four."])


def test_comments_on_the_whole_stand_last_in_a_file_that_says_what_it_is() -> None:
    text = (
        "{>>tracker coast @31 en P1 P2: DRAFT of it.<<}\n\nText.\n\n"
        "{>>tracker: comments on the whole<<}\n{>>@A (C1): one\ntwo<<}\n{>>three<<}\n"
    )
    found = parse(text)
    assert (found.text, found.notice) == ("Text.\n", "DRAFT of it.")
    assert found.stamp is not None
    assert found.stamp[:3] == ("coast", 31, "en")
    assert found.stamp.proposals == ("P1", "P2")
    assert [(r.text, r.start) for r in found.remarks] == [("one\ntwo", None), ("three", None)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("one\ntwo {++ three", "line 2: the mark {\\+\\+ is never closed with \\+\\+}"),
        ("a\r\nb\r\n{>> c", "line 3: the mark {>> is never closed with <<}"),
        ("a {== b {>>c<<}", "line 1: the mark {== is never closed with ==}"),
        ("{~~ a ~~}", "line 1: the mark {~~ has no ~> between the old words and the new"),
        ("{++ a {-- b --} c ++}", "line 1: the mark {-- stands in another change"),
        ("{== a {== b ==} ==}", "line 1: the mark {== stands in another highlight"),
        ("{++ a {== b ++} c ==}", "line 1: the mark {== is never closed with ==}"),
    ],
)
def test_a_mark_that_is_not_closed_or_stands_in_another_is_named_with_its_line(
    text: str, wrong: str
) -> None:
    with pytest.raises(BadInput, match=wrong.replace("{", r"\{").replace("}", r"\}")):
        read(text)


@pytest.mark.parametrize("text", ["", "a ++} b", "--} {+ + x", "}}{{", "{\\++ a ++\\}", "~> ~~}"])
def test_what_opens_no_mark_is_text(text: str) -> None:
    found = parse(text)
    assert (found.marks, found.remarks) == ((), ())


def test_only_a_file_that_went_out_with_marks_is_known_by_itself() -> None:
    assert not has_marks(b"a {braces} and ++} or {\\++ b")
    assert has_marks(b"a {++ b")
    assert is_stamped(b"{>>tracker coast @31 en P1: DRAFT<<}\n\na")
    assert not is_stamped(b"{++ a ++}")


def test_a_file_is_named_with_what_is_wrong_in_it() -> None:
    with pytest.raises(BadInput, match=r"a\.md, line 1: the mark \{\+\+ is never closed"):
        read_file(b"{++ a", "a.md")
    with pytest.raises(BadInput, match=r"a\.md"):
        read_file(b"\xff\xfe\x00", "a.md")


def test_a_long_file_is_read_at_once() -> None:
    text = "A {--b--}{++c++}{>>— US<<} {==d==}{>>@K (C1): e<<} f.\n\n" * 3000
    found = read(text)
    assert (len(found.blocks), len(found.marks), len(found.remarks)) == (3000, 6000, 3000)


@pytest.mark.parametrize("text", ["{++" * 50_000, "{>>" * 50_000, "{==" * 50_000, "{" * 200_000])
def test_marks_without_end_are_refused_at_once(text: str) -> None:
    if "{++" in text or "{>>" in text or "{==" in text:
        with pytest.raises(BadInput, match="line 1"):
            read(text)
    else:
        assert not read(text).marks
