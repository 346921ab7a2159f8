"""What must hold of the proposals of a record, and of the versions that came from them."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.exchange import rules
from tracker.exchange.record import Line, Proposal, ProposedChange, Record, Version
from tracker.formats.record.check_comments import Texts, texts_of
from tracker.formats.record.fault import Fault, Path


def proposal_faults(record: Record) -> Iterator[Fault]:
    """Yield what does not hold together; nothing for a record without a document."""
    if record.document is None:
        return
    language, texts = record.document.language, texts_of(record)
    labels = {line.label for line in record.lines}
    comments = {comment.id for comment in record.comments}
    for place, proposal in enumerate(record.proposals):
        path: Path = ("proposals", place)
        for number, answered in enumerate(proposal.answers):
            if answered not in comments:
                yield Fault((*path, "answers", number), "there is no such comment", answered)
        yield from _changes((*path, "changes"), proposal, labels)
        for number, change in enumerate(proposal.changes):
            if change.line not in labels:
                continue
            where: Path = (*path, "changes", number)
            yield from _base(where, change, change.language or language, texts)
        yield from _decisions((*path, "decisions"), proposal)


def _changes(path: Path, proposal: Proposal, labels: set[str]) -> Iterator[Fault]:
    if not proposal.changes:
        yield Fault(path, "a proposal needs at least one change")
    changed: set[str] = set()
    for number, change in enumerate(proposal.changes):
        where: Path = (*path, number)
        if change.number != number + 1:
            yield Fault((*where, "number"), f"must be {number + 1}: they count up")
        yield from _shape(where, change)
        name, label = _target(change)
        if label is not None and label not in labels and (name, label) != ("after", "0"):
            yield Fault((*where, name), "there is no such line", label)
        if name == "line" and label is not None and label in changed:
            yield Fault((*where, name), "is changed twice by this proposal", label)
        if name == "line" and label is not None:
            changed.add(label)


def _target(change: ProposedChange) -> tuple[str, str | None]:
    insert = change.kind == "insert"
    return ("after", change.after) if insert else ("line", change.line)


def _shape(path: Path, change: ProposedChange) -> Iterator[Fault]:
    """An insertion stands after a line, the others start from a version; a deletion has no text."""
    needed = {
        "replace": ("line", "version", "text"),
        "insert": ("after", "text"),
        "delete": ("line", "version"),
    }[change.kind]
    for name in ("line", "version", "after", "text"):
        given = getattr(change, name) is not None
        if given and name not in needed:
            yield Fault((*path, name), f"must be left out: {change.kind} has none")
        elif not given and name in needed:
            yield Fault((*path, name), f"is missing: {change.kind} needs one")


def _base(path: Path, change: ProposedChange, language: str, texts: Texts) -> Iterator[Fault]:
    if change.line is not None and change.version is not None:
        known = len(texts.get((change.line, language), ()))
        if known < change.version:
            message = f"line {change.line} has no version {change.version} in {language}"
            yield Fault((*path, "version"), message)


def _decisions(path: Path, proposal: Proposal) -> Iterator[Fault]:
    numbers = {change.number for change in proposal.changes}
    for place, verdict in enumerate(proposal.decisions):
        if verdict.outcome not in rules.DECISIONS:
            message = f"is no decision on a proposal: use one of {', '.join(rules.DECISIONS)}"
            yield Fault((*path, place, "outcome"), message, verdict.outcome)
        if verdict.change not in (None, *numbers):
            yield Fault((*path, place, "change"), f"{proposal.id} has no change {verdict.change}")


def outcome_faults(record: Record) -> Iterator[Fault]:
    """Yield versions that name a change of a proposal, and have not its wording or its line."""
    language = record.document.language if record.document else ""
    changes = {
        f"{proposal.id}.{change.number}": change
        for proposal in record.proposals
        for change in proposal.changes
    }
    seen: set[str] = set()
    for place, line in enumerate(record.lines):
        for number, version in enumerate(line.versions):
            name = version.proposed
            if name is None:
                continue
            where: Path = ("lines", place, "versions", number, "proposed")
            wrong = _outcome_fault(changes.get(name), line, version, language)
            if wrong or name in seen:
                yield Fault(where, wrong or "is used twice", name)
            else:
                seen.add(name)


def _outcome_fault(
    change: ProposedChange | None, line: Line, version: Version, language: str
) -> str | None:
    if change is None:
        return "there is no such change of a proposal"
    if change.text != version.text:
        return "proposes another text than this version has"
    if change.line not in (None, line.label):
        return f"is a change of line {change.line}"
    if (change.language or language) != (version.language or language):
        return "is in another language"
    return None
