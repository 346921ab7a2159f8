"""The untouched text of a marked file as a draft: its paragraphs cut into lines."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.marked import Block, BlockKind, Marked
from tracker.exchange.record import LineKind, Unit
from tracker.text.sentences import sentence_spans
from tracker.text.shortening import beginning

_DEEPEST_HEADING = 6
# So many columns are deeper than the words of any item above, be it marked `-` or `10.`.
_INDENT = " " * 4


def drafted(marked: Marked, name: str, language: str, unit: Unit) -> Draft:
    """Return what the text says with all changes rejected, in lines, marked up as Markdown.

    Empty paragraphs, and white space around the others, are left out. Raises BadInput if there are
    no words, or what cannot be stored.
    """
    lines = list(_lines(marked, language, unit))
    if not lines and marked.marks:
        raise BadInput(
            f"{name} has no words but those that somebody would put in",
            "accept the insertions there, save it, and import it again",
        )
    if not lines:
        raise BadInput(f"there are no words in {name}", "choose the file that has the text")
    for number, line in enumerate(lines, 1):
        wrong = rules.text_fault(line.text)
        if wrong is not None:
            raise BadInput(
                f"line {number} of {name}, “{beginning(line.text, 40)}”, {wrong}",
                "put some paragraph ends into it and import it again",
            )
    return Draft("utf-8", language, unit, tuple(lines), "\n")


def _lines(marked: Marked, language: str, unit: Unit) -> Iterator[DraftLine]:
    before: Block | None = None
    depth = 0
    for block in marked.blocks:
        body = marked.text[block.start : block.end]
        spans = cuts(body, block.kind, unit, language)
        if not spans:
            continue
        # An item cannot stand more than one step deeper than the one before it.
        depth = min(block.level or 1, depth + 1) if block.kind == "item" else 0
        lead = (joint(before, block) if before else "") + markup(block, depth)
        position = spans[0][0]
        for start, end in spans:
            lead += body[position:start]
            yield DraftLine(lead, body[start:end], line_kind(block.kind, unit), level_of(block))
            lead, position = "", end
        before = block


def cuts(body: str, kind: BlockKind, unit: Unit, language: str) -> list[tuple[int, int]]:
    """Return where the lines of a paragraph stand in it, without the white space around them."""
    if kind != "heading" and unit == "sentence":
        return sentence_spans(body, language)
    start = len(body) - len(body.lstrip())
    return [(start, len(body.rstrip()))] if body.strip() else []


def joint(before: Block, block: Block) -> str:
    """Return what stands between two paragraphs: the items of a list stand close together."""
    return "\n" if before.kind == block.kind == "item" else "\n\n"


def markup(block: Block, depth: int) -> str:
    """Return what a paragraph begins with in Markdown; ``depth`` is that of an item, from 1."""
    if block.kind == "heading":
        return "#" * min(block.level or 1, _DEEPEST_HEADING) + " "
    if block.kind == "item":
        return _INDENT * (depth - 1) + (block.marker or "-") + " "
    return ""


def line_kind(kind: BlockKind, unit: Unit) -> LineKind:
    """Return what kind of line the lines of a paragraph are."""
    return "heading" if kind == "heading" else unit


def level_of(block: Block) -> int | None:
    """Return the level that the lines of a paragraph have: of a heading, or of an item."""
    if block.kind == "heading":
        return min(block.level or 1, _DEEPEST_HEADING)
    return (block.level or 1) if block.kind == "item" else None
