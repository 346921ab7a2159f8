"""Flagged Japanese words stand where the run that holds them got more or fewer signs."""

from __future__ import annotations

import pytest

from tracker.text import diff, follow


@pytest.mark.parametrize(
    ("old", "new", "words", "stands", "state"),
    [
        ("速やかに制裁を課す。", "速やかに経済制裁を課す。", "制裁", "制裁", "exact"),
        (
            "すべての船舶に開く。",
            "食料を運ぶすべての船舶に開く。",
            "すべての船舶",
            "すべての船舶",
            "exact",
        ),
        ("経済制裁を課す。", "制裁を課す。", "経済制裁", "制裁", "partial"),
        ("経済制裁を課す。", "制裁を課す。", "制裁", "制裁", "exact"),
        ("中国の行動", "中東の行動", "中国", None, None),
        ("制裁を課す。", "制裁と制裁解除を課す。", "制裁", "制裁", "exact"),
        ("a liberal order", "an illiberal order", "liberal", None, None),
        ("国の行動", "中国の行動", "国", None, None),
    ],
)
def test_words_within_a_run_are_followed_only_where_they_surely_stand(
    old: str, new: str, words: str, stands: str | None, state: str | None
) -> None:
    start = old.index(words)
    found = follow((start, start + len(words)), diff(old, new))
    if stands is None or found is None:
        assert (found, stands) == (None, None)
    else:
        assert (new[found.start : found.end], found.state) == (stands, state)
