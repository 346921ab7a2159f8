"""A YAML file as plain mappings, lists and strings, with the line of each.

Nothing in a file is obeyed: tags, anchors and aliases are refused, since they could build objects
or grow without bound, and every scalar is a string, whatever it looks like (``no``, ``12:30``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tracker.formats.record.fault import Path, field_name

DEEPEST = 20
"""Levels that a file may be nested."""
MOST = 1_000_000
"""Values that a file may hold."""

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_NOT_TEXT = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not take as it is, and the line ends of Unicode, which it would not keep."""
_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)
_BREAK = re.compile("\r\n|\r|\n")

Event = Any
"""An event of PyYAML, whose types name neither the mark nor the values."""
Lines = dict[str | int | None, "int | Lines"]
"""The line of each part by its name or place; that of the whole under None."""


class NotPlain(Exception):
    """A file that is not plain YAML; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Tree:
    """The plain data of a file, and the line on which each part of it begins."""

    def __init__(self, data: Any, lines: int | Lines) -> None:
        self.data = data
        self._lines = lines

    def line(self, path: Path) -> int:
        """Return the line (from 1) of a part, or of the nearest thing around it that is there."""
        found = self._lines
        for part in path:
            if not isinstance(found, dict) or part not in found:
                break
            found = found[part]
        own = found[None] if isinstance(found, dict) else found
        assert isinstance(own, int)
        return own


def parse(text: str) -> Tree:
    """Return the one document in a YAML or JSON text. Raises NotPlain for any but plain data."""
    found = _NOT_TEXT.search(text)
    if found:
        code = f"{ord(found[0]):04X}"
        hint = "remove it" if code == "0000" else f'write it as "\\u{code}", in double quotes'
        name = "NUL" if code == "0000" else f"U+{code}"
        raise NotPlain(_line_at(text, found.start()), f"the character {name}: {hint}")
    json = text.lstrip().startswith("{")
    if json:
        text = _PAIR.sub(_joined, text)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _Builder(yaml.parse(text, Loader=loader), json=json).build()
    except yaml.MarkedYAMLError as error:
        marks = [error.problem_mark, error.context_mark]
        if "end of stream" in (error.problem or ""):
            marks.reverse()  # where it began says more
        line = next((mark.line + 1 for mark in marks if mark), 1)
        raise NotPlain(line, _explained(error)) from None
    except yaml.YAMLError as error:
        raise NotPlain(1, f"not YAML: {error}") from None


def _line_at(text: str, place: int) -> int:
    return 1 + sum(1 for _ in _BREAK.finditer(text, 0, place))


def _joined(pair: re.Match[str]) -> str:
    """Return the character that JSON writes as two halves."""
    high, low = int(pair[2], 16), int(pair[3], 16)
    return pair[1] + chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))


def _explained(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "not YAML"
    if "Unicode character escape" in problem:
        return "the escape stands for half a character or for none: write the character itself"
    return f"not YAML: {problem}"


class _Builder:
    def __init__(self, events: Iterator[Event], *, json: bool) -> None:
        self._events = events
        self._json = json
        self._left = MOST

    def build(self) -> Tree:
        tree: Tree | None = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                if tree is not None:
                    mark: Any = event.start_mark
                    raise NotPlain(mark.line + 1, "a second document in the file")
                tree = Tree(*self._node(event, ()))
        return tree or Tree(None, 1)

    def _node(self, event: Event, path: Path) -> tuple[Any, int | Lines]:
        line = event.start_mark.line + 1
        _refuse_marks(event, path)
        self._left -= 1
        if len(path) > DEEPEST:
            raise NotPlain(line, f"nested more than {DEEPEST} deep")
        if self._left < 0:
            raise NotPlain(line, f"more than {MOST:,} values in the file")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, line)
        return self._scalar(event, path), line

    def _scalar(self, event: Event, path: Path) -> str | None:
        """Return a text; None for no value, which is ``note:`` in YAML and ``null`` in JSON."""
        value: str = event.value
        if event.style:  # quoted, or a block
            return value
        if value in _NULLS:
            if self._json and value == "null":
                return None
            hint = f"leave the field out; for the word itself, write '{value}' in quotes"
            line = event.start_mark.line + 1
            raise NotPlain(line, _at(path, f"{value} is no value: {hint}"))
        return value or None

    def _mapping(self, path: Path, line: int) -> tuple[dict[str, Any], Lines]:
        found: dict[str, Any] = {}
        lines: Lines = {None: line}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._key(event, path)
            if key in found:
                raise NotPlain(line, _at((*path, key), "stands here twice"))
            found[key], lines[key] = self._node(next(self._events), (*path, key))
            # A field begins with its name, wherever its value does.
            inner = lines[key]
            if isinstance(inner, dict):
                inner[None] = line
            else:
                lines[key] = line
        return found, lines

    def _key(self, event: Event, path: Path) -> str:
        _refuse_marks(event, path)
        if isinstance(event, yaml.ScalarEvent) and event.value:
            return str(event.value)
        line = event.start_mark.line + 1
        raise NotPlain(line, _at(path, "the name of a field must be a word"))

    def _sequence(self, path: Path, line: int) -> tuple[list[Any], Lines]:
        found: list[Any] = []
        lines: Lines = {None: line}
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            item, lines[len(found)] = self._node(event, (*path, len(found)))
            found.append(item)
        return found, lines


def _refuse_marks(event: Event, path: Path) -> None:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise NotPlain(line, _at(path, "anchors and aliases are not read: write the text out"))
    if getattr(event, "tag", None):
        raise NotPlain(line, _at(path, f"the tag {event.tag} is not read: leave it out"))


def _at(path: Path, message: str) -> str:
    return f"{field_name(path)}: {message}"
