"""Laws of redlines, quotes and collisions, over texts made to break them."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.text import (
    Diff,
    collide,
    diff,
    follow,
    locate,
    nearest,
    occurrences,
    quote_at,
    stretches,
)
from tracker.text.folding import fold
from tracker.text.graphemes import has_clusters, snap
from tracker.text.words import pieces, tokens

PIECES = [
    *[
        "the ",
        "the ",
        "report",
        "shall ",
        "may ",
        "U.S.",
        "don’t",
        "don't",
        "a",
        "b ",
        "3.5",
        "1,000",
    ],
    *["会議", "は", "毎年", "ラーメン", "・", "。", "「", "」", "\u3000", "が", "か\u3099", "ｶﾞ"],
    *[
        "👨‍👩‍👧",
        "👨‍👩‍👦",
        "👩",
        "\u200d",
        "🇯🇵",
        "🇯🇲",
        "🇯",
        "e\u0301",
        "é",
        "\u0301",
        "각",
        "ᄀ",
        "ᅡ",
        "\ufe0f",
    ],
    *[
        " ",
        "  ",
        "\n",
        "\r\n",
        "\n\n",
        "\xa0",
        "\u2000",
        ".",
        ",",
        "{++",
        "~~",
        "<ins>",
        "[bold red]",
    ],
    *["\x1b[0m", "\x00", "\ud800", "\udfff", "\u212b", "“", '"', "İ", "\U0010ffff"],
]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=12)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str]:
    """Return a text and a revision of it: some of its pieces deleted, replaced or added to."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=20))
    revised = list(pieces)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(revised)))
        length = draw(st.integers(0, 3))
        revised[at : at + length] = draw(st.lists(st.sampled_from(PIECES), max_size=3))
    return "".join(pieces), "".join(revised)


pairs = revisions() | st.tuples(texts, texts)


def edges(parts: list[str]) -> set[int]:
    """Return where the parts begin and end in the text they make."""
    return set(accumulate(map(len, parts), initial=0))


def words_and_kanji(text: str) -> list[str]:
    """Return the words of a text, every kanji for itself."""
    split = pieces(text)
    return [part for place, word in enumerate(split.words) for part in (word, split.space(place))]


@settings(max_examples=400, deadline=None)
@given(pairs)
def test_law_3_a_diff_makes_both_texts(pair: tuple[str, str]) -> None:
    made = diff(*pair)
    assert (made.old, made.new) == pair
    assert "".join(op.text for op in made.ops if op.kind != "delete") == pair[1]
    if all(op.was is None for op in made.ops):
        assert "".join(op.text for op in made.ops if op.kind != "insert") == pair[0]
    assert diff(*pair) == made


@settings(max_examples=300, deadline=None)
@given(pairs)
def test_ops_are_grouped_and_cut_no_word(pair: tuple[str, str]) -> None:
    made = diff(*pair)
    assert all(op.text for op in made.ops)
    for first, second in pairwise(made.ops):
        assert first.kind != second.kind
        assert (first.kind, second.kind) != ("insert", "delete")
    assert edges([op.old for op in made.ops]) <= edges(words_and_kanji(pair[0]))
    assert edges([op.new for op in made.ops]) <= edges(words_and_kanji(pair[1]))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_words_make_the_text_and_cut_no_grapheme(text: str) -> None:
    parts = tokens(text)
    assert "".join(parts) == text
    for edge in edges(parts):
        assert snap(text, edge, edge) == (edge, edge)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_another_unicode_spelling_is_no_change(text: str) -> None:
    from unicodedata import normalize

    for form in ("NFC", "NFD"):
        made = diff(text, normalize(form, text))
        assert {op.kind for op in made.ops} <= {"equal"}
        assert made.new == normalize(form, text)


@st.composite
def long_revisions(draw: st.DrawFn) -> tuple[str, str]:
    """Return a text of many lines and a revision of it; few of its pieces hang on to neighbours."""
    plain = st.sampled_from([piece for piece in PIECES if not has_clusters(piece)])
    lines = draw(st.lists(st.lists(plain, max_size=12).map("".join), min_size=2, max_size=8))
    revised = lines[:]
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(revised)))
        revised[at : at + draw(st.integers(0, 1))] = [draw(plain)]
    return "\n".join(lines), "\n".join(revised)


