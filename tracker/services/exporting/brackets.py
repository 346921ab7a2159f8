"""The running text with rivals in square brackets: current words first, then who wants which.

What rivals want in one stretch stands beside one another; stretches with a word or two between them
are one phrase. A line that one would delete or move away is one stretch as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.view import Choice, Run, View, ViewLine
from tracker.services import attribution, documents, joints, lines
from tracker.services.lines import NEW, Line
from tracker.services.names import change_id
from tracker.services.proposals.checking import all_undecided, check_current
from tracker.services.proposals.proposal import Change, Proposal, Result
from tracker.services.proposals.reading import listed, numbered
from tracker.services.revising.applying import applied
from tracker.services.snapshot import Snapshot
from tracker.text import diff
from tracker.text.words import tokens

# So many words or marks between two changes are still the same phrase.
_PHRASE = 2
PILCROW = "¶"
"""Stands where a line would be split."""


class _Wanted(NamedTuple):
    """What one rival would make of a line, or of a place: none deletes the line."""

    who: str | None
    text: str | None


def view(snapshot: Snapshot, names: Sequence[str] = ()) -> View:
    """Return the text with what these proposals want in brackets; without names, all undecided.

    Of all, those that are stale, in collision or retracted are left out, and named. Raises
    NotFound or Refused for one that is named and cannot be read into the text.
    """
    chosen, left = _chosen(snapshot, names)
    voices = attribution.voices(snapshot)
    changes = [
        (voices.party(proposal.proposer), own)
        for proposal in chosen
        for change in proposal.open_changes
        if (own := _of_text(snapshot, change)) is not None and own.language == snapshot.language
    ]
    now = lines.running_text(snapshot)
    wanted = _by_line(now, changes)
    new = _inserted(now, changes)
    inserts = [change for change, _ in new]
    after = applied(now, inserts, lines.labels(snapshot)).lines
    # New lines have the ids -1, -2, … in the order of the changes that insert them.
    whose = {-number: names_ for number, (_, names_) in enumerate(new, 1)}
    placed = [
        ViewLine(
            line.label,
            lead,
            (Run("equal", line.text),),
            pieces=tuple(_pieces(line, wanted, whose)),
        )
        for line, lead in zip(after, joints.leads(after), strict=True)
    ]
    title = documents.find(snapshot).title
    has_own = any(mark in line.text for line in after for mark in "[]")
    notice = _notice(snapshot, title, chosen, left, has_own=has_own)
    return View(title, notice, tuple(placed), trail=joints.trail(after), bracketed=True)


def _chosen(snapshot: Snapshot, names: Sequence[str]) -> tuple[list[Proposal], list[Proposal]]:
    """Return the proposals to read into the text, and those that cannot be."""
    if not names:
        every = listed(snapshot, undecided=True)[0]
        left = [one for one in every if one.stale or one.in_collision]
        return [one for one in every if one not in left], left
    chosen = all_undecided(snapshot, names)
    for proposal in chosen:
        check_current(snapshot, proposal)
    return chosen, []


def _notice(
    snapshot: Snapshot,
    title: str,
    chosen: Sequence[Proposal],
    left: Sequence[Proposal],
    *,
    has_own: bool,
) -> str:
    names = ", ".join(proposal.id for proposal in chosen) or "no proposal"
    told = (
        f"DRAFT of “{title}”: the text of @{snapshot.at} with {names} in square brackets, the "
        "current words first. Nothing here is decided."
    )
    if left:
        told += f" Left out until updated or resolved: {', '.join(p.id for p in left)}."
    if has_own:
        told += " Square brackets of the text itself have a backslash before them."
    return told


def _of_text(snapshot: Snapshot, change: Change) -> Change | None:
    """Return a change of the text; of a sub-amendment, the amended change as it would read."""
    if change.amends is None:
        return change
    number, of = change_id(change.amends)
    parent = numbered(snapshot, [number])[0]
    amended = next((one for one in parent.open_changes if one.number == of), None)
    if amended is None or amended.stale:
        return None
    own = _of_text(snapshot, amended)
    return own._replace(results=change.results) if own is not None else None


def _by_line(
    now: Sequence[Line], changes: Iterable[tuple[str | None, Change]]
) -> dict[int, list[_Wanted]]:
    """Return what rivals would make of each line that stands."""
    standing = {line.id for line in now}
    found: dict[int, list[_Wanted]] = {}
    for who, change in changes:
        parts = f" {PILCROW} ".join(result.text for result in change.results)
        for place, base in enumerate(change.bases):
            if base.line is not None and base.line in standing:
                goes = change.kind in ("delete", "move") or place > 0
                found.setdefault(base.line, []).append(_Wanted(who, None if goes else parts))
    return found


def _inserted(
    now: Sequence[Line], changes: Iterable[tuple[str | None, Change]]
) -> list[tuple[Change, list[str | None]]]:
    """Return the lines that would be new in a place, each once, with those who want them there."""
    texts = {line.id: line.text for line in now}
    found: dict[object, tuple[Change, list[str | None]]] = {}
    for who, change in changes:
        if change.kind == "move":
            text = texts.get(change.line_id or 0, change.base or "")
            change = change._replace(kind="insert", bases=(), results=(Result(NEW, text),))  # noqa: PLW2901  # where it moves to it is a new line
        if change.kind == "insert":
            key = (change.after_id, change.result)
            found.setdefault(key, (change, []))[1].append(who)
    return list(found.values())


def _pieces(
    line: Line, wanted: dict[int, list[_Wanted]], whose: dict[int, list[str | None]]
) -> Iterator[str | Choice]:
    """Yield the text of a line as it stands, and the choices in it."""
    if line.id in whose:
        yield Choice("", ((line.text, _together(whose[line.id])),))
        return
    rivals = wanted.get(line.id, [])
    position = 0
    for start, end in _phrases(line.text, rivals):
        yield line.text[position:start]
        yield from _choice(
            line.text[start:end], [(r.who, _says(line.text, r, start, end)) for r in rivals]
        )
        position = end
    yield line.text[position:]


def _hunks(text: str, wanted: str | None) -> list[tuple[int, int, str]]:
    """Return what a rival changes in a text: where, and the words it wants there."""
    if wanted is None:
        return [(0, len(text), "")]
    found: list[tuple[int, int, str]] = []
    position = 0
    for op in diff(text, wanted).ops:
        end = position + len(op.old)
        if op.kind != "equal":
            if found and found[-1][1] == position:
                start, _, words = found.pop()
                found.append((start, end, words + op.new))
            else:
                found.append((position, end, op.new))
        position = end
    return found


def _phrases(text: str, rivals: Sequence[_Wanted]) -> list[tuple[int, int]]:
    """Return the stretches of a line that any rival changes, those of one phrase as one."""
    found: list[tuple[int, int]] = []
    for start, end, _ in sorted(hunk for r in rivals for hunk in _hunks(text, r.text)):
        if found and start <= _reach(text, found[-1][1]):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _reach(text: str, end: int) -> int:
    """Return how far from a change another is still part of the same phrase, in code points."""
    words = 0
    for token in tokens(text[end:]):
        if not token.isspace():
            words += 1
        if words > _PHRASE:
            break
        end += len(token)
    return end


def _says(text: str, rival: _Wanted, start: int, end: int) -> str:
    """Return what a rival wants in a stretch of the line."""
    said, position = "", start
    for first, last, words in _hunks(text, rival.text):
        if start <= first and last <= end:
            said += text[position:first] + words
            position = last
    return said + text[position:end]


def _choice(current: str, wanted: Sequence[tuple[str | None, str]]) -> Iterator[str | Choice]:
    """Yield a choice, and the white space around it, which is in no bracket."""
    others: dict[str, list[str | None]] = {}
    for who, words in wanted:
        if words != current:
            others.setdefault(words.strip(), []).append(who)
    model = current if current.strip() else next(words for _, words in wanted if words != current)
    before = model[: len(model) - len(model.lstrip())]
    behind = model[len(model.rstrip()) :]
    yield before
    yield Choice(
        current.strip(), tuple((words, _together(names)) for words, names in others.items())
    )
    yield behind


def _together(names: Iterable[str | None]) -> str | None:
    """Return who wants the same words, as far as it may be told."""
    told = dict.fromkeys(name for name in names if name is not None)
    return "; ".join(told) or None
