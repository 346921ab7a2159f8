"""Rules for words and graphemes."""

import pytest
import regex

from tracker.text.graphemes import clusters, has_clusters, snap
from tracker.text.words import tokens


@pytest.mark.parametrize(
    "split",
    [
        ["The", " ", "U.S.", "-", "Japan", " ", "group", "’", " "],
        ["China’s", " ", "don't", " ", "1,000", " ", "3.5", "%", " ", "12a", "\r\n", "snake_case"],
        ["第", "12", "条", "\u3000", "会議", "は", "、", "ラーメン", "・", "らーめんを", "。"],
        ["한국어", " ", "e\u0301te\u0301", " ", "👨‍👩‍👧", "🇯🇵", "🇯🇲", "か\u3099く", "ｶﾞ", "각"],
        ["\ud800", "\x00", "a"],
        ["  ", "x"],
    ],
)
def test_words_are_units_a_reader_sees(split: list[str]) -> None:
    assert tokens("".join(split)) == split


def test_every_character_that_can_join_its_neighbour_is_known() -> None:
    names = ("Extend", "ZWJ", "SpacingMark", "Prepend", "Regional_Indicator", "L", "V", "T")
    joining = regex.compile("[" + "".join(rf"\p{{GCB={name}}}" for name in names) + "]")
    everything = "".join(map(chr, range(0x110000)))
    assert [c for c in joining.findall(everything) if not has_clusters(c)] == []


def test_plain_japanese_and_latin_text_has_no_clusters() -> None:
    assert not has_clusters(
        "会議は毎年ラーメンを「開催」する。한국어 Café “naïve” — é … ＡＢＣ 漢字々〆"
    )


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("ae\u0301b", (2, 2), (1, 3)),
        ("ae\u0301b", (1, 2), (1, 3)),
        ("a\r\nb", (2, 3), (1, 3)),
        ("🇯🇵🇯🇲", (1, 3), (0, 4)),
        ("🇯🇵🇯🇲", (2, 4), (2, 4)),
        ("x👨‍👩‍👧y", (2, 3), (1, 6)),
    ],
)
def test_a_span_widens_to_whole_graphemes(
    text: str, span: tuple[int, int], whole: tuple[int, int]
) -> None:
    assert snap(text, *span) == whole


def test_clusters_make_the_text() -> None:
    assert clusters("a\r\ne\u0301") == ["a", "\r\n", "e\u0301"]
    assert clusters("a\r\nb") == ["a", "\r\n", "b"]
