"""The items that a session of those who decide goes through, and what is open on each.

An item is a line with open comments or undecided proposals, the start of the text where a new line
is proposed, or the comments on no line of one topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, exists, select

from tracker.services import agreements, elsewhere, lines, retractions
from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Comment
from tracker.services.lines import Line
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot, in_language
from tracker.services.verdicts import Verdict, disposed
from tracker.store import tables

START = "0"
"""Stands for the place before the first line."""
_said = tables.comment_version


class Item(NamedTuple):
    """A line by its label; or, without one, the comments on no line of a topic of a meeting.

    ``language`` is that of a line which stands in a translation only.
    """

    label: str | None
    meeting: int | None = None
    topic: int | None = None
    language: str | None = None


class Opened(NamedTuple):
    """An item with what is open on it; a line's text is none at the start of the document."""

    item: Item
    title: str
    line: Line | None
    deleted: int | None
    agreed: Verdict | None
    rivals: tuple[Proposal, ...]
    comments: tuple[Comment, ...]

    @property
    def can_be_agreed(self) -> bool:
        """Whether it is a line that stands in the authentic text."""
        return self.line is not None and self.deleted is None and self.item.language is None

    @property
    def settled(self) -> bool:
        """Whether nothing of it waits for a decision."""
        return not self.rivals and not self.comments


def items(snapshot: Snapshot) -> list[Item]:
    """Return what is open: the start, the lines as they stand, deleted ones, then the topics.

    Those that stand in a translation only come behind the others that stand.
    """
    undecided, _ = proposals.listed(snapshot, undecided=True)
    touched = {label for proposal in undecided for label in proposal.lines}
    found = [Item(START)] if START in touched else []
    standing = _standing(snapshot, touched)
    others = [item_of(snapshot, label) for label in _gone(snapshot, touched - {*standing})]
    alone = {item.label: item for item in others if item.language is not None}
    alone |= {label: item_of(snapshot, label) for label in _flagged_elsewhere(snapshot)}
    found += [Item(label) for label in standing] + list(alone.values())
    return found + [item for item in others if item.language is None] + _topics(snapshot)


def item_of(snapshot: Snapshot, label: str) -> Item:
    """Return the item that a line is. Raises NotFound if there is no such line."""
    known = elsewhere.languages_of(snapshot, label)
    if known and snapshot.language not in known:
        return Item(label, language=known[0])
    return Item(lines.find(snapshot, label).label)


def opened(snapshot: Snapshot, item: Item) -> Opened:
    """Return an item with what is open on it now. Raises NotFound for a line that is not there."""
    if item.label is None:
        found = _on_topic(snapshot, item)
        title = _topic_title(found)
        return Opened(item, title, None, None, None, (), tuple(found))
    if item.label == START:
        at_start = [
            proposal
            for proposal in proposals.listed(snapshot, undecided=True)[0]
            if any(change.after == START for change in proposal.open_changes)
        ]
        said = _on_proposals(snapshot, at_start)
        return Opened(item, "The start", None, None, None, tuple(at_start), tuple(said))
    there = in_language(snapshot, item.language)
    line = lines.find(there, item.label)
    rivals, _ = proposals.listed(snapshot, line=line.id, undecided=True)
    rivals += _amending(snapshot, rivals)
    said = comments.listed(snapshot, line=line.id, undisposed=True)[0]
    return Opened(
        item=item,
        title=f"Line {line.label}{f' ({item.language})' if item.language else ''}",
        line=line,
        deleted=None if line.rank else lines.deleted_at(there, line.id),
        agreed=agreements.holding(snapshot, [line.label]).get(line.label),
        rivals=tuple(rivals),
        comments=tuple(_shown(snapshot, [*said, *_on_proposals(snapshot, rivals)])),
    )


def _standing(snapshot: Snapshot, touched: Iterable[str]) -> list[str]:
    """Return the labels of the lines with open comments, and of those touched, in text order."""
    line, placement = tables.line, tables.placement
    own = and_(line.c.document == placement.c.document, line.c.id == placement.c.line)
    stands = and_(
        snapshot.current(placement),
        placement.c.language == snapshot.language,
        placement.c.rank.is_not(None),
    )
    query = select(line.c.label, placement.c.rank).join(placement, own).where(stands)
    rows = snapshot.connection.execute(query.where(placement.c.open > 0)).all()
    found = {row.label: row.rank for row in rows}
    missing = sorted(set(touched) - found.keys())
    for start in range(0, len(missing), _BATCH):
        some = query.where(line.c.label.in_(missing[start : start + _BATCH]))
        found |= {row.label: row.rank for row in snapshot.connection.execute(some)}
    return sorted(found, key=found.__getitem__)


_BATCH = 500


