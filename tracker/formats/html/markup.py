"""Building HTML. What is not :class:`Html` is data: it is escaped wherever it is put.

There is no template, and so nothing in which a filter could be forgotten: a text becomes markup in
:func:`element` and nowhere else. What comes out is well formed as XML, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

# Controls are no characters of HTML. Marks that reorder what is read would reach beyond the words
# that hold them; U+FFFE and U+FFFF are in no XML.
_CONTROLS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_CONTROL = re.compile(f"[{_CONTROLS}]")
# Most words hold nothing of the kind, and there are many of them.
_SPECIAL = re.compile(f"[&<>\"'\r{_CONTROLS}]")
_NAME = re.compile(r"[A-Za-z0-9.-]+")
_VOID = frozenset(("br", "meta"))


class Html(str):
    """Markup, as far as this module made it."""

    __slots__ = ()


Content: TypeAlias = "str | Iterable[Content] | None"
"""What may stand in an element: markup, text, nothing, or several of these."""


def element(name: str, /, *content: Content, **attributes: str | None) -> Html:
    """Return an element; an attribute that is none is left out.

    ``class_`` is written ``class``, and ``aria_label`` ``aria-label``.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{data(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{told}/>")
    return Html(f"<{name}{told}>{joined(content)}</{name}>")


def joined(content: Content) -> Html:
    """Return contents one after another, those that are text as data."""
    if content is None:
        return Html("")
    if isinstance(content, str):
        return content if isinstance(content, Html) else data(content)
    return Html("".join(joined(each) for each in content))


def data(text: str) -> Html:
    """Return a text of people as what it is: nothing in it is obeyed, controls are written out."""
    if not _SPECIAL.search(text):
        return Html(text)
    return Html(escape(_CONTROL.sub(_written, text.replace("\r\n", "\n").replace("\r", "\n"))))


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def hidden(text: str) -> Html:
    """Return words that are heard and not seen."""
    return element("span", text, class_="heard")


def link(to: str, *content: Content, **attributes: str | None) -> Html:
    """Return a link to a place on the page, and to nowhere else."""
    return element("a", *content, href=f"#{place(to)}", **attributes)


def place(name: str) -> str:
    """Return the id of a place on the page: of a line, a comment or a proposal."""
    return "".join(_NAME.findall(name))
