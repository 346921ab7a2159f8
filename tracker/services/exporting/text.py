"""The running text as it goes out: clean, as a redline, or as it would read with proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import Refused
from tracker.exchange.view import Run, View, ViewLine
from tracker.services import documents, joints, lines
from tracker.services.attribution import voices
from tracker.services.lines import Line
from tracker.services.proposals.colliding import collides
from tracker.services.proposals.deciding import check_current, find_undecided
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.redlines import runs
from tracker.services.revising.applying import applied
from tracker.services.snapshot import Snapshot, at_state


@dataclass(frozen=True, slots=True)
class Request:
    """What to export: the redline against a state, and the proposals to read into the text."""

    redline: str | None = None
    proposals: tuple[str, ...] = ()


def view(snapshot: Snapshot, request: Request) -> View:
    """Return the text as it stands, or as it would read with proposals: nothing is decided.

    Raises NotFound for an unknown state or proposal, Refused if proposals cannot be read together.
    """
    chosen = [find_undecided(snapshot, name) for name in dict.fromkeys(request.proposals)]
    now = lines.running_text(snapshot)
    after = _with(snapshot, now, chosen)
    title = documents.title(snapshot)
    notice = _notice(snapshot, title, chosen, request.redline)
    trail = joints.trail(after)
    if request.redline is None:
        clean = [
            ViewLine(line.label, lead, (Run("equal", line.text),))
            for line, lead in zip(after, joints.leads(after), strict=True)
        ]
        encoding = "utf-8" if notice else documents.encoding(snapshot)
        return View(title, notice, tuple(clean), trail=trail, encoding=encoding)
    before = lines.running_text(at_state(snapshot, request.redline))
    redlined = _redlined(before, after)
    return View(title, notice, tuple(redlined), marked=True, trail=trail)


def _notice(
    snapshot: Snapshot, title: str, chosen: Sequence[Proposal], redline: str | None
) -> str | None:
    if not chosen:
        return None
    told = voices(snapshot)
    parties = [(proposal.id, told.party(proposal.proposer)) for proposal in chosen]
    names = ", ".join(f"{name} ({party})" if party else name for name, party in parties)
    against = f" Changes are shown against {redline}." if redline else ""
    return (
        f"DRAFT of “{title}”: the text of @{snapshot.at} as it would read with {names}. "
        f"Nothing here is decided.{against}"
    )


def _with(snapshot: Snapshot, now: Sequence[Line], chosen: Sequence[Proposal]) -> list[Line]:
    """Return the lines as they would stand with the proposals."""
    if not chosen:
        return list(now)
    _check_together(snapshot, chosen)
    text = list(now)
    given = lines.labels(snapshot)
    for proposal in chosen:
        text = applied(text, proposal.changes, given | {line.label for line in text}).lines
    return text


def _check_together(snapshot: Snapshot, chosen: Sequence[Proposal]) -> None:
    """Raise Refused unless proposals start from the text as it is, and no two want a line else."""
    seen: dict[int | None, list[tuple[str, Change]]] = {}
    for proposal in chosen:
        _refuse_other_language(snapshot, proposal)
        check_current(snapshot, proposal)
        for change in proposal.changes:
            for line in {base.line for base in change.bases}:
                for rival, other in seen.setdefault(line, []):
                    if rival != proposal.id and collides(change, other):
                        raise Refused(
                            f"{rival} and {proposal.id} collide on line {change.line}",
                            "read one of them into the text at a time, or merge them: "
                            f"tracker proposal merge {rival} {proposal.id}",
                        )
                seen[line].append((proposal.id, change))


def _refuse_other_language(snapshot: Snapshot, proposal: Proposal) -> None:
    other = {change.language for change in proposal.changes} - {snapshot.language}
    if other:
        raise Refused(
            f"{proposal.id} is on the text in {', '.join(sorted(other))}, not on that in "
            f"{snapshot.language}",
            f"read it into the text it is on: --language {min(other)}",
        )


def _redlined(before: Sequence[Line], after: Sequence[Line]) -> list[ViewLine]:
    """Return the lines of both states: deleted ones behind the line that they stood behind."""
    old = {line.id: line for line in before}
    standing = {line.id for line in after}
    deleted: dict[int | None, list[Line]] = {}
    last: int | None = None
    for line in before:
        if line.id in standing:
            last = line.id
        else:
            deleted.setdefault(last, []).append(line)
    rows: list[tuple[Line, tuple[Run, ...]]] = []
    rows += [(line, (Run("delete", line.text),)) for line in deleted.get(None, [])]
    for line in after:
        rows.append((line, _runs(old.get(line.id), line)))
        rows += [(gone, (Run("delete", gone.text),)) for gone in deleted.get(line.id, [])]
    end = joints.line_end([*before, *after])
    redlined: list[ViewLine] = []
    previous: Line | None = None
    for line, marked in rows:
        # Behind a line that went, one that stayed is joined to it as it was.
        is_behind = previous is not None and previous.id not in standing
        joined = old.get(line.id, line) if is_behind else line
        redlined.append(ViewLine(line.label, joints.lead(joined, previous, end), marked))
        previous = line
    return redlined


def _runs(old: Line | None, new: Line) -> tuple[Run, ...]:
    if old is None:
        return (Run("insert", new.text),)
    return runs(old.text, new.text)


def changed(snapshot: Snapshot, one: str, other: str) -> View:
    """Return the redline of the running text from one state to another."""
    later = at_state(snapshot, other)
    before = lines.running_text(at_state(snapshot, one))
    title = documents.title(later)
    after = lines.running_text(later)
    redlined = tuple(_redlined(before, after))
    return View(title, None, redlined, marked=True, trail=joints.trail(after))
