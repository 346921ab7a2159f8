"""The cells of an Excel workbook (ECMA-376, part 1, 18) as text: nothing is ever computed.

A formula counts with the value that was stored with it. Dates are written 2022-09-30, or 2022-09
where the cell shows no day.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from lxml import etree

from tracker.errors import BadInput
from tracker.formats import ooxml
from tracker.formats.grid import Grid, GridRow
from tracker.formats.ooxml import Package

MOST_MERGED = 100_000
"""Cells that merges may fill; nobody merges more."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET = "spreadsheetml.sheet.main+xml"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATES = {14, 15, 16, 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_MONTHS = {17, 55, 56}
"""Number formats that every program knows: dates, and those without a day."""


class _Book(NamedTuple):
    """What the sheets of a workbook share: its strings, the style of each date, its first day."""

    strings: list[str]
    dates: Mapping[int, str]
    epoch: date


def read(content: bytes, name: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, hidden ones too.

    A merged cell's text stands in each of its rows, in its first column. Raises BadInput for what
    is no workbook or not safe to read.
    """
    package = ooxml.opened(content, name)
    main = package.main()
    if not package.content_type(main).endswith(_SHEET):
        raise BadInput(f"{name} is no Excel workbook", "save the table as .xlsx or .csv")
    workbook = package.xml(main)
    book = _book(package, main, workbook)
    targets = {each.id: each for each in package.relations(main) if not each.external}
    grids = []
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        of_sheet = sheet.get(_RELATION, "")
        target = targets.get(of_sheet)
        if target is not None and target.kind == "worksheet" and target.target in package.parts:
            rows = _rows(package.parts[target.target], target.target, name, book)
            grids.append(Grid(_unescaped(sheet.get("name", "")), rows))
    return tuple(grids)


def _book(package: Package, main: str, workbook: etree._Element) -> _Book:
    shared, styles = package.related("sharedStrings", main), package.related("styles", main)
    strings = []
    if shared is not None:
        strings = [
            _text(each) for each in _elements(package.parts[shared], "si", shared, package.name)
        ]
    properties = workbook.find("{*}workbookPr")
    later = properties is not None and properties.get("date1904") in ("1", "true")
    return _Book(
        strings,
        _dates(package.xml(styles)) if styles is not None else {},
        date(1904, 1, 1) if later else date(1899, 12, 30),
    )


def _dates(styles: etree._Element) -> dict[int, str]:
    """Return by its number how a style writes a date: ``day`` or ``month``."""
    said = {
        each.get("numFmtId", ""): _LITERAL.sub("", each.get("formatCode", "")).lower()
        for each in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    found = {}
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        form = style.get("numFmtId", "0")
        code = said.get(form)
        if code is None:
            known = int(form) if form.isdecimal() else 0
            shown = "day" if known in _DATES else "month" if known in _MONTHS else ""
        else:
            shown = "day" if "d" in code else "month" if "y" in code and "m" in code else ""
        if shown and code != "general":
            found[number] = shown
    return found


def _rows(content: bytes, part: str, name: str, book: _Book) -> list[GridRow]:
    rows: dict[int, GridRow] = {}
    last = 0
    merged = []
    for each in _elements(content, ("row", "mergeCell"), part, name):
        if etree.QName(each).localname == "mergeCell":
            merged.append(each.get("ref", ""))
            continue
        told = each.get("r", "")
        last = int(told) if told.isdecimal() and len(told) < 8 else last + 1
        row = _row(each, last, book)
        if row.cells or row.faults:
            rows[last] = row
    _fill(rows, merged, name)
    return [rows[number] for number in sorted(rows)]


def _row(row: etree._Element, number: int, book: _Book) -> GridRow:
    cells, faults = {}, {}
    column = -1
    for cell in row.iterfind("{*}c"):
        place = _PLACE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        try:
            text = _value(cell, book)
        except ValueError as fault:
            faults[column] = str(fault)
            continue
        if text:
            cells[column] = text
    return GridRow(number, cells, faults, row.get("hidden") in ("1", "true"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, book: _Book) -> str:
    """Return what a cell says. ValueError says why it cannot be taken."""
    kind, value = cell.get("t", "n"), cell.findtext("{*}v")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else _text(inline)
    if not value:
        if cell.find("{*}f") is not None:
            raise ValueError("a formula whose value is not stored")
        return ""
    return _READ.get(kind, _number)(value, book, cell.get("s", "0"))


def _shared(value: str, book: _Book, _style: str) -> str:
    if not value.isdecimal() or int(value) >= len(book.strings):
        raise ValueError("a text that is not in the file")
    return book.strings[int(value)]


def _number(value: str, book: _Book, style: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return _unescaped(value)
    shown = book.dates.get(int(style)) if style.isdecimal() else None
    if shown is not None and 1 <= number <= (date.max - book.epoch).days:
        # There is no 29 February 1900, but spreadsheets have it.
        early = number < 60 and book.epoch.year == 1899
        day = book.epoch + timedelta(days=int(number) + early)
        return day.isoformat()[: 10 if shown == "day" else 7]
    return f"{number:.15g}"


def _error(value: str, _book: _Book, _style: str) -> str:
    raise ValueError(f"an error of the spreadsheet ({value[:20]})")


_READ: Mapping[str, Callable[[str, _Book, str], str]] = {
    "s": _shared,
    "str": lambda value, *_: _unescaped(value),
    "b": lambda value, *_: "TRUE" if value == "1" else "FALSE",
    "d": lambda value, *_: value.partition("T")[0],
    "e": _error,
}


def _fill(rows: dict[int, GridRow], merged: list[str], name: str) -> None:
    """Put the text of cells that are merged over several rows into each of these rows."""
    left = MOST_MERGED
    for ref in merged:
        first, _, last = ref.partition(":")
        top, bottom = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if top is None or bottom is None or int(top[2]) not in rows:
            continue
        column = _column(top[1])
        row = rows[int(top[2])]
        for number in range(int(top[2]) + 1, int(bottom[2]) + 1):
            left -= 1
            if left < 0:
                raise BadInput(f"{name} has too many merged cells", "unmerge them and save it")
            if number in rows and column in row.cells:
                below = rows[number]
                rows[number] = below._replace(cells={**below.cells, column: row.cells[column]})


def _text(element: etree._Element) -> str:
    """Return the text of a string, without the readings that stand above Japanese characters."""
    parts = [each.text or "" for each in element.iterfind("{*}t")]
    parts += [each.text or "" for each in element.iterfind("{*}r/{*}t")]
    return "".join(map(_unescaped, parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _elements(
    content: bytes, tags: str | tuple[str, ...], part: str, name: str
) -> Iterator[etree._Element]:
    """Yield the elements of a part that have one of these names, each gone from memory after."""
    wanted = [f"{{*}}{tag}" for tag in ([tags] if isinstance(tags, str) else tags)]
    found = etree.iterparse(io.BytesIO(content), events=("end",), tag=wanted, **ooxml.SAFELY)
    try:
        for _, element in found:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as fault:
        raise ooxml.no_xml(fault, part, name) from None
