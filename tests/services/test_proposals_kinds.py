"""Every kind of change as it is proposed, and what it makes of the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services.desk import THREE, Desk, Placed, document
from tests.services.records import check_round, read_back
from tests.stores import Stores
from tracker.errors import BadInput, Refused
from tracker.store.open import open_store

FIRST, SECOND = "The parties shall keep the harbour open.", "It is open to all ships."
BOTH = "Each party may inspect any ship that enters, and disputes are settled by talks."


def test_a_line_is_split_and_keeps_its_label_on_the_first_part(desk: Desk) -> None:
    done = desk.accept(desk.split("1", FIRST, SECOND))
    assert (done.changed, done.inserted) == (("1",), ("1a",))
    assert desk.text()[:2] == [("1", FIRST), ("1a", SECOND)]
    assert desk.line("1a").block == "inline"
    desk.check()


def test_what_a_heading_is_split_into_stands_below_it(stores: Stores) -> None:
    with stores.copy(
        lambda store: document(store, Placed("On ships", kind="heading"), "Text.")
    ) as url:
        desk = Desk(open_store(url))
        desk.accept(desk.split("1", "On ships", "And on boats."))
        assert desk.line("1a").block == "paragraph"
        assert desk.line("1a").kind == "paragraph"


def test_lines_are_merged_in_the_order_of_the_text_however_they_are_named(desk: Desk) -> None:
    name = desk.merge("3", "2", text=BOTH)
    change = desk.proposal(name).changes[0]
    assert change.labels == ("2", "3")
    done = desk.accept(name)
    assert desk.text() == [("1", THREE[0]), ("2", BOTH)]
    assert (done.changed, done.deleted) == (("2",), ("3",))
    desk.check()


BETWEEN: dict[str, Callable[[Desk], str]] = {
    "line 1a stands between them": lambda desk: desk.insert("1", "A new line."),
    "line 3 stands between them": lambda desk: desk.move("3", "1"),
    "they stand in another order": lambda desk: desk.move("1", "2"),
}


@pytest.mark.parametrize("why", BETWEEN)
def test_lines_are_not_merged_that_no_longer_stand_side_by_side(desk: Desk, why: str) -> None:
    name = desk.merge("1", "2", text="Both.")
    desk.accept(BETWEEN[why](desk))
    before = desk.everything()
    with pytest.raises(Refused, match=f"lines 1,2 cannot become one any more: {why} now"):
        desk.accept(name)
    assert desk.everything() == before


def test_what_stands_between_lines_that_are_merged_may_leave_with_them(desk: Desk) -> None:
    name = desk.merge("1", "2", text="Both.")
    desk.accept(desk.insert("1", "A new line."))
    desk.delete("1a", to=name)
    desk.accept(name)
    assert desk.text() == [("1", "Both."), ("3", THREE[2])]
    desk.check()


def test_what_stands_behind_a_line_that_is_split_meanwhile_stands_behind_its_last_part(
    desk: Desk, stores: Stores
) -> None:
    new, moved = desk.insert("1", "A new line."), desk.move("3", "1")
    desk.accept(desk.split("1", FIRST, SECOND))
    desk.accept(desk.split("1a", "It is open", "to all ships."))
    between = desk.insert("1", "Between.")
    places = [(desk.proposal(name).changes[0].after) for name in (new, moved, between)]
    assert places == ["1b", "1b", "1"]
    with read_back(stores, check_round(stores, desk.store)) as there:
        for at in (desk, there):
            at.accept(new)
            at.accept(between)
            assert [text for _, text in at.text()][:5] == [
                *(FIRST, "Between.", "It is open", "to all ships.", "A new line."),
            ]
            at.check()
    desk.accept(moved)
    assert [text for _, text in desk.text()][4:6] == [THREE[2], "A new line."]


def test_what_was_decided_stands_where_it_was_put(desk: Desk) -> None:
    name = desk.insert("1", "A new line.")
    desk.accept(name)
    desk.accept(desk.split("1", FIRST, SECOND))
    assert desk.proposal(name).changes[0].after == "1"


def test_a_line_is_moved_with_its_words_as_they_are(desk: Desk) -> None:
    assert desk.accept(desk.move("3", "0")).moved == ("3",)
    assert desk.labels() == ["3", "1", "2"]
    assert desk.line("3").number == 1
    desk.check()


def test_a_move_is_not_stale_because_its_line_got_other_words(desk: Desk) -> None:
    name = desk.move("3", "1")
    desk.accept(desk.replace("3", "Talks settle disputes."))
    assert not desk.proposal(name).stale
    desk.accept(name)
    assert desk.text()[1] == ("3", "Talks settle disputes.")


def test_one_proposal_may_move_a_line_and_reword_it(desk: Desk) -> None:
    name = desk.move("3", "1")
    desk.replace("3", "Talks settle disputes.", to=name)
    desk.accept(name)
    assert desk.text()[1] == ("3", "Talks settle disputes.")


@pytest.mark.parametrize(
    ("propose", "message"),
    [
        (lambda desk: desk.split("1", FIRST), "two parts or more"),
        (lambda desk: desk.merge("1", text=BOTH), "two lines or more"),
        (lambda desk: desk.merge("1", "3", text=BOTH), "line 3 does not stand right behind line 1"),
        (lambda desk: desk.move("2", "1"), "line 2 stands after line 1 already"),
        (lambda desk: desk.move("1", "0"), "line 1 stands at the start already"),
        (lambda desk: desk.move("2", "2"), "cannot stand after itself"),
    ],
)
def test_what_cannot_be_done_is_refused(desk: Desk, propose: object, message: str) -> None:
    before = desk.everything()
    with pytest.raises((BadInput, Refused), match=message):
        propose(desk)  # type: ignore[operator]  # a lambda of the table above
    assert desk.everything() == before


def test_a_sub_amendment_changes_what_is_proposed_and_not_the_text(desk: Desk) -> None:
    main = desk.replace("1", "The harbour is open.")
    rival = desk.replace(f"{main}.1", "The harbour is open to most ships.")
    sub = desk.replace(f"{main}.1", "The harbour is open to all.", proposer="Another side")
    assert desk.proposal(sub).changes[0].amends == f"{main}.1"
    assert desk.proposal(sub).changes[0].base == "The harbour is open."
    done = desk.accept(sub)
    assert done.amended == (f"{main}.2",)
    assert done.stale == (rival,)
    assert desk.text()[0] == ("1", THREE[0])
    found = desk.proposal(main)
    assert [change.result for change in found.changes] == ["The harbour is open to all."]
    assert found.changes[0].sources == (f"{main}.1", f"{sub}.1")
    assert [change.result for change in found.earlier] == ["The harbour is open."]
    desk.accept(main)
    assert desk.text()[0] == ("1", "The harbour is open to all.")
    desk.check()


def test_a_sub_amendment_of_what_was_replaced_is_carried_to_what_took_its_place(desk: Desk) -> None:
    main = desk.replace("1", "The harbour is open on all days to ships.")
    one = desk.replace(f"{main}.1", "The harbour is open on all days to small ships.")
    other = desk.replace(f"{main}.1", "The harbour is kept open on all days to ships.")
    desk.accept(one)
    with pytest.raises(Refused, match="no longer proposed"):
        desk.accept(other)
    desk.update(other)
    assert desk.accept(other).amended == (f"{main}.3",)
    found = desk.proposal(main).changes[0]
    assert found.result == "The harbour is kept open on all days to small ships."
    desk.check()


def test_a_decided_change_cannot_be_amended(desk: Desk) -> None:
    main = desk.replace("1", "The harbour is open.")
    sub = desk.replace(f"{main}.1", "The harbour is open to all.")
    desk.accept(main)
    with pytest.raises(Refused, match="accepted already"):
        desk.replace(f"{main}.1", "The harbour is shut.")
    with pytest.raises(Refused, match="accepted already"):
        desk.accept(sub)


def test_a_sub_amendment_is_told_of_on_its_line(desk: Desk) -> None:
    main = desk.replace("1", "The harbour is open.")
    sub = desk.replace(main, "The harbour is open to all.")
    with desk.reading() as now:
        from tracker.services.proposals.reading import listed

        found = listed(now, line=desk.line("1").id)[0]
    assert [proposal.id for proposal in found] == [main, sub]
