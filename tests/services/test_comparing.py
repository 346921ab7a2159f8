"""Comparing states: a line that moved was not deleted, a split and a merge are told as such."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.view import View
from tracker.formats import text as format_text
from tracker.services.comparing import (
    NO_LINEAGE,
    Compared,
    Lineage,
    compare,
    in_turn,
    runs_of,
)
from tracker.services.exporting import text as exporting
from tracker.services.lines import Line


def line(number: int, text: str, rank: str | None = None, label: str | None = None) -> Line:
    known: dict[str, Any] = dict.fromkeys(Line._fields)
    return Line(
        **{
            **known,
            "id": number,
            "label": label or str(number),
            "kind": "paragraph",
            "text": text,
            "rank": rank or f"r{number:03}",
            "block": "paragraph",
            "markup": "",
        }
    )


def stand(*numbers: int, moved: tuple[int, ...] = ()) -> list[Line]:
    """Lines in an order; those that were moved have another rank."""
    return [
        line(n, f"Text {n}.", f"m{place}" if n in moved else None)
        for place, n in enumerate(numbers)
    ]


def told(found: list[Compared]) -> list[tuple[str, str]]:
    return [(one.label, ",".join(one.kinds)) for one in found if one.kinds]


def test_a_line_that_stands_elsewhere_moved_and_nothing_else_did() -> None:
    found = compare(stand(1, 2, 3, 4), stand(4, 1, 2, 3, moved=(4,)))
    assert told(found) == [("4", "moved")]
    (moved,) = [one for one in found if one.kinds]
    assert (moved.was_after, moved.after) == ("3", "0")
    assert [run.kind for run in moved.runs] == ["equal"]


def test_of_two_lines_that_changed_places_the_one_that_was_moved_is_told() -> None:
    assert told(compare(stand(1, 2), stand(2, 1, moved=(1,)))) == [("1", "moved")]
    assert told(compare(stand(1, 2), stand(2, 1, moved=(2,)))) == [("2", "moved")]


def test_lines_that_were_only_given_more_room_did_not_move() -> None:
    assert told(compare(stand(1, 2, 3), stand(1, 2, 3, moved=(1, 2, 3)))) == []
    found = compare(stand(1, 2, 3, 4), stand(1, 4, 2, 3, moved=(2, 3, 4)))
    assert told(found) == [("4", "moved")]


def test_a_line_may_be_moved_and_edited() -> None:
    after = stand(2, 1, moved=(1,))
    after[1] = after[1]._replace(text="Text one.")
    assert told(compare(stand(1, 2), after)) == [("1", "edited,moved")]


def test_a_line_that_went_stands_where_it_stood_though_its_neighbour_moved() -> None:
    found = compare(stand(1, 2, 3, 4), stand(1, 4, 2, moved=(2,)))
    assert told(found) == [("3", "deleted"), ("2", "moved")]
    found = compare(stand(1, 2), stand(2))
    assert told(found) == [("1", "deleted")]


FOUR = "The parties meet, and they report each year."


def test_a_split_is_one_change_of_one_line() -> None:
    before = [line(1, "First."), line(4, FOUR)]
    after = [
        line(1, "First."),
        line(4, "The parties meet."),
        line(9, "They report each year.", "r0045", "4a"),
    ]
    family = Lineage({9: 4}, {})
    found = compare(before, after, family)
    assert told(found) == [("4", "split")]
    split = found[1]
    assert [part.label for part in split.new] == ["4", "4a"]
    assert "".join(run.text for run in split.runs if run.kind != "insert") == FOUR
    for part in split.new:
        marked = runs_of(split, part)
        assert "".join(run.text for run in marked if run.kind != "delete") == part.text
    kept = "".join(run.text for run in runs_of(split, after[2]) if run.kind == "equal")
    assert "report each year" in kept


def test_a_split_of_a_split_is_told_of_the_line_that_was_there() -> None:
    after = [line(4, "A."), line(9, "B.", "s", "4a"), line(10, "C.", "t", "4b")]
    found = compare([line(4, "A. B. C.")], after, Lineage({9: 4, 10: 9}, {}))
    assert told(found) == [("4", "split")]
    assert [run.kind for run in found[0].runs] == ["equal"]


def test_a_merge_is_one_change_and_nothing_is_deleted() -> None:
    before = [line(1, "It is so."), line(2, "It stays so.")]
    found = compare(before, [line(1, "It is so and stays so.")], Lineage({}, {2: 1}))
    assert told(found) == [("1", "merged")]
    assert [each.label for each in found[0].old] == ["1", "2"]


def test_what_was_split_and_merged_again_is_as_it_was() -> None:
    found = compare([line(4, "A. B.")], [line(4, "A. B.")], Lineage({9: 4}, {9: 4}))
    assert told(found) == []


def test_lines_that_were_merged_into_each_other_in_turn_are_told_without_end() -> None:
    found = compare([line(4, "A. B.")], [line(9, "A. B.", "s", "4a")], Lineage({9: 4}, {4: 9}))
    assert [each.label for one in found for each in one.new] == ["4a"]


def test_japanese_lines_are_split_without_a_space() -> None:
    before = [line(1, "港は開く。船は入る。")]
    after = [line(1, "港は開く。"), line(2, "船は入る。", "s", "1a")]
    (split,) = compare(before, after, Lineage({2: 1}, {}))
    assert [run.kind for run in split.runs] == ["equal"]
    assert [runs_of(split, part)[0].text for part in after] == ["港は開く。", "船は入る。"]


def test_a_redline_says_of_a_line_that_it_was_moved_and_does_not_delete_it() -> None:
    marked = exporting._redlined(stand(1, 2, 3), stand(3, 1, 2, moved=(3,)), NO_LINEAGE)
    written = format_text.write(View("T", None, tuple(marked), marked=True)).decode()
    assert written.startswith("{>>line 3 was moved; it stood after 2<<}Text 3.\n\nText 1.")
    assert "{--" not in written
    assert "{++" not in written


orders = st.permutations(range(1, 8))


@given(orders, st.sets(st.integers(1, 7)), st.sets(st.integers(1, 7)))
def test_every_line_of_both_states_is_told_once(
    order: list[int], gone: set[int], new: set[int]
) -> None:
    before = [line(n, f"Text {n}.") for n in range(1, 8) if n not in new]
    after = [line(n, f"Text {n}.", f"x{place}") for place, n in enumerate(order) if n not in gone]
    found = list(in_turn(before, after))
    assert [each.id for each, one in found if one.new] == [each.id for each in after]
    went = {each.id for each in before} - {each.id for each in after}
    assert {each.id for each, one in found if not one.new} == went
    assert len(found) == len({each.id for each, _ in found})
    stayed = [one for one in compare(before, after) if one.old and one.new and not one.kinds]
    assert [one.old[0].id for one in stayed] == sorted(one.old[0].id for one in stayed)
