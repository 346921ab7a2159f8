"""Laws of alignment and of carrying spans, over texts made to break them."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text.aligning import align
from tracker.text.carrying import carry
from tracker.text.graphemes import snap
from tracker.text.standing import unchanged

LINES = [
    *["", " ", "\n", "---", "(1) Agreed.", "(2) Agreed.", "Agreed.", "Article 1", "\x00", "\ud800"],
    *["The parties shall report annually to the Secretariat.", "Fishing is open to all states."],
    *["The parties shall report annually.", "to the Secretariat.", "Fishing is open to none."],
    *["The parties shall report annually to the Secretariat. Fishing is open to all states."],
    *[
        "会議は毎年開催する。",
        "会議は隔年開催する。議長は互選とする。",
        "議長は互選とする。",
        "👨‍👩‍👧が\u3099",
    ],
]
texts = st.lists(st.sampled_from(LINES) | st.text(max_size=6), max_size=14)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Return a text and a revision of it: some of its lines deleted, moved or added to."""
    old = draw(texts)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        at, to = draw(st.integers(0, len(new))), draw(st.integers(0, len(new)))
        lines = new[at : at + draw(st.integers(0, 3))]
        del new[at : at + len(lines)]
        new[to:to] = lines if draw(st.booleans()) else draw(texts)[:3]
    return old, new


pairs = revisions() | st.tuples(texts, texts)


@settings(max_examples=150, deadline=None)
@given(pairs)
def test_every_line_is_in_at_most_one_match(pair: tuple[list[str], list[str]]) -> None:
    old, new = pair
    matches = align(old, new)
    assert matches == sorted(matches) == align(old, new)
    sides = [match.old for match in matches], [match.new for match in matches]
    for side, lines in zip(sides, pair, strict=True):
        places = [place for part in side for place in part]
        assert len(places) == len(set(places))
        assert set(places) <= set(range(len(lines)))
    for match in matches:
        assert match.old
        assert match.new
        assert min(len(match.old), len(match.new)) == 1
        assert 0 < match.score <= 1
        equal = len(match.old) == len(match.new) and old[match.old[0]] == new[match.new[0]]
        assert (match.score == 1) == equal


@settings(max_examples=150, deadline=None)
@given(pairs)
def test_what_did_not_move_stands_in_order(pair: tuple[list[str], list[str]]) -> None:
    stayed = [match for match in align(*pair) if not match.moved]
    for one, two in pairwise(stayed):
        assert one.old[0] < two.old[0]
        assert one.new[0] < two.new[0]


@settings(max_examples=150, deadline=None)
@given(pairs)
def test_every_line_that_both_have_is_found_unchanged(pair: tuple[list[str], list[str]]) -> None:
    old, new = pair
    found = unchanged(old, new)
    assert all(old[i] == new[j] for i, j in found)
    assert all(len({*side}) == len(side) for side in zip(*found, strict=True))
    words = Counter(old[i] for i, _ in found if old[i].strip())
    assert words == Counter(filter(str.strip, old)) & Counter(filter(str.strip, new))


@settings(max_examples=80, deadline=None)
@given(texts)
def test_a_text_is_aligned_with_itself_line_by_line(text: list[str]) -> None:
    assert align(text, text) == [((n,), (n,), 1.0, False) for n in range(len(text))]


@settings(max_examples=150, deadline=None)
@given(pairs, st.data())
def test_a_carried_span_is_in_a_line_that_its_line_became(
    pair: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    old, new = pair
    became = {line: match.new for match in align(old, new) for line in match.old}
    spans = []
    for line, text in enumerate(old):
        if text:
            start = data.draw(st.integers(0, len(text) - 1))
            spans.append((line, start, data.draw(st.integers(start + 1, len(text)))))
    for span, found in zip(spans, carry(spans, old, new), strict=True):
        if found is not None:
            line, start, end = found
            assert line in became[span[0]]
            assert 0 <= start < end <= len(new[line])
        if span[0] not in became:
            assert found is None
    kept = carry(spans, old, old)
    assert kept == [(line, *snap(old[line], start, end)) for line, start, end in spans]
