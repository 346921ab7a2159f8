"""The blocks of a document in plain text or Markdown: headings, items, paragraphs, rows, code.

One reading for both, line by line, after CommonMark (John MacFarlane, 0.31, 2024) and GitHub's
tables. What is markup only (rules, comments, front matter, the underline of a heading, the line
under a table's head) belongs to no block.
"""

import re
from typing import NamedTuple

from tracker.text.markup import Marks, marks_of, opens_unit

_HEADING = re.compile(r"(#{1,6})(?:\s+|$)")
_RULE = re.compile(r"([-*_=─━═＊])(?:[ \t]*\1){2,}+$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_DELIMITER = "|:- \t"
_HTML = re.compile(
    r"</?(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|figure|footer|form"
    r"|h[1-6]|head|header|hr|html|iframe|img|li|link|main|nav|ol|p|pre|script|section|style|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_LINK_DEFINITION = re.compile(r"\[[^\[\]]+\]:\s*\S+(?:\s+[\"'(].*)?$")
_FRONT_MATTER = re.compile(r"[\w-]+[ \t]*:|#")
# What a number other than 1 may follow without a blank line, as the next item of a list.
_FINISHED = tuple('.!?…。！？"”’」)）:;：；')
# A hard break of Markdown, at the end of a line.
_HARD_BREAK = re.compile(r"(?: {2}|\\|<br ?/?>)$")
_LONGEST_BREAK = 6
# How much deeper than an item its own blocks are: two columns, also behind a wide number.
_ITEM_INDENT = 2
# So much deeper than what it belongs to, a block is code, unless it ends as a sentence does: in
# plain text that is an indented paragraph.
_CODE_INDENT = 4
_SENTENCE_END = tuple('.!?…。！？"”’」)）')

_LINE_END = re.compile(r"[^\S\r\n]*(?:[\r\n]|\Z)")


class Block(NamedTuple):
    """One line's words, or those of several lines that only make sense together (code).

    ``start`` and ``end`` are code points of the document; no white space at either. ``kind`` is
    "heading", "prose" or "whole" (a row, code: not to be cut). ``level`` is that of a heading or
    the depth of an item. ``before`` says what separates it from the block before it: "line" (only
    the line end: perhaps they are one paragraph), "break" (one that is meant), "blank" or "mark".
    ``quotes`` counts the ``>`` before it.
    """

    start: int
    end: int
    kind: str
    level: int | None = None
    before: str = "mark"
    quotes: int = 0


class _Line(NamedTuple):
    start: int
    text: str  # Without the white space at its end.
    raw: str  # Without its line end.


def blocks(text: str) -> list[Block]:
    """Return the blocks of a document, one for each line of prose. Linear."""
    return _Reader(text).read()


class _Reader:
    """Reads line after line; ``before`` is what the lines so far mean to the next block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Block] = []
        self.lines: list[_Line] = []
        self.at = 0
        self.before = "mark"
        self.quotes = 0
        self.items: list[int] = []  # How far the blocks of each open item are indented at least.
        self.in_table = False
        self.comment_end = -1  # Of the last comment that was looked for.
        start = len(text) - len(text.removeprefix("\ufeff"))
        for raw in text[start:].splitlines(keepends=True):
            self.lines.append(_Line(start, raw.rstrip(), raw.rstrip("\r\n")))
            start += len(raw)

    def read(self) -> list[Block]:
        self._skip_front_matter()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if not line.text:
                self._separate("blank")
                continue
            marks = marks_of(line.text)
            if marks.quotes != self.quotes:
                self._separate("mark")
                self.quotes = marks.quotes
                self.items.clear()
            if marks.begin == len(line.text):
                self._separate("blank")
            elif not self._rule(line, marks) and not self._indented_code(line, marks):
                self._words(line, marks)
        return self.found

    def _separate(self, before: str) -> None:
        self.before, self.in_table = before, False

    def _add(self, start: int, end: int, kind: str, level: int | None) -> None:
        self.found.append(Block(start, end, kind, level, self.before, self.quotes))
        self.before = "mark"

    def _skip_front_matter(self) -> None:
        if len(self.lines) < 3 or self.lines[0].raw.rstrip() != "---":
            return
        if not _FRONT_MATTER.match(self.lines[1].text):
            return
        for at, line in enumerate(self.lines[1:], start=2):
            if line.text in ("---", "..."):
                self.at = at
                return

    def _rule(self, line: _Line, marks: Marks) -> bool:
        """Read a line drawn across the page, or under a heading; say whether it is one."""
        if not _RULE.match(line.text, marks.begin):
            return False
        drawn = line.text[marks.begin :]
        if self.before == "line" and drawn.strip(drawn[0]) == "" and drawn[0] in "=-":
            last = self.found[-1]
            if last.level is None:
                self.found[-1] = last._replace(kind="heading", level=1 if drawn[0] == "=" else 2)
        self._separate("mark")
        return True

    def _indented_code(self, line: _Line, marks: Marks) -> bool:
        """Read a block of code that is told by its indentation; say whether it is one."""
        deep = (self.items[-1] if self.items else 0) + _CODE_INDENT
        if marks.columns or marks.indent < deep or self.before in ("line", "break"):
            return False
        end = self._deep_lines(self.at - 1, deep)
        if end is None or self.lines[end - 1].text.endswith(_SENTENCE_END):
            return False
        self.at = end
        while self.at < len(self.lines):
            if self.lines[self.at].text:
                more = self._deep_lines(self.at, deep)
                if more is None:
                    break
                self.at = end = more
            else:
                self.at += 1
        self._add_lines(line.start + marks.begin, end)
        return True

    def _deep_lines(self, first: int, deep: int) -> int | None:
        """Return the index behind the lines up to a blank one; None if one is not so deep."""
        for at in range(first, len(self.lines)):
            marks = marks_of(self.lines[at].text)
            if marks.begin == len(self.lines[at].text):
                return at
            if marks.indent < deep or marks.quotes != self.quotes:
                return None
        return len(self.lines)

    def _words(self, line: _Line, marks: Marks) -> None:
        """Read a line that has words, or a mark that waits for them."""
        marks = self._in_running_text(marks)
        level = self._depth(line, marks)
        start, rest = line.start + marks.end, line.text[marks.end :]
        if not rest:
            return
        if fence := _FENCE.match(rest):
            self._fenced_code(start, fence[1] or fence[2], level)
        elif rest.startswith("<!--") and self._comment(start):
            self._separate("mark")
        elif heading := _HEADING.match(rest):
            self._heading(start + heading.end(), rest[heading.end() :], len(heading[1]))
        elif "|" in rest and self._row(start, rest):
            pass
        elif _HTML.match(rest):
            end = self.at
            while end < len(self.lines) and self.lines[end].text:
                end += 1
            self._add_lines(start, end, level)
        elif _LINK_DEFINITION.match(rest):
            self._add(start, start + len(rest), "whole", level)
        else:
            self._prose(start, line, level)

    def _in_running_text(self, marks: Marks) -> Marks:
        """Take the number back that a line of running text only happens to begin with."""
        if marks.number in (None, 0, 1) or self.before != "line":
            return marks
        last = self.found[-1]
        if last.level is not None or self.text.endswith(_FINISHED, last.start, last.end):
            return marks
        return marks._replace(end=marks.begin, columns=())

    def _depth(self, line: _Line, marks: Marks) -> int | None:
        """Return how deep in lists a line is, and open the items it begins."""
        begins = bool(marks.columns) or opens_unit(line.text, marks.end)
        if not begins and self.before in ("line", "break"):
            return self.found[-1].level
        if begins:
            self._separate("mark")
        for column in marks.columns or (marks.indent,):
            while self.items and column < self.items[-1]:
                self.items.pop()
            if marks.columns:
                self.items.append(column + _ITEM_INDENT)
        return len(self.items) or None

    def _fenced_code(self, start: int, fence: str, level: int | None) -> None:
        """Read code to the fence that closes it, or to the document's end."""
        end = self.at
        while end < len(self.lines):
            closing = self.lines[end].text.lstrip(" \t>")
            end += 1
            if len(closing) >= len(fence) and not closing.strip(fence[0]):
                break
        self._add_lines(start, end, level)

    def _add_lines(self, start: int, end: int, level: int | None = None) -> None:
        """Add one block to the line before ``end``, without blank lines at its own end."""
        self.at = end
        while not self.lines[end - 1].text:
            end -= 1
        last = self.lines[end - 1]
        self._separate("mark")
        self._add(start, last.start + len(last.text), "whole", level)

    def _comment(self, start: int) -> bool:
        """Read a comment with nothing behind it; say whether it is one."""
        # To look for the same end again from each beginning would be quadratic.
        if self.comment_end < start:
            found = self.text.find("-->", start)
            self.comment_end = found + len("-->") if found >= 0 else len(self.text) + 1
        if self.comment_end > len(self.text):
            return False
        if not _LINE_END.match(self.text, self.comment_end):
            return False
        while self.at < len(self.lines) and self.lines[self.at].start < self.comment_end:
            self.at += 1
        return True

    def _heading(self, start: int, words: str, level: int) -> None:
        self._separate("mark")
        open_end = words.rstrip("#")
        if not open_end or open_end[-1].isspace():
            words = open_end.rstrip()
        if words:
            self._add(start, start + len(words), "heading", level)

    def _row(self, start: int, rest: str) -> bool:
        """Read a row of a table, or the line under its head; say whether it is one."""
        if "-" in rest and not rest.strip(_DELIMITER):
            if self.before == "line" and "|" in self.text[self.found[-1].start : start]:
                self.found[-1] = self.found[-1]._replace(kind="whole")
            self._separate("mark")
            self.in_table = True
            return True
        if not self.in_table and not (rest[0] == "|" and rest.count("|") > 1):
            return False
        self._add(start, start + len(rest), "whole", None)
        return True

    def _prose(self, start: int, line: _Line, level: int | None) -> None:
        end = line.start + len(line.text)
        broken = _HARD_BREAK.search(line.raw, max(0, len(line.raw) - _LONGEST_BREAK))
        if broken and broken[0] == "\\":
            words = self.text[start : end - 1].rstrip()
            end = start + len(words) if words else end
        self.in_table = False
        self._add(start, end, "prose", level)
        self.before = "break" if broken else "line"
