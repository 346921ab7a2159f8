"""The translator's table: what a spreadsheet may do to it, and what it must not do to one."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.exchange.translations import Row, Sheet
from tracker.formats import sheet

ROW = Row(("4", "5"), "stale", ("4:2", "5:1"), "We meet.\nOften.", "We met.", "会合する。")


def filled(content: bytes, *new: str, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The table with new translations in its rows, as a spreadsheet saves it."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for row, text in zip(rows[1:], new, strict=True):
        row[-1] = text
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def test_it_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert sheet.write(Sheet("ja", (ROW,))).startswith(b"\xef\xbb\xbfline,language,state,version,")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_what_is_filled_in_is_read_however_it_was_saved(delimiter: str, encoding: str) -> None:
    written = filled(
        sheet.write(Sheet("ja", (ROW,))), " よく会合する。 ", delimiter=delimiter, encoding=encoding
    )
    read = sheet.read(written, "t.csv")
    assert read == Sheet("ja", (ROW._replace(new="よく会合する。", number=2),))


def test_rows_that_are_not_filled_in_are_passed_over() -> None:
    other = ROW._replace(lines=("6",), versions=("6:1",))
    written = filled(sheet.write(Sheet("ja", (ROW, other))), "  ", "はい。")
    assert [row.lines for row in sheet.read(written, "t.csv").rows] == [("6",)]
    assert sheet.read(sheet.write(Sheet("ja", (ROW,))), "t.csv").rows == ()


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81 3", "-5", "@SUM(A1)", "\tx", "＝１", "'=1+1", "''-5", "'quoted'", "'", "a=1"],
)
def test_no_cell_is_a_formula_and_each_is_read_as_it_was(text: str) -> None:
    written = sheet.write(Sheet("ja", (ROW._replace(translation=text, new=f"x{text}"),)))
    cells = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))[1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in cells)
    assert sheet.read(written, "t.csv").rows[0].translation == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    row = ROW._replace(translation=text, new="x", number=2)
    assert sheet.read(sheet.write(Sheet("ja", (row,))), "t.csv").rows == (row,)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "t.csv is empty"),
        (b"\r\n", "t.csv is empty"),
        (b"a,b\n1,2\n", "it has no column line"),
        (b"line,language,version,translation\n", "new_translation"),
        (b"\xff\xfe\xff", "t.csv"),
        (
            b"line,language,version,translation,new_translation\nP1,ja,1:1,,x\n",
            "no label of a line",
        ),
        (b"line,language,version,translation,new_translation\n,ja,1:1,,x\n", "names no line"),
        (
            b"line,language,version,translation,new_translation\n1,ja,1:1,,x\n2,fr,2:1,,x\n",
            "several languages",
        ),
        (b"line,language,version,translation,new_translation\n1,ja,1:1,,a\0b\n", "NUL"),
    ],
)
def test_what_is_no_such_table_is_told(content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        sheet.read(content, "t.csv")
