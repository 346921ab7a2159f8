"""Reading a record: every fault is named with its file, line and field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tracker.errors import BadInput
from tracker.exchange.record import FORM, Record
from tracker.formats.record.check import Fault, faults
from tracker.formats.record.tree import NotPlain, Path, Tree, parse

LARGEST = 64 * 1024 * 1024
"""Bytes that a record may have."""
_SHOWN = 20


def read(content: bytes, name: str) -> Record:
    """Return the record in a YAML or JSON file; ``name`` is what messages call the file.

    Raises BadInput that lists the faults: file, line, field and what is wrong.
    """
    text = _decoded(content, name)
    try:
        tree = parse(text)
    except NotPlain as error:
        raise BadInput(f"{name}, line {error.line}: {error}", "mend it and try again") from None
    _refuse_if_other(tree, name)
    try:
        record: Record = TypeAdapter(Record).validate_python(_for_python(tree.data))
    except ValidationError as error:
        raise _told(name, tree, _from_pydantic(error)) from None
    found = faults(record)
    if found:
        raise _told(name, tree, found)
    return record


def _decoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise BadInput(f"{name} has {len(content):,} bytes; {LARGEST:,} is the limit")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is not UTF-8: byte {error.start + 1} is {content[error.start]:#04x}",
            "save it as UTF-8",
        ) from None
    for number, line in enumerate(text.splitlines(), 1):
        if "\0" in line:
            raise BadInput(f"{name}, line {number}: a NUL character", "remove it")
    return text


def _refuse_if_other(tree: Tree, name: str) -> None:
    if isinstance(tree.data, dict) and tree.data.get("format") == FORM:
        return
    stated = tree.data.get("format") if isinstance(tree.data, dict) else None
    what = f"its format is {stated!r}" if stated else f"it does not begin with “format: {FORM}”"
    raise BadInput(f"{name} is not a record: {what}", "docs/record.md describes the form")


def _for_python(data: Any) -> Any:
    """Rename ``from``, a word that Python keeps for itself, and leave out what has no value."""
    if isinstance(data, dict):
        return {
            "proposer" if key == "from" else key: _for_python(value)
            for key, value in data.items()
            if value is not None
        }
    return [_for_python(item) for item in data] if isinstance(data, list) else data


def _from_pydantic(error: ValidationError) -> list[Fault]:
    found = []
    for item in error.errors(include_url=False, include_context=False):
        path = tuple("from" if part == "proposer" else part for part in item["loc"])
        found.append(Fault(path, _MESSAGES.get(item["type"], item["msg"]), item["input"]))
    return found


_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is no field here",
    "unexpected_keyword_argument": "is no field here",
    "int_parsing": "must be a whole number",
    "bool_parsing": "must be true or false",
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "dataclass_type": "must be a group of fields",
}


def _told(name: str, tree: Tree, found: Iterable[Fault]) -> BadInput:
    placed = sorted((_line(tree, fault.path), fault) for fault in found)
    shown = [f"{name}, line {line}: {fault.told()}" for line, fault in placed[:_SHOWN]]
    if len(placed) > _SHOWN:
        shown.append(f"… and {len(placed) - _SHOWN} more")
    return BadInput("\n".join(shown), "nothing was stored; mend the file and try again")


def _line(tree: Tree, path: Path) -> int:
    """Return the line of a part, or of the nearest thing around it that is there."""
    while path and path not in tree.lines:
        path = path[:-1]
    return tree.lines.get(path, 1)
