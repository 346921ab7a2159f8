"""What must hold of the versions that came from proposals: they say what was proposed."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.exchange.record import Line, ProposedChange, Record, Version
from tracker.formats.record.check_proposals import changes_of, lines_changed, texts_proposed
from tracker.formats.record.fault import Fault, Path


def outcome_faults(record: Record) -> Iterator[Fault]:
    """Yield versions that name a change of a proposal, and have not its wording or its line."""
    language = record.document.language if record.document else ""
    changes, modified = changes_of(record), _modified(record)
    seen: dict[str, list[Line]] = {}
    for place, line in enumerate(record.lines):
        for number, version in enumerate(line.versions):
            name = version.proposed
            if name is None:
                continue
            where: Path = ("lines", place, "versions", number, "proposed")
            change = changes.get(name)
            texts = (*texts_proposed(change), *modified.get(name, ())) if change else ()
            wrong = _outcome_fault(change, texts, line, version, language)
            if wrong or (change and _is_twice(change, line, seen.get(name, []))):
                yield Fault(where, wrong or "is used twice", name)
                continue
            seen.setdefault(name, []).append(line)


def _modified(record: Record) -> dict[str, list[str]]:
    """Return the other wordings in which changes were accepted."""
    found: dict[str, list[str]] = {}
    for proposal in record.proposals:
        for verdict in proposal.decisions:
            for change in proposal.changes if verdict.text is not None else ():
                if verdict.change in (None, change.number) and verdict.text is not None:
                    name = f"{proposal.id}.{change.number}"
                    found.setdefault(name, []).append(verdict.text)
    return found


def _is_twice(change: ProposedChange, line: Line, before: list[Line]) -> bool:
    """Return whether a change became more of the text than it proposes.

    A new line may come again once it was taken back; then it is another line.
    """
    if change.kind == "insert":
        return any(not (other.places and other.places[-1].removed) for other in before)
    if change.kind == "split":
        return line in before
    return bool(before)


def _outcome_fault(
    change: ProposedChange | None,
    texts: tuple[str, ...],
    line: Line,
    version: Version,
    language: str,
) -> str | None:
    if change is None:
        return "there is no such change of a proposal"
    if change.amends is not None:
        return "changes a proposal, not the text"
    if version.text not in texts:
        return "proposes another text than this version has"
    changed = lines_changed(change)
    if change.kind in ("replace", "merge") and line.label != changed[0]:
        return f"is a change of line {changed[0]}"
    if change.kind == "split" and line.label != changed[0] and line.split_from is None:
        return f"is a change of line {changed[0]}"
    if (change.language or language) != (version.language or language):
        return "is in another language"
    return None
