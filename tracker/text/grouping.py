"""The redline a person would draw from the words that two texts share.

Fewer and rounder changes, not the shortest list of them: a word that is the same by chance between
two rewritten passages is rewritten with them, and an insertion that could stand in several places
stands where a sentence, a clause or a word begins. After Neil Fraser's "semantic clean-up" (2006),
on words instead of letters: a small word between two single changed words stays as it is.

Kanji come one by one, since nothing tells the words of a run apart; most have two. So what stands
of a run beside a replaced part of it is an even number: 毎年 becomes 隔年, not 毎 隔.
"""

from collections.abc import Iterable
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from tracker.text.matching import Block
from tracker.text.stretches import STRETCH
from tracker.text.words import Pieces, is_kanji

SENTENCE_ENDS = frozenset(".!?。．！？…")
CLAUSE_ENDS = frozenset(",;:、，；：—–")
OPENING = frozenset("([{（［｛「『【〈《“‘«")

# Half words. The marks keep what is on their two sides apart.
_WORD_WEIGHT = 2
_KANJI_WEIGHT = 1
_SENTENCE_WEIGHT = 8
_LINE_WEIGHT = 16
_STRETCH_WEIGHT = 2**40  # More than any change.

_EDGE = 6
_JOINS_A_CHANGE = 2 * _EDGE + 1
# How many words a change is tried to the left and right of where it was found.
_REACH = 500


def group(blocks: list[Block], old: Pieces, new: Pieces) -> list[Block]:
    """Return the blocks of a redline that reads well; every block is (part of) one of those given.

    Two blocks of no words stand for the ends of the texts.
    """
    ends = (Block(0, 0, 0), Block(len(old.words), len(new.words), 0))
    grouped = _slide(_without_confetti([ends[0], *blocks, ends[1]], old, new), old, new)
    if not old.text.isascii():
        grouped = _with_whole_kanji(grouped, old, new)
    return grouped


def _without_confetti(blocks: list[Block], old: Pieces, new: Pieces) -> list[Block]:
    """Drop the blocks that weigh less than the changes on either side of them.

    A block is judged again when the change after it has grown, so that one pass is enough.
    """
    weights = _Weights()
    # What either text weighs up to each of its pieces.
    here, there = (
        list(accumulate(map(weights.__getitem__, side.wholes), initial=0)) for side in (old, new)
    )
    kept = [blocks[0]]
    kept_weights = [0]
    changes: list[tuple[int, int]] = []  # What was deleted and inserted before each kept block.
    for block in blocks[1:]:
        start, new_start, length = block
        last, new_last, last_length = kept[-1]
        deleted = here[start] - here[last + last_length]
        inserted = there[new_start] - there[new_last + last_length]
        while changes and kept_weights[-1] < min(max(changes[-1]), max(deleted, inserted)):
            weight = kept_weights.pop()
            before = changes.pop()
            deleted += before[0] + weight
            inserted += before[1] + weight
            kept.pop()
        kept.append(block)
        kept_weights.append(here[start + length] - here[start])
        changes.append((deleted, inserted))
    return kept


class _Weights(dict[str, int]):
    """What each piece weighs, in half words: a kanji is half a word.

    A mark weighs nothing unless it ends a sentence or a line.
    """

    def __missing__(self, whole: str) -> int:
        word = whole.rstrip()
        weight = 0
        if word[:1].isalnum():
            weight = _KANJI_WEIGHT if is_kanji(word) else _WORD_WEIGHT
        elif word in SENTENCE_ENDS:
            weight = _SENTENCE_WEIGHT
        elif word == STRETCH:
            weight = _STRETCH_WEIGHT
        if "\n" in whole:
            weight += _LINE_WEIGHT
        self[whole] = weight
        return weight


def _with_whole_kanji(blocks: list[Block], old: Pieces, new: Pieces) -> list[Block]:
    """Take into each change the odd kanji next to it of a run that it cuts."""
    kept: list[Block] = []
    i = j = 0
    for block, after in pairwise([*blocks, Block(len(old.words), len(new.words), 0)]):
        start, new_start = block.old, block.new
        end, new_end = start + block.length, new_start + block.length
        if _cut(old, start) or _cut(new, new_start):
            odd = _odd(old.words[start:end], i < start and j < new_start)
            start, new_start = start + odd, new_start + odd
        if _cut(old, end) or _cut(new, new_end):
            odd = _odd(old.words[start:end][::-1], end < after.old and new_end < after.new)
            end, new_end = end - odd, new_end - odd
        if start < end:
            kept.append(Block(start, new_start, end - start))
            i, j = end, new_end
    return kept


def _cut(pieces: Pieces, place: int) -> bool:
    """Say whether a run of kanji goes on from one side of a place to the other."""
    return (
        0 < place < len(pieces.words)
        and is_kanji(pieces.words[place])
        and is_kanji(pieces.words[place - 1])
        and not pieces.space(place - 1)
    )


def _odd(words: Iterable[str], is_replaced: bool) -> int:
    """Return how many of the kanji that a block begins with belong to the change beside it."""
    run = sum(1 for _ in takewhile(is_kanji, words))
    return run % 2 if is_replaced else int(run == 1)


class _Change(NamedTuple):
    """Words that only one side has, between two blocks; the other side has nothing there."""

    pieces: Pieces
    start: int
    end: int
    other: Pieces
    place: int


def _slide(blocks: list[Block], old: Pieces, new: Pieces) -> list[Block]:
    """Move each pure insertion or deletion to the best of the places where it means the same."""
    placed: list[Block] = []
    last = blocks[0]
    for block in blocks[1:]:
        old_start, new_start = last.old + last.length, last.new + last.length
        by = 0
        if old_start == block.old and new_start < block.new:
            by = _best_shift(_Change(new, new_start, block.new, old, block.old), last, block)
        elif new_start == block.new and old_start < block.old:
            by = _best_shift(_Change(old, old_start, block.old, new, block.new), last, block)
        moved = block
        if by:
            last = Block(last.old, last.new, last.length + by)
            moved = Block(block.old + by, block.new + by, block.length - by)
        if moved.length:
            if last.length:
                placed.append(last)
            last = moved
    return [*placed, last] if last.length else placed


def _best_shift(change: _Change, before: Block, after: Block) -> int:
    """Return by how many words to move a change; of equally good places the last."""
    pieces, start, end, other, place = change
    here, there = pieces.wholes, other.wholes
    most_left, most_right = min(before.length, _REACH), min(after.length, _REACH)
    left = right = 0
    while left < most_left and here[end - 1 - left] == there[place - 1 - left]:
        left += 1
    while right < most_right and here[start + right] == there[place + right]:
        right += 1
    if not left and not right:
        return 0
    joins_left = left == before.length and before.old + before.new > 0
    is_end = place + right == len(there) and end + right == len(here)
    joins_right = right == after.length and not is_end
    best, best_score = 0, -1
    for by in range(-left, right + 1):
        score = _break(pieces, start + by) + _break(pieces, end + by)
        if (by == -left and joins_left) or (by == right and joins_right):
            score += _JOINS_A_CHANGE
        if score >= best_score:
            best, best_score = by, score
    return best


def _break(pieces: Pieces, place: int) -> int:
    """Say how clearly a text pauses before the word at a place."""
    if place in (0, len(pieces.words)):
        return _EDGE
    word, space = pieces.words[place - 1], pieces.space(place - 1)
    following = pieces.words[place]
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
