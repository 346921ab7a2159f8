"""What joins each line to the one before it, and what stands behind the last one."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from tracker.services.lines import Line

# What a gap holds of the line before it: closing number signs, and right below it the line under a
# heading or the row under a table's head.
_OF_THE_LINE_BEFORE = re.compile(
    r"[ \t]*#*[ \t]*(?:(?:\r\n|\r|\n)[ \t>]*(?:=+|(?=[^\r\n]*-)[-:| \t]+)(?=[\r\n]|\Z))?"
)
_NUMBER = re.compile(r"\d{1,9}")
_TICKED = re.compile(r"\[[xX]\]")


class Joint(NamedTuple):
    """What joins a line to the one before: ``gap`` verbatim, while that is ``after_line``."""

    block: str
    markup: str = ""
    gap: str | None = None
    after_line: int | None = None


def leads(text: Sequence[Line]) -> list[str]:
    """Return what stands before each line of a running text: white space and markup."""
    end = line_end(text)
    return [lead(line, before, end) for line, before in zip(text, [None, *text], strict=False)]


class Written(NamedTuple):
    """A running text as its file has it, and from where to before where each line stands in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def written(text: Sequence[Line]) -> Written:
    """Return a running text as its file has it."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for line, lead in zip(text, leads(text), strict=True):
        start = at + len(lead)
        at = start + len(line.text)
        parts += [lead, line.text]
        spans.append((start, at))
    return Written("".join([*parts, trail(text)]), tuple(spans))


def lead(line: Line, before: Line | None, end: str) -> str:
    """Return what joins a line to the one before, lines ending in ``end``.

    It is verbatim only while that is still the same line; else it is made anew.
    """
    gap = _live_gap(line, before)
    if gap is not None:
        return gap + line.markup
    return (_joint(line, before, end) if before else "") + line.markup


def trail(text: Sequence[Line]) -> str:
    """Return what stands behind the last line; nothing where there is none."""
    if not text:
        return ""
    last = text[-1]
    return line_end(text) if last.trail is None else last.trail


def line_end(text: Sequence[Line | None]) -> str:
    """Return how the lines of a text end, as far as it came from a file."""
    parts = (part for line in text if line for part in (line.gap, line.trail, line.text))
    return "\r\n" if any("\r\n" in part for part in parts if part) else "\n"


def without(text: Sequence[Line], gone: Container[int | None]) -> list[Line]:
    """Return a running text as it stands without some of its lines."""
    left: list[Line] = []
    waiting = list(reversed(text))
    while waiting:
        line = waiting.pop()
        if line.id not in gone:
            left.append(line)
            continue
        before, behind = closed(left[-1] if left else None, line, waiting[-1] if waiting else None)
        if before is not None:
            left[-1] = before
        if behind is not None:
            waiting[-1] = behind
    return left


def closed(before: Line | None, gone: Line, behind: Line | None) -> tuple[Line | None, Line | None]:
    """Return the neighbours of a line as they stand when it goes.

    What went on in its paragraph or item now begins it, with its bullet, say. What the gaps around
    it held besides white space (a comment of the file, the line under the heading before) stays;
    only what belonged to it goes along.
    """
    own = of(gone)._replace(gap=_live_gap(gone, before))
    if behind is None:
        kept = (own.gap or "").rstrip() + (gone.trail or "")
        if before is not None and kept.strip():
            before = before._replace(trail=kept)
        return before, None
    if (behind.block == "inline" and gone.block != "inline") or _goes_on(behind, gone):
        return before, behind._replace(**own._asdict())
    between = _live_gap(behind, gone) or ""
    rest = between[_of_the_line_before(between) :]
    kept = (own.gap or "").rstrip()
    gap: str | None
    begins = gone.block == "paragraph" and behind.block == "line"
    block = "paragraph" if begins else behind.block
    if rest.strip():
        gap = kept + rest
    elif kept:
        gap = kept + line_end([gone, behind]) * (2 if block == "paragraph" else 1)
    elif begins:
        gap = own.gap
    else:
        return before, behind
    return before, behind._replace(block=block, gap=gap, after_line=_id(before))


def of(line: Line) -> Joint:
    """Return what joins a line to the one before it."""
    return Joint(line.block, line.markup, line.gap, line.after_line)


def of_new(before: Line | None, text: str, behind: Line | None) -> Joint:
    """Return what joins a new line to the one before: it goes on with what is there.

    Within a paragraph it stands in it, within a list it is one more item, a row follows a row. What
    a gap holds besides white space stays behind the line before.
    """
    if behind is not None and (_live_gap(behind, before) or "").strip():
        return of(behind)
    if behind is None and before is not None and (before.trail or "").strip():
        gap = (before.trail or "").rstrip() + line_end([before]) * 2
        return Joint("paragraph", gap=gap, after_line=before.id)
    if behind is not None and behind.block == "inline":
        return Joint("inline")
    if before is None or before.kind == "heading":
        return Joint("line" if before and behind and behind.block == "line" else "paragraph")
    if before.text.startswith("|"):
        return Joint("line" if text.startswith("|") else "paragraph")
    markup = _next_item(before.markup)
    if before.block != "inline" and behind is not None and _is_alike(behind.markup, before.markup):
        return Joint(behind.block, markup)
    return Joint(before.block, "" if before.block == "inline" else markup)


def of_moved(before: Line | None, line: Line, behind: Line | None) -> Joint:
    """Return what joins a line to the one before in the place it moves to.

    A heading stays one, an item keeps its bullet; a sentence goes on with what is there.
    """
    joint = of_new(before, line.text, behind)
    if line.kind == "heading":
        return joint._replace(block="paragraph", markup=line.markup)
    if line.markup.strip() and joint.block != "inline":
        return joint._replace(markup=line.markup)
    return joint


def of_moved_whole(before: Line | None, line: Line, behind: Line | None) -> Joint:
    """Return the same of a whole paragraph or item: it stands on its own in its new place, too."""
    joint = of_moved(before, line, behind)
    if joint.block != "inline" or (behind is not None and behind.block == "inline"):
        return joint
    if not line.markup.strip():
        return Joint("paragraph", line.markup)
    beside = behind is not None and _is_alike(behind.markup, line.markup)
    return Joint(behind.block if behind is not None and beside else "line", line.markup)


def _next_item(markup: str) -> str:
    """Return the markup of one more item: its number is the next one, and its box is not ticked."""
    counted = _NUMBER.sub(lambda found: str(int(found[0]) + 1), markup, count=1)
    return _TICKED.sub("[ ]", counted)


def _is_alike(markup: str, other: str) -> bool:
    """Return whether two lines are items of one list, or neither is any."""
    one, two = (_TICKED.sub("[ ]", _NUMBER.sub("1", each)) for each in (markup, other))
    return one == two


def _live_gap(line: Line, before: Line | None) -> str | None:
    """Return the gap before a line while the same line still precedes it."""
    return line.gap if line.after_line == _id(before) else None


def _id(line: Line | None) -> int | None:
    return line.id if line is not None else None


def _of_the_line_before(gap: str) -> int:
    """Return how much of a gap belongs to the line before it."""
    found = _OF_THE_LINE_BEFORE.match(gap)
    return found.end() if found else 0


def _goes_on(line: Line, item: Line) -> bool:
    """Return whether a line is a further line of an item, and no item of its own."""
    return (
        line.block == "line"
        and not line.markup.strip()
        and item.markup.strip() != ""
        and item.kind != "heading"
    )


def _joint(line: Line, before: Line, end: str) -> str:
    if line.block != "inline":
        return end if line.block == "line" else end * 2
    # Japanese and Chinese put no space between sentences.
    wide = any(east_asian_width(text) in "WF" for text in (before.text[-1:], line.text[:1]) if text)
    return "" if wide else " "
