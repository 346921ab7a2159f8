"""The comment matrix as a file: what people and spreadsheets may do to it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from lxml import etree

from tracker.errors import BadInput, UsageError
from tracker.exchange.matrix import Matrix, Returned, Row, Stamp
from tracker.formats.matrix import read, words, write

STAMP = Stamp("coast", 31)
ROW = Row(
    id="C4",
    line="2",
    type="technical",
    comment="Who inspects?",
    outcome="accepted in principle",
    reason="The chair drafts it.",
    by="The chair",
    on="2022-09",
    speaker="A member",
    kind="question",
)
HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "@SUM(1+1)",
    "=cmd|' /C calc'!A0",
    "+81 3",
    "-5",
    "\t=1",
    "＝１",
    "'=1",
    "<r>&</r>",
    "_x0041_",
    "_x005F_x0041_",
    "<script>alert(1)</script>",
)


def xlsx(*rows: Row, profile: str | None = None, language: str = "en") -> bytes:
    return written(write.write_xlsx, rows, profile, language)


def separated(*rows: Row, profile: str | None = None) -> bytes:
    return written(write.write_csv, rows, profile, "en")


def written(write_as: Any, rows: tuple[Row, ...], profile: str | None, language: str) -> bytes:
    file = io.BytesIO()
    matrix = Matrix(STAMP, "The Coast & more", language, "Draft 2", iter(rows), (("W1", "First"),))
    write_as(matrix, words.profile(profile), file)
    return file.getvalue()


def rows(content: bytes) -> list[Row]:
    return [row._replace(place="") for row in read.read(content, "m").rows]


def form(*lines: list[Any], sheet: str = "Comments", **merged: str) -> bytes:
    """A workbook that somebody else made."""
    book = openpyxl.Workbook()
    active: Any = book.active
    active.title = sheet
    for line in lines:
        active.append(line)
    for area in merged.values():
        active.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def messages(found: Returned) -> list[str]:
    return [f"{told.place}: {told.message}" for told in found.told]


def test_a_row_is_high_enough_for_japanese_which_needs_higher_lines() -> None:
    long = "表現が弱すぎるのではないか。" * 6
    book = openpyxl.load_workbook(io.BytesIO(xlsx(ROW._replace(comment=long), language="ja")))
    assert book["Comments"].row_dimensions[2].height == pytest.approx(4 * 19, abs=0.5)


@pytest.mark.parametrize("profile", [None, "iso", "ieee"])
@pytest.mark.parametrize("write_as", [xlsx, separated])
def test_what_is_written_is_read_with_its_stamp(profile: str | None, write_as: Any) -> None:
    found = read.read(write_as(ROW, profile=profile), "m")
    assert [row._replace(place="") for row in found.rows] == [ROW]
    assert (found.stamp, found.told) == (STAMP, ())
    assert found.rows[0].place == "row 2"


@pytest.mark.parametrize(
    ("profile", "word"),
    [(None, "accepted in principle"), ("iso", "Accepted in principle"), ("ieee", "Revised")],
)
def test_a_disposition_stands_in_the_words_of_the_procedure(profile: str, word: str) -> None:
    cells = list(csv.reader(io.StringIO(separated(ROW, profile=profile).decode("utf-8-sig"))))
    assert cells[1][cells[0].index("Disposition")] == word
    assert cells[1][cells[0].index("Type of comment")] == "te"


def test_a_profile_that_there_is_not_is_told() -> None:
    with pytest.raises(UsageError, match="'din' is no profile"):
        words.profile("din")


def test_the_sheet_is_set_up_to_be_read_filled_in_and_printed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(ROW, language="ja")))
    sheet = book["Comments"]
    assert sheet.freeze_panes == "B2"
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert sheet.auto_filter.ref == "A1:Z2"
    assert sheet["I2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height == 30
    assert sheet["I2"].font.name == "Yu Gothic"
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["K2:K1048576"].startswith('"accepted,accepted in principle,rejected,')
    about = [[cell.value for cell in line] for line in book["About"].iter_rows()]
    assert ["Title", "The Coast & more"] in about
    assert ["Stamp", "coast @31"] in about
    assert ["Meeting W1", "First"] in about


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_or_markup_and_each_is_read_as_it_was(text: str) -> None:
    row = Row(id="C1", comment=text, reason=text, words=text, clause=text)
    assert rows(xlsx(row)) == [row]
    assert rows(separated(row)) == [row]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(row)))
    cell = book["Comments"]["I2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    for line in csv.reader(io.StringIO(separated(row).decode("utf-8-sig"), newline="")):
        assert not any(each.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for each in line)


@pytest.mark.parametrize("title", [*HOSTILE, "\x01&\x1f\ufffe", "&" * 200, "x" * 40_000])
def test_no_title_breaks_the_workbook(title: str) -> None:
    file = io.BytesIO()
    matrix = Matrix(STAMP, title, "en", title, iter([ROW]), (("W1", title),))
    write.write_xlsx(matrix, words.USUAL, file)
    book = openpyxl.load_workbook(file)
    assert book["Comments"]["A2"].value == "C4"
    with zipfile.ZipFile(file) as parts:
        for name in parts.namelist():
            etree.fromstring(parts.read(name))


def test_a_text_that_is_too_long_for_a_cell_says_where_all_of_it_is() -> None:
    long = Row(id="C9", comment="𠮷" * 20_000)
    told = rows(xlsx(long))[0].comment
    assert told.startswith("𠮷" * 100)
    assert told.endswith("[cut: tracker comment show C9 has all of it]")
    assert len(told.encode("utf-16-le")) // 2 <= write.LONGEST_CELL
    assert rows(separated(long)) == [long]


def test_more_comments_than_a_sheet_has_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MOST_ROWS", 2)
    with pytest.raises(BadInput, match="room for 2 comments"):
        xlsx(ROW, ROW, ROW)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_a_csv_file_is_read_however_it_was_saved(delimiter: str, encoding: str, first: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(
        [["ID", "Comment", "Disposition"], ["C4", "検査は、誰が行うのか。", "不採用"]]
    )
    content = (first.format(delimiter) + text.getvalue()).encode(encoding)
    found = read.read(content, "m.csv").rows[0]
    assert (found.id, found.comment, found.outcome) == ("C4", "検査は、誰が行うのか。", "rejected")


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Revised", "accepted in principle"),
        ("ACCEPT", "accepted"),
        ("Not accepted.", "rejected"),
        ("Partially accepted", "accepted in principle"),
        ("一部採用", "accepted in principle"),
        ("保留", "deferred"),
        ("取下げ", "withdrawn"),
        ("Ｎｏｔｅｄ", "noted"),
        ("perhaps", "perhaps"),
    ],
)
def test_the_words_of_every_procedure_are_read(word: str, outcome: str) -> None:
    content = form(["ID", "Disposition"], ["C4", word])
    assert read.read(content, "m.xlsx").rows[0].outcome == outcome


def test_the_iso_form_is_read_below_its_title() -> None:
    content = form(
        ["Template for comments and secretariat observations"],
        ["Date: 2022-09-30", None, "Document: CD 1234"],
        [1, 2, "(3)", 4, 5, "(6)", "(7)"],
        [
            "MB/NC¹",
            "Line number\n(e.g. 17)",
            "Clause/ Subclause (e.g. 3.1)",
            "Paragraph/ Figure/ Table/ (e.g. Table 1)",
            "Type of comment²",
            "Comments",
            "Proposed change",
            "Observations of the secretariat",
        ],
        [
            "JP 012",
            4,
            3.1,
            "Table 1",
            "te",
            "It is wrong.",
            "Mend it.",
            "Not accepted: it is right.",
        ],
        [None, " ", None],
        ["US", None, None, None, "ed", "A comma.", None, "We thank the US."],
    )
    found = read.read(content, "form.xlsx")
    assert found.stamp is None
    assert "outcome" not in found.columns
    first, second = found.rows
    assert first == Row(
        place="row 5",
        member="JP 012",
        line="4",
        clause="3.1",
        passage="Table 1",
        type="technical",
        comment="It is wrong.",
        proposed="Mend it.",
        outcome="rejected",
        reason="it is right.",
    )
    assert (second.place, second.outcome, second.reason) == ("row 7", "", "We thank the US.")


def test_columns_may_be_moved_renamed_added_and_left_out() -> None:
    content = form(
        ["Favourite colour", "コメント", "行番号", "発言者", "Comment"],
        ["blue", "直す。", 4, "ある委員", "And once more."],
    )
    found = read.read(content, "m.xlsx")
    assert found.rows == (Row("row 2", line="4", speaker="ある委員", comment="And once more."),)
    assert messages(found) == [": columns that are not read: 'Favourite colour', 'コメント'"]


def test_merged_cells_say_the_same_of_all_their_rows() -> None:
    content = form(
        ["Speaker", "Line", "Comment", "Proposed change"],
        ["A", 4, "One.", None],
        [None, 5, "Two.", None],
        [None, 6, "Three.", None],
        a="A2:A4",
        b="C3:D3",
    )
    found = read.read(content, "m.xlsx").rows
    assert [(row.speaker, row.comment, row.proposed) for row in found] == [
        ("A", "One.", ""),
        ("A", "Two.", ""),
        ("A", "Three.", ""),
    ]


def test_numbers_dates_and_truth_are_read_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["ID", "Line", "Clause", "Disposition", "Decided on", "Comment", "Note"])
    sheet.append(["C4", 4.0, 3.1, "noted", date(2022, 9, 30), 12, True])
    sheet.append(["C5", "4", "3.10", "noted", date(2022, 9, 1), "x", None])
    sheet["E3"].number_format = "mmm-yy"
    first, second = read.read(saved(book), "m.xlsx").rows
    assert (first.line, first.clause, first.on, first.comment) == ("4", "3.1", "2022-09-30", "12")
    assert first.note == "TRUE"
    assert (second.clause, second.on) == ("3.10", "2022-09")


@pytest.mark.parametrize(
    ("told", "read_as"),
    [("2022/9/30", "2022-09-30"), ("2022年9月", "2022-09"), ("9/30/2022", "9/30/2022")],
)
def test_a_date_is_read_where_it_can_be_only_one(told: str, read_as: str) -> None:
    content = form(["ID", "Disposition", "Decided on"], ["C4", "noted", told])
    assert read.read(content, "m.xlsx").rows[0].on == read_as


def test_a_formula_counts_with_the_value_that_is_stored_and_is_never_computed() -> None:
    content = form(["ID", "Comment", "Disposition"], ["C4", "=1+1", "noted"])
    found = read.read(content, "m.xlsx")
    assert messages(found) == ["row 2: B2 holds a formula whose value is not stored"]
    assert found.rows[0] == Row("row 2", id="C4", outcome="noted")


def test_hidden_rows_are_read_and_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(ROW, ROW._replace(id="C5"))))
    book["Comments"].row_dimensions[2].hidden = True
    found = read.read(saved(book), "m.xlsx")
    assert [row.id for row in found.rows] == ["C4", "C5"]
    assert messages(found) == [": 1 hidden row was read, too"]


def test_every_sheet_with_such_columns_is_read() -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for body in ("JP", "US"):
        sheet = book.create_sheet(body)
        sheet.append(["Line", "Comment"])
        sheet.append([4, f"from {body}"])
    book.create_sheet("Notes").append(["nothing"])
    found = read.read(saved(book), "m.xlsx").rows
    assert [(row.place, row.comment) for row in found] == [
        ("JP, row 2", "from JP"),
        ("US, row 2", "from US"),
    ]


def test_the_stamp_of_a_form_that_was_put_together_of_two_is_refused() -> None:
    one, other = separated(ROW), separated(ROW).replace(b"coast @31", b"land @9")
    both = one + other.split(b"\r\n", 1)[1]
    with pytest.raises(BadInput, match=r"several matrices: coast @31 and land @9"):
        read.read(both, "m.csv")


def test_what_no_store_can_hold_is_told_and_the_rest_is_read() -> None:
    content = f"Speaker,Comment\nA,{'x' * 100_001}\nB,good\n".encode()
    found = read.read(content, "m.csv")
    assert [row.comment for row in found.rows] == ["good"]
    (told,) = messages(found)
    assert told.startswith("row 2: the cell for comment has 100,001 characters; 100,000 is the")
    assert told.endswith("the row is left out")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has no comment matrix"),
        (b"a,b\n1,2\n", "has no comment matrix"),
        (b"Comment\nalone\n", "has no comment matrix"),
        (b"PK\x03\x04 cut off", "cannot be unpacked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xls"),
    ],
)
def test_what_is_no_matrix_is_told(content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read.read(content, "m.xlsx")


def test_what_is_kept_of_a_matrix_is_what_was_filled_in() -> None:
    new = Row(speaker="A", comment="New.", proposed="So.", line="4")
    content = write.kept([ROW, ROW._replace(outcome=""), new]).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [(row["ID"], row["Comment"], row["Disposition"]) for row in found] == [
        ("C4", "", "accepted in principle"),
        ("", "New.\n\nProposed change: So.", ""),
    ]
