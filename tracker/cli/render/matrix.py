"""What a comment matrix is about to store, on stderr."""

from __future__ import annotations

from tracker.cli.render.comments import verdict_in_words
from tracker.cli.render.importing import preview_comments
from tracker.cli.terminal import say
from tracker.services.importing.matrix.planning import Disposed, Plan
from tracker.text.shortening import beginning


def preview(plan: Plan, limit: int) -> None:
    """Say what each row brings, and last what of the table is not taken, and why."""
    for each in plan.disposed[: limit or None]:
        _say_disposed(each)
    _say_rest(len(plan.disposed), limit, "dispositions")
    preview_comments(plan.fresh, limit)
    if plan.fresh:
        _say_meetings(plan)
    for told in plan.told[: limit or None]:
        say(f"  {told.place}: {told.message}" if told.place else f"  {told.message}")
    _say_rest(len(plan.told), limit, "remarks")


def _say_disposed(each: Disposed) -> None:
    say(f"  {each.comment.id} {each.comment.speaker}: {beginning(each.comment.text)}")
    before = each.comment.disposition
    was = f" (was {verdict_in_words(before)})" if before is not None else ""
    say(f"      → {verdict_in_words(each.verdict)}{was}")


def _say_meetings(plan: Plan) -> None:
    keys = dict.fromkeys(each.comment.meeting for each in plan.fresh)
    told = ", ".join(key or "none, unless --meeting names one" for key in keys)
    say(f"  meeting of the new comments: {told}")


def _say_rest(count: int, limit: int, noun: str) -> None:
    if limit and count > limit:
        say(f"  … and {count - limit:,} more {noun}; --limit 0 shows all")
