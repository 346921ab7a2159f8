"""A YAML file as plain mappings, lists and strings, with the line of each.

Nothing in a file is obeyed: tags, anchors and aliases are refused, since they could build objects
or grow without bound, and every scalar is a string, whatever it looks like (``no``, ``12:30``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""Where something stands: ``("comments", 3, "speaker")``."""

DEEPEST = 20


class NotPlain(Exception):
    """A file that is not plain YAML; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Tree:
    """The plain data of a file, and the line (from 1) on which each part of it begins."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)


def parse(text: str) -> Tree:
    """Return the one document in a YAML text. Raises NotPlain for anything but plain data."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _Builder(yaml.parse(text, Loader=loader)).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotPlain(mark.line + 1 if mark else 1, error.problem or "not YAML") from None
    except yaml.YAMLError as error:
        raise NotPlain(1, f"not YAML: {error}") from None


class _Builder:
    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._tree = Tree()

    def build(self) -> Tree:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                if self._tree.lines:
                    raise NotPlain(event.start_mark.line + 1, "a second document in the file")
                self._tree.data = self._node(event, ())
        return self._tree

    def _node(self, event: yaml.Event, path: Path) -> Any:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise NotPlain(line, "anchors and aliases are not read: write the text out")
        if getattr(event, "tag", None):
            raise NotPlain(line, f"the tag {event.tag} is not read: leave it out")
        if len(path) > DEEPEST:
            raise NotPlain(line, f"nested more than {DEEPEST} deep")
        self._tree.lines[path] = line
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        # An empty scalar without quotes is no value at all, as in `note:`.
        return event.value if event.value or event.style else None

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise NotPlain(line, "a key must be a word")
            key = str(self._node(event, (*path, "")))
            if key in found:
                raise NotPlain(line, f"{key!r} stands here twice")
            found[key] = self._node(next(self._events), (*path, key))
            self._tree.lines[(*path, key)] = line
        return found

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._node(event, (*path, len(found))))
        return found
