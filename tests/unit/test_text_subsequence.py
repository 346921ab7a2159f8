"""Rules for the longest common subsequence."""

import random
from itertools import pairwise

import pytest

from tracker.text import subsequence
from tracker.text.subsequence import common, side_by_side


def longest(left: str, right: str) -> int:
    """Return the length of a longest common subsequence, by the table that defines it."""
    row = [0] * (len(right) + 1)
    for here in left:
        above = row[:]
        for j, there in enumerate(right):
            row[j + 1] = above[j] + 1 if here == there else max(above[j + 1], row[j])
    return row[-1]


@pytest.mark.parametrize("block", [3, 1024])
def test_the_pairs_are_equal_rise_on_both_sides_and_are_as_many_as_can_be(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subsequence, "_BLOCK", block)
    chance = random.Random(block)
    for _ in range(300):
        left = "".join(chance.choices("abcd", k=chance.randint(0, 14)))
        right = "".join(chance.choices("abcd", k=chance.randint(0, 14)))
        pairs = common(left, right)
        assert all(left[i] == right[j] for i, j in pairs)
        assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
        assert len(pairs) == longest(left, right)


def test_runs_found_side_by_side_are_a_longest_common_subsequence() -> None:
    chance = random.Random(5)
    known = 0
    for _ in range(3000):
        left = chance.choices("abcdefgh", k=chance.randint(0, 9))
        right = left[:]
        for _ in range(chance.randint(0, 3)):
            at = chance.randint(0, len(right))
            right[at : at + chance.randint(0, 2)] = chance.choices(
                "abcwxyz", k=chance.randint(0, 2)
            )
        runs = side_by_side(left, right)
        if runs is None:
            continue
        known += 1
        pairs = [(i + k, j + k) for i, j, length in runs for k in range(length)]
        assert all(left[i] == right[j] for i, j in pairs)
        assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
        assert len(pairs) == longest("".join(left), "".join(right))
    assert known > 1000


def test_what_is_out_of_order_is_not_compared_side_by_side() -> None:
    assert side_by_side("abc", "bca") is None
    assert side_by_side("axbyc", "azbwc") == [(0, 0, 1), (2, 2, 1), (4, 4, 1)]
    assert side_by_side("abcd", "abxycd") == [(0, 0, 2), (2, 4, 2)]
