"""What an edited copy does to a text, on stderr: it is shown before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.cli.render.words import plural, redline
from tracker.cli.terminal import say
from tracker.exchange.view import Run
from tracker.services.importing.copy.comparing import Comparison, Found
from tracker.services.redlines import runs
from tracker.services.revising.carrying import Carried
from tracker.text.shortening import beginning

_KINDS = ("unchanged", "spaced", "edited", "split", "merged", "moved", "inserted", "deleted")
_WORDS = {"spaced": "only spaced otherwise"}


def preview(comparison: Comparison, key: str, limit: int) -> None:
    """Say what a copy does to each line of a document, with redlines."""
    counts = comparison.counts
    told = [f"{counts[kind]:,} {_WORDS.get(kind, kind)}" for kind in _KINDS if counts[kind]]
    say(f"{key}: {', '.join(told)}")
    shown = [each for each in comparison.found if each.kind not in ("unchanged", "spaced")]
    before = _before(comparison)
    for each in shown[: limit or None]:
        say(f"  {_place(comparison, each, before)}: {_change(comparison, each)}")
    if limit and len(shown) > limit:
        say(f"  … and {plural(len(shown) - limit, 'change')} more; --limit 0 shows all")


def _before(comparison: Comparison) -> dict[int, str]:
    """Return for each new line, by its place, the label of the stored line before it."""
    labels: dict[int, str] = {}
    last = "0"
    for each in comparison.found:
        for place in each.new:
            labels[place] = last
        if each.old and each.new:
            last = comparison.base[each.old[0]].label
    return labels


def _place(comparison: Comparison, each: Found, before: dict[int, str]) -> str:
    if each.kind == "inserted":
        after = before[each.new[0]]
        return f"inserted after {after}" if after != "0" else "inserted at the start"
    labels = ", ".join(comparison.base[place].label for place in each.old)
    moved = ""
    if each.moved or each.kind == "moved":
        after = before[each.new[0]]
        moved = f" to after {after}" if after != "0" else " to the start"
    return f"{labels} {'moved' if each.kind == 'moved' else each.kind}{_and(each, moved)}"


def _and(each: Found, moved: str) -> str:
    return f" and moved{moved}" if each.moved and each.kind != "moved" else moved


def _change(comparison: Comparison, each: Found) -> str:
    old = [comparison.base[place].text for place in each.old]
    new = [comparison.draft.lines[place].text for place in each.new]
    if each.kind == "moved":
        return beginning(old[0])
    if each.kind == "inserted":
        marked: Sequence[Run] = (Run("insert", new[0]),)
    elif each.kind == "deleted":
        marked = (Run("delete", old[0]),)
    else:
        # A bar says where a line ends; white space at a joint is no change of words.
        marked = runs(" ‖ ".join(old), " ‖ ".join(new))
    return " ".join(redline(marked, coloured=False).plain.split())


def say_carried(carried: Sequence[Carried], limit: int) -> None:
    """Say of which comments some of the words, or most of them, would be gone."""
    for state, told in (("orphaned", "words gone"), ("partial", "some words gone")):
        found = [each for each in carried if each.state == state]
        for each in found[: limit or None]:
            quote = f": “{beginning(each.quote)}”" if each.quote else ""
            say(f"  {told}, {each.comment}{quote}")
        if limit and len(found) > limit:
            say(f"  … and {plural(len(found) - limit, 'comment')} more")
