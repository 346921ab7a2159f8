"""What was proposed behind a line that was split meanwhile: where it stands, and who finds it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import THREE, Desk
from tests.services.test_scale import counted
from tracker.errors import Refused
from tracker.exchange.marked_source import accepted
from tracker.formats.docx.plain import plain
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write
from tracker.services import lines, open_items
from tracker.services.exporting import brackets, marked, text, word
from tracker.services.proposals import reading

PARTS = ("The parties shall keep the harbour open.", "It is open to all ships.")
NEW = "A new line."


def after(desk: Desk, name: str) -> str | None:
    return desk.proposal(name).changes[0].after


def test_the_line_may_go_while_a_part_of_it_stands(desk: Desk) -> None:
    new, moved = desk.insert("1", NEW), desk.move("3", "1")
    desk.accept(desk.split("1", *PARTS))
    desk.accept(desk.delete("1"))
    found = desk.proposal(new)
    assert (found.changes[0].after, found.stale) == ("1a", False)
    with pytest.raises(Refused, match="nothing to update"):
        desk.update(new)
    with desk.reading() as now:
        assert NEW in str(brackets.view(now, [new]))
    desk.accept(new)
    desk.accept(moved)
    assert [text for _, text in desk.text()] == [PARTS[1], THREE[2], NEW, THREE[1]]
    desk.check()


def test_it_stands_behind_all_parts_also_while_nothing_is_decided(desk: Desk) -> None:
    split, new = desk.split("1", *PARTS), desk.insert("1", NEW)
    with desk.reading() as now:
        view = text.view(now, text.Request(proposals=(split, new)))
        source = marked.marked(now, text.Request(proposals=(split, new)))
        parcel = word.marked(now, read, None, (split, new))
    would = [line.runs[0].text for line in view.lines]
    assert would == [*PARTS, NEW, THREE[1], THREE[2]]
    assert " ".join(accepted(source.text, source.marks).split()) == " ".join(would)
    made = read(write(plain(parcel.text, parcel.blocks, "", "en"), parcel.outgoing), "made.docx")
    assert " ".join(accepted(made.text, made.marks).split()) == " ".join(would)
    desk.accept(split)
    desk.accept(new)
    assert [told for _, told in desk.text()] == would


def would_be(desk: Desk, *names: str) -> list[str]:
    """The lines as they would read with proposals."""
    with desk.reading() as now:
        view = text.view(now, text.Request(proposals=names))
    return [line.runs[0].text for line in view.lines]


def test_what_comes_behind_a_line_that_another_takes_out_stands_where_that_stood(
    desk: Desk,
) -> None:
    gone, new = desk.delete("2"), desk.insert("2", NEW)
    assert would_be(desk, gone, new) == would_be(desk, new, gone) == [THREE[0], NEW, THREE[2]]
    split = desk.split("1", *PARTS)
    assert would_be(desk, gone, split, new) == [*PARTS, NEW, THREE[2]]
    assert would_be(desk, split, gone, new) == [*PARTS, NEW, THREE[2]]


def test_a_move_is_stale_where_its_line_is_gone_whatever_stands_behind_its_place(
    desk: Desk,
) -> None:
    moved = desk.move("3", "1")
    desk.accept(desk.split("1", *PARTS))
    desk.accept(desk.delete("1"))
    desk.accept(desk.delete("3"))
    assert (after(desk, moved), desk.proposal(moved).stale) == ("1a", True)
    with pytest.raises(Refused, match="starts from line 3, which was deleted"):
        desk.accept(moved)
    with pytest.raises(Refused, match="starts from line 3, which was deleted"):
        desk.update(moved)


def test_it_is_stale_once_neither_the_line_nor_a_part_of_it_stands(desk: Desk) -> None:
    new = desk.insert("1", NEW)
    desk.accept(desk.split("1", *PARTS))
    desk.accept(desk.delete("1"))
    desk.accept(desk.delete("1a"))
    assert desk.proposal(new).stale
    with pytest.raises(Refused, match="stands behind line 1, which was deleted"):
        desk.update(new)


def test_a_part_that_was_moved_away_is_not_where_it_stands(desk: Desk) -> None:
    new = desk.insert("1", NEW)
    desk.accept(desk.split("1", PARTS[0], "It is open", "to all ships."))
    desk.accept(desk.move("1b", "3"))
    assert after(desk, new) == "1a"
    desk.accept(desk.move("1a", "2"))
    assert after(desk, new) == "1"
    desk.accept(new)
    assert desk.labels() == ["1", "1c", "2", "1a", "3", "1b"]


def test_a_line_that_was_moved_away_from_its_parts_is_followed(desk: Desk) -> None:
    new = desk.insert("1", NEW)
    desk.accept(desk.split("1", *PARTS))
    desk.accept(desk.move("1", "3"))
    assert after(desk, new) == "1"


def test_what_came_between_the_parts_later_does_not_part_them(desk: Desk) -> None:
    new = desk.insert("1", NEW)
    desk.accept(desk.split("1", *PARTS))
    desk.accept(desk.insert("1", "Between."))
    assert after(desk, new) == "1a"


def test_a_part_that_was_there_before_is_not_followed(desk: Desk) -> None:
    desk.accept(desk.split("1", *PARTS))
    new = desk.insert("1", NEW)
    desk.accept(desk.split("1", "The parties shall", "keep the harbour open."))
    assert after(desk, new) == "1b"
    assert desk.labels() == ["1", "1b", "1a", "2", "3"]


def test_the_parts_of_all_lines_are_read_at_once(desk: Desk) -> None:
    for number, label in enumerate("123"):
        desk.insert(label, f"{NEW} {number}")
    for label in "12":
        desk.accept(desk.split(label, "One part", "and another."))
    with counted(desk) as few, desk.reading() as now:
        reading.listed(now)
    for label in ("1", "2", "3"):
        desk.insert(label, f"{NEW} Once more.")
        desk.accept(desk.split(label, "One part", "and again another."))
    with counted(desk) as many, desk.reading() as now:
        reading.listed(now)
    assert len(many) == len(few)


def found_on(desk: Desk, label: str, **options: Any) -> tuple[list[str], int]:
    found, total = desk.read(reading.listed, line=desk.line(label).id, **options)
    return [proposal.id for proposal in found], total


@pytest.fixture
def split_twice(desk: Desk) -> tuple[Desk, str]:
    """A line that was split, and its second part too, with what was proposed behind it before."""
    new = desk.insert("1", NEW)
    desk.accept(desk.split("1", *PARTS))
    desk.accept(desk.split("1a", "It is open", "to all ships."))
    return desk, new


def test_what_is_asked_of_the_part_finds_it(split_twice: tuple[Desk, str]) -> None:
    desk, new = split_twice
    on = {label: found_on(desk, label, undecided=True)[0] for label in ("1", "1a", "1b")}
    assert on == {"1": [], "1a": [], "1b": [new]}
    other = desk.insert("1b", "Another line.")
    assert found_on(desk, "1b", limit=1) == ([new], 2)
    desk.decide("rejected", new)
    assert found_on(desk, "1b") == ([other], 1)
    # What was decided stays where it was put.
    assert new in found_on(desk, "1")[0]


def test_what_is_proposed_behind_the_part_collides_with_it(split_twice: tuple[Desk, str]) -> None:
    desk, new = split_twice
    assert desk.change("insert", "1b", "Another line.").collisions == (new,)
    assert desk.change("delete", "1b").collisions == (new, "P4")
    assert desk.change("delete", "1").collisions == ()


def test_a_session_brings_it_up_on_the_part(split_twice: tuple[Desk, str]) -> None:
    desk, new = split_twice
    items = desk.read(open_items.items)
    assert [item.label for item in items] == ["1b"]
    opened = desk.read(open_items.opened, items[0])
    assert [rival.id for rival in opened.rivals] == [new]


def test_a_flagged_part_counts_it(split_twice: tuple[Desk, str]) -> None:
    desk, _ = split_twice
    for label in ("1", "1a", "1b"):
        desk.say(label)
    found, _ = desk.read(lines.flagged)
    assert {line.label: line.proposals for line in found} == {"1": 0, "1a": 0, "1b": 1}


def test_a_rewording_is_compared_with_nothing_that_stands_elsewhere(desk: Desk) -> None:
    with counted(desk) as few:
        desk.replace("1", PARTS[0])
    desk.insert("3", NEW)
    desk.decide("rejected", "P1")
    with counted(desk) as many:
        desk.replace("1", PARTS[1])
    assert len(many) == len(few)
