"""What joins each line to the one before it, and what stands behind the last one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from tracker.services.lines import Line


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


def lead(line: Line, before: Line | None, end: str) -> str:
    """Return what joins a line to the one before, lines ending in ``end``.

    It is verbatim only while that is still the same line; else it is made anew.
    """
    if line.gap is not None and line.after_line == (before.id if before else None):
        return line.gap + line.markup
    return (_joint(line, before, end) if before else "") + line.markup


def trail(text: Sequence[Line]) -> str:
    """Return what stands behind the last line; nothing where there is none."""
    if not text:
        return ""
    last = text[-1]
    return line_end(text) if last.trail is None else last.trail


def line_end(text: Sequence[Line]) -> str:
    """Return how the lines of a text end, as far as it came from a file."""
    return "\r\n" if any("\r\n" in (line.gap or "") for line in text) else "\n"


def of(line: Line) -> Joint:
    """Return what joins a line to the one before it."""
    return Joint(line.block, line.markup, line.gap, line.after_line)


def in_place_of(line: Line, gone: Line) -> Line:
    """Return a line as it stands when the one before it goes.

    What followed in the same paragraph now begins it, with its bullet, say. What the gap before the
    other held besides white space (the line under a heading, say) stays. Else nothing changes.
    """
    if gone.block != "inline" and (line.block == "inline" or _goes_on(line, gone)):
        return line._replace(**of(gone)._asdict())
    if _holds_structure(gone):
        return line._replace(gap=gone.gap, after_line=gone.after_line)
    return line


def of_new(before: Line | None, behind: Line | None) -> Joint:
    """Return what joins a new line to the one before: it goes on with what is there.

    Within a paragraph it stands in it, within a list it is one more item. What belongs to the line
    before, like the line under a heading, stays behind that.
    """
    place = before.id if before is not None else None
    if behind is not None and behind.after_line == place and _holds_structure(behind):
        return of(behind)
    if behind is None and before is not None and (before.trail or "").strip():
        return Joint("paragraph", gap=f"{(before.trail or '').rstrip()}\n\n", after_line=place)
    if behind is not None and behind.block == "inline":
        return Joint("inline")
    if before is None or before.kind == "heading":
        return Joint("paragraph")
    if before.block == "inline" or behind is None or behind.markup != before.markup:
        return Joint(before.block, before.markup)
    return Joint(behind.block, before.markup)


def _goes_on(line: Line, item: Line) -> bool:
    """Return whether a line is a further line of an item, and no item of its own."""
    return (
        line.block == "line"
        and not line.markup.strip()
        and item.markup.strip() != ""
        and item.kind != "heading"
    )


def _holds_structure(line: Line) -> bool:
    return bool(line.gap and line.gap.strip())


def _joint(line: Line, before: Line, end: str) -> str:
    if line.block != "inline":
        return end if line.block == "line" else end * 2
    # Japanese and Chinese put no space between sentences.
    wide = any(east_asian_width(text) in "WF" for text in (before.text[-1:], line.text[:1]) if text)
    return "" if wide else " "
