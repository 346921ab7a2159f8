"""The comment matrix of a document: a row for each comment, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.exchange.matrix import Matrix, Row, Stamp, apart
from tracker.exchange.review import Ruling, Said
from tracker.services import documents, editions, lines
from tracker.services.exporting.review import said
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot


def matrix(snapshot: Snapshot, *, with_internal: bool = False) -> Matrix:
    """Return the comments of a document as a table, named as its rule of attribution allows.

    Internal ones are left out unless they are asked for. The rows are made as they are read.
    """
    spoken = said(snapshot, with_internal=with_internal)
    named = editions.all_editions(snapshot)
    held = {each.meeting: each.meeting_name for each in spoken}
    return Matrix(
        stamp=Stamp(snapshot.key, snapshot.at),
        title=documents.title(snapshot),
        language=snapshot.language,
        edition=named[-1].name if named else None,
        rows=_rows(snapshot, spoken),
        meetings=tuple((key, name) for key, name in held.items() if key and name),
    )


def rows(snapshot: Snapshot) -> dict[str, Row]:
    """Return the row of every comment, internal ones too, by its id."""
    spoken = said(snapshot, with_internal=True)
    return {row.id: row for row in _rows(snapshot, spoken)}


def _rows(snapshot: Snapshot, spoken: Sequence[Said]) -> Iterator[Row]:
    places = _places(lines.running_text(snapshot))
    for comment in spoken:
        yield _row(comment, places)


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
        advice=_advice(comment.recommendation),
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


def _advice(advised: Ruling | None) -> str:
    """Return what is advised, in one cell."""
    if advised is None:
        return ""
    grounds = ", ".join(filter(None, (advised.by, advised.on)))
    told = f"{advised.outcome} ({grounds})" if grounds else advised.outcome
    return f"{told}: {advised.reason}" if advised.reason else told
