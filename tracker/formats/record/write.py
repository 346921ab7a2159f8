"""Writing a record as YAML or JSON: the same record always gives the same bytes."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any

import yaml

from tracker.exchange.record import Record

_ALWAYS = frozenset({"format", "number", "version", "change", "language", "kind", "label"})
"""Fields that are written even where they have their usual value."""


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
    return (json.dumps(_plain(record), ensure_ascii=False, indent=2) + "\n").encode()


def _plain(value: Any) -> Any:
    """Return a part of a record as plain data, without what is not said."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    found = {}
    for field in fields(value):
        item = getattr(value, field.name)
        usual = field.default is not MISSING and item == field.default
        if item is None or item == () or (usual and field.name not in _ALWAYS):
            continue
        found["from" if field.name == "proposer" else field.name] = _plain(item)
    return found


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their name, and long texts stand in quotes only if they must."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent a list as deep as anything else."""
        super().increase_indent(flow, False)
