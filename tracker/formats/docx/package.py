"""A Word file as a package of parts: is it one, and where in it is what."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from tracker.errors import BadInput
from tracker.formats import ooxml
from tracker.formats.docx.names import W, local
from tracker.formats.ooxml import Package

_WORD_TYPE = "wordprocessingml"
_OTHERS = {
    "spreadsheetml": ("a spreadsheet", "a matrix of comments is imported as .xlsx"),
    "presentationml": ("a presentation", "save its text as a Word document"),
}
_NO_WORD = "save it as a Word document (.docx), and import that"


class WordFile(NamedTuple):
    """An opened Word file: its package, the name of its main part, and that part's root."""

    package: Package
    main: str
    document: etree._Element

    @property
    def body(self) -> etree._Element:
        """The element that the text stands in: :func:`opened` makes sure that there is one."""
        body = self.document.find(W + "body")
        assert body is not None
        return body

    def related(self, kind: str) -> etree._Element | None:
        """Return the root of the part of a kind (``comments``) that the main part refers to."""
        part = self.package.related(kind, self.main)
        return None if part is None else self.package.xml(part)


def opened(content: bytes, name: str) -> WordFile:
    """Return a Word file. Raises BadInput if it is none, or cannot safely be read."""
    package = ooxml.opened(content, name)
    main = package.main()
    _check_type(package.content_type(main), name)
    document = package.xml(main)
    if document.tag != W + "document":
        raise BadInput(
            f"{name} is written in a form that is not known here: its text is a {document.tag}",
            _NO_WORD if local(document.tag) != "document" else f"it may be too new; {_NO_WORD}",
        )
    body = document.find(W + "body")
    if body is None:
        raise BadInput(f"{name} has no text in it", "save it again in Word, and import that")
    if next(body.iter(W + "altChunk", W + "subDoc"), None) is not None:
        raise BadInput(
            f"{name} holds other files instead of their text",
            "open it in Word and save it again, which takes their text in",
        )
    return WordFile(package, main, document)


def _check_type(kind: str, name: str) -> None:
    if _WORD_TYPE in kind:
        return
    for part, (what, hint) in _OTHERS.items():
        if part in kind:
            raise BadInput(f"{name} is no Word file but {what}", hint)
    raise BadInput(f"{name} is no Word file: its main part is {kind or 'of no type'!r}", _NO_WORD)
