"""Reading comments with their anchors and dispositions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from tracker.errors import NotFound
from tracker.services import assignments, retractions
from tracker.services.assignments import Assignment
from tracker.services.paging import batches, page
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, disposed, verdicts
from tracker.store import tables

_comment, _anchor = tables.comment_version, tables.anchor


About = tuple[int | None, int | None]
"""The proposal that a comment is on, and the change of it, as far as it is on any."""


class Anchor(NamedTuple):
    """Where a comment stands: on ``line``, in code points of its wording, or on all of it.

    One on a proposed wording has no line.

    ``state`` is exact, partial or orphaned; an orphaned one has no ``start`` and ``stop``.
    ``inherited`` says that a reply has it from its parent.
    """

    line: str | None
    language: str
    scope: str
    wording: int
    quote: str | None
    start: int | None
    stop: int | None
    state: str
    inherited: bool


class Comment(NamedTuple):
    """A comment as it is now, with everything the record says of it.

    ``internal`` ones leave the store only when that is asked for. ``sealed`` is the entry that
    erased the words of one; its speaker and its text are then empty.
    """

    id: str
    text: str
    speaker: str
    kind: str
    side: str | None
    participant: str | None
    meeting: str | None
    topic: str | None
    type: str | None
    verbatim: bool
    context: str | None
    note: str | None
    reply_to: str | None
    relation: str | None
    number: str | None
    source: str | None
    locator: str | None
    anchors: tuple[Anchor, ...]
    dispositions: tuple[Verdict, ...]
    internal: bool = False
    sealed: int | None = None
    about: str | None = None
    """The proposal (``P2``) or the change of it (``P2.1``) that it is on."""
    assignment: Assignment | None = None
    date: str | None = None
    """When it was said, as its source says; it may be partial."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The labels of the lines it is anchored to, each once, in its order."""
        return tuple(dict.fromkeys(anchor.line for anchor in self.anchors if anchor.line))

    @property
    def scope(self) -> str:
        """What it is on: words, line, lines, section, gap, proposal, or document: the whole."""
        if self.anchors and self.anchors[0].scope in ("section", "gap"):
            return self.anchors[0].scope
        if any(anchor.scope == "words" for anchor in self.anchors):
            return "words"
        if self.about is not None:
            return "proposal"
        if not self.anchors:
            return "document"
        return "line" if len(self.lines) == 1 else "lines"

    @property
    def anchor_state(self) -> str | None:
        """The worst state of its anchors; none for a comment on the document as a whole."""
        states = {anchor.state for anchor in self.anchors}
        return next((s for s in ("orphaned", "partial", "exact") if s in states), None)

    @property
    def quote(self) -> str | None:
        """The words it flags, those of several places joined by an ellipsis."""
        quotes = [anchor.quote for anchor in self.anchors if anchor.quote is not None]
        return " … ".join(quotes) or None

    @property
    def disposition(self) -> Verdict | None:
        """The disposition that holds."""
        return self._last("decided")

    @property
    def recommendation(self) -> Verdict | None:
        """The disposition that the editor advises."""
        return self._last("advised")

    def _last(self, stage: str) -> Verdict | None:
        found = [verdict for verdict in self.dispositions if verdict.stage == stage]
        return found[-1] if found else None


def listed(
    snapshot: Snapshot,
    *,
    line: int | None = None,
    ids: Sequence[int] | None = None,
    meeting: int | None = None,
    undisposed: bool = False,
    kind: str | None = None,
    side: str | None = None,
    retracted: bool = False,
    limit: int | None = None,
) -> tuple[list[Comment], int]:
    """Return comments in the order of their numbers, and how many there are without ``limit``.

    ``retracted`` adds those that were undone.
    """
    chosen: list[ColumnElement[bool]] = []
    if line is not None:
        chosen.append(_comment.c.comment.in_(_on_line(snapshot, line)))
    if ids is not None:
        chosen.append(_comment.c.comment.in_(ids))
    if meeting is not None:
        chosen.append(_comment.c.meeting == meeting)
    if kind is not None:
        chosen.append(_comment.c.kind == kind)
    if side is not None:
        chosen.append(_comment.c.side == side)
    if undisposed:
        chosen.append(~disposed(snapshot, _comment.c.comment))
    is_of_a_line = line is not None and len(chosen) == 1
    if not retracted:
        chosen.append(~retractions.retracted(snapshot, "comment", _comment.c.comment))
    query = _query(snapshot).where(*chosen).order_by(_comment.c.comment)
    counted = select(_comment.c.comment).where(snapshot.current(_comment), *chosen)
    if line is not None and is_of_a_line and not retracted:
        # Not all comments are looked through for those of one line. Distinct anchors would be read
        # from SQLite by their key, which is in the order of all comments.
        off = retractions.retracted(snapshot, "comment", _anchor.c.comment)
        own = and_(
            tables.comment.c.document == snapshot.document,
            tables.comment.c.id.in_(_on_line(snapshot, line).where(~off)),
        )
        counted = select(tables.comment.c.id).where(own)
    rows, total = page(snapshot.connection, query, limit, counted)
    return [c for part in batches(rows) for c in _comments(snapshot, part)], total


def _on_line(snapshot: Snapshot, line: int) -> Select[Any]:
    return select(_anchor.c.comment).where(
        snapshot.current(_anchor), _anchor.c.state != "removed", _anchor.c.line == line
    )


