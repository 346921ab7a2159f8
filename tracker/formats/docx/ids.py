"""Numbers of what is tracked or marked in a text: no two are the same, none is too high."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from lxml import etree

from tracker.formats.docx.names import W

HIGHEST = 2**31 - 1
_ID = W + "id"
_SINGLE = {
    W + name
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange"),
        *("tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("cellIns", "cellDel", "cellMerge", "numberingChange"),
    )
}
_PAIRS = {
    **{W + f"{name}Start": W + f"{name}End" for name in ("bookmark", "perm")},
    **{W + f"{name}RangeStart": W + f"{name}RangeEnd" for name in ("moveFrom", "moveTo")},
    **{
        W + f"customXml{name}RangeStart": W + f"customXml{name}RangeEnd"
        for name in ("Ins", "Del", "MoveFrom", "MoveTo")
    },
}
_ENDS = set(_PAIRS.values())
_ALL = (*_SINGLE, *_PAIRS, *_ENDS)


def highest(roots: Iterable[etree._Element]) -> int:
    """Return the highest number in use, if it is low enough to go on from it."""
    used = (_number(each) for root in roots for each in root.iter(*_ALL))
    return max(
        (number for number in used if number is not None and number < HIGHEST // 2), default=0
    )


def renumber(body: etree._Element, taken: set[int]) -> None:
    """Give another number to each element whose own is taken, too high or none.

    Both ends of a range keep one number between them.
    """
    used = set(taken)
    free = (number for number in count(1) if number not in used)
    begun: dict[tuple[str, str], str] = {}
    for each in body.iter(*_ALL):
        told = (each.tag, each.get(_ID) or "")
        if each.tag in _ENDS:
            each.set(_ID, begun.get(told, told[1]))
            continue
        number = _number(each)
        if number is None or number in used:
            number = next(free)
        used.add(number)
        each.set(_ID, str(number))
        if each.tag in _PAIRS:
            begun[_PAIRS[each.tag], told[1]] = str(number)


def _number(each: etree._Element) -> int | None:
    written = each.get(_ID) or ""
    if not (written.isascii() and written.isdecimal()) or len(written) > 10:
        return None
    number = int(written)
    return number if number <= HIGHEST else None
