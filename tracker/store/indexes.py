"""The indexes. Queries do not need to know them, so only migrations import this module.

That keeps the options of a partial index out of the daily commands: SQLAlchemy imports the whole
PostgreSQL dialect to check one of them.
"""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Index

from tracker.store.tables import (
    anchor,
    comment_version,
    placement,
    proposal_answer,
    proposal_change,
    proposal_source,
    proposal_wording,
    seal,
    translation,
    verdict,
    version,
)
from tracker.store.types import CURRENT


def _partial(name: str, where: ColumnElement[bool], *columns: Column[int]) -> None:
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


Index("ix_version_wording", version.c.document, version.c.wording)
Index("ix_comment_version_parent", comment_version.c.document, comment_version.c.parent)
Index("ix_comment_version_meeting", comment_version.c.document, comment_version.c.meeting)
Index("ix_proposal_change_after", proposal_change.c.document, proposal_change.c.after_line)
Index("ix_proposal_wording_line", proposal_wording.c.document, proposal_wording.c.line)
Index("ix_proposal_answer_comment", proposal_answer.c.document, proposal_answer.c.comment)
Index("ix_comment_version_proposal", comment_version.c.document, comment_version.c.proposal)
Index("ix_proposal_source_from", proposal_source.c.document, proposal_source.c.from_proposal)
Index("ix_translation_of_line", translation.c.document, translation.c.of_line)
Index("ix_seal_row", seal.c.row_table, seal.c.row_digest)
Index("ix_verdict_comment", verdict.c.document, verdict.c.comment)
Index("ix_verdict_proposal", verdict.c.document, verdict.c.proposal)

_order = (placement.c.document, placement.c.language, placement.c.rank)
_placed = placement.c.until == CURRENT
Index("ix_placement_rank", *_order)
_partial("ix_placement_current", _placed, *_order)
_partial("ix_placement_open", _placed & (placement.c.open > 0), *_order)
_partial("ix_anchor_current", anchor.c.until == CURRENT, anchor.c.document, anchor.c.line)
_partial("ix_verdict_line", verdict.c.line.is_not(None), verdict.c.document, verdict.c.line)
