"""Quotations: what stands between quotation marks, and what only looks so."""

from __future__ import annotations

import pytest

from tracker.text.quotations import masked, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no.”", ["no."]),
        ('He said "no" and "yes".', ["no", "yes"]),
        ("It is ‘late’, he said.", ["late"]),
        ("It is 'late', he said.", ["late"]),
        ("She said ‘it isn’t the members’ choice’.", ["it isn’t the members’ choice"]),
        ("The members’ choice and the parties’ choice.", []),
        ("the '90s and nothing else", []),
        ("I don't know what it's about.", []),
        ("“He said ‘no’ to it”", ["He said ‘no’ to it"]),
        ("“It is “this” one”", ["It is “this” one"]),
        ("氏は「『危機』だ」と述べた", ["『危機』だ"]),
        ("『危機』の", ["危機"]),
        ("It is “never closed", []),
        ('five 5" pipes', []),
        ("“”", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [found.text for found in quotations(text)] == expected


def test_a_mask_is_as_long_and_tells_nothing_of_what_is_quoted() -> None:
    text = "He said “one scholar argued” then\x01."
    mask = masked(text, quotations(text))
    assert len(mask) == len(text)
    assert "scholar" not in mask
    assert mask.count("\x01") == 1
