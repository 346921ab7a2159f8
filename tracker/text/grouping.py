"""The redline a person would draw from the words that two texts share.

Fewer and rounder changes, not the shortest list of them: a word that is the same by chance between
two rewritten passages is rewritten with them, and an insertion that could stand in several places
stands where a sentence, a clause or a word begins. After Neil Fraser's "semantic clean-up" (2006),
on words instead of letters: a small word between two single changed words stays as it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.text.matching import Block
from tracker.text.words import Unit

SENTENCE_ENDS = frozenset(".!?。．！？…")
CLAUSE_ENDS = frozenset(",;:、，；：—–")
OPENING = frozenset("([{（［｛「『【〈《“‘«")

# What keeps the two sides of a mark apart, counted in words.
_SENTENCE_WEIGHT = 4
_LINE_WEIGHT = 8

_EDGE = 6
_JOINS_A_CHANGE = 2 * _EDGE + 1
# How many words a change is tried to the left and right of where it was found.
_REACH = 500


def group(blocks: list[Block], old: Sequence[Unit], new: Sequence[Unit]) -> list[Block]:
    """Return the blocks of a redline that reads well; every block is (part of) one of those given.

    Two blocks of no words stand for the ends of the texts.
    """
    ends = (Block(0, 0, 0), Block(len(old), len(new), 0))
    return _slide(_without_confetti([ends[0], *blocks, ends[1]], old, new), old, new)


def _without_confetti(blocks: list[Block], old: Sequence[Unit], new: Sequence[Unit]) -> list[Block]:
    """Drop the blocks that weigh less than the changes on either side of them.

    A block is judged again when the change after it has grown, so that one pass is enough.
    """
    kept = [blocks[0]]
    changes: list[tuple[int, int]] = []  # What was deleted and inserted before each kept block.
    for block in blocks[1:]:
        last = kept[-1]
        deleted = _weight(old, last.old + last.length, block.old)
        inserted = _weight(new, last.new + last.length, block.new)
        while changes:
            weight = _weight(old, last.old, last.old + last.length)
            if weight >= max(changes[-1]) or weight >= max(deleted, inserted):
                break
            before = changes.pop()
            deleted += before[0] + weight
            inserted += before[1] + weight
            kept.pop()
            last = kept[-1]
        kept.append(block)
        changes.append((deleted, inserted))
    return kept


def _weight(units: Sequence[Unit], start: int, end: int) -> int:
    """Count the words of a passage; a mark weighs nothing unless it ends a sentence or a line."""
    weight = 0
    for word, space in units[start:end]:
        if word[:1].isalnum():
            weight += 1
        elif word in SENTENCE_ENDS:
            weight += _SENTENCE_WEIGHT
        if "\n" in space:
            weight += _LINE_WEIGHT
    return weight


class _Change(NamedTuple):
    """Words that only one side has, and how far they can move into the equal words around them."""

    units: Sequence[Unit]
    start: int
    end: int
    other: Sequence[Unit]
    place: int  # Where the other side has nothing in their stead.
    left: int
    right: int
    joins_left: bool  # Moving all the way makes one change of two.
    joins_right: bool


def _slide(blocks: list[Block], old: Sequence[Unit], new: Sequence[Unit]) -> list[Block]:
    """Move each pure insertion or deletion to the best of the places where it means the same."""
    placed = [blocks[0]]
    for block in blocks[1:]:
        last = placed[-1]
        old_start, new_start = last.old + last.length, last.new + last.length
        joins = (
            last.old + last.new > 0,
            block.old + block.length < len(old) or block.new + block.length < len(new),
        )
        room = (min(last.length, _REACH), min(block.length, _REACH))
        by = 0
        if old_start == block.old and new_start < block.new:
            by = _best_shift(_Change(new, new_start, block.new, old, block.old, *room, *joins))
        elif new_start == block.new and old_start < block.old:
            by = _best_shift(_Change(old, old_start, block.old, new, block.new, *room, *joins))
        placed[-1] = last._replace(length=last.length + by)
        if not placed[-1].length and len(placed) > 1:
            placed.pop()
        placed.append(Block(block.old + by, block.new + by, block.length - by))
        if not placed[-1].length:
            placed.pop()
    return [block for block in placed if block.length]


def _best_shift(change: _Change) -> int:
    """Return by how many words to move a change; of equally good places the last."""
    units, start, end, other, place, *_ = change
    left = right = 0
    while left < change.left and units[end - 1 - left] == other[place - 1 - left]:
        left += 1
    while right < change.right and units[start + right] == other[place + right]:
        right += 1
    if not left and not right:
        return 0
    best, best_score = 0, -1
    for by in range(-left, right + 1):
        score = _break(units, start + by) + _break(units, end + by)
        if (by == -change.left and change.joins_left) or (
            by == change.right and change.joins_right
        ):
            score += _JOINS_A_CHANGE
        if score >= best_score:
            best, best_score = by, score
    return best


def _break(units: Sequence[Unit], place: int) -> int:
    """Say how clearly a text pauses before the word at a place."""
    if place in (0, len(units)):
        return _EDGE
    word, space = units[place - 1]
    following = units[place][0]
    if "\n" in space:
        return 5 if space.count("\n") > 1 else 4
    if word in SENTENCE_ENDS and (space or not word.isascii()):
        return 3
    if word in CLAUSE_ENDS:
        return 2
    # Japanese words end in kana: a new one begins where the kana end.
    return int(bool(space) or following in OPENING or (_is_kana(word) and not _is_kana(following)))


def _is_kana(word: str) -> bool:
    return "\u3041" <= word[:1] <= "\u309f"
