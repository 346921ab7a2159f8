"""The pairs of a parallel file, written out to be mended: only labels may change."""

from __future__ import annotations

import pytest

from tracker.errors import BadInput
from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.parallel import Paired, Source
from tracker.formats import pairs

DRAFT = Draft(
    "utf-8",
    "ja",
    "sentence",
    (
        DraftLine("", "一つ目。", "sentence"),
        DraftLine("", "二つ目は | とても\n長い。", "sentence"),
        DraftLine("\n\n", "# 三つ目。", "sentence"),
    ),
    "\n",
)
SOURCES = [Source(str(number), f"Number {number}.") for number in range(1, 5)]
FOUND = [
    Paired(("1", "2"), (0,), 0.9),
    Paired(("3",), (1,), 0.2, doubtful=True),
    Paired((), (2,), 0.0),
    Paired(("4",), (), 0.0),
]
MEANT = [(pair.labels, pair.places) for pair in FOUND]


def told(text: str) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    return [(pair.labels, pair.places) for pair in pairs.read(text, DRAFT, SOURCES)]


def test_what_is_written_is_read_as_the_same_pairs() -> None:
    written = pairs.write(FOUND, DRAFT, SOURCES)
    assert told(written) == MEANT
    assert told(written.replace("\n", "\r\n")) == MEANT
    assert "# (doubtful)\n3 | 二つ目は | とても 長い。\n" in written
    assert "- | # 三つ目。" in written
    assert "# 4: Number 4.\n# (nothing renders it)" in written


def test_lines_in_a_row_with_the_same_labels_are_one_wording() -> None:
    assert told("1|一つ目。\n1 |二つ目は | とても 長い。\n2, 3|# 三つ目。\n") == [
        (("1",), (0, 1)),
        (("2", "3"), (2,)),
        (("4",), ()),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "0 lines"),
        ("1 | 一つ目。\n", "1 lines, the text has 3"),
        ("1 | 一つ目。\n2 | 二つ目。\n3 | # 三つ目。", "line 2 of the pairs is not"),
        ("1 一つ目。\n2 | 二つ目は | とても 長い。\n3 | # 三つ目。", "line 1 of the pairs is not"),
        (" | 一つ目。\n2 | 二つ目は | とても 長い。\n3 | # 三つ目。", "names no label"),
        ("9 | 一つ目。\n2 | 二つ目は | とても 長い。\n3 | # 三つ目。", "is no line that stands"),
        ("C1 | 一つ目。\n2 | 二つ目は | とても 長い。\n3 | # 三つ目。", "is no label"),
        ("- 1 | 一つ目。\n2 | 二つ目は | とても 長い。\n3 | # 三つ目。", "is no label"),
        ("1 | 一つ目。\n2 | 二つ目は | とても 長い。\n1 | # 三つ目。", "stands in two places"),
        ("1 2 | 一つ目。\n2 | 二つ目は | とても 長い。\n3 | # 三つ目。", "stands in two places"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(text: str, wrong: str) -> None:
    with pytest.raises(BadInput, match=wrong):
        told(text)
