"""What must hold of what a record says of lines: what they render, and what was agreed of them."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.exchange.record import Line, Record
from tracker.formats.record.check_comments import Texts, texts_of
from tracker.formats.record.fault import Fault, Path


def line_faults(record: Record) -> Iterator[Fault]:
    """Yield what does not hold together; nothing for a record without a document."""
    if record.document is None:
        return
    texts, language = texts_of(record), record.document.language
    for place, line in enumerate(record.lines):
        yield from _renders(("lines", place, "renders"), line, language, texts)
        yield from _agreements(("lines", place, "agreements"), line, language, texts)


def _renders(path: Path, line: Line, language: str, texts: Texts) -> Iterator[Fault]:
    seen = set()
    for number, link in enumerate(line.renders):
        where: Path = (*path, number)
        if link.language == language:
            yield Fault((*where, "language"), "is that of the authentic text", link.language)
        elif (line.label, link.language) not in texts:
            yield Fault((*where, "language"), "the line has no version in it", link.language)
        if (link.language, link.line) in seen:
            yield Fault((*where, "line"), "is named twice", link.line)
        seen.add((link.language, link.line))
        then = link.then or link.line
        found = texts.get((then, language), ())
        if (link.line, language) not in texts:
            yield Fault((*where, "line"), f"there is no such line in {language}", link.line)
        elif not found:
            yield Fault((*where, "then"), f"there is no such line in {language}", then)
        elif link.version > len(found):
            yield Fault((*where, "version"), f"line {then} has no version {link.version}")


def _agreements(path: Path, line: Line, language: str, texts: Texts) -> Iterator[Fault]:
    for number, agreement in enumerate(line.agreements):
        where: Path = (*path, number)
        own = agreement.language or language
        if agreement.version > len(texts.get((line.label, own), ())):
            message = f"line {line.label} has no version {agreement.version} in {own}"
            yield Fault((*where, "version"), message)
        if agreement.outcome == "reopened" and agreement.reason is None:
            yield Fault((*where, "reason"), "is missing: “reopened” needs one")
        if agreement.votes is not None and agreement.mode != "vote":
            yield Fault((*where, "votes"), "belong to the mode “vote”", agreement.votes)
