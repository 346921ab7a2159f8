"""The passages under revision: open comments are on them, or proposals would change them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.review import Passage, Rival, Ruling, Said
from tracker.exchange.view import Run
from tracker.services.attribution import Voices
from tracker.services.exporting.review_said import ruling
from tracker.services.lines import Line
from tracker.services.names import change_id
from tracker.services.proposals import colliding
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.redlines import of_change


class _Place(NamedTuple):
    """Where a rival stands: on a line, or where one would be new behind it."""

    label: str
    is_new: bool


def passages(
    language: str,
    named: Voices,
    text: Sequence[Line],
    proposed: Sequence[Proposal],
    said: Sequence[Said],
) -> tuple[Passage, ...]:
    """Return the passages of a text in its order; those of lines that are gone come last.

    ``language`` is that of the text: what would change another is left out.
    """
    texts = {line.label: line.text for line in text}
    comments = _open_comments(said, {each.id for each in proposed if each.undecided})
    comments = {label: names for label, names in comments.items() if label in texts}
    rivals: dict[_Place, list[Rival]] = {_Place(label, False): [] for label in comments}
    new: dict[str, list[Rival]] = {}
    for rival, label in _rivals(language, named, proposed, {comment.id for comment in said}):
        if rival.kind == "insert":
            new.setdefault(label, []).append(rival)
        else:
            rivals.setdefault(_Place(label, False), []).append(rival)
    for label, own in new.items():
        on_its_own = _Place(label, False) not in rivals
        rivals.setdefault(_Place(label, on_its_own), []).extend(own)
    ranks = {"0": -1} | {line.label: rank for rank, line in enumerate(text)}
    return tuple(
        Passage(
            label=None if place.is_new else place.label,
            after=place.label if place.is_new else None,
            text="" if place.is_new else texts.get(place.label, ""),
            comments=() if place.is_new else tuple(comments.get(place.label, ())),
            rivals=tuple(rivals[place]),
        )
        for place in sorted(rivals, key=lambda each: (ranks.get(each.label, len(text)), each))
    )


def _open_comments(said: Sequence[Said], undecided: Collection[str]) -> dict[str, list[str]]:
    """Return the open comments by line; those on a proposal while that is undecided."""
    found: dict[str, list[str]] = {}
    for comment in said:
        waits = comment.about is None or comment.about.split(".")[0] in undecided
        if comment.disposition is None and waits:
            for label in comment.lines:
                found.setdefault(label, []).append(comment.id)
    return found


def _rivals(
    language: str, named: Voices, proposed: Sequence[Proposal], told: Collection[str]
) -> Iterator[tuple[Rival, str]]:
    """Yield what is undecided, each with the line it stands at."""
    known = {proposal.number: proposal for proposal in proposed}
    undecided = [proposal for proposal in proposed if proposal.undecided]
    against = _collisions(undecided)
    for proposal in undecided:
        answers = tuple(answer for answer in proposal.answers if answer in told)
        for change in proposal.open_changes:
            own = _of_text(change, known)
            if own is None or own.language != language:
                continue
            rival = Rival(
                id=f"{proposal.id}.{change.number}",
                proposal=proposal.id,
                kind=own.kind,
                who=named.party(proposal.proposer),
                rationale=proposal.rationale,
                runs=of_change(own),
                result=_result(own),
                answers=answers,
                recommendation=_advised(proposal, change, named),
                stale=change.stale or own.stale,
                collides=against.get(proposal.id, ()),
                lines=own.labels,
                after=own.after,
                amends=change.amends,
                in_collision=own.in_collision,
                deferral=ruling(proposal.deferral, named),
            )
            yield from _at_lines(rival, own)


def _at_lines(rival: Rival, change: Change) -> Iterator[tuple[Rival, str]]:
    """Yield a rival at each line that it changes; the first of a merge takes in the others."""
    if change.kind == "insert":
        yield rival, change.after or "0"
        return
    for place, base in enumerate(change.bases):
        if place:
            rival = rival._replace(runs=(Run("delete", base.text),), result="")
        yield rival, base.label or ""


def _of_text(change: Change, known: Mapping[int, Proposal]) -> Change | None:
    """Return a change of the text; of a sub-amendment, the amended change as it would read."""
    if change.amends is None:
        return change
    number, of = change_id(change.amends)
    parent = known.get(number)
    every = (*parent.changes, *parent.earlier) if parent is not None else ()
    amended = next((each for each in every if each.number == of), None)
    own = _of_text(amended, known) if amended is not None else None
    return own._replace(results=change.results) if own is not None else None


def _result(change: Change) -> str:
    """Return what the line would say: a line that moves says what it says."""
    return (change.base if change.kind == "move" else change.result) or ""


def _advised(proposal: Proposal, change: Change, named: Voices) -> Ruling | None:
    """Return what is advised on a change, or else on the whole of its proposal."""
    advised = [verdict for verdict in proposal.verdicts if verdict.stage == "advised"]
    own = [verdict for verdict in advised if verdict.change == change.number]
    whole = [verdict for verdict in advised if verdict.change is None]
    found = own or whole
    return ruling(found[-1], named) if found else None


def _collisions(undecided: Sequence[Proposal]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the proposals that each proposal collides with."""
    found: dict[str, set[int]] = {}
    for one, other in colliding.pairs(undecided, {proposal.number for proposal in undecided}):
        found.setdefault(one.id, set()).add(other.number)
        found.setdefault(other.id, set()).add(one.number)
    return {name: tuple(f"P{number}" for number in sorted(own)) for name, own in found.items()}