def count_internal(snapshot: Snapshot) -> int:
    """Return how many comments are internal."""
    query = select(func.count()).select_from(_comment)
    gone = retractions.retracted(snapshot, "comment", _comment.c.comment)
    query = query.where(snapshot.current(_comment), _comment.c.internal == 1, ~gone)
    return snapshot.connection.execute(query).scalar_one()


def numbered(snapshot: Snapshot, ids: Sequence[int]) -> list[Comment]:
    """Return the comments with these numbers, in this order. Raises NotFound for a missing one."""
    found = {comment.id: comment for comment in listed(snapshot, ids=ids)[0]}
    for number in ids:
        if f"C{number}" not in found:
            if number in retractions.numbers(snapshot.connection, "comment", snapshot.document):
                raise NotFound(f"C{number} was undone", "tracker comment list --all lists it")
            last = snapshot.connection.execute(
                select(func.max(_comment.c.comment)).where(snapshot.current(_comment))
            ).scalar()
            known = f"the last one is C{last}" if last else "the document has none yet"
            raise NotFound(f"there is no comment C{number}", known)
    return [found[f"C{number}"] for number in ids]


def _query(snapshot: Snapshot) -> Select[Any]:
    meeting, topic = tables.meeting, tables.topic
    participant, source = tables.participant, tables.source
    joined = (
        _comment.outerjoin(meeting, meeting.c.id == _comment.c.meeting)
        .outerjoin(
            topic,
            and_(topic.c.meeting == _comment.c.meeting, topic.c.number == _comment.c.topic),
        )
        .outerjoin(participant, participant.c.id == _comment.c.participant)
        .outerjoin(
            source,
            and_(source.c.document == _comment.c.document, source.c.id == _comment.c.source),
        )
    )
    return (
        select(
            _comment,
            meeting.c.key.label("meeting_key"),
            topic.c.name.label("topic_name"),
            participant.c.key.label("participant_key"),
            source.c.file.label("source_file"),
        )
        .select_from(joined)
        .where(snapshot.current(_comment))
    )


def _comments(snapshot: Snapshot, found: Sequence[Row[Any]]) -> list[Comment]:
    rows = [row._mapping for row in found]
    ids = [row["comment"] for row in rows]
    anchors = anchors_of(snapshot, ids)
    settled = verdicts(snapshot, "comment", ids)
    sealed = _sealed(snapshot, [row["comment"] for row in rows if row["text"] is None])
    assigned = assignments.of_comments(snapshot, ids)
    return [
        Comment(
            id=f"C{row['comment']}",
            text=row["text"] or "",
            speaker=row["speaker"] or "",
            kind=row["kind"],
            side=row["side"],
            participant=None if row["comment"] in sealed else row["participant_key"],
            meeting=row["meeting_key"],
            topic=row["topic_name"],
            type=row["type"],
            verbatim=bool(row["verbatim"]),
            context=row["context"],
            note=row["note"],
            reply_to=f"C{row['parent']}" if row["parent"] else None,
            relation=row["relation"],
            number=row["given_number"],
            source=row["source_file"],
            locator=row["locator"],
            anchors=tuple(anchors.get(row["comment"], ())),
            dispositions=tuple(settled.get(row["comment"], ())),
            internal=bool(row["internal"]),
            sealed=sealed.get(row["comment"]),
            about=_named((row["proposal"], row["change"])),
            assignment=assigned.get(row["comment"]),
            date=row["said_at"],
        )
        for row in rows
    ]


def _sealed(snapshot: Snapshot, ids: Sequence[int]) -> dict[int, int]:
    """Return the entry that sealed each of these comments: it wrote the last version, the stub."""
    if not ids:
        return {}
    query = (
        select(_comment.c.comment, func.max(_comment.c.since))
        .where(_comment.c.document == snapshot.document, _comment.c.comment.in_(ids))
        .group_by(_comment.c.comment)
    )
    return {row[0]: row[1] for row in snapshot.connection.execute(query)}


def about(snapshot: Snapshot, comment: int) -> About:
    """Return the proposal that a comment is on, and the change of it; none if it is on a line."""
    query = select(_comment.c.proposal, _comment.c.change).where(
        snapshot.current(_comment), _comment.c.comment == comment
    )
    row = snapshot.connection.execute(query).first()
    return (None, None) if row is None else (row.proposal, row.change)


def _named(about: About) -> str | None:
    proposal, change = about
    if proposal is None:
        return None
    return f"P{proposal}" if change is None else f"P{proposal}.{change}"


def anchors_of(snapshot: Snapshot, ids: Sequence[int]) -> dict[int, list[Anchor]]:
    """Return the anchors of these comments at the snapshot, in their order."""
    line, wording = tables.line, tables.wording
    query = (
        select(_anchor, line.c.label, wording.c.language)
        .outerjoin(line, and_(line.c.document == _anchor.c.document, line.c.id == _anchor.c.line))
        .join(
            wording,
            and_(wording.c.document == _anchor.c.document, wording.c.id == _anchor.c.wording),
        )
        .where(
            snapshot.current(_anchor),
            _anchor.c.state != "removed",
            _anchor.c.comment.in_(ids),
        )
        .order_by(_anchor.c.comment, _anchor.c.ordinal)
    )
    found: dict[int, list[Anchor]] = {}
    for row in snapshot.connection.execute(query).mappings():
        anchor = Anchor(
            line=row["label"],
            language=row["language"],
            scope=row["scope"],
            wording=row["wording"],
            quote=row["quote"],
            start=row["start"],
            stop=row["stop"],
            state=row["state"],
            inherited=bool(row["inherited"]),
        )
        found.setdefault(row["comment"], []).append(anchor)
    return found
