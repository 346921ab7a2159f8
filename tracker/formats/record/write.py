"""Writing a record as YAML or JSON: the same record always gives the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from functools import cache
from typing import Any

import yaml

from tracker.exchange.record import Record

_ALWAYS = frozenset({"format", "number", "version", "change", "language", "kind", "label"})
"""Fields that are written even where they have their usual value."""
_TO_ESCAPE = re.compile(
    "[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What a reader of YAML refuses, or turns into something else, unless it is escaped."""


def write_yaml(record: Record) -> bytes:
    """Return a record as YAML in UTF-8."""
    dumper: Any = _Dumper
    return yaml.dump(
        _plain(record),
        Dumper=dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
        encoding="utf-8",
        default_flow_style=False,
    )


def write_json(record: Record) -> bytes:
    """Return a record as JSON in UTF-8: the same fields as in YAML."""
    text = json.dumps(_plain(record), ensure_ascii=False, indent=2)
    return (_TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def _plain(value: Any) -> Any:
    """Return a part of a record as plain data, without what is not said."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    found = {}
    kind: Any = type(value)
    for attribute, name, usual in _fields(kind):
        item = getattr(value, attribute)
        if item is not None and item != () and (item != usual or attribute in _ALWAYS):
            found[name] = _plain(item)
    return found


@cache
def _fields(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    """Return the fields of a part: attribute, name in the file and usual value."""
    return tuple(
        (field.name, "from" if field.name == "proposer" else field.name, field.default)
        for field in fields(kind)
    )


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their name, and long texts stand in quotes only if they must."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent a list as deep as anything else."""
        super().increase_indent(flow, False)

    def text(self, value: str) -> yaml.ScalarNode:
        """Return a text as YAML: several lines as a block, what must be escaped in quotes."""
        style = '"' if _TO_ESCAPE.search(value) else "|" if "\n" in value else None
        return self.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """A value that occurs twice is written twice: a record has no aliases."""
        return True


_Dumper.add_representer(str, _Dumper.text)
