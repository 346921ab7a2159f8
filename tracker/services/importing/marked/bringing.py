"""What a marked text brings: proposals and comments, found out without storing anything; stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.marked import Marked
from tracker.exchange.record import Comment
from tracker.services.importing.marked.proposing import (
    Coming,
    Known,
    amending,
    in_file,
    left,
    nothing_known,
    proposals,
)
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

    ``left`` are the marks that no change of lines says, by their places in the marked text;
    ``broken`` the labels of lines that would begin a paragraph, or go on in one, which no such
    change says either.
    """

    based: Based
    coming: tuple[Coming, ...]
    comments: tuple[Comment, ...]
    left: tuple[int, ...]
    broken: tuple[str, ...]

    @property
    def proposals(self) -> tuple[Coming, ...]:
        """What becomes a proposal each."""
        return tuple(each for each in self.coming if each.says_something)


class Numbers(NamedTuple):
    """The numbers that the first proposal and the first comment get."""

    proposal: int = 1
    comment: int = 1


def brought(
    based: Based,
    names: Mapping[str, str],
    first: Numbers = Numbers(),  # noqa: B008  (it never changes)
    *,
    changes: Known = nothing_known,
    remarks: Mapping[str, str] | None = None,
) -> Brought:
    """Return what a marked text brings.

    ``names`` says which authors go by another name here; ``changes`` and ``remarks`` what of it
    the store has already.
    """
    coming = proposals(based, names, first.proposal, changes)
    broken = {line for each in coming for line in each.authored.broken}
    return Brought(
        based=based,
        coming=tuple(coming),
        comments=tuple(comments(based, coming, names, first.comment, remarks or {})),
        left=tuple(left(based, coming)),
        broken=tuple(based.lines[line].label for line in sorted(broken)),
    )


def store(entry: Entry, snapshot: Snapshot, text: Text, found: Brought) -> list[str]:
    """Store what a marked text brings on the lines of ``text``; return the proposals' ids."""
    names = []
    for coming in found.proposals:
        changes = [in_file(found.based, each.change) for each in coming.new]
        names.append(propose_many(entry, snapshot, changes, proposer=coming.proposer))
    text.results |= _results(snapshot, _concerned(found, names))
    for name, coming in zip(names, found.proposals, strict=True):
        number = int(name[1:])
        changes = [
            amending(found.based, each, text.results[f"P{each.of[0]}.{each.of[1]}"][0][0])
            for each in coming.new_amendments
        ]
        first = next_change(snapshot, number)
        store_changes(entry, snapshot.document, number, first, changes)
    store_comments(entry, text, _in_turn(found.comments), {})
    return names


def _concerned(found: Brought, names: Sequence[str]) -> list[int]:
    """Return the proposals that are new, or that something new is on."""
    numbers = [int(name[1:]) for name in names]
    numbers += [each.of[0] for coming in found.proposals for each in coming.new_amendments]
    numbers += [int(each.about.proposal[1:]) for each in found.comments if each.about]
    return sorted(set(numbers))


def _results(snapshot: Snapshot, numbers: Sequence[int]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return what each change of some proposals results in, by its name."""
    return {
        f"{proposal.id}.{change.number}": tuple(
            (result.wording, result.text) for result in change.results
        )
        for proposal in reading.numbered(snapshot, list(numbers))
        for change in (*proposal.changes, *proposal.earlier)
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


def people(marked: Marked) -> tuple[str, ...]:
    """Return who marked a text up, those first who changed it."""
    changed = [mark.author for mark in marked.marks]
    return tuple(dict.fromkeys([*changed, *(remark.author for remark in marked.remarks)]))
