"""Reading CriticMarkup: ``{++in++}``, ``{--out--}``, ``{~~old~>new~~}``, ``{==words==}{>>said<<}``.

A comment is on the highlight or on the change right before it, or where it says ``on “words”`` on
these words before it; any other is on the place where it stands. Changes may stand in a highlight
and highlights in a change, but no change in a change.
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from tracker.errors import BadInput
from tracker.exchange.marked import Mark, Marked, MarkKind, Stamp
from tracker.exchange.marked_source import MarkedSource
from tracker.formats import encodings
from tracker.formats.criticmarkup import heads
from tracker.formats.criticmarkup.marks import unescaped
from tracker.formats.criticmarkup.places import Place, Said, joined, remarks
from tracker.formats.paragraphs import paragraphed

_OPEN = re.compile(r"\{(?:\+\+|--|~~|>>|==)")
_CLOSED_BY = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{>>": "<<}"}
_COMMENT = re.compile(r"\{>>((?:(?!<<\}).)*)<<\}", re.DOTALL)
_HEAD = re.compile(rf"{_COMMENT.pattern}(?:\r\n|\r|\n|\Z)", re.DOTALL)
_FOOT = re.compile(
    r"(?:\r\n|\r|\n)?\{>>" + heads.ON_ALL + r"<<\}((?:\s*\{>>(?:(?!<<\}).)*<<\})*)\s*\Z", re.DOTALL
)
_LINE_END = re.compile("\r\n|\r|\n")


def read(text: str) -> Marked:
    """Return a text with its changes and comments, in paragraphs.

    Raises BadInput, naming the line, for a mark that is never closed or stands in another.
    """
    return paragraphed(parse(text))


def parse(text: str) -> MarkedSource:
    """Return a text with its changes and comments, as it stands in the file: see :func:`read`."""
    reader = _Reader(text)
    reader.head()
    reader.body(reader.foot())
    untouched = "".join(reader.base)
    marks = joined(reader.marks)
    found = remarks(untouched, marks, reader.said)
    return MarkedSource(untouched, marks, found, reader.stamp, notice=reader.notice)


def read_file(content: bytes, name: str, encoding: str | None = None) -> Marked:
    """Return what a file holds: see :func:`read`. Raises BadInput for what cannot be decoded."""
    text, _ = encodings.read_file(content, name, encoding)
    try:
        return read(text)
    except BadInput as fault:
        raise BadInput(f"{name}, {fault.message}", fault.hint) from None


class _Target(NamedTuple):
    """What a comment is on that stands at ``behind`` in the file; ``marks`` it may sign."""

    start: Place
    end: Place
    behind: int
    marks: tuple[int, ...] = ()


class _Reader:
    """Reads mark after mark; ``at`` is a place in the file, ``here`` the one in the texts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.base: list[str] = []
        self.marks: list[Mark] = []
        self.said: list[Said] = []
        self.stamp: Stamp | None = None
        self.notice: str | None = None
        self.target = _Target(Place(0, 0), Place(0, 0), -1)
        self.length = 0  # Of the untouched text so far,
        self.shown = 0  # and of the text as it would read.
        self.change: MarkKind | None = None  # The change that is being read,
        self.words: list[str] = []  # and what stands in it.

    @property
    def here(self) -> Place:
        return Place(self.length, self.shown)

    def head(self) -> None:
        """Read the comment that says what the file is."""
        first = _HEAD.match(self.text)
        told = heads.read_stamp(unescaped(first[1])) if first else None
        if first is None or told is None:
            return
        self.stamp, self.notice = told
        blank = _LINE_END.match(self.text, first.end())
        self.at = blank.end() if blank else first.end()

    def foot(self) -> int:
        """Read the comments on the whole, which stand last; return where the text ends."""
        found = _FOOT.search(self.text, self.at) if self.stamp else None
        if found is None:
            return len(self.text)
        for said in _COMMENT.finditer(found[1]):
            self.said.append(Said(None, None, unescaped(said[1])))
        return found.start()

    def body(self, stop: int) -> None:
        """Read up to a place of the file."""
        opened: tuple[int, Place] | None = None
        while True:
            mark = _OPEN.search(self.text, self.at, stop)
            end = self.text.find("==}", self.at, stop) if opened else -1
            # Of “{==}” in a highlight the brace is a word of it: no other begins there.
            if opened and end >= 0 and (mark is None or end <= mark.start() + 2):
                self._plain(end)
                self.at = end + 3
                self.target = _Target(opened[1], self.here, self.at)
                opened = None
            elif mark is None:
                break
            elif mark[0] != "{==":
                self._plain(mark.start())
                self._mark(mark, stop)
            elif opened:
                self._refuse(mark.start(), "stands in another highlight")
            else:
                self._plain(mark.start())
                self.at = mark.end()
                opened = (mark.start(), self.here)
        if opened:
            self._refuse(opened[0], "is never closed with ==}")
        self._plain(stop)

    def _mark(self, mark: re.Match[str], stop: int) -> None:
        """Read a comment or a change."""
        closing = _CLOSED_BY[mark[0]]
        end = self.text.find(closing, mark.end(), stop)
        if end < 0:
            self._refuse(mark.start(), f"is never closed with {closing}")
        if mark[0] == "{>>":
            self._comment(unescaped(self.text[mark.end() : end]))
            self.at = end + 3
            self.target = self.target._replace(behind=self.at)
            return
        if self.change:
            self._refuse(mark.start(), "stands in another change")
        is_next = self.target.behind == mark.start() and self.target.marks
        start = self.target.start if is_next else self.here
        first = self.target.marks[0] if is_next else len(self.marks)
        self._changes(mark, end)
        self.at = end + 3
        marks = tuple(range(first, len(self.marks)))
        self.target = _Target(start, self.here, self.at, marks)

    def _changes(self, mark: re.Match[str], end: int) -> None:
        """Read the one or two changes of a mark."""
        if mark[0] != "{~~":
            self._change("delete" if mark[0] == "{--" else "insert", mark.end(), end)
            return
        middle = self.text.find("~>", mark.end(), end)
        if middle < 0:
            self._refuse(mark.start(), "has no ~> between the old words and the new")
        self._change("delete", mark.end(), middle)
        self._change("insert", middle + 2, end)

    def _change(self, kind: MarkKind, start: int, end: int) -> None:
        """Read what stands between two places of the file as one change."""
        self.change, self.words = kind, []
        stood = self.length
        self.at = start
        self.body(end)
        made = Mark(kind, "", None, stood, self.length, "".join(self.words))
        self.change = None
        if made.text:
            self.marks.append(made)

    def _comment(self, comment: str) -> None:
        """Take a comment, or the signature of the changes right before it."""
        is_next = self.target.behind == self.at
        who = heads.signed(comment) if is_next else None
        unsigned = [n for n in self.target.marks if not self.marks[n].author] if is_next else []
        if who is not None and unsigned:
            for number in unsigned:
                self.marks[number] = self.marks[number]._replace(author=who)
            return
        if not is_next:
            self.target = _Target(self.here, self.here, self.at)
        self.said.append(Said(self.target.start, self.target.end, comment))

    def _plain(self, stop: int) -> None:
        """Take the words up to a place of the file, into the text or the change being read."""
        words = unescaped(self.text[self.at : stop])
        self.at = stop
        if self.change:
            self.words.append(words)
        if self.change != "insert":
            self.base.append(words)
            self.length += len(words)
        if self.change != "delete":
            self.shown += len(words)

    def _refuse(self, place: int, wrong: str) -> NoReturn:
        line = len(_LINE_END.findall(self.text, 0, place)) + 1
        mark = self.text[place : place + 3]
        raise BadInput(
            f"line {line}: the mark {mark} {wrong}",
            f"mend it; if it is part of the text, write {mark[:1]}\\{mark[1:]}",
        )
