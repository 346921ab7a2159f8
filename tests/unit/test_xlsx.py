"""Workbooks that no spreadsheet program would have written, and some that only one would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from tracker.errors import BadInput
from tracker.formats import xlsx
from tracker.formats.grid import letters

MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATED = "application/vnd.openxmlformats-package.relationships+xml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{RELATED}"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def related(**targets: str) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in ((n, t.split(" ")) for n, t in targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def workbook(
    rows: str, *, merged: str = "", shared: str = "", styles: str = "", book: str = "", **more: str
) -> bytes:
    """A workbook of one sheet with these rows."""
    parts: Mapping[str, str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related(r1="officeDocument xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}">{book}<sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(
            r1="worksheet worksheets/sheet1.xml",
            r2="sharedStrings sharedStrings.xml",
            r3="styles styles.xml",
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEETS}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEETS}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEETS}"><sheetData>{rows}</sheetData>'
        f"{merged}</worksheet>",
        **more,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cells(content: bytes) -> dict[str, str]:
    """The cells of the first sheet by their place."""
    return {
        f"{letters(column)}{row.number}": text
        for row in xlsx.read(content, "m.xlsx")[0].rows
        for column, text in row.cells.items()
    }


def test_rich_and_shared_texts_are_read_without_their_readings() -> None:
    shared = (
        "<si><t>plain</t></si>"
        "<si><r><t>two </t></r><r><rPr><b/></rPr><t>parts</t></r></si>"
        "<si><t>港</t><rPh sb='0' eb='1'><t>みなと</t></rPh></si>"
        "<si><t>a_x000D_b_x005F_x0041_</t></si>"
    )
    row = "<row r='1'>" + "".join(f"<c t='s'><v>{number}</v></c>" for number in range(5)) + "</row>"
    found = xlsx.read(workbook(row, shared=shared), "m.xlsx")[0].rows[0]
    assert list(found.cells.values()) == ["plain", "two parts", "港", "a\rb_x0041_"]
    assert found.faults == {4: "a text that is not in the file"}


def test_cells_without_a_place_stand_one_after_another() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c r='B2'><v>4</v></c></row>"
    assert cells(workbook(rows)) == {"A1": "1", "C1": "3", "B2": "4"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>0.1</v></c>", "0.1"),
        ("<c><v>1E3</v></c>", "1000"),
        ("<c><v>123456789012</v></c>", "123456789012"),
        ("<c t='d'><v>2022-09-30T00:00:00Z</v></c>", "2022-09-30"),
        ("<c t='b'><v>0</v></c>", "FALSE"),
        ("<c t='str'><f>A2</f><v>kept</v></c>", "kept"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ("<c s='1'><v>44834</v></c>", "2022-09-30"),
        ("<c s='1'><v>1</v></c>", "1900-01-01"),
        ("<c s='1'><v>9e99</v></c>", "9e+99"),
        ("<c s='2'><v>44834</v></c>", "2022-09"),
        ("<c s='3'><v>5</v></c>", "5"),
        ("<c s='99'><v>5</v></c>", "5"),
        ("<c><v>nan</v></c>", "nan"),
        ("<c><v>text</v></c>", "text"),
    ],
)
def test_a_value_is_read_as_its_kind_and_style_say(cell: str, text: str) -> None:
    styles = (
        "<numFmts><numFmt numFmtId='170' formatCode='yyyy\"年\"m\"月\"'/>"
        "<numFmt numFmtId='171' formatCode='\"day\" 0'/></numFmts>"
        "<cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/></cellXfs>"
    )
    assert cells(workbook(f"<row>{cell}</row>", styles=styles)) == {"A1": text}


def test_the_days_of_a_workbook_of_1904_are_counted_from_then() -> None:
    content = workbook(
        "<row><c s='0'><v>43372</v></c></row>",
        styles="<cellXfs><xf numFmtId='14'/></cellXfs>",
        book="<workbookPr date1904='1'/>",
    )
    assert cells(content) == {"A1": "2022-09-30"}


def test_an_error_is_told_and_not_taken() -> None:
    found = xlsx.read(workbook("<row><c t='e'><v>#REF!</v></c></row>"), "m.xlsx")[0].rows[0]
    assert found.faults == {0: "an error of the spreadsheet (#REF!)"}


def test_merges_without_end_are_refused_before_they_are_filled() -> None:
    rows = "<row r='1'><c t='str'><v>x</v></c></row>" + "".join(
        f"<row r='{number}'><c r='B{number}'><v>1</v></c></row>" for number in range(2, 50)
    )
    one = "<mergeCells><mergeCell ref='A1:A9'/></mergeCells>"
    assert cells(workbook(rows, merged=one))["A9"] == "x"
    many = "<mergeCells>" + "<mergeCell ref='A1:A1048576'/>" * 9 + "</mergeCells>"
    with pytest.raises(BadInput, match="too many merged cells"):
        xlsx.read(workbook(rows, merged=many), "m.xlsx")


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", "is no XML"),
        ("xl/sharedStrings.xml", "<sst><si>", "is no XML"),
        ("xl/vbaProject.bin", "x", "macros"),
        ("../../out.xml", "<a/>", "not allowed"),
        ("[Content_Types].xml", TYPES.replace("sheet.main", "template.main"), "no Excel workbook"),
        ("_rels/.rels", related(), "without a document"),
    ],
)
def test_what_is_not_safe_or_no_workbook_is_refused(part: str, content: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        xlsx.read(workbook("", **{part: content}), "m.xlsx")


def test_a_bomb_is_refused_while_it_is_unpacked() -> None:
    content = workbook("<row>" + " " * (70 * 2**20) + "</row>")
    with pytest.raises(BadInput, match="would unpack to more than"):
        xlsx.read(content, "m.xlsx")


def test_a_sheet_that_is_somewhere_else_is_not_fetched() -> None:
    outside = related(r1="worksheet https://example.org/sheet.xml").replace(
        "/>", ' TargetMode="External"/>'
    )
    assert xlsx.read(workbook("", **{"xl/_rels/workbook.xml.rels": outside}), "m.xlsx") == ()
