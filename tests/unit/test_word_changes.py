"""The tracked changes of a Word file, and the texts that rejecting and accepting all gives."""

from __future__ import annotations

import pytest

from tests.word_files import cut, end, ins, p, r, tracked, word
from tracker.exchange.marked import PARAGRAPH, Mark, Marked
from tracker.exchange.marked_source import accepted
from tracker.formats.docx.read import read

ON = "2022-03-04T10:00:00"


def reading(body: str) -> Marked:
    return read(word(body), "draft.docx")


def texts(body: str) -> tuple[str, str]:
    """The text with everything rejected and with everything accepted; ``|`` parts paragraphs."""
    found = reading(body)
    assert len(found.blocks) == found.text.count(PARAGRAPH) + 1
    for block in found.blocks:
        assert PARAGRAPH not in found.text[block.start : block.end]
    whole = accepted(found.text, found.marks)
    return found.text.replace(PARAGRAPH, "|"), whole.replace(PARAGRAPH, "|")


def marks(body: str) -> list[tuple[str, str, int, int, str]]:
    return [
        (mark.kind, mark.author, mark.start, mark.end, mark.text.replace(PARAGRAPH, "|"))
        for mark in reading(body).marks
    ]


def row(*cells: str, kind: str = "") -> str:
    properties = f"<w:trPr>{tracked(kind)}</w:trPr>" if kind else ""
    return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def test_words_inserted_and_deleted() -> None:
    body = p(r("Every "), cut("three"), ins("two"), r(" years."))
    assert texts(body) == ("Every three years.", "Every two years.")
    assert reading(body).marks == (
        Mark("delete", "Ann", ON, 6, 11, "three"),
        Mark("insert", "Ann", ON, 11, 11, "two"),
    )


def test_a_change_over_runs_of_several_looks_is_one() -> None:
    inserted = tracked("ins", r("one "), at="T10:00:00Z") + tracked("ins", r("two", "<w:b/>"))
    deleted = cut("x") + cut("y")
    body = p(inserted, r("-"), deleted)
    assert marks(body) == [("insert", "Ann", 0, 0, "one two"), ("delete", "Ann", 1, 3, "xy")]


@pytest.mark.parametrize("other", [{"author": "Ben"}, {"at": "T10:01:00Z"}])
def test_another_author_or_another_time_begins_another_change(other: dict[str, str]) -> None:
    assert len(marks(p(ins("a"), ins("b", **other)))) == 2
    assert len(marks(p(cut("a"), cut("b", **other)))) == 2


def test_words_between_begin_another_change() -> None:
    assert len(marks(p(ins("a"), r("-"), ins("b")))) == 2
    assert len(marks(p(ins("a"), cut("-"), ins("b")))) == 3


def test_what_holds_no_words_is_no_change_and_parts_none() -> None:
    picture = tracked("ins", "<w:r><w:drawing/></w:r>", author="Ben")
    assert marks(p(ins("a"), picture, ins("b"))) == [("insert", "Ann", 0, 0, "ab")]


def test_deleted_words_are_read_however_they_are_written() -> None:
    assert texts(p(tracked("del", r("a")), r("b"))) == ("ab", "b")


def test_changes_in_links_and_controls_and_around_them() -> None:
    link = f'<w:hyperlink w:anchor="x">{r("a")}{ins("b")}{cut("c")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtContent>{cut('d')}</w:sdtContent></w:sdt>"
    around = tracked("ins", f'<w:hyperlink w:anchor="x">{r("e")}</w:hyperlink>')
    assert texts(p(link, control, around)) == ("acd", "abe")


def test_what_another_deleted_of_an_insertion_is_a_part_of_it() -> None:
    again = tracked("ins", tracked("del", r("forty"), author="Ben"))
    body = p(r("net "), ins("about "), again, ins("-five"), r(" days"))
    assert texts(body) == ("net  days", "net about -five days")
    assert reading(body).marks == (
        Mark("insert", "Ann", ON, 4, 4, "about forty-five"),
        Mark("delete", "Ben", ON, 4, 4, "forty", within=0, offset=6),
    )


def test_what_was_deleted_of_two_insertions_is_a_part_of_each() -> None:
    first = tracked("ins", tracked("del", r("a"), author="Cleo"))
    second = tracked("del", tracked("ins", r("b"), author="Ben"), author="Cleo")
    assert [mark.within for mark in reading(p(first, second)).marks] == [None, 0, None, 2]
    assert texts(p(first, second)) == ("", "")


def test_changes_in_one_insertion_are_taken_out_in_any_number() -> None:
    inner = [tracked("ins", tracked("del", r(word), author="Ben")) for word in ("b", "d")]
    body = p(ins("a"), inner[0], ins("c"), inner[1], ins("e"))
    assert texts(body) == ("", "ace")
    assert [(mark.offset, mark.text) for mark in reading(body).marks[1:]] == [(1, "b"), (3, "d")]


