"""What an import is about to store, on stderr: data goes to stdout, and this is a question."""

from __future__ import annotations

from collections import Counter

from tracker.cli.render.words import plural
from tracker.cli.terminal import say
from tracker.exchange.record import Comment, Record
from tracker.services.importing.meeting import Plan

_SHOWN = 20


def preview_record(record: Record) -> None:
    """Say what a whole record holds."""
    assert record.document is not None
    say(f"{record.document.key}: {record.document.title}")
    counts = [
        (len(record.lines), "line"),
        (len(record.changes) or 1, "change"),
        (len(record.comments), "comment"),
        (len(record.proposals), "proposal"),
        (len(record.editions), "edition"),
        (len(record.meetings), "meeting"),
        (len(record.references), "reference"),
    ]
    say("  " + ", ".join(plural(count, noun) for count, noun in counts if count))
    for line in record.lines[:_SHOWN]:
        say(f"  line {line.label}: {_cut(line.versions[-1].text)}")
    if len(record.lines) > _SHOWN:
        say(f"  … and {plural(len(record.lines) - _SHOWN, 'line')} more")
    for place, count in Counter(map(_place, record.comments)).items():
        say(f"  {plural(count, 'comment')} on {place}")


def preview_comments(plan: Plan) -> None:
    """Say what each comment would become, and what it would be tied to."""
    for planned in plan.comments[:_SHOWN]:
        comment = planned.comment
        where = [f"{line}{f' “{words}”' if words else ''}" for line, words in planned.anchored]
        if planned.parent:
            where.insert(0, f"{comment.relation or 'replies to'} {planned.parent}")
        elif not where:
            where = [comment.topic or "the document as a whole"]
        say(f"  {planned.id} {comment.speaker}, {comment.kind}, on {', '.join(where)}")
        say(f"      {_cut(comment.text)}")
    if len(plan.comments) > _SHOWN:
        say(f"  … and {plural(len(plan.comments) - _SHOWN, 'comment')} more")


def _place(comment: Comment) -> str:
    if comment.anchors:
        return "line " + ", ".join(anchor.line for anchor in comment.anchors)
    if comment.reply_to:
        return "what another comment is on"
    return comment.topic or "the whole"


def _cut(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 90 else f"{first[:89]}…"
