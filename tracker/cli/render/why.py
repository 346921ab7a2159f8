"""Why words stand in a text, and what each word came with, as JSON and in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render import reasons as render_reasons
from tracker.cli.render.reasons import cut
from tracker.cli.render.tables import write_table
from tracker.cli.terminal import console, plain
from tracker.services.blame import Credit
from tracker.services.lines import LineVersion
from tracker.services.reasons import Reason
from tracker.services.why import Answer


def as_json(answer: Answer) -> dict[str, Any]:
    """Return an answer under the names that ``--json`` promises."""
    return {
        "words": answer.words,
        "line": answer.line,
        "language": answer.language,
        "version": f"{answer.line}:{answer.held.number}",
        "standing": answer.went is None,
        "came_with": _version(answer.label, answer.version),
        "why": render_reasons.as_json(answer.reason),
        "parts": [credit_as_json(part) for part in answer.parts],
        "earlier": [_version(each.label, each.version) for each in answer.earlier],
        "went": render_reasons.as_json(answer.went) if answer.went else None,
    }


def credit_as_json(credit: Credit) -> dict[str, Any]:
    """Return a passage with what it came with under the names that ``--json`` promises."""
    return {
        "text": credit.text,
        "start": credit.start,
        "end": credit.stop,
        "version": f"{credit.label}:{credit.version.number}",
        "origin": credit.version.origin,
        "why": render_reasons.as_json(credit.reason),
    }


def _version(label: str, version: LineVersion) -> dict[str, Any]:
    return {
        "version": f"{label}:{version.number}",
        "entry": version.since,
        "at": version.at.isoformat().replace("+00:00", "Z"),
        "author": version.author,
        "origin": version.origin,
        "text": version.text,
    }


def write(answer: Answer) -> None:
    """Print why words stand, in a paragraph, and beneath it what was said before."""
    target = console()
    target.print(plain(_paragraph(answer)))
    for earlier in answer.earlier:
        version = earlier.version
        head = f"{earlier.label}:{version.number}  @{version.since}  {version.at:%Y-%m-%d}  "
        target.print()
        target.print(plain(f"{head}{version.origin}", "dim"))
        target.print(plain(version.text))


def _paragraph(answer: Answer) -> str:
    name = f"{answer.label}:{answer.version.number}"
    line = f"line {answer.line}{'' if answer.is_authentic else f' in {answer.language}'}"
    if answer.went is None:
        said = [f"{cut(answer.words)} stands in {line}."]
    else:
        said = [f"{cut(answer.words)} stands nowhere now; it stood in {line}."]
    if answer.version.origin == "imported":
        reason = answer.reason
        said.append(
            f"It came with the text as it was brought in: {name}, “{reason.command}” at "
            f"@{reason.entry} ({reason.at:%Y-%m-%d}, {reason.author})."
        )
    else:
        said.append(f"It came with {name}.")
        said += render_reasons.sentences(answer.reason)
    older = [part for part in answer.parts if part.version.since < answer.version.since]
    if older:
        told = ", ".join(f"{cut(part.text)} ({part.label}:{part.version.number})" for part in older)
        said.append(f"Of these words, there were before: {told}.")
    if answer.went is not None:
        said.append(f"It went at @{answer.went.entry}.")
        said += render_reasons.sentences(answer.went)
    return " ".join(said)


def write_blame(found: Sequence[Credit]) -> None:
    """Print the passages of a line in order, each with what it came with."""
    rows = [
        (
            credit.text.strip(),
            f"{credit.label}:{credit.version.number}",
            f"@{credit.version.since}",
            credit.version.author,
            _brought_by(credit.reason) or credit.version.origin,
        )
        for credit in found
    ]
    write_table(("Words*", "Version", "Entry", "Author", "By"), rows)


def _brought_by(reason: Reason) -> str | None:
    """Return the proposal that brought something, and who it is from."""
    return f"{reason.proposal.id} {reason.proposal.proposer}" if reason.proposal else None