def test_an_inserted_end_splits_a_paragraph_and_is_none_in_the_untouched_text() -> None:
    body = p(r("One. "), properties=end("ins")) + p(r("Two."), properties="")
    assert texts(body) == ("One. Two.", "One. |Two.")
    assert marks(body) == [("insert", "Ann", 5, 5, "|")]


def test_a_joined_paragraph_is_what_its_second_part_is() -> None:
    heading = '<w:outlineLvl w:val="0"/>'
    body = p(r("a"), properties=heading + end("ins")) + p(r("b"))
    assert [block.kind for block in reading(body).blocks] == ["paragraph"]


def test_a_deleted_end_joins_a_paragraph_to_the_next() -> None:
    body = p(r("One. "), properties=end("del")) + p(r("Two."))
    assert texts(body) == ("One. |Two.", "One. Two.")
    assert marks(body) == [("delete", "Ann", 5, 6, "|")]


def test_an_end_that_was_inserted_and_deleted_again_is_neither() -> None:
    both = f"<w:rPr>{tracked('ins')}{tracked('del', author='Ben')}</w:rPr>"
    assert texts(p(r("a"), properties=both) + p(r("b"))) == ("ab", "ab")


def test_whole_paragraphs_inserted_and_deleted() -> None:
    new = p(ins("New."), properties=end("ins"))
    old = p(cut("Old."), properties=end("del"))
    body = p(r("a")) + new + new + old + old + p(r("z"))
    assert texts(body) == ("a|Old.|Old.|z", "a|New.|New.|z")
    assert marks(body) == [
        ("insert", "Ann", 2, 2, "New.|New.|"),
        ("delete", "Ann", 2, 12, "Old.|Old.|"),
    ]


def test_a_paragraph_appended_to_the_text() -> None:
    body = p(r("a"), properties=end("ins")) + p(ins("New."))
    assert texts(body) == ("a", "a|New.")


@pytest.mark.parametrize("kind", ["ins", "del"])
def test_the_last_end_of_the_text_can_neither_come_nor_go(kind: str) -> None:
    assert texts(p(r("a")) + p(r("b"), properties=end(kind))) == ("a|b", "a|b")


@pytest.mark.parametrize("kind", ["ins", "del"])
def test_the_last_end_of_a_cell_can_neither_come_nor_go(kind: str) -> None:
    cells = row(p(r("b"), properties=end(kind)), p(r("c")))
    assert texts(p(r("a")) + f"<w:tbl>{cells}</w:tbl>" + p(r("d"))) == ("a|b|c|d", "a|b|c|d")


def test_an_end_within_a_cell_can() -> None:
    cells = row(p(r("b"), properties=end("ins")) + p(r("c")))
    assert texts(f"<w:tbl>{cells}</w:tbl>" + p()) == ("bc|", "b|c|")


def test_the_end_before_a_table_goes_only_with_its_paragraph() -> None:
    table = f"<w:tbl>{row(p(r('t')))}</w:tbl>{p(r('z'))}"
    assert texts(p(r("a"), properties=end("del")) + table) == ("a|t|z", "a|t|z")
    assert texts(p(cut("a"), properties=end("del")) + table) == ("a|t|z", "t|z")
    assert texts(p(ins("a"), properties=end("ins")) + table) == ("t|z", "a|t|z")
    assert texts(p(properties=end("del")) + table) == ("|t|z", "t|z")


def test_an_end_before_a_control_joins_what_is_in_it() -> None:
    control = f"<w:sdt><w:sdtContent>{p(r('b'))}</w:sdtContent></w:sdt>"
    assert texts(p(r("a"), properties=end("del")) + control) == ("a|b", "ab")
    inner = f"<w:sdt><w:sdtContent>{p(r('a'), properties=end('del'))}</w:sdtContent></w:sdt>"
    assert texts(inner + p(r("b"))) == ("a|b", "ab")


def test_an_end_before_what_this_program_put_in_stays_as_before_nothing() -> None:
    box = f'<w:sdt><w:sdtPr><w:tag w:val="tracker.box"/></w:sdtPr><w:sdtContent>{p(r("x"))}'
    box += "</w:sdtContent></w:sdt>"
    cells = row(p(r("b"), properties=end("del")) + box, p(r("c")))
    assert texts(f"<w:tbl>{cells}</w:tbl>" + p()) == ("b|c|", "b|c|")
    assert texts(p(r("a"), properties=end("del")) + box + p(r("b"))) == ("a|b", "ab")


def test_rows_of_a_table_inserted_and_deleted() -> None:
    new = row(p(ins("n"), properties=end("ins")), p(ins("m")), kind="ins")
    old = row(p(r("o")), p(r("q")), kind="del")
    body = p(r("a")) + f"<w:tbl>{row(p(r('b')))}{new}{old}</w:tbl>" + p(r("z"))
    assert texts(body) == ("a|b|o|q|z", "a|b|n|m|z")


