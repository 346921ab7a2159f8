"""What an import is about to store, on stderr: data goes to stdout, and this is a question."""

from __future__ import annotations

from collections import Counter

from tracker.cli.render.words import plural
from tracker.cli.terminal import say
from tracker.exchange.record import Comment, Record
from tracker.services.importing.draft import Plan, doubtful
from tracker.services.importing.meeting import Plan as Comments

_NAMED = 20


def preview_record(record: Record, limit: int) -> None:
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
    for line in record.lines[: limit or None]:
        say(f"  line {line.label}: {_cut(line.versions[-1].text)}")
    _say_rest(len(record.lines), limit, "line")
    for place, count in Counter(map(_place, record.comments)).items():
        say(f"  {plural(count, 'comment')} on {place}")


def preview_draft(plan: Plan, limit: int) -> None:
    """Say what a text would be stored as: its lines, with those whose split looks doubtful."""
    draft = plan.draft
    kinds = Counter(line.kind for line in draft.lines)
    counted = ", ".join(plural(count, kind) for kind, count in kinds.items())
    say(f"{plan.document}: {plan.title}")
    say(f"  {counted}; language {draft.language}, {draft.encoding}")
    for number, line in enumerate(draft.lines[: limit or None], 1):
        kind = f" (heading {line.level})" if line.kind == "heading" else ""
        say(f"  line {number}{kind}: {_both_ends(line.text)}")
    _say_rest(len(draft.lines), limit, "line")
    if doubts := doubtful(draft):
        named = ", ".join(map(str, doubts[:_NAMED])) + (" …" if len(doubts) > _NAMED else "")
        say(f"  look at {named}: cut in the middle of a sentence?")


def preview_comments(plan: Comments, limit: int) -> None:
    """Say what each comment would become, and what it would be tied to."""
    for planned in plan.comments[: limit or None]:
        comment = planned.comment
        where = [f"{line}{f' “{words}”' if words else ''}" for line, words in planned.anchored]
        if not where and not planned.parent:
            where = [comment.topic or "the document as a whole"]
        who = f"{comment.speaker or 'sealed'} ({comment.side})" if comment.side else comment.speaker
        facts: list[str] = [comment.kind, *([comment.type] if comment.type else [])]
        facts += ["internal"] if comment.internal else []
        if planned.parent:
            relation = (comment.relation or "replies to").replace("_", " ")
            facts.append(f"{relation} {planned.parent}")
        facts += [f"on {', '.join(where)}"] if where else []
        say(f"  {planned.id} {who}, {', '.join(facts)}")
        say(f"      {_cut(comment.text or '')}")
    _say_rest(len(plan.comments), limit, "comment")


def _say_rest(count: int, limit: int, noun: str) -> None:
    if limit and count > limit:
        say(f"  … and {plural(count - limit, noun)} more; --limit 0 shows all")


def _place(comment: Comment) -> str:
    if comment.anchors:
        return "line " + ", ".join(anchor.line for anchor in comment.anchors)
    if comment.reply_to:
        return "what another comment is on"
    return comment.topic or "the whole"


def _cut(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 90 else f"{first[:89]}…"


def _both_ends(text: str) -> str:
    """Return a text on one line; of a long one, how it begins and how it ends."""
    first = " ".join(text.split())
    return first if len(first) <= 90 else f"{first[:60]} … {first[-27:]}"
