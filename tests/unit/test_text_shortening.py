"""How a text begins: within its room, on one line, and with no word cut where that can be."""

import pytest

from tracker.text.shortening import beginning


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("a short one", 90, "a short one"),
        ("two\n  lines", 90, "two lines"),
        ("as long as it may be", 20, "as long as it may be"),
        ("should be clear that they", 19, "should be clear …"),
        ("should be clear, that they", 18, "should be clear, …"),
        ("日本と米国は民主主義を守る。", 10, "日本と米国は民主主…"),
        ("an incomprehensibility", 10, "an incomp…"),
    ],
)
def test_a_long_text_ends_behind_a_word_if_one_ends_near(text, longest, expected):
    assert beginning(text, longest) == expected
    assert len(beginning(text, longest)) <= longest
