"""What the journal hashes: the digest of a row, and of an entry.

A row's digest is the SHA-256 of the UTF-8 JSON array of its table's name and the columns that its
entry's format names. Text that people wrote stands in the array as SHA-256(salt, text), so that
text and salt can be erased and the chain still verifies. An entry's digest is the SHA-256 of the
previous entry's digest, its header and the digests of its rows, ordered by table and then by
digest: the order does not depend on how a database returns them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table

from tracker.store.types import timestamp

FORMAT = 4
GENESIS = "0" * 64
"""The digest before the first entry."""

# Frozen, the order of the tables too: an old entry must hash as it did. New columns come with a
# new format.
_COLUMNS: dict[int, dict[str, str]] = {
    1: {
        "series": "id key name hosts held_since meetings_planned note entry",
        "meeting": "id key series name kind date place note entry",
        "topic": "meeting number name entry",
        "participant": "id key name side note entry",
        "reference": "id key series title authors date publisher note entry",
        "document": "id key entry",
        "document_version": "document number title language unit note since",
        "source": "document id role file title authors date publisher note sha256 encoding "
        "content entry",
        "line": "document id label kind level entry",
        "wording": "document id language text entry",
        "version": "document line language number wording origin since",
        "placement": "document line language number rank block markup gap after_line since",
        "edition": "document id key state entry",
        "edition_version": "document edition number name status date note since",
        "edition_line": "document edition line printed entry",
        "comment": "document id entry",
        "comment_version": "document comment number meeting topic speaker side participant kind "
        "type text context note verbatim parent relation source locator given_number since",
        "anchor": "document comment ordinal number scope wording start stop quote prefix suffix "
        "state inherited since",
        "proposal": "document id entry",
        "proposal_version": "document proposal number proposer rationale since",
        "proposal_change": "document proposal number kind language after_line entry",
        "proposal_wording": "document proposal change role ordinal line wording entry",
        "proposal_answer": "document proposal comment entry",
        "verdict": "document id comment proposal change stage outcome reason decided_by "
        "decided_on mode since",
    }
}
_COLUMNS[2] = _COLUMNS[1] | {
    "placement": "document line language number rank block markup gap after_line trail since"
}
_COLUMNS[3] = _COLUMNS[2] | {
    "document_version": "document number title language unit note attribution since",
    "source": "document id role file title authors date publisher note sha256 encoding "
    "content language entry",
    "line": "document id label kind level from_line entry",
    "placement": "document line language number rank block markup gap after_line trail kind level "
    "into_line since",
    "comment_version": "document comment number meeting topic speaker side participant kind "
    "type text context note verbatim parent relation source locator given_number internal "
    "proposal change since",
    "proposal_change": "document proposal number kind language after_line supersedes "
    "amends_proposal amends_change entry",
    "proposal_wording": "document proposal change role ordinal line wording kind level block "
    "markup gap entry",
    "verdict": "document id comment proposal change line stage outcome reason decided_by "
    "decided_on mode votes wording since",
    "meeting_version": "meeting number series name kind date place note open since",
    "translation": "document language line of_line number wording since",
    "proposal_source": "document proposal change ordinal from_proposal from_change entry",
    "assignment": "document comment number assignee due note done since",
    "retraction": "document kind id number holds since",
    "seal": "document id row_table row_digest row_column hash entry",
}
_COLUMNS[4] = _COLUMNS[3] | {
    "comment_version": "document comment number meeting topic speaker side participant kind "
    "type text context note verbatim parent relation source locator given_number internal "
    "proposal change said_at since",
    "proposal_change": "document proposal number kind language after_line supersedes "
    "amends_proposal amends_change made_at marks entry",
}

FORMATS = frozenset(_COLUMNS)
"""The formats that this program can verify."""
SALT_LENGTH = 16
"""Bytes."""


def hashed_columns(table: Table, form: int) -> tuple[str, ...]:
    """Return the names of the columns that entries of this format hash, in order."""
    return tuple(_COLUMNS[form].get(table.name, "").split())


@cache
def _hashed(table: Table, form: int) -> tuple[tuple[str, bool], ...]:
    """Return the hashed columns of a table, and whether each holds words: asked for every row."""
    names = hashed_columns(table, form)
    return tuple((name, is_words(table, name)) for name in names)


def row_digest(
    table: Table,
    row: Mapping[str, Any],
    form: int = FORMAT,
    sealed: Mapping[str, str] | None = None,
) -> str:
    """Return the digest of a row as 64 hexadecimal digits.

    ``sealed`` holds, for each column whose words were erased, what stood for them.
    """
    hashes = sealed or {}
    values: list[Any] = [table.name]
    for name, is_sealable in _hashed(table, form):
        value = row.get(name)
        if value is not None and is_sealable:
            value = sealable(row["salt"], value)
        elif value is None and is_sealable:
            value = hashes.get(name)
        values.append(value)
    return hashlib.sha256(_json(values)).hexdigest()


def is_words(table: Table, column: str) -> bool:
    """Return whether a column holds what people wrote, which can be sealed."""
    return bool(table.c[column].info.get("words"))


def sealable(salt: bytes | None, value: str | bytes) -> str:
    """Return what stands for text that people wrote: SHA-256(salt, text)."""
    # In a longer salt the beginning of the text could hide; no entry writes another.
    if salt is None or len(salt) != SALT_LENGTH:
        return "no salt"
    data = value if isinstance(value, bytes) else value.encode()
    return hashlib.sha256(salt + data).hexdigest()


def entry_digest(
    previous: str, header: Mapping[str, Any], rows: Iterable[tuple[Table, str]]
) -> str:
    """Return the digest of an entry from its row of the table ``entry`` and its rows' digests."""
    at: datetime = header["at"]
    names = ("number", "document", "author", "command", "summary", "format", "rows")
    digest = hashlib.sha256(previous.encode())
    digest.update(_json([*(header[name] for name in names), timestamp(at)]))
    order = list(_COLUMNS[header["format"]])
    ordered = sorted((order.index(table.name), own) for table, own in rows)
    for _, own in ordered:
        digest.update(own.encode())
    return digest.hexdigest()


def _json(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
