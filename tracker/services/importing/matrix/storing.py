"""Storing what a matrix brings."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.services.importing.files import store_file
from tracker.services.importing.matrix.planning import Plan
from tracker.services.importing.remarks import store_comments
from tracker.services.importing.stored import stored_text
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import store_verdict
from tracker.store.journal import Entry

_NAMED = 8


def apply(entry: Entry, snapshot: Snapshot, plan: Plan) -> None:
    """Store the dispositions and the new comments of a plan, and keep what was read.

    Raises Refused if the store moved since.
    """
    entry.expect(plan.head)
    document = snapshot.document
    entry.document = document
    store_file(entry, document, plan.file)
    for each in plan.disposed:
        store_verdict(entry, document, each.verdict, comment=comment_id(each.comment.id))
    said = [each.comment for each in plan.fresh]
    if said:
        numbered = [each.numbered for each in plan.fresh]
        store_comments(entry, stored_text(snapshot, said), numbered, {})
    entry.summary = "; ".join(_summary(plan))


def _summary(plan: Plan) -> Iterator[str]:
    """Yield which comments were disposed of, and which are new."""
    settled = [each.comment.id for each in plan.disposed]
    if settled:
        more = f" and {len(settled) - _NAMED:,} more" if len(settled) > _NAMED else ""
        yield f"{', '.join(settled[:_NAMED])}{more} disposed of"
    if plan.fresh:
        first, last = plan.fresh[0].id, plan.fresh[-1].id
        yield f"{first} to {last} new" if first != last else f"{first} new"
