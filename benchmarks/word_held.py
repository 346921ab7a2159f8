"""What a Word file holds, read by a small reader of its own: nothing of it is tracker's.

It goes through the XML as it stands: who inserted and deleted which letters when, the ends of
paragraphs and the rows too, and the comments with their threads.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

_Element = ElementTree.Element
_ALONE = ("", "")
_KINDS = {"ins": "insert", "moveTo": "insert", "del": "delete", "moveFrom": "delete"}
_SIGNS = {("Wingdings", "F04A"): "☺"}
"""Symbols by their font and number."""
_BESIDE = ("Fallback", "txbxContent", "instrText", "delInstrText")
"""Shown elsewhere, a second time, or not at all."""
_OURS = "tracker."
"""How tags begin of what is not text but added to it: a first page, boxes."""

Change = tuple[str, str, str]
"""``insert`` or ``delete``, by whom and when."""


class Said(NamedTuple):
    """A comment: ``of`` is what the one says that begins its thread, "" where it is that one."""

    author: str
    date: str
    text: str
    quote: str
    done: bool
    of: str


class Held(NamedTuple):
    """The letters that were changed, the comments, and the two texts, all without white space.

    The end of a paragraph and a row are changed as ``¶`` and ``row``.
    """

    changes: dict[Change, str]
    comments: list[Said]
    rejected: str
    accepted: str


def held(content: bytes) -> Held:
    """Return what a Word file holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {
            name.rpartition("/")[2]: ElementTree.fromstring(file.read(name))
            for name in file.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }
    body = _Body()
    body.read(parts["document.xml"], ())
    changes = {change: text for change, text in body.changes.items() if text}
    comments = sorted(_comments(parts, body.quotes))
    return Held(changes, comments, _tight(body.rejected), _tight(body.accepted))


class _Body:
    """What was met in the text, in its order."""

    def __init__(self) -> None:
        self.changes: dict[Change, str] = defaultdict(str)
        self.quotes: dict[str, list[str]] = {}
        self.rejected: list[str] = []
        self.accepted: list[str] = []
        self._open: set[str] = set()

    def read(self, node: _Element, around: tuple[Change, ...]) -> None:
        """Go through an element, knowing what changes are around it."""
        name = _local(node)
        if name in _BESIDE or _is_ours(node):
            return
        if name in _KINDS:
            around = (*around, (_KINDS[name], _stated(node, "author"), _stated(node, "date")))
        elif name in ("t", "delText", "sym"):
            self._words(_letters(node), around)
        elif name == "commentRangeStart":
            self.quotes[_stated(node, "id")] = []
            self._open.add(_stated(node, "id"))
        elif name == "commentRangeEnd":
            self._open.discard(_stated(node, "id"))
        for each in node:
            if name in ("rPr", "trPr") and _local(each) in _KINDS:
                change = (_KINDS[_local(each)], _stated(each, "author"), _stated(each, "date"))
                self.changes[change] += "¶" if name == "rPr" else "row"
            else:
                self.read(each, around)

    def _words(self, text: str, around: tuple[Change, ...]) -> None:
        kinds = {kind for kind, _, _ in around}
        for change in set(around):
            self.changes[change] += _tight([text])
        if "insert" not in kinds:
            self.rejected.append(text)
        if "delete" not in kinds:
            self.accepted.append(text)
            for each in self._open:
                self.quotes[each].append(text)


def _comments(parts: Mapping[str, Iterable[_Element]], quotes: dict[str, list[str]]) -> list[Said]:
    """Return the comments, each with its thread: told by the number of its last paragraph."""
    threads: dict[str, tuple[str, str]] = {
        _stated(each, "paraId"): (_stated(each, "paraIdParent"), _stated(each, "done"))
        for each in parts.get("commentsExtended.xml", ())
    }
    found: dict[str, tuple[_Element, str]] = {}
    for place, comment in enumerate(parts.get("comments.xml", ())):
        paragraphs = [each for each in comment.iter() if _local(each) == "p"]
        last = _stated(paragraphs[-1], "paraId") if paragraphs else ""
        found[last or f"none {place}"] = (comment, _words_of(comment))
    said = []
    for number, (comment, text) in found.items():
        above, done = threads.get(number, _ALONE)
        quote = _tight(quotes.get(_stated(comment, "id"), []))
        of = found[above][1] if above in found else ""
        author, date = _stated(comment, "author"), _stated(comment, "date")
        said.append(Said(author, date, text, quote, done in ("1", "true", "on"), of))
    return said


def _words_of(comment: _Element) -> str:
    return _tight([_letters(each) for each in comment.iter() if _local(each) in ("t", "sym")])


def _letters(node: _Element) -> str:
    if _local(node) == "sym":
        return _SIGNS.get((_stated(node, "font"), _stated(node, "char")), "")
    return node.text or ""


def _is_ours(node: _Element) -> bool:
    tags = node.iterfind("{*}sdtPr/{*}tag")
    return any(_stated(tag, "val").startswith(_OURS) for tag in tags)


def _local(node: _Element) -> str:
    return node.tag.rpartition("}")[2]


def _stated(node: _Element, name: str) -> str:
    """Return an attribute by its local name."""
    found = (value for key, value in node.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def _tight(parts: list[str]) -> str:
    return "".join("".join(parts).split())
