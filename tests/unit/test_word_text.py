"""The text of a Word file: its paragraphs, what they are, and what stands in them."""

from __future__ import annotations

import inspect
import sys

import pytest

from tests.word_files import ins, p, r, word
from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Block, Marked
from tracker.formats.docx.read import read

LIST = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
CELL = "<w:tc>{}</w:tc>"
RUBY = (
    "<w:ruby><w:rt><w:r><w:t>{}</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>{}</w:t></w:r></w:rubyBase></w:ruby>"
)
ALTERNATE = (
    '<mc:AlternateContent><mc:Choice Requires="w16se">{}</mc:Choice>'
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


def reading(body: str, **parts: str) -> Marked:
    return read(word(body, **parts), "draft.docx")


def text(body: str) -> str:
    return reading(body).text.replace(PARAGRAPH, "|")


def looks(body: str, **parts: str) -> list[tuple[str, int | None, str | None]]:
    return [block[2:] for block in reading(body, **parts).blocks]


def run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def test_paragraphs_stand_in_order_with_the_empty_ones() -> None:
    found = reading(p(r("One.")) + p() + p(r("Two"), r(" three.")) + "<w:sectPr/>")
    assert found.text == PARAGRAPH.join(["One.", "", "Two three."])
    assert found.blocks == (Block(0, 4), Block(5, 5), Block(6, 16))
    assert not found.marks
    assert not found.remarks


def test_an_empty_body_has_no_paragraphs() -> None:
    assert reading("") == Marked("", ())
    assert reading("<w:sectPr/>") == Marked("", ())


@pytest.mark.parametrize(
    ("element", "says"),
    [
        ("<w:tab/>", "\t"),
        ("<w:ptab/>", "\t"),
        ("<w:br/>", "\n"),
        ('<w:br w:type="textWrapping"/>', "\n"),
        ('<w:br w:type="page"/>', ""),
        ('<w:br w:type="column"/>', ""),
        ("<w:lastRenderedPageBreak/>", ""),
        ("<w:cr/>", "\n"),
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:softHyphen/>", "\u00ad"),
        ('<w:sym w:font="Wingdings" w:char="F04A"/>', "☺"),
        ('<w:sym w:font="Wingdings" w:char="F0E0"/>', "→"),
        ('<w:sym w:font="Webdings" w:char="F04A"/>', "\uf04a"),
        ('<w:sym w:font="Times" w:char="00B1"/>', "±"),
        ('<w:sym w:char="D800"/>', "\ufffd"),
        ('<w:sym w:char="110000"/>', "\ufffd"),
        ('<w:sym w:char="0"/>', "\ufffd"),
        ('<w:sym w:char="x"/>', "\ufffd"),
        ("<w:footnoteReference/>", ""),
        ("<w:instrText>PAGE</w:instrText>", ""),
        ("<w:drawing><w:t>chart</w:t></w:drawing>", ""),
        (
            "<w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict>",
            "",
        ),
        (
            RUBY.format("かんじ", "漢字"),
            "漢字",
        ),
        (
            ALTERNATE.format("<w:t>new</w:t>", "<w:t>old</w:t>"),
            "old",
        ),
        ("<w:t>two\nlines</w:t>", "two lines"),
        ("<w:t>a\u2029b</w:t>", "a\nb"),
        ("<w:t>一\u3000二</w:t>", "一\u3000二"),
        ("<w:t>&lt;b&gt; &amp; 😀</w:t>", "<b> & 😀"),
    ],
)
def test_what_an_element_of_a_run_says(element: str, says: str) -> None:
    assert text(p(run(f"<w:t>x</w:t>{element}<w:t>y</w:t>"))) == f"x{says}y"


def test_spaces_at_the_ends_of_a_text_count_only_where_they_are_kept() -> None:
    kept = '<w:t xml:space="preserve"> b </w:t>'
    assert text(p(run("<w:t> a\u3000</w:t>"), run(kept), run("<w:t>c </w:t>"))) == "a\u3000 b c"
    assert text(f'<w:p xml:space="preserve">{run("<w:t> a </w:t>")}</w:p>') == " a "


@pytest.mark.parametrize(
    "around",
    [
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        "<w:smartTag><w:smartTagPr/>{}</w:smartTag>",
        '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:dir>{}</w:dir>",
        ALTERNATE.format("?", "{}"),
        '<x:wrap xmlns:x="urn:of-the-future">{}</x:wrap>',
    ],
)
def test_words_in_whatever_is_around_them_are_kept(around: str) -> None:
    assert text(p(r("a "), around.format(r("b")), r(" c"))) == "a b c"


def test_paragraphs_in_whatever_is_around_them_are_kept() -> None:
    inner = f"<w:sdt><w:sdtContent>{p(r('b'))}</w:sdtContent></w:sdt>"
    custom = f"<w:customXml><w:customXmlPr/>{inner}</w:customXml>"
    assert text(p(r("a")) + custom + p(r("c"))) == "a|b|c"


def test_what_this_program_put_in_besides_the_text_is_left_out() -> None:
    box = f'<w:sdt><w:sdtPr><w:tag w:val="tracker.options"/></w:sdtPr><w:sdtContent>{p(r("b"))}'
    assert text(p(r("a")) + box + "</w:sdtContent></w:sdt>" + p(r("c"))) == "a|c"


def sign(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def test_a_field_reads_as_its_result() -> None:
    field = sign("begin") + run("<w:instrText>REF a</w:instrText>") + sign("separate")
    assert text(p(r("see "), field, r("Article 3"), sign("end"), r("."))) == "see Article 3."


def test_what_a_fields_instruction_is_made_of_is_left_out() -> None:
    nested = sign("begin") + sign("separate") + r("7") + sign("end")
    whole = sign("begin") + nested + run("<w:instrText>=</w:instrText>") + sign("separate")
    assert text(p(r("a"), whole, r("b"), sign("end"), r("c"))) == "abc"


def test_a_field_that_spans_paragraphs_keeps_them() -> None:
    begin = p(sign("begin"), sign("separate"), r("a"))
    assert text(begin + p(r("b")) + p(sign("end"), r("c"))) == "a|b|c"


def test_a_field_that_does_not_end_hides_nothing() -> None:
    assert text(p(sign("end"), r("a")) + p(sign("begin"), r("b"))) == "a|b"
    assert text(p(sign("begin"), r("a"), sign("separate")) + p(r("b"))) == "a|b"


def test_a_table_reads_row_by_row_with_what_is_nested_in_its_cells() -> None:
    inner = f"<w:tbl><w:tr>{CELL.format(p(r('d')))}</w:tr></w:tbl>"
    cells = CELL.format(p(r("a")) + p(r("b"))) + CELL.format(p(r("c")) + inner + p())
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr/>{cells}</w:tr></w:tbl>"
    found = reading(p(r("x")) + table + p(r("y")))
    assert found.text.split(PARAGRAPH) == ["x", "a", "b", "c", "d", "", "y"]
    assert [block.kind for block in found.blocks] == ["paragraph", *["cell"] * 5, "paragraph"]


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:eastAsia="ja-JP"/></w:rPr>
</w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="Heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="Mine"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="flat"><w:name w:val="Flat"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="ring"><w:name w:val="A"/><w:basedOn w:val="ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="ring2"><w:name w:val="B"/><w:basedOn w:val="ring"/></w:style>
<w:style w:type="character" w:styleId="char"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="bullets"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:styleLink w:val="linked"/></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="linked"/></w:abstractNum>
<w:num w:numId="0"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="99"/></w:num>
"""
PLAIN = ("paragraph", None, None)


@pytest.mark.parametrize(
    ("properties", "look"),
    [
        ("", PLAIN),
        ('<w:pStyle w:val="1"/>', ("heading", 1, None)),
        ('<w:pStyle w:val="berschrift2"/>', ("heading", 2, None)),
        ('<w:pStyle w:val="mine"/>', ("heading", 1, None)),
        ('<w:pStyle w:val="mine"/><w:outlineLvl w:val="3"/>', ("heading", 4, None)),
        ('<w:pStyle w:val="mine"/><w:outlineLvl w:val="9"/>', PLAIN),
        ('<w:pStyle w:val="flat"/>', PLAIN),
        ('<w:pStyle w:val="T"/>', ("heading", 1, None)),
        ('<w:outlineLvl w:val="1"/>', ("heading", 2, None)),
        ('<w:outlineLvl w:val="x"/>', PLAIN),
        ('<w:pStyle w:val="ring"/>', PLAIN),
        ('<w:pStyle w:val="char"/>', PLAIN),
        ('<w:pStyle w:val="missing"/>', PLAIN),
        (LIST.format(0, 1), ("item", 1, "1.")),
        (LIST.format(1, 1), ("item", 2, "1.")),
        (LIST.format(2, 1), PLAIN),
        (LIST.format(0, 2), ("item", 1, "-")),
        (LIST.format(0, 3), ("item", 1, "-")),
        (LIST.format(0, 4), ("item", 1, "-")),
        (LIST.format(0, 5), PLAIN),
        (LIST.format(0, 0), PLAIN),
        ('<w:pStyle w:val="bullets"/>', ("item", 1, "-")),
        ('<w:pStyle w:val="bullets"/>' + LIST.format(0, 0), PLAIN),
        ('<w:pStyle w:val="1"/>' + LIST.format(0, 1), ("heading", 1, None)),
    ],
)
def test_what_a_paragraph_is(properties: str, look: tuple[str, int | None, str | None]) -> None:
    body = p(r("a"), properties=properties)
    assert looks(body, styles=STYLES, numbering=NUMBERING) == [look]


def test_a_paragraph_of_a_file_without_styles_and_lists_is_a_plain_one() -> None:
    properties = '<w:pStyle w:val="1"/>' + LIST.format(0, 1)
    assert looks(p(r("a"), properties=properties)) == [PLAIN]


def core(title: str) -> dict[str, str]:
    return {
        "docProps/core.xml": "<c:coreProperties xmlns:dc='http://purl.org/dc/elements/1.1/' "
        f"xmlns:c='urn:c'><dc:title>{title}</dc:title></c:coreProperties>"
    }


def test_the_title_is_that_of_the_files_properties() -> None:
    assert reading(p(r("a")), **core(" Charter &amp; Code ")).title == "Charter & Code"
    assert reading(p(r("a")), **core("")).title is None


def test_the_language_is_that_of_most_of_the_text() -> None:
    french = r("Nous nous réunissons ici souvent.", '<w:lang w:val="fr-FR"/>')
    assert reading(p(r("We meet."))).language is None
    assert reading(p(r("We meet.")), styles=STYLES).language == "en-GB"
    assert reading(p(r("We meet."), french, french), styles=STYLES).language == "fr-FR"
    assert reading(p(r("我々は会合する。We meet.")), styles=STYLES).language == "ja-JP"
    unstated = r("We meet.", '<w:lang w:val="x-none"/>')
    assert reading(p(unstated)).language is None


def test_words_in_many_things_around_them_are_read_or_refused_without_a_traceback() -> None:
    def nested(depth: int) -> str:
        return p("<w:smartTag>" * depth + r("a") + "</w:smartTag>" * depth)

    assert text(nested(200)) == "a"
    with pytest.raises(BadInput, match=r"draft\.docx"):
        text(nested(2000))


def test_words_outside_of_paragraphs_are_not_lost() -> None:
    assert reading(p(r("a")) + r("b") + p(r("c")) + r("d")).blocks == (
        *(Block(0, 1), Block(2, 4), Block(5, 6)),
    )
    assert text(r("a")) == "a"


def test_what_is_nested_too_deeply_for_this_machine_is_refused() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 150)
    try:
        with pytest.raises(BadInput, match=r"draft\.docx is nested too deeply"):
            text(p("<w:smartTag>" * 200 + r("a") + "</w:smartTag>" * 200))
    finally:
        sys.setrecursionlimit(limit)


def test_what_is_set_otherwise_is_read_as_it_stands() -> None:
    changed = '<w:b/><w:rPrChange w:id="1" w:author="Ann"><w:rPr><w:lang/></w:rPr></w:rPrChange>'
    properties = '<w:pPrChange w:id="2" w:author="Ann"><w:pPr/></w:pPrChange>'
    found = reading(p(r("a", changed), r("b"), properties=properties) + p(ins("c")))
    assert (found.text, len(found.marks)) == ("ab" + PARAGRAPH, 1)