def test_a_cell_inserted_or_deleted_by_itself() -> None:
    new = f"<w:tc><w:tcPr>{tracked('cellIns')}</w:tcPr>{p(r('n'))}</w:tc>"
    old = f"<w:tc><w:tcPr>{tracked('cellDel')}</w:tcPr>{p(r('o'))}</w:tc>"
    assert texts(f"<w:tbl><w:tr>{new}{old}</w:tr></w:tbl>{p(r('z'))}") == ("o|z", "n|z")


def range_mark(kind: str, name: str = "", number: int = 7) -> str:
    named = f' w:name="{name}"' if name else ""
    return f'<w:{kind} w:id="{number}"{named}/>'


def moved(kind: str, text: str, name: str, number: int) -> str:
    return (
        range_mark(f"{kind}RangeStart", name, number)
        + tracked(kind, r(text))
        + range_mark(f"{kind}RangeEnd", number=number)
    )


def test_the_halves_of_a_move_share_its_name() -> None:
    body = p(moved("moveFrom", "a ", "move1", 1), r("b "), moved("moveTo", "a ", "move1", 2))
    assert texts(body) == ("a b ", "b a ")
    assert [(mark.kind, mark.move) for mark in reading(body).marks] == [
        ("delete", "move1"),
        ("insert", "move1"),
    ]


def test_two_moves_side_by_side_are_two_changes() -> None:
    sources = moved("moveFrom", "a", "m1", 1) + moved("moveFrom", "b", "m2", 2)
    targets = moved("moveTo", "b", "m2", 3) + moved("moveTo", "a", "m1", 4)
    found = reading(p(sources, r("-"), targets)).marks
    assert [(mark.text, mark.move) for mark in found] == [
        ("a", "m1"),
        ("b", "m2"),
        ("b", "m2"),
        ("a", "m1"),
    ]


def test_a_move_into_the_range_of_another_has_its_own_name() -> None:
    into = moved("moveTo", "b", "m2", 2)
    begin, stop = range_mark("moveFromRangeStart", "m1", 1), range_mark("moveFromRangeEnd", "", 1)
    source = begin + tracked("moveFrom", r("a")) + into + stop
    body = p(source, moved("moveFrom", "b", "m2", 3), moved("moveTo", "a", "m1", 4))
    assert [(mark.kind, mark.move) for mark in reading(body).marks] == [
        ("delete", "m1"),
        ("insert", "m2"),
        ("delete", "m2"),
        ("insert", "m1"),
    ]


def test_a_half_of_a_move_without_the_other_is_a_change_like_any() -> None:
    body = p(moved("moveFrom", "a", "m1", 1), tracked("moveTo", r("b")))
    assert [(mark.kind, mark.move) for mark in reading(body).marks] == [
        ("delete", None),
        ("insert", None),
    ]


@pytest.mark.parametrize("outside", [True, False])
def test_a_moved_paragraph_is_moved_with_its_end(outside: bool) -> None:
    def half(kind: str, number: int) -> str:
        begin = range_mark(f"{kind}RangeStart", "m1", number)
        stop = range_mark(f"{kind}RangeEnd", number=number)
        inner = begin + tracked(kind, r("a")) + ("" if outside else stop)
        return p(inner, properties=end(kind)) + (stop if outside else "")

    body = half("moveFrom", 1) + p(r("b")) + half("moveTo", 2) + p(r("c"))
    assert texts(body) == ("a|b|c", "b|a|c")
    assert [(mark.text, mark.move) for mark in reading(body).marks] == [
        ("a" + PARAGRAPH, "m1"),
        ("a" + PARAGRAPH, "m1"),
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2022-03-04T10:00:00Z", "2022-03-04T10:00:00"),
        ("2022-03-04T10:00:00", "2022-03-04T10:00:00"),
        ("2022-03-04T10:00:00+09:00", "2022-03-04T10:00:00"),
        ("2022-03-04T10:00:00.123Z", "2022-03-04T10:00:00.123"),
        ("2022-03-04", "2022-03-04"),
        ("2022-13-04T10:00:00Z", None),
        ("0000-00-00T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_written_without_a_zone(written: str, read_as: str | None) -> None:
    body = p(f'<w:ins w:id="1" w:author="Ann" w:date="{written}">{r("a")}</w:ins>')
    assert reading(body).marks[0].date == read_as


def test_the_true_time_is_read_where_it_is_told() -> None:
    body = p(f'<w:ins w:id="1" w:author="A" w16du:dateUtc="2022-03-04T01:00:00Z">{r("a")}</w:ins>')
    assert reading(body).marks[0][2:] == (None, 0, 0, "a", None, None, 0, "2022-03-04T01:00:00Z")


def test_a_change_without_an_author_is_kept() -> None:
    assert marks(p(f"<w:ins>{r('a')}</w:ins>")) == [("insert", "", 0, 0, "a")]