def _flagged_elsewhere(snapshot: Snapshot) -> list[str]:
    """Return the labels of the lines with open comments that stand in other languages only."""
    line, placement = tables.line, tables.placement
    authentic = placement.alias()
    known = exists().where(
        authentic.c.document == placement.c.document,
        authentic.c.line == placement.c.line,
        authentic.c.language == snapshot.language,
    )
    own = and_(line.c.document == placement.c.document, line.c.id == placement.c.line)
    query = (
        select(line.c.label)
        .join(placement, own)
        .where(snapshot.current(placement), placement.c.open > 0, ~known)
        .order_by(placement.c.language, placement.c.rank)
    )
    return list(snapshot.connection.scalars(query))


def _gone(snapshot: Snapshot, touched: Iterable[str]) -> list[str]:
    """Return the labels of deleted lines that something open is tied to."""
    line, anchor, placement = tables.line, tables.anchor, tables.placement
    deleted = exists().where(
        snapshot.current(placement),
        placement.c.line == line.c.id,
        placement.c.language == snapshot.language,
        placement.c.rank.is_(None),
    )
    query = (
        select(line.c.id, line.c.label)
        .join(anchor, and_(snapshot.current(anchor), anchor.c.line == line.c.id))
        .where(
            line.c.document == snapshot.document,
            anchor.c.state == "orphaned",
            deleted,
            ~disposed(snapshot, anchor.c.comment),
            ~retractions.retracted(snapshot, "comment", anchor.c.comment),
        )
        .distinct()
        .order_by(line.c.id)
    )
    orphans = [row.label for row in snapshot.connection.execute(query)]
    return [*orphans, *sorted(set(touched) - {START, *orphans})]


def _topics(snapshot: Snapshot) -> list[Item]:
    query = (
        _loose(snapshot).with_only_columns(_said.c.meeting, _said.c.topic).distinct().order_by(None)
    )
    found = [Item(None, *row) for row in snapshot.connection.execute(query)]
    return sorted(found, key=lambda item: (item.meeting or 0, item.topic or 0))


def _on_topic(snapshot: Snapshot, item: Item) -> list[Comment]:
    own = and_(
        _said.c.meeting.is_not_distinct_from(item.meeting),
        _said.c.topic.is_not_distinct_from(item.topic),
    )
    numbers = list(snapshot.connection.scalars(_loose(snapshot).where(own)))
    return comments.listed(snapshot, ids=numbers)[0] if numbers else []


def _topic_title(found: Sequence[Comment]) -> str:
    if not found:
        return "Comments on no line"
    where = [place for place in (found[0].meeting, found[0].topic) if place]
    return " · ".join(["On no line", *where])


def _loose(snapshot: Snapshot) -> Select[Any]:
    """Return the query for the open comments that stand on no line and on no proposal."""
    anchor = tables.anchor
    anchored = exists().where(
        snapshot.current(anchor),
        anchor.c.comment == _said.c.comment,
        anchor.c.state != "removed",
    )
    return (
        select(_said.c.comment)
        .where(_open(snapshot), _said.c.proposal.is_(None), ~anchored)
        .order_by(_said.c.comment)
    )


def _open(snapshot: Snapshot) -> Any:
    """Return the condition for comments without a disposition that the group may see."""
    return and_(
        snapshot.current(_said),
        _said.c.internal.is_distinct_from(1),
        ~disposed(snapshot, _said.c.comment),
        ~retractions.retracted(snapshot, "comment", _said.c.comment),
    )


def _on_proposals(snapshot: Snapshot, rivals: Sequence[Proposal]) -> list[Comment]:
    """Return the open comments on the wordings of proposals."""
    of_rivals = _said.c.proposal.in_([rival.number for rival in rivals])
    query = select(_said.c.comment).where(_open(snapshot), of_rivals)
    numbers = list(snapshot.connection.scalars(query.order_by(_said.c.comment)))
    return comments.listed(snapshot, ids=numbers)[0] if numbers else []


def _shown(snapshot: Snapshot, found: Sequence[Comment]) -> list[Comment]:
    """Return the comments without the internal ones: a projector is no place for these."""
    numbers = [int(comment.id[1:]) for comment in found]
    query = select(_said.c.comment).where(
        snapshot.current(_said), _said.c.comment.in_(numbers), _said.c.internal == 1
    )
    internal = {f"C{number}" for number in snapshot.connection.scalars(query)}
    shown = {comment.id: comment for comment in found if comment.id not in internal}
    return list(shown.values())


def _amending(snapshot: Snapshot, rivals: Sequence[Proposal]) -> list[Proposal]:
    """Return the undecided proposals that would amend others."""
    change = tables.proposal_change
    known = [rival.number for rival in rivals]
    query = select(change.c.proposal).where(
        snapshot.known(change),
        change.c.amends_proposal.in_(known),
        ~retractions.undone(snapshot, change.c.entry),
    )
    numbers = sorted(set(snapshot.connection.scalars(query)) - set(known))
    return proposals.listed(snapshot, numbers=numbers, undecided=True)[0] if numbers else []
