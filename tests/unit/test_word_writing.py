"""What is written into a Word file, and what stays as it was."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.settled import settled_text
from tests.word_files import (
    MAIN_TYPE,
    NAMESPACES,
    cut,
    end,
    ins,
    p,
    packed,
    r,
    tracked,
    word,
    word_parts,
)
from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Mark, Marked, Remark, Stamp
from tracker.exchange.marked_source import accepted
from tracker.exchange.outgoing import (
    Box,
    Bubble,
    Edit,
    Front,
    Open,
    Option,
    Outgoing,
)
from tracker.exchange.view import Run
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write

AT = "2022-03-04T10:00:00"
HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
HEADING = '<w:pStyle w:val="H"/>'


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(content: bytes) -> str:
    return parts(content)["word/document.xml"].decode()


def written(base: bytes, outgoing: Outgoing) -> Marked:
    return read(write(base, outgoing), "written.docx")


def edited(base: bytes, *edits: Edit) -> Marked:
    return written(
        base, Outgoing(tracked=tuple(each._replace(author="Ann", date=AT) for each in edits))
    )


def lines(text: str) -> str:
    return text.replace(PARAGRAPH, "|")


def everything(marked: Marked) -> frozenset[int]:
    return frozenset(range(len(marked.marks)))


def test_an_edit_with_an_author_is_tracked() -> None:
    found = edited(word(p(r("Every three years."))), Edit(6, 11, "two"))
    assert found.text == "Every three years."
    assert accepted(found.text, found.marks) == "Every two years."
    assert found.marks == (
        Mark("delete", "Ann", AT, 6, 11, "three"),
        Mark("insert", "Ann", AT, 11, 11, "two"),
    )


def test_runs_are_cut_where_needed_and_keep_their_looks() -> None:
    base = word(p(r("plain "), r("bold words", "<w:b/>"), r(" plain")))
    made = write(base, Outgoing(settled=(Edit(6, 10, "brave"),)))
    said = f"<w:body>{p(r('plain '), r('brave', '<w:b/>'), r(' words', '<w:b/>'), r(' plain'))}<"
    assert said in document(made)


def test_what_is_not_touched_stays_byte_for_byte() -> None:
    base = word(
        p(r("Words.")),
        styles=HEADINGS,
        **{"word/media/image1.png": "\x89PNG", "customXml/item1.xml": "<a  b='c'/>"},
    )
    before = parts(base)
    after = parts(write(base, Outgoing(tracked=(Edit(0, 5, "Deeds", "Ann", AT),))))
    for name in ("word/styles.xml", "word/media/image1.png", "customXml/item1.xml"):
        assert after[name] == before[name]


@pytest.mark.parametrize(
    ("edit", "becomes"),
    [
        (Edit(1, 1, PARAGRAPH), "a|b|cd|ef"),
        (Edit(0, 0, f"new{PARAGRAPH}"), "new|ab|cd|ef"),
        (Edit(2, 2, f"{PARAGRAPH}new"), "ab|new|cd|ef"),
        (Edit(8, 8, f"{PARAGRAPH}new{PARAGRAPH}last"), "ab|cd|ef|new|last"),
        (Edit(2, 3, ""), "abcd|ef"),
        (Edit(1, 4, "X"), "aXd|ef"),
        (Edit(0, 3, ""), "cd|ef"),
        (Edit(2, 5, ""), "ab|ef"),
        (Edit(0, 8, ""), ""),
        (Edit(0, 5, f"one{PARAGRAPH}two{PARAGRAPH}three"), "one|two|three|ef"),
        (Edit(0, 8, "one"), "one"),
    ],
)
@pytest.mark.parametrize("settled", [False, True])
def test_edits_split_join_insert_and_delete_paragraphs(
    edit: Edit, becomes: str, settled: bool
) -> None:
    base = word(p(r("ab")) + p(r("cd")) + p(r("ef")))
    if settled:
        found = written(base, Outgoing(settled=(edit,)))
        assert (lines(found.text), found.marks) == (becomes, ())
        return
    found = edited(base, edit)
    assert lines(found.text) == "ab|cd|ef"
    assert lines(accepted(found.text, found.marks)) == becomes
    taken = write(
        write(base, Outgoing(tracked=(edit._replace(author="Ann", date=AT),))),
        Outgoing(taken=everything(found)),
    )
    assert lines(read(taken, "taken.docx").text) == becomes


def kinds(content: bytes) -> list[tuple[str, str]]:
    found = read(content, "kinds.docx")
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


@pytest.mark.parametrize("author", [None, "Ann"])
def test_what_is_put_behind_a_heading_is_none(author: str | None) -> None:
    base = word(p(r("Title"), properties=HEADING) + p(r("text")), styles=HEADINGS)
    edit = Edit(5, 5, f"{PARAGRAPH}new", author, AT)
    made = write(
        base, Outgoing(settled=() if author else (edit,), tracked=(edit,) if author else ())
    )
    assert kinds(write(made, Outgoing(taken=frozenset({0})))) == [
        ("heading", "Title"),
        ("paragraph", "new"),
        ("paragraph", "text"),
    ]


def test_a_heading_joined_with_text_stays_a_heading() -> None:
    base = word(p(r("Title"), properties=HEADING) + p(r("text")), styles=HEADINGS)
    made = write(base, Outgoing(tracked=(Edit(5, 6, ": ", "Ann", AT),)))
    marks = read(made, "joined.docx").marks
    joined = write(made, Outgoing(taken=frozenset(range(len(marks)))))
    assert kinds(joined) == [("heading", "Title: text")]
    assert kinds(write(made, Outgoing())) == kinds(base)


def test_a_row_whose_cells_are_all_deleted_goes() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(r(a))}</w:tc><w:tc>{p(r(b))}</w:tc></w:tr>" for a, b in ("ab", "cd")
    )
    base = word(f"<w:tbl>{rows}</w:tbl>{p(r('end'))}")
    assert lines(read(base, "b").text) == "a|b|c|d|end"
    assert lines(written(base, Outgoing(settled=(Edit(4, 8, ""),))).text) == "a|b|end"
    found = edited(base, Edit(4, 8, ""))
    assert lines(found.text) == "a|b|c|d|end"
    assert lines(accepted(found.text, found.marks)) == "a|b|end"


def test_an_end_that_word_cannot_take_away_stays_and_places_behind_it_hold() -> None:
    base = word(
        f"<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b'))}</w:tc></w:tr></w:tbl>{p(r('end'))}"
    )
    said = Remark("1", "Ann", AT, "why", 2, 5, "end")
    found = written(base, Outgoing(settled=(Edit(0, 3, "x"),), comments=(Bubble(said),)))
    assert lines(found.text).replace("|", "") == "xend"
    assert found.remarks[0].quote == "end"


BOTH = p(r("One "), cut("two"), ins("three", "Ben"), r(" four")) + p(r("x"), properties=end("ins"))


def test_marks_are_kept_taken_and_dropped() -> None:
    base = word(BOTH + p(r("y")))
    found = read(base, "base.docx")
    assert [mark.text for mark in found.marks] == ["two", "three", PARAGRAPH]
    kept = written(base, Outgoing(kept=everything(found)))
    assert (kept.text, kept.marks) == (found.text, found.marks)
    taken = written(base, Outgoing(taken=everything(found)))
    assert (taken.text, taken.marks) == (accepted(found.text, found.marks), ())
    dropped = written(base, Outgoing())
    assert (dropped.text, dropped.marks) == (found.text, ())
    mixed = Outgoing(kept=frozenset({0}), taken=frozenset({1}))
    assert written(base, mixed).text == settled_text(found.text, found.marks, mixed)


def test_half_a_move_that_is_kept_is_a_simple_change() -> None:
    def marker(name: str, number: int) -> str:
        return f'<w:{name} w:id="{number}" w:name="m1" w:author="Ann" w:date="{AT}Z"/>'

    body = p(
        marker("moveFromRangeStart", 5)
        + tracked("moveFrom", r("go "))
        + '<w:moveFromRangeEnd w:id="5"/>',
        r("stay "),
        marker("moveToRangeStart", 6)
        + tracked("moveTo", r("go "))
        + '<w:moveToRangeEnd w:id="6"/>',
    )
    base = word(body)
    assert [mark.move for mark in read(base, "base.docx").marks] == ["m1", "m1"]
    both = document(write(base, Outgoing(kept=frozenset({0, 1}))))
    assert both.count("moveFromRange") == 2
    half = write(base, Outgoing(kept=frozenset({1})))
    assert "move" not in document(half)
    assert [(mark.kind, mark.text) for mark in read(half, "half.docx").marks] == [("insert", "go ")]


def test_threads_states_and_texts_of_comments_come_back() -> None:
    base = word(p(r("One two three.")))
    first = Remark(
        "a", "Ann", AT, "Ben, objection: why?\nAnd how?", 4, 7, "two", done=True, initials="A"
    )
    reply = Remark(
        "b", "Cho", "2022-03-05T08:00:00Z", "Because.", 4, 7, "two", parent="a", about="C5"
    )
    point = Remark("c", "Dan", None, "here", 8, 8)
    found = written(base, Outgoing(comments=(Bubble(first), Bubble(reply), Bubble(point))))
    got = [
        (
            each.author,
            each.date,
            each.text,
            each.quote,
            each.done,
            each.initials,
            each.start,
            each.end,
        )
        for each in found.remarks
    ]
    assert got == [
        ("Ann", AT, "Ben, objection: why?\nAnd how?", "two", True, "A", 4, 7),
        ("Cho", "2022-03-05T08:00:00", "Because.", "two", False, None, 4, 7),
        ("Dan", None, "here", "", False, None, 8, 8),
    ]
    assert [each.parent for each in found.remarks] == [None, found.remarks[0].id, None]
    assert found.remarks[1].utc == "2022-03-05T08:00:00Z"


@pytest.mark.parametrize(("start", "end", "quote"), [(4, 7, "new"), (3, 7, " new"), (4, 8, "new ")])
def test_a_comment_on_replaced_words_is_on_those_that_replace_them(
    start: int, end: int, quote: str
) -> None:
    base = word(p(r("The old text.")))
    said = Remark("1", "Ann", AT, "why", start, end, "old")
    found = written(
        base, Outgoing(tracked=(Edit(4, 7, "new", "Ben", AT),), comments=(Bubble(said),))
    )
    assert (found.remarks[0].start, found.remarks[0].end) == (start, end)
    assert found.remarks[0].quote == quote


def test_a_comment_can_be_on_words_that_an_edit_or_a_kept_mark_brings() -> None:
    base = word(p(r("A "), ins("long new ", "Ben"), r("text.")))
    on_mark = Remark("1", "Ann", AT, "kept", 2, 2, "new", within=0, offset=5)
    on_edit = Remark("2", "Ann", AT, "edit", 7, 7, "brand", offset=1)
    found = written(
        base,
        Outgoing(
            kept=frozenset({0}),
            tracked=(Edit(7, 7, " brand new", "Cho", AT),),
            comments=(Bubble(on_mark), Bubble(on_edit, edit=0)),
        ),
    )
    assert [each.quote for each in found.remarks] == ["new", "brand"]
    assert [found.marks[each.within or 0].text for each in found.remarks] == [
        "long new ",
        " brand new",
    ]
    assert [each.offset for each in found.remarks] == [5, 1]


def test_the_stamp_and_its_lines_come_back_and_only_once() -> None:
    base = word(p(r("One. Two."), properties="") + p(r("Three.")))
    stamp = Stamp("charter", 31, "en", (("1", 0, 4), ("2", 5, 9), ("12a", 10, 16)), ("P1", "P3"))
    about = [
        Bubble(Remark(str(n), "Ann", AT, "x", 0, 4, "One.", about=f"C{n}")) for n in range(1, 101)
    ]
    once = write(base, Outgoing(stamp=stamp, comments=tuple(about)))
    found = read(once, "once.docx")
    assert found.stamp == stamp
    assert [each.about for each in found.remarks] == [f"C{n}" for n in range(1, 101)]
    later = stamp._replace(entry=40, lines=(("1", 0, 9),))
    again = read(write(once, Outgoing(stamp=later)), "again.docx")
    assert (again.stamp, again.remarks) == (later, ())
    assert all(len(value) <= 255 for value in _values(once))


def _values(content: bytes) -> list[str]:
    text = parts(content)["docProps/custom.xml"].decode()
    return [each.partition("<")[0] for each in text.split("lpwstr>")[1::2]]


def test_names_leave_as_they_may_in_the_text_and_in_the_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ann Smith'
        "</dc:creator><dc:description>for Ann Smith</dc:description><cp:lastModifiedBy>Ben Jones"
        "</cp:lastModifiedBy></cp:coreProperties>"
    )
    changed = '<w:rPr><w:rPrChange w:id="9" w:author="Ben Jones"><w:rPr/></w:rPrChange></w:rPr>'
    base = word(
        p(ins("new", "Ann Smith"), f"<w:r>{changed}<w:t>x</w:t></w:r>", cut("y", "Cho Lee")),
        **{"docProps/core.xml": core, "customXml/item1.xml": "<shared>Ben Jones</shared>"},
    )
    marks = read(base, "base.docx").marks
    made = write(
        base,
        Outgoing(
            kept=frozenset(range(len(marks))), names={"Ann Smith": "Side A"}, others="a member"
        ),
    )
    everything_in_it = b"".join(parts(made).values())
    for name in (b"Smith", b"Jones", b"Lee"):
        assert name not in everything_in_it
    assert [mark.author for mark in read(made, "made.docx").marks] == ["Side A", "a member"]
    assert b"<dc:creator>Side A<" in everything_in_it


def test_formatting_that_was_tracked_stays_unless_told() -> None:
    changed = '<w:rPrChange w:id="9" w:author="Ben"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    base = word(p(f"<w:r><w:rPr><w:b/>{changed}</w:rPr><w:t>x</w:t></w:r>"))
    assert "rPrChange" in document(write(base, Outgoing()))
    plain = document(write(base, Outgoing(formatting=False)))
    assert "<w:rPr><w:i/></w:rPr>" in plain


def test_what_xml_cannot_hold_is_shown() -> None:
    found = edited(word(p(r("a"))), Edit(1, 1, "b\x0c\x00c\ud800"))
    assert found.marks[0].text == "b \ufffdc\ufffd"


def test_a_base_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(BadInput, match="draft"):
        write(b"%PDF-1.7", Outgoing(), "draft.docx")


def test_the_same_file_is_written_the_same_each_time() -> None:
    outgoing = Outgoing(
        tracked=(Edit(0, 1, "b", "Ann", AT),),
        comments=(Bubble(Remark("1", "Ann", AT, "x", 0, 1)),),
        footer="July",
    )
    base = word(p(r("a")))
    assert write(base, outgoing) == write(base, outgoing)


OPTION = Option("P2", (Run("delete", "two"), Run("insert", "six")), "six", ("Wanted by B",))


def test_what_stands_around_the_text_is_no_text_and_comes_once() -> None:
    base = word(p(r("One ")) + p(r("two.")))
    around = Outgoing(
        front=Front("Title", "1 passage is open.", (Open("two", (OPTION,), "P2"),), "DRAFT"),
        boxes=(Box(5, "Other options", (OPTION,)),),
        header="DRAFT header",
        footer="July 2021",
        numbered=True,
    )
    once = write(base, around)
    twice = write(once, around)
    for made in (once, twice):
        assert lines(read(made, "made.docx").text) == "One |two."
        xml = b"".join(parts(made).values()).decode()
        for words in ("1 passage is open.", "Other options", "Wanted by B", "DRAFT header"):
            assert xml.count(words) == 1
        assert xml.count("July 2021") == 1
        assert xml.count("<w:lnNumType") == 1
        body = document(made)
        assert body.index("1 passage") < body.index("One ") < body.index("two.</w:t></w:r></w:p>")
        assert body.index("two.</w:t></w:r></w:p>") < body.index("Other options")
    bare = b"".join(parts(write(once, Outgoing())).values()).decode()
    assert "DRAFT" not in bare
    assert "July" not in bare


def test_it_is_told_from_the_text_where_its_content_controls_are_gone() -> None:
    """LibreOffice takes them away when it saves."""
    around = Outgoing(
        front=Front("Title", "1 passage is open.", (Open("two", (OPTION,), "P2"),), "DRAFT"),
        boxes=(Box(5, "Other options", (OPTION,)), Box(8, "More of them", (OPTION,))),
    )
    made = parts(write(word(p(r("One ")) + p(r("two."))), around))
    body = re.sub(rb"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(Content)?>", b"", made["word/document.xml"])
    saved = packed({**made, "word/document.xml": body})
    assert re.sub(r"\|+", "|", lines(read(saved, "saved.docx").text)).strip("|") == "One |two."
    bare = document(write(saved, Outgoing()))
    for words in ("1 passage is open.", "Other options", "More of them"):
        assert words in body.decode()
        assert words not in bare


def test_a_footer_of_the_file_keeps_its_words() -> None:
    reference = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rf" xmlns:r="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships"/></w:sectPr>'
    )
    name = "word/_rels/document.xml.rels"
    relation = (
        '<Relationship Id="rf" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footer" Target="footer1.xml"/></Relationships>'
    )
    made_of = word_parts(p(r("Words.")) + reference)
    made_of[name] = made_of[name].replace("</Relationships>", relation)
    made_of["word/footer1.xml"] = f"<w:ftr {NAMESPACES}>{p(r('Own words'))}</w:ftr>"
    footer = parts(write(packed(made_of), Outgoing(footer="July")))["word/footer1.xml"].decode()
    assert footer.index("Own words") < footer.index("July") < footer.index("NUMPAGES")


def test_a_template_becomes_a_document() -> None:
    template = MAIN_TYPE.replace("document.main", "template.main")
    made = write(word(p(r("Words.")), template), Outgoing())
    assert MAIN_TYPE in parts(made)["[Content_Types].xml"].decode()
    assert read(made, "made.docx").text == "Words."


def test_words_can_be_put_into_a_file_without_any() -> None:
    assert written(word(""), Outgoing(settled=(Edit(0, 0, "new"),))).text == "new"


def test_a_bookmark_of_the_file_is_not_taken_for_a_line() -> None:
    own = '<w:bookmarkStart w:id="{0}" w:name="own{0}"/>{1}<w:bookmarkEnd w:id="{0}"/>'
    base = word(p(r("One "), *(own.format(n, r("two ")) for n in range(3)), r("three.")))
    lines_of = (("1", 0, 10), ("2", 6, 14), ("3", 16, 22))
    found = written(base, Outgoing(stamp=Stamp("k", 1, "en", lines_of)))
    assert found.stamp is not None
    assert sorted(found.stamp.lines) == sorted(lines_of)


def test_a_comment_may_end_within_what_is_deleted_around_what_others_inserted() -> None:
    base = word(p(r("one"), ins("x"), r("two")))
    said = Remark("1", "Ann", AT, "why", 0, 4, "one")
    tracked_edit = Edit(0, 5, "new", "Cho", AT)
    outgoing = Outgoing(kept=frozenset({0}), tracked=(tracked_edit,), comments=(Bubble(said),))
    found = written(base, outgoing)
    assert (found.remarks[0].start, found.remarks[0].end) == (0, 4)
