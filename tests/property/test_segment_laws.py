"""Laws of segments, over texts made of what documents in both languages are made of."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text.segmenting import segment

PIECES = [
    *["\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "    ", "\u3000", "\f", "\x85", "\u2028"],
    *[
        "# ",
        "## ",
        " ##",
        "- ",
        "* ",
        "1. ",
        "12) ",
        "（１）",
        "①",
        "・",
        "[ ] ",
        "> ",
        ">",
        "| ",
        "|",
    ],
    *[
        "|---|",
        "---",
        "===",
        "***",
        "```",
        "~~~",
        "`",
        "<!--",
        "-->",
        "<div>",
        "[^1]: ",
        "[a]: http://b",
    ],
    *[
        "[",
        "](x.y)",
        "**",
        "_",
        "~~",
        "[^1]",
        "https://a.b/c. ",
        "\\",
        "<br>",
        "title: x",
        "\ufeff",
    ],
    *[
        "The ",
        "members ",
        "shall ",
        "report",
        "It ",
        "it ",
        "Jan. 5",
        "U.S. ",
        "D.C. ",
        "e.g. ",
        "No. 7",
    ],
    *["etc. ", "p.m. ", "Mr. ", "3.5", "a) ", "(a) ", "Article 3", "第3条", "1.2.3 "],
    *[". ", ".", "! ", "?", "…", "... ", "“", "”", '"', "’", "(", ")", "[…] ", ".) ", "?” "],
    *[
        "会議は",
        "毎年",
        "と述べた",
        "の",
        "。",
        "！",
        "？",
        "．",
        "「",
        "」",
        "。」",
        "『",
        "』",
        "（",
        "）",
    ],
    *["👨‍👩‍👧", "e\u0301", "\u0301", "\u3099", "\x00", "\ud800", "\udfff", "\u200b", "אב"],
]
texts = st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=20)
units = st.sampled_from(["sentence", "paragraph"])
languages = st.sampled_from(["en", "ja", "de", "xx"])


@settings(max_examples=600, deadline=None)
@given(texts, units, languages)
def test_the_segments_are_the_document(text: str, unit: str, language: str) -> None:
    made = segment(text, language=language, unit=unit)
    assert "".join(part.lead + part.text for part in made) == text
    assert segment(text, language=language, unit=unit) == made


@settings(max_examples=400, deadline=None)
@given(texts, units, languages)
def test_each_segment_has_words_but_what_trails(text: str, unit: str, language: str) -> None:
    made = segment(text, language=language, unit=unit)
    for part in made[:-1]:
        assert part.text
    for part in made:
        assert part.text == part.text.strip()
        assert part.text or (part.lead and part.kind == "paragraph" and part.level is None)
        assert part.kind in ("heading", "sentence", "paragraph")
        assert part.kind != "sentence" or unit == "sentence"
        assert part.level is None or part.level >= 1
        assert part.kind != "heading" or part.level in range(1, 7)


@settings(max_examples=400, deadline=None)
@given(texts, languages)
def test_sentences_divide_paragraphs(text: str, language: str) -> None:
    def edges(unit: str) -> set[int]:
        found, position = set(), 0
        for part in segment(text, language=language, unit=unit):
            start = position + len(part.lead)
            position = start + len(part.text)
            found |= {start, position} if part.text else set()
        return found

    assert edges("paragraph") <= edges("sentence")


@settings(max_examples=200, deadline=None)
@given(texts)
def test_words_are_not_in_a_lead(text: str) -> None:
    hidden = ("<!--", "title: x")
    if any(mark in text for mark in hidden):
        return
    leads = "".join(part.lead for part in segment(text))
    for word in ("members", "shall", "report", "会議は", "毎年", "と述べた", "D.C."):
        assert word not in leads


@settings(max_examples=200, deadline=None)
@given(st.lists(texts, min_size=2, max_size=3))
def test_a_blank_line_and_a_heading_part_what_stands_around_them(parts: list[str]) -> None:
    plain = [part.translate(dict.fromkeys(map(ord, "`~<-\n\r\f\x85\u2028"), " ")) for part in parts]
    text = "\n\n# H\n\n".join(plain)
    for before, after in pairwise(segment(text)):
        assert before.text == "H" or "# H" not in before.text
        assert after.text == "H" or "# H" not in after.text
