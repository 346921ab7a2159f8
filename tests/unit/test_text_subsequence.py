"""Rules for the longest common subsequence."""

import random
from itertools import pairwise

import pytest

from tracker.text import subsequence
from tracker.text.subsequence import common


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
