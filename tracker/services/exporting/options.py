"""What is open, for those who decide: the table of the first page, and rivals in boxes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tracker.exchange.outgoing import Box, Front, Open, Option
from tracker.exchange.review import Passage, Review, Rival, Ruling
from tracker.exchange.view import Run
from tracker.services.exporting.flat import Flat
from tracker.text.shortening import beginning
from tracker.text.words import tokens

_SHOWN = 80
"""How much of a passage the table shows, in code points."""
_BESIDE = 5
"""How many words and spaces the table shows beside a change."""


def front(review: Review) -> Front:
    """Return the first page: what this is in a sentence, and what is open in a table."""
    notice = f"DRAFT · {review.edition or f'@{review.entry}'}" if review.draft else None
    rows = tuple(_row(passage) for passage in review.passages)
    return Front(review.title, review.sentence, rows, notice)


def boxes(review: Review, base: Flat, made: Collection[str]) -> tuple[Box, ...]:
    """Return the rivals that are not tracked in the text, under the paragraphs they would change.

    ``made`` are the changes that are tracked.
    """
    spans = {line.label: span for line, span in zip(base.lines, base.spans, strict=True)}
    found = []
    for passage in review.passages:
        rivals = [rival for rival in passage.rivals if rival.id not in made]
        span = spans.get(passage.label or passage.after or "", (0, 0))
        if rivals:
            title = _name(passage)
            found.append(Box(span[0], f"Options · {title}", tuple(map(_option, rivals))))
    return tuple(sorted(found, key=lambda box: box.at))


def _row(passage: Passage) -> Open:
    advised = [
        f"{rival.id}: {_told(rival.recommendation)}"
        for rival in passage.rivals
        if rival.recommendation is not None
    ]
    return Open(
        f"{_name(passage)}\n{beginning(passage.text, _SHOWN)}".strip(),
        tuple(Option(_title(rival), _gist(rival.runs), "") for rival in passage.rivals),
        "\n".join(advised),
    )


def _name(passage: Passage) -> str:
    return f"line {passage.label}" if passage.label else f"new, after line {passage.after}"


def _title(rival: Rival) -> str:
    return " · ".join(filter(None, (rival.id, rival.who)))


def _gist(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return a redline with the changed words alone, and a few around them."""
    found = []
    last = len(runs) - 1
    for place, run in enumerate(runs):
        before = _BESIDE if place else 0
        behind = _BESIDE if place < last else 0
        words = tokens(run.text)
        if run.kind == "equal" and len(words) > before + behind + 1:
            begins = "".join(words[:before]).rstrip() + " "
            ends = " " + "".join(words[len(words) - behind :]).lstrip()
            text = f"{begins if before else ''}…{ends if behind else ''}"
            found.append(Run("equal", text))
        else:
            found.append(run)
    return tuple(found)


def _option(rival: Rival) -> Option:
    answers = f"answers {', '.join(rival.answers)}" if rival.answers else None
    advised = f"advised: {_told(rival.recommendation)}" if rival.recommendation else None
    stale = "starts from an earlier wording" if rival.stale else None
    notes = tuple(filter(None, (rival.rationale, answers, advised, stale)))
    return Option(_title(rival), rival.runs, rival.result or _without_words(rival), notes)


def _without_words(rival: Rival) -> str:
    return "(deleted)" if rival.kind in ("delete", "merge") else "(no wording yet)"


def _told(ruling: Ruling) -> str:
    reason = f", {ruling.reason}" if ruling.reason else ""
    return f"{ruling.outcome.replace('_', ' ')}{reason}"
