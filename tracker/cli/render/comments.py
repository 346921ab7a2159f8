"""Comments as JSON, as a listing, and as a thread."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any

from tracker.cli.render.words import UNDONE
from tracker.cli.terminal import console, plain
from tracker.services.assignments import Assignment
from tracker.services.comments.editing import CommentVersion
from tracker.services.comments.reading import Comment
from tracker.services.verdicts import Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def as_json(comment: Comment) -> dict[str, Any]:
    """Return a comment under the names that ``--json`` promises."""
    return {
        "id": comment.id,
        "lines": list(comment.lines),
        "proposal": comment.about,
        "topic": comment.topic,
        "meeting": comment.meeting,
        "date": comment.date,
        "speaker": comment.speaker or None,
        "side": comment.side,
        "participant": comment.participant,
        "kind": comment.kind,
        "type": comment.type,
        "text": comment.text or None,
        "context": comment.context,
        "note": comment.note,
        "verbatim": comment.verbatim,
        "reply_to": comment.reply_to,
        "relation": comment.relation,
        "number": comment.number,
        "source": comment.source,
        "locator": comment.locator,
        "quote": comment.quote,
        "anchor": comment.scope,
        "anchor_state": comment.anchor_state,
        "internal": comment.internal,
        "sealed": f"@{comment.sealed}" if comment.sealed else None,
        "disposition": comment.disposition.outcome if comment.disposition else None,
        "recommendation": comment.recommendation.outcome if comment.recommendation else None,
        "dispositions": [verdict_as_json(verdict) for verdict in comment.dispositions],
        "assignment": assignment_as_json(comment.assignment) if comment.assignment else None,
    }


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict under the names that ``--json`` promises."""
    return {
        "outcome": verdict.outcome,
        "stage": verdict.stage,
        "change": verdict.change,
        "reason": verdict.reason,
        "by": verdict.by,
        "date": verdict.date,
        "mode": verdict.mode,
        "votes": verdict.votes,
        "text": verdict.text,
        "entry": verdict.entry,
    }


def assignment_as_json(assignment: Assignment) -> dict[str, Any]:
    """Return an assignment under the names that ``--json`` promises."""
    return {
        "to": assignment.assignee,
        "due": assignment.due,
        "note": assignment.note,
        "done": assignment.done,
        "entry": assignment.entry,
    }


def assignment_in_words(assignment: Assignment) -> str:
    """Return who is to do what until when, as one sentence."""
    facts = [f"assigned to {assignment.assignee}"]
    facts += [f"due {assignment.due}"] if assignment.due else []
    facts += [f"done @{assignment.entry}"] if assignment.done else []
    text = ", ".join(facts)
    return f"{text}: {assignment.note}" if assignment.note else text


def write_listing(comments: Sequence[Comment], undone: Container[str] = frozenset()) -> None:
    """Print comments, each with what was said beneath; ``undone`` holds ids to be marked so."""
    from rich.padding import Padding

    target = console()
    for comment in comments:
        mark = (UNDONE,) if comment.id in undone else ()
        target.print(_head(comment, place(comment), *mark))
        body = [said(comment)]
        if comment.disposition:
            body.append(f"→ {comment.disposition.outcome}")
        if comment.assignment:
            body.append(assignment_in_words(comment.assignment))
        target.print(Padding(plain("\n".join(body)), (0, 0, 0, 3)))


def place(comment: Comment) -> str:
    """Return in words where a comment stands."""
    where = ", ".join(f"line {label}" for label in comment.lines)
    if comment.scope == "section":
        return f"the section of {where}"
    if comment.scope == "gap":
        return f"the gap after {where}"
    return where or comment.about or comment.topic or "the whole"


def speaker(comment: Comment) -> str:
    """Return who said it, with the side where one is stated."""
    return f"{comment.speaker} ({comment.side})" if comment.side else comment.speaker


def said(comment: Comment) -> str:
    """Return what was said: in quotation marks if these are the very words."""
    if comment.sealed is not None:
        return f"sealed at @{comment.sealed}"
    return f"“{comment.text}”" if comment.verbatim else comment.text


