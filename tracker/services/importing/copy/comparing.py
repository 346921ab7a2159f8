"""What an edited copy of a document does to it: line by line, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, select

from tracker.errors import Refused
from tracker.exchange.draft import Draft
from tracker.services import editions, lines
from tracker.services.importing.copy.segmented import in_line_ends, segmented
from tracker.services.joints import leads, line_end
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot, at_state
from tracker.store import tables
from tracker.text import Match, align

ANOTHER = 0.25
"""The share of the shorter text's letters that has to stand in the other, be it reworded."""


class Found(NamedTuple):
    """What became of lines of the base (their places), and which lines of the copy are new.

    ``kind`` is unchanged, spaced (only white space or markup differ), edited, split, merged, moved,
    inserted or deleted; ``moved`` that it stands elsewhere besides, ``respaced`` that white space
    or markup before its words differ.
    """

    kind: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False
    respaced: bool = False


class Comparison(NamedTuple):
    """An edited copy beside the state that it started from.

    ``found`` is in the order of the copy, deleted lines behind the line that they stood behind;
    ``score`` is the share of the shorter text that stands in the other, from 0 to 1.
    """

    base: tuple[Line, ...]
    draft: Draft
    found: tuple[Found, ...]
    score: float
    nearer: str | None

    @property
    def counts(self) -> Counter[str]:
        """How many of each kind there are; what was edited and moved counts as both."""
        counts = Counter(each.kind for each in self.found)
        counts["moved"] += sum(each.moved and each.kind != "moved" for each in self.found)
        return +counts

    @property
    def respaced(self) -> int:
        """How many lines have other white space or markup before them, whatever their words."""
        return sum(each.respaced for each in self.found)

    @property
    def changes_words(self) -> bool:
        """Whether anything but white space and markup differs."""
        return not self.counts.keys() <= {"unchanged", "spaced"}


def compare(
    snapshot: Snapshot, draft: Draft, since: str | None = None, *, as_it_came: bool = False
) -> Comparison:
    """Return what a copy does to the document as it was at ``since``; else as it is now.

    Its lines are taken to end as the document's do, unless it is to be the text ``as_it_came``.
    Raises Refused if it is another document altogether, NotFound if there is no such state.
    """
    then = snapshot if since is None else at_state(snapshot, since)
    base = tuple(lines.running_text(then))
    is_base = since is None or lines.are_same_text(base, lines.running_text(snapshot))
    if not (as_it_came and is_base):
        draft = in_line_ends(draft, line_end(base))
    copy = segmented(draft, base)
    old, new = [line.text for line in base], [line.text for line in copy.lines]
    matches = align(old, new)
    score = _score(old, new, matches)
    if score < ANOTHER:
        raise Refused(
            f"this is no copy of {snapshot.key}: {score:.0%} of the shorter text stands in the "
            f"other, at least {ANOTHER:.0%} should",
            "choose the document with --document; under a new name it is stored as a new one",
        )
    found = tuple(_in_order(base, copy, matches))
    nearer = _nearer(snapshot, new, base) if since is None else None
    return Comparison(base, copy, found, score, nearer)


def _score(old: Sequence[str], new: Sequence[str], matches: Sequence[Match]) -> float:
    """Return how much of the shorter text stands in the other, by letters."""
    shared = sum(
        match.score * min(sum(len(old[i]) for i in match.old), sum(len(new[j]) for j in match.new))
        for match in matches
    )
    shorter = min(sum(map(len, old)), sum(map(len, new)))
    return min(1.0, shared / shorter) if shorter else 1.0


def _in_order(base: Sequence[Line], copy: Draft, matches: Sequence[Match]) -> list[Found]:
    """Return what was found, in the order of the copy."""
    joints = leads(base)
    by_new = {match.new[0]: match for match in matches}
    matched = {place for match in matches for place in match.new}
    found: list[Found] = []
    for place in range(len(copy.lines)):
        if place in by_new:
            found.append(_kind(base, copy, joints, by_new[place], by_new.get(place - 1)))
        elif place not in matched:
            found.append(Found("inserted", (), (place,)))
    standing = {place for match in matches for place in match.old}
    gone = [place for place in range(len(base)) if place not in standing]
    return _with_deleted(found, gone)


def _with_deleted(found: list[Found], gone: Sequence[int]) -> list[Found]:
    """Return the same with deleted lines, each behind the line that it stood behind."""
    after: dict[int, list[Found]] = {}
    places = {old: at for at, each in enumerate(found) for old in each.old}
    for place in gone:
        before = next((places[p] for p in range(place - 1, -1, -1) if p in places), -1)
        places[place] = before
        after.setdefault(before, []).append(Found("deleted", (place,), ()))
    ordered = [*after.get(-1, ())]
    for at, each in enumerate(found):
        ordered += [each, *after.get(at, ())]
    return ordered


def _kind(
    base: Sequence[Line],
    copy: Draft,
    joints: Sequence[str],
    match: Match,
    before: Match | None,
) -> Found:
    """Return what became of the lines of a match; ``before`` is that of the line before it."""
    if len(match.new) > 1:
        return Found("split", match.old, match.new, match.moved)
    if len(match.old) > 1:
        return Found("merged", match.old, match.new, match.moved)
    old, new = match.old[0], match.new[0]
    line, becomes = base[old], copy.lines[new]
    if match.moved and line.text.split() == becomes.text.split():
        return Found("moved", match.old, match.new)
    follows = (before.old[-1] if before else -1) == old - 1 and (before is not None or not new)
    is_joined_alike = joints[old] == becomes.lead or (
        # Where a line before it went or came, only its own markup is its own.
        not follows and _markup(joints[old]) == _markup(becomes.lead)
    )
    if line.text.split() != becomes.text.split():
        respaced = not is_joined_alike and not match.moved
        return Found("edited", match.old, match.new, match.moved, respaced)
    is_same = line.text == becomes.text and is_joined_alike
    return Found("unchanged" if is_same else "spaced", match.old, match.new, respaced=not is_same)


def _markup(lead: str) -> str:
    return lead[max(lead.rfind("\n"), lead.rfind("\r")) + 1 :].strip()


def _nearer(snapshot: Snapshot, new: Sequence[str], base: Sequence[Line]) -> str | None:
    """Return an edition that more lines of a copy come from than from the text as it is."""
    words = set(new)
    standing = words & {line.text for line in base}
    # A copy of the text as it is says nothing that was said before: no edition need be read.
    if not _ever(snapshot, words - standing):
        return None
    best, count = None, len(standing)
    for edition in editions.all_editions(snapshot):
        then = snapshot._replace(at=edition.state, latest=False)
        shared = len(words & {line.text for line in lines.running_text(then)})
        if shared > count:
            best, count = edition.key, shared
    return best


def _ever(snapshot: Snapshot, texts: set[str]) -> bool:
    """Return whether the document has a wording, of whatever time, that is one of these texts."""
    if not texts:
        return False
    wording = tables.wording
    own = and_(snapshot.known(wording), wording.c.language == snapshot.language)
    query = select(wording.c.text).where(own)
    return any(text in texts for (text,) in snapshot.connection.execute(query))
