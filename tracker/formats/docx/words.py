"""What the elements of a run say. Pictures, equations and references to notes say nothing."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from tracker.formats.docx.names import W

T = W + "t"
DELETED_T = W + "delText"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# A text is of one line in Word; and the sign that ends a paragraph here ends none there.
_ONE_LINE = {0x0A: " ", 0x0D: " ", 0x2029: "\n"}
_UNKNOWN = "\ufffd"


# What Word itself makes of :) :| :( and of arrows that are typed. Of other signs of symbol fonts,
# the character of the private use area is kept: what it looks like is a matter of the font.
_WINGDINGS = str.maketrans("\uf04a\uf04b\uf04c\uf0df\uf0e0\uf0e7\uf0e8\uf0f3", "☺\U0001f610☹←→⇐⇒⇔")


def said(element: etree._Element) -> str:
    """Return what an element of a run says, nothing if it is none that says anything."""
    says = SAYING.get(element.tag)
    return says(element) if says is not None else ""


def _text(element: etree._Element) -> str:
    text = element.text or ""
    if (text[:1] <= " " or text[-1:] <= " ") and not _preserved(element):
        text = text.strip(" \t\r\n")
    return text if text.isprintable() else text.translate(_ONE_LINE)


def _preserved(element: etree._Element) -> bool:
    """Say whether the spaces at the ends of a text are a part of it: Word drops them otherwise."""
    stated = element.get(_SPACE)
    if stated is None:
        around = (each.get(_SPACE) for each in element.iterancestors())
        stated = next((each for each in around if each is not None), None)
    return stated == "preserve"


def _break(element: etree._Element) -> str:
    """Return a line feed for the end of a line; that of a page or column is not of the text."""
    return "\n" if element.get(W + "type", "textWrapping") == "textWrapping" else ""


def _symbol(element: etree._Element) -> str:
    """Return the character that a sign of a symbol font stands for, or else its own."""
    try:
        sign = chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return _UNKNOWN
    if element.get(W + "font") == "Wingdings":
        sign = sign.translate(_WINGDINGS)
    return sign if sign.isprintable() or "\ue000" <= sign <= "\uf8ff" else _UNKNOWN


def _base(ruby: etree._Element) -> str:
    """Return the words that have a reading above them, without it."""
    base = ruby.find(W + "rubyBase")
    return "" if base is None else "".join([said(each) for each in base.iter(T, DELETED_T)])


def _fallback(alternate: etree._Element) -> str:
    """Return what is to be read by those who do not know the newer way to say it."""
    fallback = alternate.find(_FALLBACK)
    return "" if fallback is None else "".join([said(each) for each in fallback])


SAYING: dict[str, Callable[[etree._Element], str]] = {
    T: _text,
    DELETED_T: _text,
    W + "tab": lambda _: "\t",
    W + "ptab": lambda _: "\t",
    W + "br": _break,
    W + "cr": lambda _: "\n",
    W + "noBreakHyphen": lambda _: "\u2011",
    W + "softHyphen": lambda _: "\u00ad",
    W + "sym": _symbol,
    W + "ruby": _base,
    _ALTERNATE: _fallback,
}
"""How each element of a run says what it says; all others say nothing."""
