"""Writing the notes of a meeting: what is read back from them is what was written.

Remarks go in as ``<!-- … -->``, which reading leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.errors import BadInput
from tracker.exchange.notes import Noted, Outline, Section
from tracker.exchange.record import Comment
from tracker.formats.notes import words
from tracker.formats.notes.items import parse

_MARKS = (("“", "”"), ("「", "」"), ('"', '"'), ("『", "』"))
_INDENT = "  "
_RELATIONS = {meant: word for word, meant in reversed(words.RELATIONS.items())}
_FACTS = ("date", "place", "series", "kind", "note")
# Two dashes could end a remark.
_DASHES = re.compile("-(?=-)")
_ROW_ENDS = re.compile(r"\s*[\r\n]+\s*")


def write(outline: Outline) -> str:
    """Return the notes as a file, ending in a line end.

    Raises BadInput for what the form has no way to say.
    """
    meeting = outline.meeting
    name = f": {_row(meeting.name)}" if meeting.name else ""
    rows = [f"# Meeting {meeting.id}{name}", ""]
    facts = [(fact, getattr(meeting, fact)) for fact in _FACTS]
    rows += [f"- {fact}: {_row(value)}" for fact, value in facts if value]
    rows += [""] if any(value for _, value in facts) else []
    rows += [row for remark in outline.remarks for row in (_remark(remark), "")]
    for section in outline.sections:
        rows += _section(section)
    return "\n".join(rows).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_heading(section)}"
    yield ""
    for text in section.words:
        yield f"> {_row(text)}"
        yield ""
    for noted, depth in nested(section.items):
        for remark in noted.remarks:
            yield _INDENT * depth + _remark(remark)
        yield from _item(noted.comment, depth)
        yield ""
    for remark in section.remarks:
        yield _remark(remark)
        yield ""


def _heading(section: Section) -> str:
    if section.topic is not None:
        return f"Topic: {_row(section.topic)}"
    if not section.lines:
        return "The whole"
    noun = "Lines" if len(section.lines) > 1 else "Line"
    return f"{noun} {', '.join(section.lines)}"


def nested(items: Sequence[Noted]) -> Iterator[tuple[Noted, int]]:
    """Yield items as they are written, replies behind what they reply to, each with its depth."""
    below: dict[str | None, list[Noted]] = {}
    own = {noted.comment.id for noted in items}
    for noted in items:
        parent = noted.comment.reply_to
        below.setdefault(parent if parent in own else None, []).append(noted)
    waiting = [(noted, 0) for noted in reversed(below.get(None, []))]
    while waiting:
        noted, depth = waiting.pop()
        yield noted, depth
        waiting += [(reply, depth + 1) for reply in reversed(below.get(noted.comment.id, []))]


def _item(comment: Comment, depth: int) -> Iterator[str]:
    """Yield the rows of one item. Raises BadInput if it would be read as something else."""
    for row in _forms(comment):
        read = parse([row])
        told = {name: value for name, value in read.values.items() if value is not None}
        if not read.faults and "<!--" not in row and _same(comment, told, read.quote):
            break
    else:
        raise BadInput(
            f"the notes have no way to say “{_row(comment.text or '')[:60]}” "
            f"of {comment.speaker!r}",
            "leave it out",
        )
    indent = _INDENT * depth
    yield f"{indent}- {row}"
    for name in ("context", "note"):
        value = getattr(comment, name)
        if value:
            yield f"{indent}{_INDENT}{name}: {_row(value)}"


def _same(comment: Comment, told: dict[str, object], quote: str | None) -> bool:
    wanted = {
        name: getattr(comment, name)
        for name in ("speaker", "side", "type", "relation", "verbatim")
        if getattr(comment, name) is not None
    }
    wanted |= {"text": _row(comment.text or ""), "kind": comment.kind}
    flagged = next((anchor.quote for anchor in comment.anchors if anchor.quote), None)
    return {"kind": "observation", **told} == wanted and quote == flagged


def _forms(comment: Comment) -> Iterator[str]:
    """Yield the ways to write a comment, the plainest first."""
    text = _row(comment.text or "")
    sides = [comment.side, f"side {comment.side}"] if comment.side else [None]
    flagged = next((anchor.quote for anchor in comment.anchors if anchor.quote), None)
    marks = _MARKS if flagged else _MARKS[:1]
    if comment.verbatim:
        said = [(f"{a}{text}{b}", None) for a, b in _MARKS] + [(text, "verbatim")]
    else:
        said = [(text, None), (text, "reported")]
    for side in sides:
        for words_, form in said:
            for opening, closing in marks:
                relation = _RELATIONS[comment.relation] if comment.relation else None
                told = [side, relation, comment.kind, comment.type, form]
                about = f" on {opening}{flagged}{closing}" if flagged else ""
                known = ", ".join(part for part in told if part)
                yield f"{comment.speaker} ({known}){about}: {words_}"


def _remark(text: str) -> str:
    return f"<!-- {_DASHES.sub('- ', _row(text))} -->"


def _row(text: str) -> str:
    return _ROW_ENDS.sub(" ", text).strip()