def write_threads(comments: Sequence[Comment], target: Console) -> None:
    """Print comments with their replies beneath them."""
    from rich.tree import Tree

    nodes = {comment.id: Tree(block(comment), guide_style="dim") for comment in comments}
    roots: list[Tree] = []
    for comment in comments:
        parent = nodes.get(comment.reply_to or "")
        (roots if parent is None else parent.children).append(nodes[comment.id])
    for place, root in enumerate(roots):
        if place:
            target.print()
        target.print(root)


def block(comment: Comment) -> Text:
    """Return a comment as a few lines of text: who, what kind, the words, what became of it."""
    from rich.text import Text

    where = [place for place in (comment.about, comment.meeting, comment.topic) if place]
    lines = [_head(comment, *where)]
    lines += [plain(line) for line in _flagged(comment)]
    if comment.context:
        lines.append(plain(comment.context, "italic dim"))
    lines.append(plain(said(comment)))
    if comment.note:
        lines.append(plain(f"note: {comment.note}", "dim"))
    if comment.recommendation:
        lines.append(plain(f"advised: {verdict_in_words(comment.recommendation)}", "cyan"))
    if comment.disposition:
        lines.append(plain(f"→ {verdict_in_words(comment.disposition)}", "green"))
    if comment.assignment:
        lines.append(plain(assignment_in_words(comment.assignment), "magenta"))
    return Text("\n").join(lines)


def _head(comment: Comment, *where: str) -> Text:
    from rich.text import Text

    head = Text(comment.id, style="bold")
    if comment.reply_to:
        relation = (comment.relation or "replies to").replace("_", " ")
        head.append(f" {relation} {comment.reply_to}", style="cyan")
    facts = [] if comment.sealed is not None else [speaker(comment)]
    facts += [comment.kind, *([comment.date.replace("T", " ")] if comment.date else []), *where]
    head.append(" · ").append_text(plain(" · ".join(facts), "dim"))
    return head.append(" · internal", style="yellow") if comment.internal else head


def _flagged(comment: Comment) -> list[str]:
    found = []
    for anchor in comment.anchors:
        if anchor.state == "orphaned":
            what = f"“{anchor.quote}”" if anchor.quote else f"the {anchor.scope}"
            found.append(f"words gone: {what}")
        elif anchor.scope == "words" and not anchor.inherited:
            partly = " (partly gone)" if anchor.state == "partial" else ""
            found.append(f"on “{anchor.quote}”{partly}")
        elif anchor.scope in ("section", "gap") and not anchor.inherited:
            found.append(f"on {place(comment)}")
    return found


def version_as_json(version: CommentVersion) -> dict[str, Any]:
    """Return a version of a comment under the names that ``--json`` promises."""
    told = version._asdict()
    number, given = told.pop("number"), told.pop("given")
    told["at"] = version.at.isoformat().replace("+00:00", "Z")
    return {"version": number, **told, "number": given}


def write_versions(name: str, versions: Sequence[CommentVersion], target: Console) -> None:
    """Print every version of a comment, the oldest first."""
    for version in versions:
        facts = [f"{name}, version {version.number}", f"@{version.entry}"]
        facts += [f"{version.at:%Y-%m-%d} by {version.author}", version.kind]
        facts += [version.type] if version.type else []
        facts += ["internal"] if version.internal else []
        target.print(plain(" · ".join(facts), "dim"))
        if version.text is None:
            target.print(plain("   sealed"))
            continue
        side = f" ({version.side})" if version.side else ""
        words = f"“{version.text}”" if version.verbatim else version.text
        beside = {"context": version.context, "note": version.note, "number": version.given}
        lines = [f"{version.speaker}{side}: {words}"]
        lines += [f"{noun}: {value}" for noun, value in beside.items() if value]
        target.print(plain("\n".join(f"   {line}" for line in lines)))


def verdict_in_words(verdict: Verdict) -> str:
    """Return an outcome with its grounds as one sentence."""
    grounds = [f"by {verdict.by}"] if verdict.by else []
    grounds += [verdict.date] if verdict.date else []
    grounds += [" ".join(filter(None, (verdict.mode, verdict.votes)))] if verdict.mode else []
    grounds += [f"@{verdict.entry}"] if verdict.entry else []
    text = f"{verdict.outcome} ({', '.join(grounds)})" if grounds else verdict.outcome
    return f"{text}: {verdict.reason}" if verdict.reason else text
