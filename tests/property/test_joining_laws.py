"""Law 6 for several sides: a merge keeps every change of each, or reports a collision."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tracker.services.proposals.joining import Joined, Side, join, marked

BASE = [f"word{number}" for number in range(12)]
# A change: the words from a place on that go, and how many new ones come.
Edit = tuple[int, int, int]
edits = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=3
)


def revised(name: str, made: list[Edit]) -> str:
    """The base after some changes; each new word is of nobody else."""
    words: list[list[str]] = [[word] for word in BASE]
    for number, (start, gone, new) in enumerate(made):
        for place in range(start, min(start + gone, len(words))):
            words[place] = []
        written = [f"{name}{number}x{each}" for each in range(new)]
        words[start] = [*written, *words[start]]
    return " ".join(word for each in words for word in each)


def sides_of(made: list[list[Edit]]) -> list[Side]:
    return [Side(f"P{n}.1", revised("abc"[n - 1], own)) for n, own in enumerate(made, 1)]


def words(text: str | None) -> Counter[str]:
    return Counter((text or "").split())


def reported(joined: Joined) -> Counter[str]:
    told = [part for each in joined.collisions for part in (each.words, each.other_words)]
    return words(" ".join(told))


@given(st.lists(edits, min_size=2, max_size=3))
def test_every_word_of_each_side_is_kept_or_in_a_collision(made: list[list[Edit]]) -> None:
    base, sides = " ".join(BASE), sides_of(made)
    joined = join(base, sides, "en")
    for side in sides:
        new = words(side.text) - words(base)
        gone = words(base) - words(side.text)
        if joined.text is not None:
            assert not new - words(joined.text)
            assert not gone & words(joined.text)
    if joined.text is None:
        assert joined.collisions
        shown = words(marked(base, sides).translate(str.maketrans("⟦‖⟧:,", "     ")))
        assert all(not (words(s.text) - words(base)) - shown - reported(joined) for s in sides)
    else:
        assert max(words(joined.text).values(), default=0) <= 1


@given(st.lists(edits, min_size=2, max_size=3), st.randoms())
def test_with_whose_words_are_preferred_nothing_collides(
    made: list[list[Edit]], rng: object
) -> None:
    base, sides = " ".join(BASE), sides_of(made)
    order = [side.name for side in sides]
    rng.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    joined = join(base, sides, "en", order)
    first = next(side for side in sides if side.name == order[0])
    assert not joined.collisions
    assert not (words(first.text) - words(base)) - words(joined.text)
    assert not (words(base) - words(first.text)) & words(joined.text)
