"""The indexes. Queries do not need to know them, so only migrations import this module.

That keeps the options of a partial index out of the daily commands: SQLAlchemy imports the whole
PostgreSQL dialect to check one of them.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, ColumnElement, Index, event

from tracker.store.tables import (
    anchor,
    comment_version,
    passage,
    placement,
    proposal_answer,
    proposal_change,
    proposal_source,
    proposal_wording,
    seal,
    tally,
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
_orphaned = (anchor.c.until == CURRENT) & (anchor.c.state == "orphaned")
_partial("ix_anchor_orphaned", _orphaned, anchor.c.document, anchor.c.comment)
_partial("ix_verdict_line", verdict.c.line.is_not(None), verdict.c.document, verdict.c.line)

_sorted = (tally.c.document, tally.c.sort, tally.c.line)
Index("ix_tally_sort", *_sorted)
_partial("ix_tally_open", tally.c.open > 0, *_sorted)

Index("ix_passage_newest", passage.c.document, passage.c.kind, passage.c.id)
# A page of postings that waits to be filed would be read by every search.
_filed = {"fastupdate": "off"}
Index("ix_passage_terms", passage.c.terms, postgresql_using="gin", postgresql_with=_filed).ddl_if(
    dialect="postgresql"
)

# Nothing but numbers of rows for each term: the terms are words of our own making, told apart by
# spaces, and the text itself is read from its table.
_table = """
    CREATE VIRTUAL TABLE passage_terms USING fts5(
        terms, content='passage', content_rowid='id', detail=none, columnsize=0,
        tokenize="ascii tokenchars '.'"
    )
"""
_inserted = """
    CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_terms(rowid, terms) VALUES (new.id, new.terms);
    END
"""
_deleted = """
    CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_terms(passage_terms, rowid, terms)
            VALUES ('delete', old.id, old.terms);
    END
"""
_updated = """
    CREATE TRIGGER passage_updated AFTER UPDATE ON passage BEGIN
        INSERT INTO passage_terms(passage_terms, rowid, terms)
            VALUES ('delete', old.id, old.terms);
        INSERT INTO passage_terms(rowid, terms) VALUES (new.id, new.terms);
    END
"""
for _statement in (_table, _inserted, _deleted, _updated):
    _made: DDL = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy has it so
    event.listen(passage, "after_create", _made.execute_if(dialect="sqlite"))
