"""The stored lines that a marked text is based on, as they are going to be stored."""

from __future__ import annotations

from tracker.exchange.draft import Draft
from tracker.exchange.marked import Marked
from tracker.services.importing.leads import block_of, parted
from tracker.services.importing.marked.places import places
from tracker.services.importing.marked.recutting import Based
from tracker.services.lines import Line


def based_on_draft(marked: Marked, draft: Draft) -> Based:
    """Return a marked text on the lines of its own draft: a new document counts from 1."""
    lines = []
    for number, line in enumerate(draft.lines, 1):
        gap, markup = parted(line, first=number == 1)
        block = block_of(line.lead) if number > 1 else "paragraph"
        before = number - 1 if number > 1 else None
        trail = draft.trail if number == len(draft.lines) else None
        told = (number, str(number), line.kind, line.level, 1, number, line.text, str(number))
        lines.append(Line(*told, block, markup, gap, before, trail))
    spans = places(lines, marked)
    assert spans is not None, "the lines of a draft are those of its text"
    return Based(marked, tuple(lines), tuple(spans), draft.language, draft.unit)
