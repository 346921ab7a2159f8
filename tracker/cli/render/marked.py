"""What a marked text brings, on stderr: it is shown before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.cli.render.copies import preview as preview_copy
from tracker.cli.render.words import plural, redline, some
from tracker.cli.terminal import say
from tracker.exchange.marked import PARAGRAPH, Mark
from tracker.exchange.record import Comment
from tracker.services.importing.marked.bringing import Brought
from tracker.services.importing.marked.proposing import Coming
from tracker.services.importing.marked.returning import Plan
from tracker.services.redlines import runs
from tracker.text.shortening import beginning

_DONE = {"insert": "put in", "delete": "deleted"}


def preview_brought(found: Brought, first: int, limit: int) -> None:
    """Say which proposals and comments a marked text brings; proposals count from ``first``."""
    for number, coming in enumerate(found.proposals, first):
        _say_proposal(found, coming, f"P{number}", limit)
    for comment in found.comments[: limit or None]:
        _say_comment(comment)
    if limit and len(found.comments) > limit:
        say(f"  … and {plural(len(found.comments) - limit, 'comment')} more; --limit 0 shows all")
    _say_left(found, limit)


def _say_proposal(found: Brought, coming: Coming, name: str, limit: int) -> None:
    known = {each.found for each in coming.changes if each.known}
    kept = tuple(
        each._replace(kind="unchanged") if at in known else each
        for at, each in enumerate(coming.authored.comparison.found)
    )
    comparison = coming.authored.comparison._replace(found=kept)
    preview_copy(comparison, f"{name} from {coming.proposer}", limit)
    for amendment in coming.new_amendments:
        of = f"P{amendment.of[0]}.{amendment.of[1]}"
        was = next(
            each.change.results[0].text
            for other in found.coming
            for each in other.changes
            if each.name == amendment.of
        )
        told = redline(runs(was, amendment.text), coloured=False).plain
        say(f"  {of} amended: {' '.join(told.split())}")


def _say_comment(comment: Comment) -> None:
    facts = [comment.date.replace("T", " ")] if comment.date else []
    if comment.reply_to:
        facts.append(f"answers {comment.reply_to}")
    places = [f"line {a.line}{f' “{a.quote}”' if a.quote else ''}" for a in comment.anchors]
    if comment.about is not None:
        quote = f" “{comment.about.quote}”" if comment.about.quote else ""
        places.append(f"{comment.about.proposal}.{comment.about.change}{quote}")
    if not places and not comment.reply_to:
        places = ["the document as a whole"]
    facts += [f"on {', '.join(places)}"] if places else []
    facts += ["resolved: noted"] if comment.dispositions else []
    say(f"  {comment.id} {comment.speaker}, {', '.join(facts)}")
    say(f"      “{beginning(comment.text or '')}”")


def _say_left(found: Brought, limit: int) -> None:
    """Say which marks no change of lines says, so that nobody takes them for stored."""
    marks = [found.based.marked.marks[number] for number in found.left]
    if marks:
        count = plural(len(marks), "tracked change")
        say(f"  {count} no proposal can say; the kept file has what was tracked:")
        for mark in marks[: limit or None]:
            say(f"    {_mark_in_words(mark)}")
    if found.broken:
        say(
            f"  where line {some(found.broken, limit)} begins, a paragraph would begin or end, "
            "which no proposal can say"
        )


def _mark_in_words(mark: Mark) -> str:
    who = mark.author.strip() or "somebody"
    words = mark.text.replace(PARAGRAPH, "¶").replace("\n", "↵")
    told = "white space" if not words.strip() else f"“{beginning(words)}”"
    return f"{who} {_DONE[mark.kind]} {told}"


def say_known(plan: Plan) -> None:
    """Say what of a text that came home is in the store, and what became of it there."""
    if plan.known:
        say(f"  {plural(plan.known, 'comment')} of it known")
    known = _known(plan.brought.coming)
    if known:
        say(f"  known, and not proposed again: {some(known)}")
    if plan.taken_over:
        say(f"  in its text as if accepted: {some(plan.taken_over)}; tracker proposal accept")
    if plan.missing:
        say(f"  not in it any more, as if rejected: {some(plan.missing)}; tracker proposal reject")
    if plan.resolved:
        say(f"  resolved there, and noted: {some(plan.resolved)}")
    if plan.reopened:
        say(
            f"  reopened there: {some(plan.reopened)}; nothing is stored of it, what was decided "
            "holds until somebody disposes of it anew"
        )


def _known(coming: Sequence[Coming]) -> list[str]:
    names = [each.name for person in coming for each in person.changes if each.known]
    return [f"P{proposal}.{change}" for proposal, change in sorted(set(names))]
