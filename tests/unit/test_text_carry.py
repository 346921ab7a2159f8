"""Where flagged words of a document stand in its next version."""

from __future__ import annotations

import pytest

from tracker.text.carrying import carry

WATER = "The parties shall protect the quality of all shared waters."
FISH = "Fishing in the lower basin is open to every coastal state."
TRADE = "Goods in transit are exempt from customs duties and inspection."


def carried(words: str, old: list[str], new: list[str]) -> str | None:
    """Return the words of the new lines where the first such words of the old ones stand."""
    line = next(number for number, text in enumerate(old) if words in text)
    start = old[line].index(words)
    (found,) = carry([(line, start, start + len(words))], old, new)
    return None if found is None else new[found[0]][found[1] : found[2]]


@pytest.mark.parametrize(
    ("words", "new", "stands"),
    [
        ("shall protect", [TRADE, WATER, FISH], "shall protect"),
        ("lower basin", [FISH, WATER], "lower basin"),
        ("lower basin", [f"{WATER} {FISH}"], "lower basin"),
        (
            "lower basin",
            [WATER, "Fishing in the lower basin", "is open to every state."],
            "lower basin",
        ),
        ("lower basin", [WATER], None),
        ("lower basin", [WATER, FISH.replace("lower basin", "delta")], None),
        ("open to every coastal", [WATER, FISH.replace("coastal", "other")], "open to every"),
    ],
)
def test_words_are_followed_through_what_became_of_their_line(
    words: str, new: list[str], stands: str | None
) -> None:
    assert carried(words, [WATER, FISH], new) == stands


def test_words_of_a_deleted_line_are_not_found_in_another() -> None:
    assert (
        carried("all shared waters", [WATER, FISH], [FISH, "Fish of all shared waters is sold."])
        is None
    )


def test_a_whole_line_is_followed_however_it_is_reworded() -> None:
    new = "Goods in transit pay no tolls, no duties and no fees whatsoever."
    assert carried(TRADE, [WATER, TRADE, FISH], [WATER, new, FISH]) == new


def test_a_whole_line_that_was_split_is_its_longer_part_and_merged_its_own_words() -> None:
    short = "Fishing is free."
    assert carried(f"{short} {WATER}", [f"{short} {WATER}"], [short, WATER]) == WATER
    assert carried(WATER, [short, WATER], [f"{short} {WATER}"]) == WATER


def test_the_second_of_equal_words_stays_the_second_where_nobody_touched_it() -> None:
    old = ["the the the report", WATER]
    assert carry([(0, 4, 7)], old, ["the the the final report", WATER]) == [(0, 4, 7)]
    assert carry([(0, 4, 7)], old, ["the the report", WATER])[0] in [(0, 0, 3), (0, 4, 7)]


def test_a_comment_goes_with_its_section() -> None:
    old = ["Fishing", FISH, "Trade", TRADE, WATER]
    new = ["Trade", TRADE, "Fishing", FISH, WATER]
    spans = [(0, 0, 7), (1, 15, 26), (2, 0, 5), (3, 0, 5)]
    assert carry(spans, old, new) == [(2, 0, 7), (3, 15, 26), (0, 0, 5), (1, 0, 5)]


def test_spans_come_back_in_the_order_given() -> None:
    assert carry([(1, 0, 7), (0, 0, 3), (1, 0, 7)], [WATER, FISH], [FISH]) == [
        (0, 0, 7),
        None,
        (0, 0, 7),
    ]


@pytest.mark.parametrize("span", [(0, 3, 3), (0, -1, 2), (0, 0, 99), (1, 0, 1), (-1, 0, 1)])
def test_a_span_that_is_none_is_refused(span: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        carry([span], [TRADE], [TRADE])


def test_a_span_is_never_empty_nor_half_a_character() -> None:
    both = "Members shall report yearly. The council decides."
    parts = ["Members shall report yearly.", "The council decides."]
    # The space between the sentences is gone with the split; the one after "The" is not.
    assert carry([(0, 28, 29), (0, 32, 33)], [both], parts) == [None, (1, 3, 4)]
    assert carry([(0, 1, 2)], ["か\u3099く"], ["か\u3099く"]) == [(0, 0, 2)]


def test_a_whole_line_that_was_split_goes_where_most_of_its_own_words_are() -> None:
    first = "Members shall report yearly to the council on all of the fish that they caught in it."
    second = "The council decides on each report in the first week of the next year"
    longer = f"{second} and wood and coal, as before the war began in the north."
    old = f"{first} {second}."
    assert carry([(0, 0, len(old))], [old], [first, longer]) == [(0, 0, len(first))]
