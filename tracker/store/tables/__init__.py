"""The tables. Everything that people wrote is append-only; ``columns.py`` says how they are built.

``until``, ``anchor.line``, ``placement.open`` and the tables in ``derived.py`` are derived: the
journal does not hash them, ``verify`` recomputes them. Columns that hold what people wrote are
marked ``words``; they enter a digest only as a salted hash, so that a remark can be sealed.
"""

from __future__ import annotations

from sqlalchemy import Table

from tracker.store.columns import metadata
from tracker.store.tables.chain import entry, head
from tracker.store.tables.derived import passage, sort, tally
from tracker.store.tables.house import (
    meeting,
    meeting_version,
    participant,
    reference,
    series,
    topic,
)
from tracker.store.tables.remarks import (
    anchor,
    assignment,
    comment,
    comment_version,
    proposal,
    proposal_answer,
    proposal_change,
    proposal_source,
    proposal_version,
    proposal_wording,
    retraction,
    seal,
    verdict,
)
from tracker.store.tables.text import (
    document,
    document_version,
    edition,
    edition_line,
    edition_version,
    line,
    placement,
    source,
    translation,
    version,
    wording,
)

JOURNALED: tuple[Table, ...] = tuple(
    table for table in metadata.tables.values() if "moment" in table.info
)
"""The tables whose rows the journal hashes."""

__all__ = [
    "JOURNALED",
    "anchor",
    "assignment",
    "comment",
    "comment_version",
    "document",
    "document_version",
    "edition",
    "edition_line",
    "edition_version",
    "entry",
    "head",
    "line",
    "meeting",
    "meeting_version",
    "participant",
    "passage",
    "placement",
    "proposal",
    "proposal_answer",
    "proposal_change",
    "proposal_source",
    "proposal_version",
    "proposal_wording",
    "reference",
    "retraction",
    "seal",
    "series",
    "sort",
    "source",
    "tally",
    "topic",
    "translation",
    "verdict",
    "version",
    "wording",
]
