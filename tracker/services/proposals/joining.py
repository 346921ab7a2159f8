"""Several wordings of one text made into one: what each side changes, or what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from tracker.errors import BadInput
from tracker.services.proposals.proposal import Change
from tracker.text import merge
from tracker.text.touching import one_sentence

JOINT = "\u2029"
"""Stands between the lines of a split or a merge while their texts are compared as one."""
_MARKS = ("⟦", "‖", "⟧")


class Side(NamedTuple):
    """What one of several would make of a text: none deletes it."""

    name: str
    text: str | None


class Collision(NamedTuple):
    """Words that two sides want otherwise."""

    one: str
    other: str
    words: str
    other_words: str


class Joined(NamedTuple):
    """Several sides as one text; none if they collide, or agree to delete it.

    ``touched`` says that two of them changed one sentence.
    """

    text: str | None
    collisions: tuple[Collision, ...]
    touched: bool


def sides_of(named: Sequence[tuple[str, Change]], widest: Change) -> list[Side]:
    """Return what each proposal would make of the lines of its widest change, as one text.

    ``named`` holds the changes of these lines, each with its name, ``P2.1``.
    """
    sides = []
    for proposal in dict.fromkeys(name.partition(".")[0] for name, _ in named):
        own = [(name, change) for name, change in named if name.partition(".")[0] == proposal]
        whole = next((c for _, c in own if len(c.bases) == len(widest.bases)), None)
        text: str | None
        if whole is not None:
            text = JOINT.join(result.text for result in whole.results)
        else:
            texts = {change.line_id: change.result or "" for _, change in own}
            text = JOINT.join(texts.get(base.line, base.text) for base in widest.bases)
        is_end = any(change.kind == "delete" for _, change in own)
        sides.append(Side(own[0][0], None if is_end else text))
    return sides


def part_ways(widest: Change, other: Change) -> bool:
    """Return whether two changes join, split or delete lines in ways that cannot both be."""
    is_within = {base.line for base in other.bases} <= {base.line for base in widest.bases}
    both_merge = other.kind == "merge" and other.bases != widest.bases
    is_torn = len(widest.bases) > 1 and other.kind in ("split", "delete")
    return not is_within or both_merge or is_torn


def join(base: str, sides: Sequence[Side], language: str, preferred: Sequence[str] = ()) -> Joined:
    """Return what several sides make of a text together.

    Where they collide, what the first of the ``preferred`` has is taken, by their names.
    """
    texts = [Side(side.name, side.text) for side in sides]
    ranked = [side for name in preferred for side in texts if _is(side, name)]
    rest = [side for side in texts if side not in ranked]
    if any(side.text is None for side in texts):
        if all(side.text is None for side in texts):
            return Joined(None, (), False)
        if not ranked:
            return Joined(None, _ends(texts), False)
        if ranked[0].text is None:
            return Joined(None, (), False)
        ranked = [side for side in ranked if side.text is not None]
        rest = [side for side in rest if side.text is not None]
    chosen = base
    for side in ranked:
        chosen = _yielding(base, chosen, side)
    # Whoever is not preferred gives way to who is; what is left of them may still collide.
    left = [Side(side.name, _yielding(base, chosen, side)) for side in rest]
    joined, found = _folded(chosen, left)
    touched = any(
        one_sentence(base, one.text or "", other.text or "", language)
        for one, other in combinations([*ranked, *rest], 2)
    )
    return Joined(None if found else joined, tuple(found), touched)


def _is(side: Side, name: str) -> bool:
    """Return whether a side is so named: ``P1`` names ``P1.2`` too."""
    wanted = name.strip().upper()
    return side.name.upper() == wanted or side.name.upper().partition(".")[0] == wanted


def check_names(sides: Sequence[Side], preferred: Sequence[str]) -> None:
    """Raise BadInput if a preferred name is that of no side."""
    for name in preferred:
        if not any(_is(side, name) for side in sides):
            known = ", ".join(dict.fromkeys(side.name for side in sides))
            raise BadInput(f"{name!r} is none of the sides", f"take one of: {known}")


def _ends(sides: Sequence[Side]) -> tuple[Collision, ...]:
    """Return the collisions of who deletes a text with who changes it."""
    ending = next(side for side in sides if side.text is None)
    return tuple(
        Collision(ending.name, side.name, "", side.text) for side in sides if side.text is not None
    )


def _yielding(base: str, chosen: str, side: Side) -> str:
    """Return a text with a side's changes as well, as far as they do not collide with it."""
    merged = merge(base, chosen, side.text or "")
    return merged.resolve([conflict.ours for conflict in merged.conflicts])


def _folded(base: str, sides: Sequence[Side]) -> tuple[str, list[Collision]]:
    """Return all sides as one text, with marks where they collide, and the collisions."""
    text, names = base, ""
    found: list[Collision] = []
    for side in sides:
        merged = merge(base, text, side.text or "")
        found += [
            Collision(names, side.name, conflict.ours, conflict.theirs)
            for conflict in merged.conflicts
        ]
        text = merged.resolve(
            [
                f"⟦{names}: {conflict.ours} ‖ {side.name}: {conflict.theirs}⟧"
                for conflict in merged.conflicts
            ]
        )
        names = f"{names}, {side.name}" if names else side.name
    return text, found


def marked(base: str, sides: Sequence[Side]) -> str:
    """Return all sides as one text in which what collides is marked: where an editor begins."""
    texts = [side for side in sides if side.text is not None]
    text = _folded(base, texts)[0].replace(JOINT, "\n")
    gone = [f"⟦{side.name}: deletes it⟧" for side in sides if side.text is None]
    return "\n".join([text, *gone])


def check_unmarked(text: str, *others: str | None) -> str:
    """Return a text in which somebody resolved what collides. Raises BadInput if marks are left."""
    known = "".join(other or "" for other in others)
    if any(mark in text and mark not in known for mark in _MARKS):
        raise BadInput(
            "the marks of the collision are still in the text",
            "leave the words that are to stand, and take out ⟦, ‖ and ⟧ with the names",
        )
    return text
