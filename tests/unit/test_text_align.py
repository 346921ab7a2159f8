"""Which lines are the same lines: splits, merges, moves, repeated and numbered lines."""

from __future__ import annotations

import pytest

from tracker.text.aligning import Match, align

WATER = "The parties shall protect the quality of all shared waters."
FISH = "Fishing in the lower basin is open to every coastal state."
TRADE = "Goods in transit are exempt from customs duties and inspection."
REPORT = "Each member reports annually to the Secretariat on its measures."


def links(matches: list[Match]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(match.old, match.new) for match in matches]


def test_equal_lines_have_score_one_and_only_they() -> None:
    matches = align([WATER, FISH], [WATER, FISH.replace("is open", "is  open")])
    assert [match.score == 1 for match in matches] == [True, False]


def test_a_deleted_and_an_inserted_line_are_in_no_match() -> None:
    assert links(align([WATER, FISH, TRADE], [WATER, REPORT, TRADE])) == [
        ((0,), (0,)),
        ((2,), (2,)),
    ]


def test_a_reworded_line_is_the_same_line() -> None:
    assert links(
        align([WATER, FISH], [WATER, TRADE, FISH.replace("every", "any neighbouring")])
    ) == [
        ((0,), (0,)),
        ((1,), (2,)),
    ]


def test_one_line_becomes_two_and_two_become_one() -> None:
    one, two = [f"{WATER} {FISH}", TRADE], [WATER, FISH, TRADE]
    assert links(align(one, two)) == [((0,), (0, 1)), ((1,), (2,))]
    assert links(align(two, one)) == [((0, 1), (0,)), ((2,), (1,))]


def test_japanese_lines_are_split_and_merged_without_a_space() -> None:
    one = ["委員会は毎年一回以上開催する。", "議長は加盟国の互選により定める。"]
    assert links(align(["".join(one)], one)) == [((0,), (0, 1))]
    assert links(align(one, ["".join(one)])) == [((0, 1), (0,))]


def test_a_heading_run_into_its_paragraph_is_merged_with_it() -> None:
    assert links(align(["1. Waters", WATER, FISH], [f"1. Waters {WATER}", FISH])) == [
        ((0, 1), (0,)),
        ((2,), (1,)),
    ]


def test_a_section_swapped_with_another_is_a_move_of_its_heading_and_text() -> None:
    fish, trade = ["Fishing", "", FISH, ""], ["Trade", "", TRADE, REPORT, ""]
    old, new = [WATER, "", *fish, *trade, "End."], [WATER, "", *trade, *fish, "End."]
    found = {match.old[0]: match for match in align(old, new)}
    assert len(found) == len(old)
    assert all(old[i] == new[match.new[0]] for i, match in found.items())
    assert [found[i].moved for i in (2, 4)] == [True, True]
    assert not any(found[i].moved for i in (0, 1, 6, 8, 9, 11))


def test_a_line_found_elsewhere_is_not_paired_with_what_took_its_place() -> None:
    old = [WATER, FISH, TRADE, REPORT]
    new = [FISH.replace("lower", "upper").replace("open to every", "closed to any"), FISH]
    matches = align(old, [WATER, new[0], TRADE, REPORT, FISH])
    assert Match((1,), (4,), 1.0, True) in matches


@pytest.mark.parametrize("edited", [False, True])
def test_lines_that_got_other_numbers_stay_the_same_lines(edited: bool) -> None:
    old = [f"({n}) Members shall report annually on X measures." for n in range(1, 11)]
    new = [
        "(1) A new first article.",
        *(f"({n + 1}){line[line.index(')') + 1 :]}" for n, line in enumerate(old, 1)),
    ]
    if edited:
        new[5] = new[5].replace("annually", "every second year")
    assert links(align(old, new)) == [((n,), (n + 1,)) for n in range(10)]


def test_a_numbered_line_deleted_without_renumbering_is_the_one_that_is_gone() -> None:
    old = [f"({n}) Members shall report annually on X measures." for n in range(1, 11)]
    assert links(align(old, old[1:])) == [((n,), (n - 1,)) for n in range(1, 10)]


def test_repeated_lines_are_matched_in_their_order() -> None:
    old = ["Agreed.", WATER, "Agreed.", FISH, "Agreed."]
    assert links(align(old, ["Agreed.", WATER, "Agreed.", FISH])) == [
        ((n,), (n,)) for n in range(4)
    ]


def test_blank_lines_go_with_the_lines_beside_them() -> None:
    old = [WATER, "", FISH, "", TRADE]
    matches = align(old, [WATER, "", TRADE])
    assert links(matches) == [((0,), (0,)), ((1,), (1,)), ((4,), (2,))]
    assert not any(match.moved for match in align(["", WATER, ""], [WATER, "", " "]))


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ([], [], 0),
        ([], [WATER], 0),
        (["", ""], ["", " ", ""], 2),
        (["\x00", "\ud800"], ["\ud800", "\x00"], 2),
        (["---"] * 900, ["---"] * 899, 899),
        (["a b"] * 500 + ["b a"] * 500, ["b a"] * 500 + ["a b"] * 500, 1000),
        (["x" * 100_000], ["x" * 100_001], 1),
        ([" ".join(map(str, range(6000)))], [" ".join(map(str, range(5, 6005)))], 1),
    ],
)
def test_texts_made_to_resist_end(old: list[str], new: list[str], count: int) -> None:
    matches = align(old, new)
    assert len(matches) <= count
    assert matches == align(old, new)


def test_a_line_is_split_and_merged_though_both_parts_are_reworded() -> None:
    whole = [f"{WATER} {FISH}", TRADE]
    parts = [WATER.replace("quality", "purity"), FISH.replace("coastal state", "neighbour"), TRADE]
    assert links(align(whole, parts)) == [((0,), (0, 1)), ((1,), (2,))]
    assert links(align(parts, whole)) == [((0, 1), (0,)), ((2,), (1,))]


def test_a_much_reworded_line_moves_with_the_line_beside_it() -> None:
    reworded = "Each member informs the Council on its measures every year."
    old = [TRADE, REPORT, WATER, FISH, f"{WATER} Of rivers, too.", f"{FISH} Of lakes, too."]
    matches = align(old, [*old[2:], TRADE, reworded])
    assert [match[:2] for match in matches if match.moved] == [((0,), (4,)), ((1,), (5,))]