@settings(max_examples=300, deadline=None)
@given(long_revisions())
def test_a_stretch_that_is_not_read_word_by_word_cuts_no_word(pair: tuple[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("LONG", 1), ("MARGIN", 0), ("_SHORTEST", 1), ("_MOSTLY", 0)):
            patch.setattr(stretches, name, value)
        found = stretches.stretches(*pair)
        made = diff(*pair)
    for start, new_start, length in found:
        assert pair[0][start : start + length] == pair[1][new_start : new_start + length]
        assert {start, start + length} <= edges(tokens(pair[0]))
        assert {new_start, new_start + length} <= edges(tokens(pair[1]))
    assert (made.old, made.new) == pair
    assert edges([op.old for op in made.ops]) <= edges(words_and_kanji(pair[0]))
    assert edges([op.new for op in made.ops]) <= edges(words_and_kanji(pair[1]))
    for first, second in pairwise(made.ops):
        assert first.kind != second.kind
        assert (first.kind, second.kind) != ("insert", "delete")


def takes_a_run_apart(made: Diff) -> bool:
    """Say whether a run of Japanese was replaced by more or less of it: its words are followed."""
    return any(
        first.kind == "delete"
        and second.kind == "insert"
        and (first.text.strip() in second.text or second.text.strip() in first.text)
        for first, second in pairwise(made.ops)
    )


@settings(max_examples=300, deadline=None)
@given(pairs, st.data())
def test_followed_words_are_the_words_that_were_flagged(
    pair: tuple[str, str], data: st.DataObject
) -> None:
    old, new = pair
    assume(old)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    made = diff(old, new)
    carried = follow((start, end), made)
    if carried is None:
        return
    assert 0 <= carried.start < carried.end <= len(new)
    start, end = snap(old, start, end)
    if carried.state == "exact":
        stands = "".join(fold(old[start:end]).split())
        letters = iter("".join(new[carried.start : carried.end].split()))
        assert all(letter in letters for letter in stands) or fold(new) != new
    if takes_a_run_apart(made):
        return
    old_at = new_at = 0
    covered = []
    for op in made.ops:
        if op.kind == "equal" and old_at < end and old_at + len(op.old) > start:
            covered.append((new_at, new_at + len(op.new)))
        old_at += len(op.old)
        new_at += len(op.new)
    assert covered[0][0] <= carried.start < covered[-1][1]
    assert covered[0][0] < carried.end <= covered[-1][1]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.text(max_size=6), st.data())
def test_words_that_nobody_touched_are_followed_exactly(
    pieces: list[str], before: str, data: st.DataObject
) -> None:
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    start, end = snap(text, start, end)
    lead = f"new {before}.\n"
    carried = follow((start, end), diff(f"kept. {text}", f"kept. {text}{lead}"))
    assert carried is None or carried.start <= start + len("kept. ") + len(text)
    same = follow((start, end), diff(text, text))
    assert same is not None
    assert (same.start, same.end, same.state) == (start, end, "exact")


@settings(max_examples=300, deadline=None)
@given(texts, st.data())
def test_a_quote_is_found_where_it_was_taken(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quote_at(text, start, end)
    assert quote.start is not None
    assert quote.start <= start < end <= quote.start + len(quote.exact)
    assert locate(quote, text) == (quote.start, quote.start + len(quote.exact))


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_what_is_found_reads_like_the_quote(exact: str, text: str) -> None:
    last = 0
    for start, end in occurrences(exact, text):
        assert start >= last
        assert fold(text[start:end]) == fold(exact)
        assert snap(text, start, end) == (start, end)
        last = end
    span = nearest(exact, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


@settings(max_examples=200, deadline=None)
@given(pairs, texts)
def test_collisions_are_mutual_and_identical_texts_have_none(
    pair: tuple[str, str], theirs: str
) -> None:
    base, ours = pair
    assert collide(base, ours, theirs) == collide(base, theirs, ours)
    assert not collide(base, ours, ours)
    assert not collide(base, base, ours)
