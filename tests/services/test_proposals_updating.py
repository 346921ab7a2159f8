"""A stale proposal is carried to the current wording, three ways."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from tests.services.seen import undo
from tracker.errors import BadInput, Refused

OURS = "The parties shall at all times keep the harbour open to all ships."
THEIRS = "The parties shall keep the harbour open to all ships and boats."


def stale(desk: Desk, now: str = OURS, wanted: str = THEIRS) -> str:
    name = desk.replace("1", wanted)
    desk.accept(desk.replace("1", now))
    return name


def test_changes_apart_are_both_kept(desk: Desk) -> None:
    name = stale(desk)
    plan = desk.update(name)
    assert plan.needs_approval
    assert not plan.in_collision
    change = desk.proposal(name).changes[0]
    assert change.result == (
        "The parties shall at all times keep the harbour open to all ships and boats."
    )
    assert (change.number, change.base, change.stale) == (2, OURS, False)
    assert (change.supersedes, change.sources) == (1, (f"{name}.1",))
    desk.accept(name)
    desk.check()


def test_what_was_proposed_stays_readable(desk: Desk) -> None:
    name = stale(desk)
    desk.update(name)
    assert [(c.number, c.result) for c in desk.proposal(name).earlier] == [(1, THEIRS)]


def test_a_collision_is_stored_and_resolved(desk: Desk) -> None:
    wanted = "The parties shall keep the port open to all ships."
    name = stale(desk, "The parties shall keep the bay open to all ships.", wanted)
    plan = desk.update(name)
    assert plan.in_collision
    change = desk.proposal(name).changes[0]
    assert change.in_collision
    with pytest.raises(Refused, match="is in collision"):
        desk.accept(name)
    assert desk.resolve(name, name) == f"{name}.3"
    assert desk.proposal(name).changes[0].result == wanted
    desk.accept(name)
    assert desk.text()[0] == ("1", wanted)
    desk.check()


def test_a_collision_is_resolved_in_other_words(desk: Desk) -> None:
    name = stale(desk, "The parties shall keep the bay open.", "The parties shall keep the port.")
    desk.update(name)
    with pytest.raises(BadInput, match="marks of the collision"):
        desk.resolve(name, text="The parties shall keep the ⟦current: bay ‖ P1.1: port⟧.")
    with pytest.raises(BadInput, match="nothing would change"):
        desk.resolve(name, "current")
    desk.resolve(name, text="The parties shall keep the bay and the port.")
    assert desk.proposal(name).changes[0].result == "The parties shall keep the bay and the port."
    with pytest.raises(Refused, match="not in collision"):
        desk.resolve(name, text="Again.")


def test_a_collision_whose_line_changes_again_is_carried_once_more(desk: Desk) -> None:
    name = stale(desk, "The parties shall keep the bay.", "The parties shall keep the port.")
    desk.update(name)
    desk.accept(desk.replace("1", "The parties shall keep the lagoon."))
    assert desk.proposal(name).stale
    desk.update(name)
    desk.resolve(name, name)
    assert desk.proposal(name).changes[0].result == "The parties shall keep the port."


def test_what_the_line_says_already_is_told_as_adopted(desk: Desk) -> None:
    name = stale(desk, THEIRS, THEIRS)
    with pytest.raises(Refused, match="line 1 already says what") as told:
        desk.update(name)
    assert told.value.hint is not None
    assert "withdraw" in told.value.hint


def test_of_several_changes_what_is_adopted_goes_and_the_rest_stays(desk: Desk) -> None:
    name = desk.replace("1", THEIRS)
    desk.delete("3", to=name)
    desk.accept(desk.replace("1", THEIRS))
    desk.update(name)
    found = desk.proposal(name)
    assert [change.kind for change in found.changes] == ["delete"]
    assert [change.result for change in found.earlier] == [THEIRS]
    desk.accept(name)
    assert desk.labels() == ["1", "2"]
    desk.check()


def test_a_proposal_is_not_carried_onto_a_line_that_is_gone(desk: Desk) -> None:
    name = desk.replace("1", THEIRS)
    behind = desk.insert("2", "A line.")
    desk.accept(desk.delete("1"))
    desk.accept(desk.merge("2", "3", text="Both."))
    with pytest.raises(Refused, match="line 1, which was deleted at @"):
        desk.update(name)
    with pytest.raises(Refused, match="nothing to update"):
        desk.update(behind)
    desk.accept(desk.delete("2"))
    with pytest.raises(Refused, match="stands behind line 2, which was deleted"):
        desk.update(behind)


def test_a_line_that_went_into_another_is_told_with_it(desk: Desk) -> None:
    name = desk.replace("3", "Disputes are settled.")
    desk.accept(desk.merge("2", "3", text="Both."))
    with pytest.raises(Refused, match="line 3, which was merged into line 2 at @"):
        desk.update(name)


def test_a_deletion_of_a_line_with_other_words_is_asked_about(desk: Desk) -> None:
    name = desk.delete("1")
    desk.accept(desk.replace("1", OURS))
    assert desk.update(name).needs_approval
    desk.accept(name)
    assert desk.labels() == ["2", "3"]


def test_a_split_and_a_merge_are_carried_over(desk: Desk) -> None:
    split = desk.split("1", "The parties shall keep the harbour open", "to all ships.")
    merged = desk.merge("2", "3", text="Each party may inspect any ship that enters, by talks.")
    desk.accept(desk.replace("1", OURS))
    desk.accept(desk.replace("2", "Each of the parties may inspect any ship that enters."))
    desk.update(split)
    desk.update(merged)
    assert [each.text for each in desk.proposal(split).changes[0].results] == [
        "The parties shall at all times keep the harbour open",
        "to all ships.",
    ]
    assert desk.proposal(merged).changes[0].result == (
        "Each of the parties may inspect any ship that enters, by talks."
    )
    desk.accept(split)
    desk.accept(merged)
    desk.check()


def test_a_sub_amendment_goes_past_what_was_undone(desk: Desk) -> None:
    main = desk.replace("1", THEIRS)
    sub = desk.replace(f"{main}.1", f"{THEIRS} At all times.")
    desk.accept(desk.replace("1", OURS))
    desk.update(main)
    undo(desk)
    desk.update(main)
    desk.accept(desk.replace("1", OURS.replace("The parties", "All parties")))
    desk.update(main)
    assert [change.number for change in desk.proposal(main).earlier] == [1, 2, 3]
    desk.update(sub)
    assert desk.proposal(sub).changes[0].amends == f"{main}.4"
    with pytest.raises(Refused, match=rf"^{main}\.2 was undone"):
        desk.decide("rejected", f"{main}.2")
    with pytest.raises(Refused, match=rf"another change has taken the place of {main}\.3"):
        desk.decide("rejected", f"{main}.3")
