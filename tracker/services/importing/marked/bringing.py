"""What a marked text brings: proposals and comments, found out without storing anything; stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.exchange.record import Comment
from tracker.services.importing.marked.proposing import Coming, amending, left, proposals
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.marked.remarks import comments
from tracker.services.importing.remarks import Numbered, parents_first, store_comments
from tracker.services.importing.replay import Text
from tracker.services.names import comment_id
from tracker.services.proposals import reading
from tracker.services.proposals.storing import next_change, store_changes
from tracker.services.proposals.writing import propose_many
from tracker.services.snapshot import Snapshot
from tracker.store.journal import Entry


class Brought(NamedTuple):
    """What a marked text brings besides its words.

    The proposals of ``coming`` are numbered from ``first`` on; ``left`` are the marks that none of
    them says, by their places in the marked text, ``broken`` the lines that would begin a
    paragraph, or go on in one, which no change of lines says either.
    """

    based: Based
    first: int
    coming: tuple[Coming, ...]
    comments: tuple[Comment, ...]
    left: tuple[int, ...]
    broken: tuple[str, ...]


def brought(
    based: Based, names: Mapping[str, str], *, proposal: int = 1, comment: int = 1
) -> Brought:
    """Return what a marked text brings; its first proposal and comment get these numbers.

    ``names`` says which authors go by another name here.
    """
    every = proposals(based, names)
    coming = [each for each in every if each.says_something]
    broken = {line for each in every for line in each.authored.broken}
    return Brought(
        based=based,
        first=proposal,
        coming=tuple(coming),
        comments=tuple(
            _numbered(found, proposal) for found in comments(based, coming, comment, names)
        ),
        left=tuple(left(based, coming)),
        broken=tuple(based.lines[line].label for line in sorted(broken)),
    )


def _numbered(comment: Comment, first: int) -> Comment:
    """Return a comment with the id that the proposal will have that it is on."""
    if comment.about is None:
        return comment
    number = int(comment.about.proposal[1:]) + first - 1
    return replace(comment, about=replace(comment.about, proposal=f"P{number}"))


def store(entry: Entry, snapshot: Snapshot, text: Text, found: Brought) -> list[str]:
    """Store what a marked text brings on the lines of ``text``; return the proposals' ids."""
    names = [
        propose_many(
            entry, snapshot, [each.change for each in coming.changes], proposer=coming.proposer
        )
        for coming in found.coming
    ]
    numbers = [int(name[1:]) for name in names]
    results = _results(snapshot, numbers)
    for number, coming in zip(numbers, found.coming, strict=True):
        changes = []
        for each in coming.amendments:
            of = (numbers[each.of[0]], each.of[1])
            wording = results[f"P{of[0]}.{of[1]}"][0][0]
            changes.append(amending(found.based, each, of, wording))
        first = next_change(snapshot, number)
        store_changes(entry, snapshot.document, number, first, changes)
    text.results |= results
    store_comments(entry, text, _in_turn(found.comments), {})
    return names


def _results(snapshot: Snapshot, numbers: Sequence[int]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return what each change of some proposals results in, by its name."""
    return {
        f"{proposal.id}.{change.number}": tuple(
            (result.wording, result.text) for result in change.results
        )
        for proposal in reading.numbered(snapshot, list(numbers))
        for change in proposal.changes
    }


def _in_turn(found: Sequence[Comment]) -> list[Numbered]:
    """Return comments under the numbers they have, each behind the one it replies to."""
    return [
        Numbered(
            comment_id(comment.id or ""),
            comment,
            comment_id(comment.reply_to) if comment.reply_to else None,
        )
        for comment in parents_first(found)
    ]
