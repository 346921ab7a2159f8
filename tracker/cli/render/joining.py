"""What becomes of proposals that are carried over, merged or resolved, before it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.cli.render.words import redline
from tracker.cli.terminal import coloured, console, plain
from tracker.services.proposals.joining import JOINT, Collision, Side
from tracker.services.proposals.merging import Merging, Part
from tracker.services.proposals.resolving import Unresolved
from tracker.services.proposals.updating import Update, Updated
from tracker.services.redlines import runs

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def write_update(update: Update) -> None:
    """Print each stale change as it is carried to the current wording."""
    target = console()
    for updated in update.changes:
        target.print(plain(f"{updated.name} · {updated.place}", "bold"))
        _write_body(target, list(_updated(updated, target)))


def _updated(updated: Updated, target: Console) -> Iterator[Text]:
    yield plain("proposed:", "dim")
    change = updated.change
    yield _redline(change.base or "", change.result or "", target)
    if updated.adopted:
        yield plain("it says so already: nothing of this is left to decide", "green")
    elif updated.collisions:
        yield plain("it now says:", "dim")
        yield _redline(change.base or "", updated.now, target)
        yield from _collisions(updated.collisions)
    else:
        yield plain("on the current wording:", "dim")
        yield _redline(updated.now, updated.text or "", target)


def write_merging(merging: Merging) -> None:
    """Print each change of the merged proposal, with what collides."""
    target = console()
    for part in merging.parts:
        names = ", ".join(side.name for side in part.sides)
        target.print(plain(f"{part.place} · {names}", "bold"))
        _write_body(target, list(_merged(part, target)))
    for left, stands in merging.given_way:
        target.print(plain(f"left out: {left}, which gives way to {stands}", "yellow"))


def _merged(part: Part, target: Console) -> Iterator[Text]:
    if part.collisions:
        yield from _sides(part.base or "", part.sides, target)
        yield from _collisions(part.collisions)
        return
    if part.stored.kind == "move":
        yield plain(part.base or "")
        return
    yield _redline(part.base or "", part.text or "", target)
    if part.touched:
        yield plain("both changed one sentence; it reads:", "yellow")
        yield plain(part.text or "")


def write_unresolved(unresolved: Unresolved) -> None:
    """Print what collides: what each side makes of the text."""
    target = console()
    target.print(plain(f"{unresolved.name} is in collision", "bold"))
    base = unresolved.base.replace(JOINT, "\n")
    _write_body(target, list(_sides(base, unresolved.sides, target)))


def _sides(base: str, sides: Sequence[Side], target: Console) -> Iterator[Text]:
    for side in sides:
        yield plain(f"{side.name}:", "dim")
        yield _redline(base, (side.text or "").replace(JOINT, "\n"), target)


def _collisions(collisions: Sequence[Collision]) -> Iterator[Text]:
    for each in collisions:
        one = each.words.replace(JOINT, " ").strip()
        other = each.other_words.replace(JOINT, " ").strip()
        words = f"“{one}” ({each.one}) and “{other}” ({each.other})"
        if not one:
            words = f"{each.one} takes away what {each.other} changes"
        yield plain(f"collision: {words}", "red")


def _redline(old: str, new: str, target: Console) -> Text:
    return redline(runs(old, new), coloured=coloured(target))


def _write_body(target: Console, body: Sequence[Text]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    target.print(Padding(Text("\n").join(body), (0, 0, 0, 3)))
