"""OpenDocument texts as others write them, and what is refused of one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Block, Marked
from tracker.formats.odt import is_one
from tracker.formats.odt.names import SPACES
from tracker.formats.odt.package import TYPE
from tracker.formats.odt.read import read
from tracker.formats.odt.write import write

NAMES = " ".join([f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items()])


def packed(parts: Mapping[str, str | bytes], kind: str = TYPE) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"mimetype": kind, **parts}.items():
            archive.writestr(name, content)
    return written.getvalue()


def odt(body: str, changes: str = "", **parts: str) -> bytes:
    listed = f"<text:tracked-changes>{changes}</text:tracked-changes>" if changes else ""
    content = (
        f"<office:document-content {NAMES}><office:body><office:text>{listed}{body}"
        "</office:text></office:body></office:document-content>"
    )
    return packed({"content.xml": content, **parts})


def text(body: str, changes: str = "") -> Marked:
    return read(odt(body, changes), "a.odt")


def region(name: str, *kinds: str) -> str:
    info = (
        "<office:change-info><dc:creator>Kimura</dc:creator>"
        "<dc:date>2022-03-04T10:00:00.123456789</dc:date></office:change-info>"
    )
    made = "".join([kind.replace("INFO", info) for kind in kinds])
    return f'<text:changed-region text:id="{name}">{made}</text:changed-region>'


INSERTED = "<text:insertion>INFO</text:insertion>"


def test_white_space_is_what_is_shown_and_signs_are_characters() -> None:
    found = text(
        "<text:p>  One\n   two<text:s text:c='2'/>three <text:span> four</text:span>"
        "<text:tab/>five<text:line-break/>six</text:p><text:p/>"
    )
    assert found.text == f"One two  three four\tfive\nsix{PARAGRAPH}"


def test_notes_frames_ruby_and_indexes_are_no_part_of_the_text() -> None:
    found = text(
        "<text:table-of-content><text:index-body><text:p>No</text:p></text:index-body>"
        "</text:table-of-content><text:p>A<text:note><text:note-body><text:p>no</text:p>"
        "</text:note-body></text:note>b<draw:frame><text:p>no</text:p></draw:frame>c"
        "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text>"
        "</text:ruby></text:p>"
    )
    assert found.text == "Abc漢"


def test_headings_lists_and_cells_are_told() -> None:
    found = text(
        '<text:h text:outline-level="2">H</text:h>'
        "<text:list><text:list-item><text:p>a</text:p><text:p>more</text:p>"
        "<text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>c</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    assert [block[2:] for block in found.blocks] == [
        ("heading", 2, None),
        ("item", 1, "-"),
        ("item", 1, None),
        ("item", 2, "-"),
        ("cell", None, None),
    ]


def test_what_was_deleted_of_what_was_inserted_is_within_it() -> None:
    changes = region("a", INSERTED) + region(
        "b", "<text:deletion>INFO<text:p>big </text:p></text:deletion>", INSERTED
    )
    found = text(
        '<text:p>A <text:change-start text:change-id="a"/>new <text:change text:change-id="b"/>'
        'word<text:change-end text:change-id="a"/>.</text:p>',
        changes,
    )
    assert found.text == "A ."
    assert [(m.kind, m.text, m.within, m.offset) for m in found.marks] == [
        ("insert", "new big word", None, 0),
        ("delete", "big ", 0, 4),
    ]
    assert found.marks[0].date is not None
    assert found.marks[0].date.startswith("2022-03-04T10:00:00")


def test_changes_that_are_not_listed_or_do_not_end_lose_no_words() -> None:
    found = text(
        '<text:p>a<text:change-start text:change-id="no"/>b<text:change text:change-id="no"/>'
        '<text:change-start text:change-id="x"/>c</text:p><text:p>d</text:p>',
        region("x", INSERTED),
    )
    assert found.text == "ab"
    assert found.marks[0].text == f"c{PARAGRAPH}d"


def test_comments_without_a_name_a_date_or_a_range_are_comments() -> None:
    found = text(
        "<text:p>One<office:annotation><text:p>what?</text:p></office:annotation> two"
        '<office:annotation office:name="x" loext:resolved="true" loext:parent-name="gone">'
        "<dc:creator> K </dc:creator><dc:date>soon</dc:date><text:p>a</text:p><text:p>b</text:p>"
        '</office:annotation> three<office:annotation-end office:name="x"/></text:p>'
    )
    one, two = found.remarks
    assert (one.text, one.author, one.date, one.start, one.end) == ("what?", "", None, 3, 3)
    assert (two.text, two.author, two.date, two.done, two.parent) == ("a\nb", "K", None, True, None)
    assert two.quote == " three"


def test_names_that_stand_twice_are_told_apart() -> None:
    comment = '<office:annotation office:name="C1"><text:p>x</text:p></office:annotation>'
    end = '<office:annotation-end office:name="C1"/>'
    found = text(f"<text:p>{comment}a{end}{comment}b{end}</text:p>")
    assert len({remark.id for remark in found.remarks}) == 2
    assert [remark.quote for remark in found.remarks] == ["a", "b"]
    changes = region("a", INSERTED) + region(
        "a", "<text:deletion>INFO<text:p>z</text:p></text:deletion>"
    )
    again = text('<text:p><text:change text:change-id="a"/>b</text:p>', changes)
    assert (again.text, again.marks) == ("b", ())


def test_replies_in_a_circle_have_no_end() -> None:
    comment = (
        '<office:annotation office:name="{}" loext:parent-name="{}"><text:p>x</text:p>'
        "</office:annotation>"
    )
    found = text(f"<text:p>{comment.format('a', 'b')}{comment.format('b', 'a')}w</text:p>")
    assert len(found.remarks) == 2


def test_a_stamp_that_was_never_written_here_is_none() -> None:
    meta = (
        f"<office:document-meta {NAMES}><office:meta>"
        '<meta:user-defined meta:name="tracker.document">coast</meta:user-defined>'
        '<meta:user-defined meta:name="tracker.entry">31x</meta:user-defined>'
        '<meta:user-defined meta:name="tracker.language">en</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    made = odt("<text:p>a</text:p>", **{"meta.xml": meta})
    assert read(made, "a.odt").stamp is None
    found = read(odt("<text:p>a</text:p>", **{"meta.xml": meta.replace("31x", "31")}), "a.odt")
    assert found.stamp is not None
    assert found.stamp[:3] == ("coast", 31, "en")


DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{}">]>'
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    "</manifest:file-entry></manifest:manifest>"
)
BODY = (
    f"<office:document-content {NAMES}><office:body><office:text/></office:body>"
    "</office:document-content>"
)
WHOLE = write(Marked("a" * 500, (Block(0, 500),)))


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "is no OpenDocument text"),
        (b"Not a zip", "is no OpenDocument text"),
        (WHOLE[: len(WHOLE) // 2], "is damaged or cut off"),
        (packed({"a": "b"}, "application/zip"), "is no OpenDocument text but 'application/zip'"),
        (packed({}), "lacks its part 'content.xml'"),
        (packed({"content.xml": "<a>"}), "is damaged: content.xml is no XML"),
        (packed({"content.xml": f"<a {NAMES}/>"}), "has no text in it"),
        (packed({"content.xml": DTD.format("x") + "<a>&b;</a>"}), "has a document type"),
        (packed({"content.xml": BODY, "meta.xml": DTD.format("x") + "<a/>"}), "a document type"),
        (packed({"content.xml": "<a>" * 5_000 + "</a>" * 5_000}), "content.xml is no XML"),
        (packed({"content.xml": '<?xml version="1.0" encoding="cp932"?>' + BODY}), "'cp932'"),
        (packed({"content.xml": BODY, "META-INF/manifest.xml": MANIFEST}), "by a password"),
        (packed({"content.xml": BODY, "Basic/Standard/M.xml": "x"}), "holds macros"),
        (packed({"content.xml": BODY, "../a": "x"}), "whose name is not allowed"),
        (packed({"content.xml": b" " * (65 * 2**20)}), "would unpack to more than"),
    ],
)
def test_what_is_no_such_file_or_not_safe_is_refused_and_named(content: bytes, wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(content, "a.odt")
    assert wrong in refused.value.message
    assert "a.odt" in refused.value.message
    assert refused.value.hint


def test_spaces_that_would_fill_the_memory_are_cut() -> None:
    found = text("<text:p>a<text:s text:c='999999999'/>b</text:p>")
    assert len(found.text) < 2_000


def test_characters_that_xml_cannot_hold_are_replaced_one_for_one() -> None:
    words = "a\x00b\x0bc\ud800d"
    found = read(write(Marked(words, (Block(0, len(words)),))), "a.odt")
    assert found.text == "a\ufffdb c\ufffdd"


def test_a_file_is_known_by_what_it_says_of_itself() -> None:
    assert is_one(WHOLE, "a.docx")
    assert is_one(b"", "a.ODT")
    assert not is_one(packed({}, "application/zip"), "a.docx")
