"""The matrix as a CSV file or an Excel workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import BadInput
from tracker.exchange.matrix import Matrix, Row, shortened, together
from tracker.formats import separated
from tracker.formats.matrix.columns import COLUMNS, STAMP
from tracker.formats.matrix.words import TYPES, USUAL, Profile

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 2**20 - 1
"""Rows that a sheet has below its headings."""
LONGEST_CELL = 32_767
"""UTF-16 code units that a cell of a workbook holds."""
_ID = re.compile("[Cc][1-9][0-9]{0,8}")
# Of a title in the foot of a page, and of one on the sheet about the matrix.
_SHORT, _SHOWN = 100, 2_000
_SHEET, _ABOUT = "Comments", "About"
_A4 = 9
_LINE, _EAST_ASIAN_LINE, _HIGHEST = 15, 19, 409
"""Points: a line, one with Japanese in it, and what no row is higher than."""
_EAST_ASIAN = re.compile("[\u2e80-\uffef]")
# Lines are broken between words.
_RAGGED = 1.1
_WIDTHS = [column.width for column in COLUMNS if column.printed]
_FONTS = {"ja": "Yu Gothic", "zh": "DengXian", "ko": "Malgun Gothic"}
_LATIN = "Calibri"
_ABBREVIATED = {name: short for short, name in TYPES.items()}
# The library takes such a text for XML of its own, and escapes such a one wrongly: handed over in
# parts, it does neither; but of these it escapes control characters twice.
_HAZARD = re.compile(r"\A<r>.*</r>\Z|_x[0-9A-Fa-f]{4}(?=_x[0-9A-Fa-f]{4}_)", re.DOTALL)
_PARTED = re.compile(r"(?<=\A<)|(?<=\A<r)|(?<=_)(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]")
_HOW = """\
One row is one comment. Fill in Disposition and Observations of the secretariat (the reason); \
Decided by and Decided on where they are known.
A new comment is a new row without an ID: say who speaks, on which line, and the comment. Words of \
the line that it is about go into Flagged words.
What stands in the other columns is the record: it is compared and told, and not changed by this \
table. Rows may be sorted, hidden or taken out, columns moved.
Bring it home with: tracker import FILE""".splitlines()


def write_csv(matrix: Matrix, profile: Profile, file: BinaryIO) -> None:
    """Write a matrix as CSV, with a column that says what it was written from."""
    separated.write(_lines(matrix, profile), file)


def _lines(matrix: Matrix, profile: Profile) -> Iterator[list[str]]:
    yield [*(column.heading for column in COLUMNS), STAMP.capitalize()]
    for row in matrix.rows:
        yield [*_cells(row, profile), str(matrix.stamp)]


def kept(rows: Iterable[Row]) -> bytes:
    """Return what is kept of a matrix that came home, as CSV: what people filled in.

    New comments are kept whole, of those that have an id only what became of them: the file repeats
    all that the store ever said, and a remark that is sealed must be gone from everywhere.
    """
    written = io.BytesIO()
    separated.write(_kept(rows), written)
    return written.getvalue()


def _kept(rows: Iterable[Row]) -> Iterator[list[str]]:
    yield [column.heading for column in COLUMNS]
    for row in rows:
        if not _ID.fullmatch(row.id):
            whole = row._replace(comment=together(row.comment, row.proposed), proposed="")
            yield _cells(whole, USUAL)
        elif row.outcome:
            told = Row(id=row.id, outcome=row.outcome, reason=row.reason, by=row.by, on=row.on)
            yield _cells(told, USUAL)


def write_xlsx(matrix: Matrix, profile: Profile, file: BinaryIO) -> None:
    """Write a matrix as a workbook, row by row. Raises BadInput for more rows than a sheet has.

    Every cell is text: nothing is a formula or a link, whatever it looks like.
    """
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        title = " ".join(_CONTROL.sub(" ", matrix.title).split())[:_SHORT]
        book.set_properties({"title": title, "comments": str(matrix.stamp)})
        sheet, about = book.add_worksheet(_SHEET), book.add_worksheet(_ABOUT)
        written = _Written(book, sheet, _font(matrix.language))
        written.lay_out(title)
        for number, row in enumerate(matrix.rows, 1):
            if number > MOST_ROWS:
                raise BadInput(
                    f"a sheet has room for {MOST_ROWS:,} comments, and there are more",
                    "write them as --format csv",
                )
            written.row(number, _cells(row, profile), row.id)
        written.offer(profile)
        _about(book, about, matrix)


def _font(language: str) -> str:
    return _FONTS.get(language.partition("-")[0].lower(), _LATIN)


def _cells(row: Row, profile: Profile) -> list[str]:
    """Return the cells of a row in the words of a profile."""
    told = row._replace(
        outcome=profile.outcomes.get(row.outcome, row.outcome),
        type=_ABBREVIATED.get(row.type, row.type),
        relation=row.relation.replace("_", " "),
    )
    return [getattr(told, column.field) for column in COLUMNS]


class _Written:
    """The sheet of the comments while it is written."""

    def __init__(self, book: Workbook, sheet: Worksheet, font: str) -> None:
        self._sheet = sheet
        plain = {"font_name": font, "text_wrap": True, "valign": "top", "num_format": "@"}
        self._cell: Format = book.add_format(plain)
        # Whoever edits such a cell gets no formula either.
        self._quoted: Format = book.add_format({**plain, "quote_prefix": True})
        self._head: Format = book.add_format(
            {**plain, "bold": True, "bg_color": "#D9E2F3", "border": 1}
        )

    def lay_out(self, title: str) -> None:
        """Write the headings and what holds for the whole sheet: widths, panes and printing."""
        sheet = self._sheet
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width, self._cell)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(0)
        sheet.set_row(0, _height([column.heading for column in COLUMNS], _WIDTHS))
        sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.heading, self._head)

    def row(self, number: int, cells: list[str], comment: str) -> None:
        """Write a row; what is too long for its cell is cut, and says so."""
        # Excel would find the height out by itself, but LibreOffice does not.
        self._sheet.set_row(number, _height(cells, _WIDTHS))
        for place, text in enumerate(cells):
            if not text:
                continue
            form = self._quoted if separated.guarded(text) != text else self._cell
            _put(self._sheet, (number, place), shortened(text, LONGEST_CELL, comment), form)
        self._last = number

    _last = 0

    def offer(self, profile: Profile) -> None:
        """Let outcomes and types be chosen from a list; another word may be typed, too."""
        places = {column.field: place for place, column in enumerate(COLUMNS)}
        printed = [place for place, column in enumerate(COLUMNS) if column.printed]
        for field, words in (("outcome", profile.offered), ("type", tuple(TYPES))):
            choice = {"validate": "list", "source": list(words), "error_type": "information"}
            self._sheet.data_validation(1, places[field], MOST_ROWS, places[field], choice)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:Z{MOST_ROWS + 1}"})
        self._sheet.autofilter(0, 0, self._last, len(COLUMNS) - 1)
        self._sheet.print_area(0, printed[0], self._last, printed[-1])


def _height(cells: Iterable[str], widths: Iterable[int]) -> float:
    """Return how high a row must be, in points, for what its cells say to be seen."""
    return min(max(map(_height_of, cells, widths)), _HIGHEST)


def _height_of(text: str, width: int) -> int:
    return _lines_of(text, width) * (_EAST_ASIAN_LINE if _EAST_ASIAN.search(text) else _LINE)


def _lines_of(text: str, width: int) -> int:
    """Return about how many lines a text takes: a Japanese character is as wide as two letters."""
    wide = [len(part) + len(part.encode()) for part in text.split("\n")]
    return sum(1 + int(each / 2 * _RAGGED) // width for each in wide)


def _put(sheet: Worksheet, place: tuple[int, int], text: str, form: Format) -> None:
    """Write a cell whose text fits into one, as it is."""
    if _HAZARD.search(text):
        sheet.write_rich_string(*place, *_parts(text), form)
    else:
        sheet.write_string(*place, text, form)


def _parts(text: str) -> list[str]:
    """Return a text in parts, line ends as spreadsheets have them, without control characters."""
    plain = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _PARTED.split(plain)


def _about(book: Workbook, sheet: Worksheet, matrix: Matrix) -> None:
    """Write the sheet that tells people, and this program, what the other one is."""
    font = _font(matrix.language)
    name = book.add_format({"font_name": font, "bold": True, "valign": "top"})
    told = book.add_format({"font_name": font, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    rows = [
        ("Title", matrix.title),
        ("Edition", matrix.edition or ""),
        ("Entry", f"@{matrix.stamp.entry}"),
        (STAMP.capitalize(), str(matrix.stamp)),
        *(("" if number else "How to fill in", told) for number, told in enumerate(_HOW)),
        *((f"Meeting {key}", called) for key, called in matrix.meetings),
    ]
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    for number, (heading, text) in enumerate(rows):
        sheet.set_row(number, _height((heading, text), (14, 90)))
        _put(sheet, (number, 0), heading, name)
        _put(sheet, (number, 1), text[:_SHOWN], told)
