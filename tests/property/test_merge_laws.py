"""Laws of merging and of search terms, over texts made to break them."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text import collide
from tracker.text.graphemes import clusters
from tracker.text.merging import Conflict, Merge, merge
from tracker.text.terms import search_terms
from tracker.text.words import units

ENGLISH = ["the ", "the ", "report ", "shall ", "may ", "not", " ", "U.S.", "don’t", "3.5", ", "]
JAPANESE = ["会議", "は", "毎年", "の", "、", "、", "。", "ラーメン", "が", "か\u3099", "\u3000"]
ODD = ["\n", "\r\n", "  ", "👨‍👩‍👧", "🇯🇵", "🇯", "\u0301", "é", "e\u0301", "\x00", "\ud800", "<ins>"]
PIECES = [*ENGLISH, *JAPANESE, *ODD]
SPACELESS = "会議毎年国のはがゝー々〆ラﾗｶﾞﾞ・か\u3099한국각가ไทย㍿"


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a text and two revisions of it: pieces deleted, put in, moved, or left alone."""
    base = draw(st.lists(st.sampled_from(PIECES), max_size=16))
    both = []
    for _ in range(2):
        revised = list(base)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(revised)))
            end = at + draw(st.integers(0, 3))
            taken = revised[at:end]
            revised[at:end] = draw(st.lists(st.sampled_from(PIECES), max_size=2))
            if draw(st.booleans()):
                to = draw(st.integers(0, len(revised)))
                revised[to:to] = taken
        both.append("".join(revised))
    return "".join(base), both[0], both[1]


def one_word(number: int, sort: str, space: str) -> str:
    """Return a word that is like no other of another number or sort; kanji before a wide space."""
    kanji = chr(0x4E00 + 10 * number + "abcklno".index(sort))
    return (kanji if space == "\u3000" else f"w{number}{sort}") + space


spaces = st.sampled_from([" ", "\n", "\u3000"])


@st.composite
def revisions_of_words(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a text and two revisions, in which no word stands twice.

    Passages are taken out, put in or moved; a word that nobody touches is between two of them.
    """
    space = draw(spaces)
    old = [
        "".join(one_word(number, sort, space) for sort in "abc"[: draw(st.integers(1, 3))])
        for number in range(draw(st.integers(1, 6)))
    ]
    kept = [one_word(number, "k", space) for number in range(len(old))]
    both = []
    for side in ("n", draw(st.sampled_from("no"))):
        passages: list[str] = []
        moved: dict[int, str] = {}
        for number, passage in enumerate(old):
            what = draw(st.sampled_from(["keep", "keep", "delete", "replace", "insert", "move"]))
            put = one_word(number, side, space)
            made = {"keep": passage, "replace": put, "insert": put + passage}
            passages.append(made.get(what, ""))
            if what == "move":
                moved[draw(st.integers(0, len(old) - 1))] = passage
        both.append(
            "".join(
                one + other + moved.get(number, "")
                for number, (one, other) in enumerate(zip(passages, kept, strict=True))
            )
        )
    base = "".join(one + other for one, other in zip(old, kept, strict=True))
    return base, both[0], both[1]


@st.composite
def revisions_apart(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Return a text in which no word stands twice, two revisions, and the text with both.

    Between the places that they change stand two words.
    """
    space = draw(spaces)
    made: list[list[str]] = [[], [], [], []]
    for number in range(draw(st.integers(1, 8))):
        old = [one_word(number, sort, space) for sort in "ab"[: draw(st.integers(0, 2))]]
        new = [one_word(number, sort, space) for sort in "no"[: draw(st.integers(0, 2))]]
        changed = draw(st.sampled_from([(1, 3), (2, 3), (1, 2, 3)]))
        kept = [one_word(number, sort, space) for sort in "kl"]
        for text, parts in enumerate(made):
            parts += [*kept, *(new if text in changed else old)]
    base, ours, theirs, merged = ("".join(parts) for parts in made)
    return base, ours, theirs, merged


triples = revisions() | st.tuples(*[st.text(max_size=8)] * 3)


def swapped(one: Merge) -> Merge:
    """Return the merge with its sides swapped."""
    return Merge(
        tuple(
            Conflict(part.base, part.theirs, part.ours) if isinstance(part, Conflict) else part
            for part in one.parts
        )
    )


def words(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(word for word, _ in units(text) if word)


@settings(max_examples=200, deadline=None)
@given(triples)
def test_law_6_who_changed_nothing_takes_what_the_other_wrote(texts: tuple[str, str, str]) -> None:
    base, ours, _ = texts
    assert merge(base, ours, base).text == ours
    assert merge(base, base, ours).text == ours
    assert merge(base, ours, ours).text == ours


@settings(max_examples=400, deadline=None)
@given(triples)
def test_law_6_the_sides_are_equal(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    assert merge(base, theirs, ours) == swapped(merge(base, ours, theirs))


@settings(max_examples=300, deadline=None)
@given(triples)
def test_law_6_a_merge_has_conflicts_where_two_revisions_collide(
    texts: tuple[str, str, str],
) -> None:
    merged = merge(*texts)
    assert collide(*texts) == bool(merged.conflicts) == (merged.text is None)
    assert all(part for part in merged.parts)


@settings(max_examples=300, deadline=None)
@given(revisions_apart())
def test_law_6_changes_with_two_words_between_them_are_all_in_the_merged_text(
    texts: tuple[str, str, str, str],
) -> None:
    base, ours, theirs, both = texts
    assert merge(base, ours, theirs).text == both


@settings(max_examples=400, deadline=None)
@given(revisions_of_words())
def test_law_6_no_word_is_lost_or_doubled(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = (words(text) for text in texts)
    new = (ours - base) | (theirs - base)
    merged = merge(*texts)
    if merged.text is not None:
        assert words(merged.text) == (ours & theirs) | new
    for side, own in ((1, ours), (2, theirs)):
        made = words(merged.resolve([conflict[side] for conflict in merged.conflicts]))
        assert max(made.values(), default=1) == 1
        assert (ours & theirs) | (own - base) <= made <= own | new


@settings(max_examples=200, deadline=None)
@given(revisions())
def test_a_conflict_holds_what_each_side_has_there(texts: tuple[str, str, str]) -> None:
    merged = merge(*texts)
    for conflict in merged.conflicts:
        for text, part in zip(texts, conflict, strict=True):
            assert part in text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10), st.data())
def test_what_stands_between_white_space_has_the_same_terms_in_any_text(
    pieces: list[str], data: st.DataObject
) -> None:
    parts = " ".join(pieces).split()
    start = data.draw(st.integers(0, len(parts)))
    end = data.draw(st.integers(start, len(parts)))
    assert set(search_terms(" ".join(parts[start:end]))) <= set(search_terms(" ".join(parts)))


@settings(max_examples=300, deadline=None)
@given(st.text(SPACELESS, max_size=12), st.text(max_size=4), st.data())
def test_any_piece_of_a_text_without_spaces_is_found(
    passage: str, after: str, data: st.DataObject
) -> None:
    parts = clusters(passage)
    start = data.draw(st.integers(0, len(parts)))
    end = data.draw(st.integers(start, len(parts)))
    terms = search_terms(f"AI{passage}3.5 {after}")
    assert set(search_terms("".join(parts[start:end]))) <= set(terms)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=12))
def test_terms_are_distinct_and_can_be_stored(text: str) -> None:
    terms = search_terms(text)
    assert len(set(terms)) == len(terms)
    for term in terms:
        assert term.encode("utf-8")
