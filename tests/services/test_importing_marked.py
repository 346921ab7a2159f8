"""A marked text comes in: its untouched words, what each author would change, the remarks."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.exchange.marked import Marked
from tracker.exchange.record import Unit
from tracker.services import joints
from tracker.services.importing.copy.proposing import changes_of
from tracker.services.importing.copy.revising import _change
from tracker.services.importing.marked.authoring import Authored
from tracker.services.importing.marked.basing import based_on_draft
from tracker.services.importing.marked.drafting import drafted
from tracker.services.importing.marked.recutting import Based
from tracker.services.lines import Line
from tracker.services.revising.applying import applied


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of a running text, as words."""
    text = ""
    for lead, line in zip(joints.leads(lines), lines, strict=True):
        begins = line.markup.strip() or "\n\n" in lead
        text += ("\u2029" if begins else lead) + line.text
    return [" ".join(each.split()) for each in text.split("\u2029") if each.strip()]


def applied_text(based: Based, said: Authored) -> list[str]:
    """The paragraphs of a text after the changes that an author proposes."""
    known = {line.id: line for line in based.lines}
    changes = [
        _change(known, number, change)
        for number, change in enumerate(changes_of(said.comparison, "en"), 1)
    ]
    return paragraphs(applied(based.lines, changes, {line.label for line in based.lines}).lines)


def based(text: Marked, unit: Unit = "sentence", language: str = "en") -> Based:
    """A marked text on the lines that it would be stored in."""
    return based_on_draft(text, drafted(text, "a file", language, unit))
