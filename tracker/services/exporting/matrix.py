"""The comment matrix of a document: a row for each comment, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, select

from tracker.exchange.matrix import Matrix, Row, Stamp, apart
from tracker.exchange.review import Ruling, Said
from tracker.services import documents, editions, lines, meetings, retractions
from tracker.services.attribution import voices
from tracker.services.comments import reading as comments
from tracker.services.exporting import telling
from tracker.services.exporting.review_said import tell
from tracker.services.lines import Line
from tracker.services.meetings import Meeting
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot
from tracker.store import tables

_AT_ONCE = 5_000
"""Comments that are held in memory together."""
_comment, _anchor = tables.comment_version, tables.anchor


def matrix(snapshot: Snapshot, *, with_internal: bool = False) -> Matrix:
    """Return the comments of a document as a table, named as its rule of attribution allows.

    Internal ones are left out unless they are asked for. The rows are gathered as they are read.
    """
    named = editions.all_editions(snapshot)
    held = _meetings(snapshot, _going_out(snapshot, with_internal=with_internal))
    return Matrix(
        stamp=Stamp(snapshot.key, snapshot.at),
        title=documents.title(snapshot),
        language=snapshot.language,
        edition=named[-1].name if named else None,
        rows=_rows(snapshot, with_internal=with_internal),
        meetings=tuple((each.key, each.name) for each in held),
    )


def rows(snapshot: Snapshot) -> dict[str, Row]:
    """Return the row of every comment, internal ones too, by its id."""
    return {row.id: row for row in _rows(snapshot, with_internal=True)}


def _rows(snapshot: Snapshot, *, with_internal: bool) -> Iterator[Row]:
    """Yield the rows in the order of :func:`tracker.services.exporting.review.said`."""
    named = voices(snapshot, with_internal=with_internal)
    text, proposed = lines.running_text(snapshot), proposals.listed(snapshot)[0]
    places = _places(text)
    chosen = _going_out(snapshot, with_internal=with_internal)
    numbers = _in_order(snapshot, text, proposed, chosen)
    for start in range(0, len(numbers), _AT_ONCE):
        spoken = comments.listed(snapshot, ids=numbers[start : start + _AT_ONCE])[0]
        for comment in tell(snapshot, named, spoken, text, proposed):
            yield _row(comment, places)


def _going_out(snapshot: Snapshot, *, with_internal: bool) -> ColumnElement[bool]:
    """Return the condition for the versions of comments that may leave the store."""
    gone = retractions.retracted(snapshot, "comment", _comment.c.comment)
    told = and_(snapshot.current(_comment), ~gone)
    return told if with_internal else and_(told, _comment.c.internal.is_distinct_from(1))


def _meetings(snapshot: Snapshot, chosen: ColumnElement[bool]) -> list[Meeting]:
    """Return the meetings at which some comments were made."""
    held = set(snapshot.connection.scalars(select(_comment.c.meeting).where(chosen).distinct()))
    return [each for each in meetings.all_meetings(snapshot.connection) if each.id in held]


def _in_order(
    snapshot: Snapshot,
    text: Sequence[Line],
    proposed: Sequence[Proposal],
    chosen: ColumnElement[bool],
) -> list[int]:
    """Return the numbers of some comments in the order of the lines they are on."""
    standing = {line.id: place for place, line in enumerate(text)}
    by_label = {line.label: place for place, line in enumerate(text)}
    nowhere = len(text)
    first = {
        int(each.id[1:]): by_label.get(label, nowhere)
        for each in proposed
        for label in each.lines[:1]
    }
    tied = select(_anchor.c.comment, _anchor.c.line).where(
        snapshot.current(_anchor), _anchor.c.state != "removed", _anchor.c.line.is_not(None)
    )
    places: dict[int, int] = {}
    for number, line in snapshot.connection.execute(tied):
        place = standing.get(line, nowhere)
        places[number] = min(place, places.get(number, place))
    query = select(_comment.c.comment, _comment.c.proposal).where(chosen)
    ordered = sorted(
        (places.get(number, first.get(proposal, nowhere + 1)), number)
        for number, proposal in snapshot.connection.execute(query)
    )
    return [number for _, number in ordered]


def _places(text: Sequence[Line]) -> dict[str, tuple[str, str]]:
    """Return the heading that each line stands under, and which of its paragraphs it is in."""
    places = {}
    heading, paragraph = "", 0
    for line in text:
        if line.kind == "heading":
            heading, paragraph = line.text, 0
            places[line.label] = heading, "heading"
            continue
        paragraph += line.block == "paragraph" or not paragraph
        places[line.label] = heading, f"paragraph {paragraph}"
    return places


def _row(comment: Said, places: dict[str, tuple[str, str]]) -> Row:
    clause, passage = places.get(comment.lines[0], ("", "")) if comment.lines else ("", "")
    text, proposed = apart(comment.text)
    decided = comment.disposition or Ruling("")
    return Row(
        id=comment.id,
        number=comment.number or "",
        member=comment.side or "",
        speaker="" if comment.sealed else comment.speaker,
        line=_line(comment),
        clause=clause,
        passage=comment.about or passage,
        type=comment.type or "",
        comment=text,
        proposed=proposed,
        outcome=decided.outcome,
        reason=decided.reason or "",
        by=decided.by or "",
        on=decided.on or "",
        kind=comment.kind,
        words=" … ".join(spot.quote for spot in comment.spots if spot.quote),
        reply_to=comment.reply_to or "",
        relation=comment.relation or "",
        context=comment.context or "",
        note=comment.note or "",
        meeting=comment.meeting or "",
        topic=comment.topic or "",
        state=_state(comment),
        advice=telling.ruled(comment.recommendation) if comment.recommendation else "",
        answered_by=", ".join(comment.answered_by),
        internal="yes" if comment.internal else "",
    )


def _line(comment: Said) -> str:
    """Return where a comment stands, as people name it and may type it."""
    named = ", ".join(comment.lines)
    if not named:
        return ""
    return {"section": f"section {named}", "gap": f"after {named}"}.get(comment.scope, named)


def _state(comment: Said) -> str:
    """Return what is still to be done about a comment."""
    if comment.sealed:
        return "sealed"
    state = "decided" if comment.disposition else "open"
    gone = {spot.state for spot in comment.spots}
    if "orphaned" in gone:
        return f"{state}; words gone"
    return f"{state}; words partly gone" if "partial" in gone else state
