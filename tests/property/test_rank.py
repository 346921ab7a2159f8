"""Laws of rank keys: there is room between any two, evenly used, and text order is line order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.rank import DIGITS, LONGEST, arrange, rising, spread

# Every key that was ever made: digits with no zero at the end.
keys = st.text(DIGITS, min_size=1, max_size=12).map(lambda key: key.rstrip("0")).filter(bool)
ends = st.none() | keys
bounds = st.tuples(ends, ends).filter(lambda pair: in_order(*pair))
counts = st.integers(0, 300)


def in_order(after: str | None, before: str | None) -> bool:
    return after is None or before is None or after < before


@given(bounds, counts)
def test_keys_stand_in_order_strictly_between_their_bounds(
    between: tuple[str | None, str | None], count: int
) -> None:
    after, before = between
    made = spread(after, before, count)
    assert len(made) == count
    whole = [*([after] if after else []), *made, *([before] if before else [])]
    assert all(low < high for low, high in pairwise(whole))


@given(bounds, counts)
def test_there_is_room_on_every_side_of_every_key(
    between: tuple[str | None, str | None], count: int
) -> None:
    after, before = between
    for low, high in pairwise([after, *spread(after, before, count), before]):
        [middle] = spread(low, high, 1)
        assert (low or "") < middle
        assert high is None or middle < high


@given(bounds, st.integers(1, 300))
def test_keys_are_spread_evenly(between: tuple[str | None, str | None], count: int) -> None:
    after, before = between
    made = spread(after, before, count)
    width = max(map(len, [*made, after or "", before or ""]))
    gaps = [
        value(high, width) - value(low, width)
        for low, high in pairwise([after or "", *made, before])
    ]
    assert max(gaps) - min(gaps) <= 1


def value(key: str | None, width: int) -> int:
    """The key as a fraction of ``width`` digits; none is the upper end."""
    if key is None:
        return int(len(DIGITS) ** width)
    number = 0
    for digit in key.ljust(width, "0"):
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


@given(bounds, st.integers(1, 300))
def test_keys_are_no_longer_than_their_number_needs(
    between: tuple[str | None, str | None], count: int
) -> None:
    after, before = between
    longest = max(len(after or ""), len(before or ""), 1)
    assert max(map(len, spread(after, before, count))) <= longest + 3


@given(bounds, st.lists(st.sampled_from(["first", "middle", "last"]), min_size=20, max_size=120))
def test_insertion_at_one_place_never_ends(
    between: tuple[str | None, str | None], sides: list[str]
) -> None:
    low, high = between
    for side in sides:
        [key] = spread(low, high, 1)
        assert (low or "") < key
        assert high is None or key < high
        if side == "first" or (side == "middle" and len(key) % 2):
            high = key
        else:
            low = key


def test_a_key_grows_by_a_character_every_five_insertions_at_one_place() -> None:
    low, high = spread(None, None, 2)
    for _ in range(1000):
        [high] = spread(low, high, 1)
    assert LONGEST < len(high) <= 1 + 1000 / 5


def test_a_long_run_of_lines_has_short_keys() -> None:
    made = spread(None, None, 100_000)
    assert max(map(len, made)) == 3
    assert sorted(set(made)) == made


def test_keys_sort_by_code_point_and_no_key_ends_in_zero() -> None:
    assert list(DIGITS) == sorted(DIGITS)
    assert not [key for key in spread(None, None, 5000) if key.endswith("0")]


@pytest.mark.parametrize(
    ("after", "before"),
    [("B", "A"), ("A", "A"), ("A", "A0"), ("A0", "A00"), (None, ""), (None, "0"), ("z", "A")],
)
def test_bounds_with_nothing_between_them_are_refused(after: str | None, before: str) -> None:
    with pytest.raises(ValueError, match="does not sort before"):
        spread(after, before, 1)


@pytest.mark.parametrize("key", ["Ä", "a-b", "会"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is no rank key"):
        spread(key, None, 1)


@st.composite
def edited(draw: st.DrawFn) -> list[str | None]:
    """Keys in order, some moved elsewhere, with items that have none yet in between."""
    found: list[str | None] = list(spread(None, None, draw(st.integers(0, 12))))
    for _ in range(draw(st.integers(0, 3))):
        if found:
            moved = found.pop(draw(st.integers(0, len(found) - 1)))
            found.insert(draw(st.integers(0, len(found))), moved)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(found)))
        found[place:place] = [None] * draw(st.integers(1, 3))
    return found


@given(edited())
def test_items_are_arranged_in_rising_order_and_as_many_keep_their_key_as_can(
    found: list[str | None],
) -> None:
    arranged = arrange(found)
    assert all(low < high for low, high in pairwise(arranged))
    kept = [place for place, key in enumerate(found) if key is not None and arranged[place] == key]
    assert kept == rising(found)
    rest = [key for key in found if key is not None]
    assert len(kept) == max((rises(rest, at) for at in range(len(rest))), default=0)


def rises(found: list[str], at: int) -> int:
    """The length of the longest rising run of keys that ends here, one left out or not."""
    before = [rises(found, other) for other in range(at) if found[other] < found[at]]
    return 1 + max(before, default=0)


def test_however_many_items_come_in_at_one_place_no_key_grows_too_long() -> None:
    found = arrange([None, None])
    for _ in range(1500):
        found = arrange([found[0], None, *found[1:]])
        assert max(map(len, found)) <= LONGEST
    assert found == sorted(set(found))
