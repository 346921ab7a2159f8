"""Wordings that proposals of the store result in: what comes home is cut into lines as they are.

A line that is proposed may well be two sentences, or end where no sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tracker.services.proposals.proposal import Proposal

Wordings = Mapping[str, tuple[tuple[str, ...], ...]]
"""What changes result in, by how it begins, the longest first: of a split several wordings."""
_BEGINS = 2


def wordings(proposals: Iterable[Proposal], language: str) -> Wordings:
    """Return what the changes of proposals result in, in a language; what is moved, too."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for proposal in proposals:
        for change in (*proposal.changes, *proposal.earlier):
            said = change.bases if change.kind == "move" else change.results
            texts = tuple(each.text.replace("\n", " ") for each in said)
            if texts and change.language == language:
                found.setdefault(texts[0][:_BEGINS], set()).add(texts)
    return {
        begins: tuple(sorted(each, key=lambda texts: (-sum(map(len, texts)), texts)))
        for begins, each in found.items()
    }


def moving(proposals: Iterable[Proposal]) -> frozenset[int]:
    """Return the lines that proposals move: they go out as deleted and inserted."""
    return frozenset(
        base.line
        for proposal in proposals
        for change in (*proposal.changes, *proposal.earlier)
        for base in change.bases
        if change.kind == "move" and base.line is not None
    )


def standing_at(known: Wordings, body: str, at: int) -> Iterator[list[tuple[int, int]]]:
    """Yield where each of the wordings stands that a text has from a place on."""
    for texts in known.get(body[at : at + _BEGINS], ()):
        spans = _spans(body, at, texts)
        if spans:
            yield spans


def _spans(body: str, at: int, texts: tuple[str, ...]) -> list[tuple[int, int]]:
    spans = []
    for text in texts:
        while body[at : at + 1].isspace():
            at += 1
        if not body.startswith(text, at):
            return []
        spans.append((at, at + len(text)))
        at += len(text)
    return spans
