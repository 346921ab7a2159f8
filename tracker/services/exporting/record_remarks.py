"""What was said about the text of a record: comments with their anchors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from tracker.exchange import record as exchange
from tracker.services.attribution import SOMEBODY, Voices
from tracker.services.comments import reading as comments
from tracker.services.exporting.record_text import RecordText
from tracker.services.exporting.record_verdicts import RecordVerdicts, written
from tracker.services.names import change_id
from tracker.services.snapshot import Snapshot
from tracker.store import tables


def record_comments(
    snapshot: Snapshot,
    text: RecordText,
    decided: RecordVerdicts,
    named: Voices,
    *,
    with_internal: bool,
) -> tuple[exchange.Comment, ...]:
    """Return every comment with its anchors and dispositions, those replaced by later ones too."""
    anchors = _anchors(snapshot, text)
    found = comments.listed(snapshot)[0]
    above = {comment.id: comment for comment in found}
    return tuple(
        exchange.Comment(
            id=comment.id,
            meeting=comment.meeting,
            date=comment.date,
            speaker=_speaker(comment, named),
            side=named.side(comment.side),
            participant=named.remark(comment.participant),
            kind=comment.kind,  # type: ignore[arg-type]  # the table takes no other word
            type=comment.type,  # type: ignore[arg-type]  # the table takes no other word
            topic=comment.topic,
            anchors=tuple(anchors.get(int(comment.id[1:]), ())),
            about=_about(comment),
            reply_to=comment.reply_to,
            relation=comment.relation,  # type: ignore[arg-type]  # the table takes no other word
            apart=_is_apart(comment, above),
            verbatim=comment.verbatim,
            internal=comment.internal,
            sealed=comment.sealed is not None,
            text=comment.text or None,
            context=named.remark(comment.context),
            note=named.remark(comment.note),
            number=named.remark(comment.number),
            source=comment.source,
            locator=named.remark(comment.locator),
            dispositions=written(decided.comments.get(int(comment.id[1:]), ()), named),
            assigned=_assigned(comment, named),
        )
        for comment in found
        if with_internal or not comment.internal
    )


def _speaker(comment: comments.Comment, named: Voices) -> str | None:
    """Return who spoke. The name of a voice is told with the participants, its label is kept."""
    if comment.sealed is not None:
        return None
    return named.speaker(comment.speaker, comment.side) if named.hides else comment.speaker


def _about(comment: comments.Comment) -> exchange.About | None:
    """Return the proposal or the change that a comment is on, with the words that it flags."""
    if comment.about is None:
        return None
    proposal, change = change_id(comment.about)
    own = [a for a in comment.anchors if a.line is None and not a.inherited]
    quote, start = (own[0].quote, own[0].start) if own else (None, None)
    return exchange.About(proposal=f"P{proposal}", change=change, quote=quote, start=start)


def _is_apart(comment: comments.Comment, above: Mapping[str, comments.Comment]) -> bool:
    """Return whether a comment was taken from where its parent, or its proposal, would put it."""
    if comment.anchors:
        return False
    if comment.reply_to is not None:
        return comment.reply_to in above and bool(above[comment.reply_to].anchors)
    return comment.about is not None and change_id(comment.about)[1] is not None


def _assigned(comment: comments.Comment, named: Voices) -> exchange.Assignment | None:
    given = comment.assignment
    if given is None:
        return None
    return exchange.Assignment(
        to=named.party(given.assignee) or SOMEBODY,
        due=given.due,
        note=named.remark(given.note),
        done=given.done,
    )


def _anchors(snapshot: Snapshot, text: RecordText) -> dict[int, list[exchange.Anchor]]:
    """Return the anchors on lines that a comment has of its own, with where they were carried."""
    anchor = tables.anchor
    query = (
        select(anchor)
        .where(
            anchor.c.document == snapshot.document,
            anchor.c.inherited == 0,
            anchor.c.line.is_not(None),
        )
        .order_by(anchor.c.comment, anchor.c.ordinal, anchor.c.number)
    )
    chains: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in snapshot.connection.execute(query):
        chains[row.comment, row.ordinal].append(row)
    found: dict[int, list[exchange.Anchor]] = defaultdict(list)
    for (comment, _), rows in chains.items():
        # What a comment stood on before it was moved is no place of it any more.
        if rows[-1].state != "removed":
            found[comment].append(_anchor(rows, text))
    return found


def _anchor(rows: Sequence[Any], text: RecordText) -> exchange.Anchor:
    """Return an anchor: where it began, and where it stood after each change of its line."""
    stages = []
    line, before = None, None
    # From the end: a wording that came back is that of several versions.
    for row in reversed([row for row in rows if row.state != "removed"]):
        before = before if row.line == line else None
        line, (before, language) = row.line, text.version(row.line, row.wording, before)
        stages.append((row, before, language))
    first, number, language = stages.pop()
    told = exchange.Anchor(
        line=text.labels[first.line],
        version=number,
        language=language,
        scope=first.scope if first.scope in ("section", "gap") else None,
        quote=first.quote,
        start=first.start,
    )
    carried = []
    at, was = first, number
    for row, number, _ in reversed(stages):
        if _stands(row, number) != _stands(at, was):
            carried.append(_standing(row, number, at, first, text))
        at, was = row, number
    return replace(told, carried=tuple(carried))


def _stands(row: Any, version: int) -> tuple[Any, ...]:
    return row.line, version, row.state, row.quote, row.start, row.stop


def _standing(
    row: Any, version: int, before: Any, first: Any, text: RecordText
) -> exchange.Standing:
    return exchange.Standing(
        line=text.labels[row.line] if row.line != before.line else None,
        version=version,
        state=row.state,
        quote=row.quote if row.quote != first.quote else None,
        start=row.start,
        end=row.stop,
    )
