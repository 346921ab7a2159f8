"""Reading a record: every fault is named with its file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from heapq import nsmallest
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tracker.errors import BadInput
from tracker.exchange.record import FORM, Record, Strict
from tracker.formats.record.check import faults
from tracker.formats.record.fault import Fault
from tracker.formats.record.tree import NotPlain, Tree, parse

LARGEST = 64 * 1024 * 1024
"""Bytes that a record may have."""
_SHOWN = 20
_MEND = "mend the file and try again: docs/record.md describes the form"


def read(content: bytes, name: str) -> Record:
    """Return the record in a YAML or JSON file; ``name`` is what messages call the file.

    Raises BadInput that lists the faults: file, line, field and what is wrong.
    """
    try:
        tree = parse(_decoded(content, name))
    except NotPlain as error:
        raise BadInput(f"{name}, line {error.line}: {error}", _MEND) from None
    _refuse_if_other(tree, name)
    try:
        record: Record = TypeAdapter(Record).validate_python(_for_python(tree.data))
    except ValidationError as error:
        raise _told(name, tree, [*_from_pydantic(error), *_unsaid(tree.data)]) from None
    found = faults(record)
    if found:
        raise _told(name, tree, found)
    return record


def _decoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise BadInput(
            f"{name} has {len(content):,} bytes; {LARGEST:,} is the limit",
            "split it; a store as a whole is copied by: tracker db backup",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + len(re.findall(b"\r\n|\r|\n", content[: error.start]))
        raise BadInput(
            f"{name}, line {line}: byte {error.start + 1} of the file is "
            f"{content[error.start]:#04x}, which is not UTF-8",
            "save it as UTF-8 and try again",
        ) from None


def _refuse_if_other(tree: Tree, name: str) -> None:
    data = tree.data if isinstance(tree.data, dict) else {}
    stated = data.get("format")
    if stated == FORM:
        return
    what = f"{stated!r} is another form" if isinstance(stated, str) else "is missing"
    raise BadInput(
        f"{name}, line {tree.line(('format',))}: format: {what}",
        f"a record begins with “format: {FORM}”; docs/record.md describes the form",
    )


def _for_python(data: Any) -> Any:
    """Leave out what has no value, and rename ``from``, a word that Python keeps for itself."""
    plain = _without_empty(data)
    proposals = plain.get("proposals")
    for place, item in enumerate(proposals if isinstance(proposals, list) else ()):
        if isinstance(item, dict):
            proposals[place] = {_RENAMED.get(key, key): value for key, value in item.items()}
    return plain


_RENAMED = {"from": "proposer", "proposer": "from"}
"""The other way round too, so that no file can say ``proposer``."""
_PARTS: list[Any] = Strict.__subclasses__()
_KNOWN = {field.name for part in _PARTS for field in fields(part)} - {"proposer"} | {"from"}


def _without_empty(data: Any) -> Any:
    """Leave out known fields without a value; an unknown one is a fault all the same."""
    if isinstance(data, dict):
        return {
            key: _without_empty(value)
            for key, value in data.items()
            if value is not None or key not in _KNOWN
        }
    return [_without_empty(item) for item in data] if isinstance(data, list) else data


def _from_pydantic(error: ValidationError) -> list[Fault]:
    found = []
    for item in error.errors(include_url=False, include_context=False):
        path = item["loc"]
        if path[0] == "proposals" and len(path) == 3:
            path = (*path[:2], _RENAMED.get(str(path[2]), path[2]))
        message = _MESSAGES.get(item["type"]) or item["msg"].replace("Input should", "must")
        found.append(Fault(path, message, item["input"]))
    return found


def _unsaid(data: Any) -> Iterator[Fault]:
    """Yield the comments without speaker or text, which only the stub of a sealed one may be."""
    comments = data.get("comments") if isinstance(data, dict) else None
    for place, item in enumerate(comments if isinstance(comments, list) else ()):
        if isinstance(item, dict) and not item.get("sealed"):
            for name in ("speaker", "text"):
                if item.get(name) is None:
                    yield Fault(("comments", place, name), "is missing")


_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is no field here",
    "unexpected_keyword_argument": "is no field here",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "dict_type": "must be a group of fields",
    "dataclass_type": "must be a group of fields",
}


def _told(name: str, tree: Tree, found: Iterable[Fault]) -> BadInput:
    placed = [(tree.line(fault.path), fault.told()) for fault in found]
    first = nsmallest(_SHOWN, placed)
    shown = [f"{name}, line {line}: {told}" for line, told in first]
    if len(placed) > _SHOWN:
        shown.append(f"… and {len(placed) - _SHOWN:,} more")
    return BadInput("\n".join(shown), f"nothing was stored; {_MEND}")
