"""The running text as it goes out: clean, as a redline, or as it would read with proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import Refused
from tracker.exchange.view import Run, View, ViewLine
from tracker.services import documents, joints, lines
from tracker.services.attribution import voices
from tracker.services.comparing import Compared, Lineage, in_turn, lineage, runs_of
from tracker.services.exporting.proposed import steps
from tracker.services.lines import Line
from tracker.services.proposals.checking import all_undecided, check_current
from tracker.services.proposals.colliding import collides
from tracker.services.proposals.proposal import Change, Proposal
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
    chosen = all_undecided(snapshot, request.proposals)
    now = lines.running_text(snapshot)
    after = _with(snapshot, now, chosen)
    title = documents.title(snapshot)
    told = notice(snapshot, title, chosen, request.redline)
    trail = joints.trail(after)
    if request.redline is None:
        clean = [
            ViewLine(line.label, lead, (Run("equal", line.text),))
            for line, lead in zip(after, joints.leads(after), strict=True)
        ]
        encoding = "utf-8" if told else documents.encoding(snapshot)
        return View(title, told, tuple(clean), trail=trail, encoding=encoding)
    before = lines.running_text(at_state(snapshot, request.redline))
    redlined = _redlined(before, after, lineage(snapshot))
    return View(title, told, tuple(redlined), marked=True, trail=trail)


def notice(
    snapshot: Snapshot, title: str, chosen: Sequence[Proposal], redline: str | None
) -> str | None:
    """Return what a text with proposals says of itself; none for one without any."""
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
    check_together(snapshot, chosen)
    taken = [(proposal, proposal.open_changes) for proposal in chosen]
    text = now
    for step in steps(now, taken, lines.labels(snapshot)):
        text = step.lines
    return list(text)


def check_together(snapshot: Snapshot, chosen: Sequence[Proposal]) -> None:
    """Raise Refused unless proposals start from the text as it is, and no two want a line else."""
    seen: dict[int | None, list[tuple[str, Change]]] = {}
    for proposal in chosen:
        _refuse_other_language(snapshot, proposal)
        check_current(snapshot, proposal)
        for change in proposal.open_changes:
            if change.amends is not None:
                raise Refused(
                    f"{proposal.id} would change {change.amends}, not the text",
                    f"accept it first, then read that in: --with {change.amends.split('.')[0]}",
                )
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


def _redlined(before: Sequence[Line], after: Sequence[Line], family: Lineage) -> list[ViewLine]:
    """Return the lines of both states: deleted ones behind the line that they stood behind."""
    old = {line.id: line for line in before}
    standing = {line.id for line in after}
    end = joints.line_end([*before, *after])
    redlined: list[ViewLine] = []
    previous: Line | None = None
    for line, compared in in_turn(before, after, family):
        # Behind a line that went, one that stayed is joined to it as it was.
        is_behind = previous is not None and previous.id not in standing
        joined = old.get(line.id, line) if is_behind else line
        lead = joints.lead(joined, previous, end)
        marked = runs_of(compared, line)
        redlined.append(ViewLine(line.label, lead, marked, _note(compared, line)))
        previous = line
    return redlined


def _note(compared: Compared, line: Line) -> str | None:
    """Return what a redline has to say of a line besides its words."""
    said = []
    first = compared.new[0] if compared.new else line
    if "moved" in compared.kinds and line.id == first.id:
        stood = "first" if compared.was_after == "0" else f"after {compared.was_after}"
        said.append(f"line {line.label} was moved; it stood {stood}")
    if "split" in compared.kinds and line.id != first.id:
        said.append(f"line {line.label} was split from {compared.label}")
    if "merged" in compared.kinds and line.id == first.id:
        others = [each.label for each in compared.old if each.id != line.id]
        said.append(f"{', '.join(others)} was merged into line {line.label}")
    return "; ".join(said) or None
