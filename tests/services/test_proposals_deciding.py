"""A proposal is decided as a whole or change by change, and may be advised on before."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk
from tracker.errors import BadInput, NotFound, Refused
from tracker.services.proposals import reading

OPEN, SHORT = "The harbour is open.", "The harbour is open to ships."


def several(desk: Desk, text: str = OPEN, gone: str = "3") -> str:
    name = desk.replace("1", text)
    desk.insert("1", "A new line.", to=name)
    desk.delete(gone, to=name)
    return name


def test_one_change_is_accepted_and_the_rest_stays_open(desk: Desk) -> None:
    name = several(desk)
    done = desk.accept(f"{name}.1")
    assert (done.proposal, done.changed, done.inserted) == (f"{name}.1", ("1",), ())
    found = desk.proposal(name)
    assert (found.state, found.undecided, found.stale) == ("partly_accepted", True, False)
    assert [change.number for change in found.open_changes] == [2, 3]
    desk.decide("rejected", f"{name}.3")
    desk.accept(name)
    found = desk.proposal(name)
    assert (found.state, found.undecided) == ("partly_accepted", False)
    assert [text for _, text in desk.text()] == [OPEN, "A new line.", *THREE[1:]]
    desk.check()


def test_what_is_decided_is_not_decided_again(desk: Desk) -> None:
    name = several(desk)
    desk.accept(f"{name}.1")
    for again in (desk.accept, lambda each: desk.decide("rejected", each)):
        with pytest.raises(Refused, match=f"{name}.1 is accepted already, since @"):
            again(f"{name}.1")
    desk.accept(f"{name}.2")
    desk.decide("rejected", f"{name}.3")
    with pytest.raises(Refused, match=f"all changes of {name} are decided already"):
        desk.accept(name)
    other = several(desk, SHORT, "2")
    desk.decide("withdrawn", other)
    with pytest.raises(Refused, match=f"{other} is withdrawn already"):
        desk.accept(f"{other}.2")
    with pytest.raises(NotFound, match="there is no change"):
        desk.accept(f"{several(desk, SHORT, '2')}.9")


def test_a_change_is_stale_by_another_only_if_its_own_text_went(desk: Desk) -> None:
    name = desk.delete("2")
    desk.insert("2", "A new line.", to=name)
    desk.insert("1", "Another.", to=name)
    desk.accept(f"{name}.1")
    assert [change.stale for change in desk.proposal(name).open_changes] == [True, False]
    with pytest.raises(Refused, match="stands behind line 2, which was deleted"):
        desk.accept(f"{name}.2")
    desk.accept(f"{name}.3")
    desk.check()


def test_a_proposal_is_accepted_in_a_modified_form(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    desk.accept(name, as_text=SHORT, reason="shorter")
    found = desk.proposal(name)
    assert desk.text()[0] == ("1", SHORT)
    assert found.changes[0].result == OPEN
    assert found.decision is not None
    assert (found.decision.outcome, found.decision.text) == ("accepted", SHORT)
    desk.check()


def test_only_one_wording_can_be_modified_and_must_be(desk: Desk) -> None:
    name = several(desk)
    with pytest.raises(Refused, match="no one wording"):
        desk.accept(name, as_text=SHORT)
    with pytest.raises(Refused, match="no one wording"):
        desk.accept(f"{name}.3", as_text=SHORT)
    with pytest.raises(BadInput, match=f"what {name}.1 says already"):
        desk.accept(f"{name}.1", as_text=OPEN)
    with pytest.raises(BadInput, match="the old text"):
        desk.accept(f"{name}.1", as_text=THREE[0])
    with pytest.raises(BadInput, match="empty"):
        desk.accept(f"{name}.1", as_text=" ")
    desk.accept(f"{name}.2", as_text="Another new line.")
    assert desk.text()[1] == ("1a", "Another new line.")


def test_others_on_the_line_are_told_stale_and_stay_open(desk: Desk) -> None:
    one, two = desk.replace("1", OPEN), desk.replace("1", SHORT)
    three = desk.merge("2", "3", text="Both.")
    done = desk.accept(desk.merge("1", "2", text="All."))
    assert done.stale == (one, two, three)
    assert [desk.proposal(name).state for name in (one, two, three)] == ["open"] * 3


def test_what_is_advised_is_kept_beside_what_is_decided(desk: Desk) -> None:
    name = several(desk)
    advice = {"by": "The editor", "date": "2022-05-01", "reason": "Too long."}
    assert desk.recommend("amend", name, name.lower(), **advice) == [name]
    desk.recommend("Reject", f"{name}.3", reason="No.")
    found = desk.proposal(name)
    assert (found.state, len(found.open_changes)) == ("open", 3)
    desk.accept(name, by="Four leaders", mode="vote 7-2-1", date="2022-09")
    found = desk.proposal(name)
    told = [(v.stage, v.change, v.outcome, v.by) for v in found.verdicts]
    assert told == [
        ("advised", None, "amend", "The editor"),
        ("advised", 3, "reject", None),
        ("decided", None, "accepted", "Four leaders"),
    ]
    decision = found.decision
    assert decision is not None
    assert (decision.mode, decision.votes, decision.date) == ("vote", "7-2-1", "2022-09")


def test_advice_that_comes_later_takes_the_place_of_the_earlier(desk: Desk) -> None:
    name = several(desk)
    desk.recommend("amend", name)
    desk.recommend("defer", name)
    assert [v.outcome for v in desk.proposal(name).verdicts] == ["defer"]


def test_only_what_is_open_is_advised_on_in_known_words(desk: Desk) -> None:
    name = several(desk)
    with pytest.raises(BadInput, match="'perhaps' is no recommendation"):
        desk.recommend("perhaps", name)
    with pytest.raises(BadInput, match=f"{name}.1 is part of {name}"):
        desk.recommend("accept", name, f"{name}.1")
    desk.decide("rejected", name)
    with pytest.raises(Refused, match="rejected already"):
        desk.recommend("accept", name)


def test_a_decision_on_one_change_decides_no_other_proposal(desk: Desk) -> None:
    one, other = desk.replace("1", OPEN), desk.replace("2", "Two.")
    desk.accept(f"{one}.1")
    with desk.reading() as now:
        found, total = reading.listed(now, undecided=True)
    assert ([proposal.id for proposal in found], total) == ([other], 1)
    desk.check()


def test_a_proposal_is_told_stale_once(desk: Desk) -> None:
    one, two = desk.replace("1", OPEN), desk.replace("1", "It is open.")
    assert desk.accept(one).stale == (two,)
    three = desk.replace("1", SHORT)
    behind = desk.insert("1", "Behind.")
    assert desk.accept(three).stale == ()
    assert desk.accept(desk.delete("1")).stale == (behind,)
