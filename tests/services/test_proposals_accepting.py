"""Accepting proposals: their wording becomes the text, and the decision is on record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import THREE, Desk
from tracker.errors import BadInput, NotFound, Refused
from tracker.services import lines
from tracker.services.proposals.writing import Proposed, add_change
from tracker.services.verdicts import Verdict, verdicts


def test_the_wording_accepted_is_the_text_and_the_one_before_stays_a_version(desk: Desk) -> None:
    name = desk.replace("2", "Each party may inspect a ship.")
    done = desk.accept(name)
    assert (done.proposal, done.changed, done.inserted, done.deleted) == (name, ("2",), (), ())
    assert desk.text()[1] == ("2", "Each party may inspect a ship.")
    with desk.reading() as now:
        versions = lines.versions(now, desk.line("2").id)
    assert [(v.number, v.text, v.origin) for v in versions] == [
        (1, THREE[1], "imported"),
        (2, "Each party may inspect a ship.", "edited"),
    ]
    assert versions[1].since == desk.head[0]
    desk.check()


def test_a_decision_is_kept_with_its_reason_by_whom_when_and_how(desk: Desk) -> None:
    name = desk.replace("1", "The harbour is open.")
    grounds: dict[str, Any] = {
        "reason": "全会一致 🎉",
        "by": "the leaders",
        "date": "2022-09",
        "mode": "vote",
    }
    desk.accept(name, **grounds)
    decision = desk.proposal(name).decision
    assert decision == Verdict("accepted", entry=desk.head[0])._replace(**grounds)
    assert desk.proposal(name).state == "accepted"


@pytest.mark.parametrize(
    ("grounds", "said"),
    [
        ({"date": "2022-13"}, "2022-13"),
        ({"date": "30 September"}, "30 September"),
        ({"date": "２０２２"}, "２０２２"),
        ({"mode": "shouting"}, "shouting"),
        ({"reason": "  "}, "reason is empty"),
        ({"by": "a\0b"}, "NUL"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(
    desk: Desk, grounds: dict[str, str], said: str
) -> None:
    name = desk.replace("1", "The harbour is open.")
    before = desk.everything()
    with pytest.raises(BadInput, match=said) as refused:
        desk.accept(name, **grounds)
    assert refused.value.hint
    assert desk.everything() == before


def test_all_changes_of_a_proposal_are_made_by_one_entry(desk: Desk) -> None:
    name = desk.replace("1", "The harbour is open.")
    desk.insert("2", "It must give its reasons.", to=name)
    desk.delete("3", to=name)
    before = desk.head[0]
    done = desk.accept(name)
    assert (done.changed, done.inserted, done.deleted) == (("1",), ("2a",), ("3",))
    assert desk.head[0] == before + 1
    assert desk.text() == [
        ("1", "The harbour is open."),
        ("2", THREE[1]),
        ("2a", "It must give its reasons."),
    ]
    desk.check()


def test_inserted_lines_take_their_predecessors_number_and_the_next_free_suffix(desk: Desk) -> None:
    name = desk.insert("1", "Line 1.")
    with desk.writing() as (entry, now):
        for number in range(2, 29):
            change = Proposed(kind="insert", label="1", text=f"Line {number}.")
            add_change(entry, now, name, change)
    suffixes = [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]
    assert desk.accept(name).inserted == tuple(f"1{suffix}" for suffix in suffixes)
    assert desk.accept(desk.insert("0", "First.")).inserted == ("0a",)
    assert desk.accept(desk.insert("0", "Before the first.")).inserted == ("0b",)
    assert desk.accept(desk.insert("1c", "Behind an inserted one.")).inserted == ("1ac",)
    assert desk.accept(desk.insert("1", "Next to the first.")).inserted == ("1ad",)
    assert desk.labels()[:8] == ["0b", "0a", "1", "1ad", "1a", "1b", "1c", "1ac"]


def test_a_label_is_not_given_again_when_its_line_is_gone(desk: Desk) -> None:
    desk.accept(desk.insert("1", "A line."))
    desk.accept(desk.delete("1a"))
    name = desk.insert("1", "Another line.")
    assert desk.view(name).lines[1].label == "1b"
    assert desk.accept(name).inserted == ("1b",)


def test_several_lines_inserted_at_one_place_by_one_proposal_stand_in_order(desk: Desk) -> None:
    name = desk.insert("1", "one")
    desk.insert("3", "end", to=name)
    desk.insert("1", "two", to=name)
    desk.insert("0", "start", to=name)
    desk.insert("1", "three", to=name)
    desk.insert("0", "next", to=name)
    assert desk.accept(name).inserted == ("0a", "0b", "1a", "1b", "1c", "3a")
    assert [text for _, text in desk.text()] == [
        *("start", "next", THREE[0], "one", "two", "three"),
        *(THREE[1], THREE[2], "end"),
    ]


@pytest.mark.parametrize("first", ["insert", "delete"])
def test_a_line_put_in_the_place_of_one_that_is_deleted_stands_where_it_stood(
    desk: Desk, first: str
) -> None:
    if first == "insert":
        name = desk.insert("2", "In its place.")
        desk.delete("2", to=name)
    else:
        name = desk.delete("2")
        desk.insert("2", "In its place.", to=name)
    desk.insert("2", "And behind it.", to=name)
    previewed = [(line.label, line.runs[0].text) for line in desk.view(name).lines]
    done = desk.accept(name)
    assert (done.inserted, done.deleted) == (("2a", "2b"), ("2",))
    assert desk.text() == [
        ("1", THREE[0]),
        ("2a", "In its place."),
        ("2b", "And behind it."),
        ("3", THREE[2]),
    ]
    assert previewed == desk.text()


def test_a_deleted_line_leaves_the_text_and_stays_on_record(desk: Desk) -> None:
    desk.accept(desk.delete("2"))
    assert desk.labels() == ["1", "3"]
    gone = desk.line("2")
    assert (gone.rank, gone.text) == (None, THREE[1])
    with desk.reading() as now:
        assert lines.deleted_at(now, gone.id) == desk.head[0]
    desk.check()


def test_the_whole_text_can_be_deleted_and_begun_anew(desk: Desk) -> None:
    name = desk.delete("1")
    desk.delete("2", to=name)
    desk.delete("3", to=name)
    desk.accept(name)
    assert desk.text() == []
    assert desk.accept(desk.insert("0", "A new beginning.")).inserted == ("0a",)
    assert desk.text() == [("0a", "A new beginning.")]
    desk.check()


def test_a_stale_proposal_is_refused_and_shown_the_newer_wording(desk: Desk) -> None:
    old, new = desk.replace("1", "The harbour is open."), desk.replace("1", "It is shut.")
    desk.accept(new)
    before = desk.everything()
    with pytest.raises(Refused) as refused:
        desk.accept(old)
    assert f"{old}.1 starts from a wording of line 1 that is no longer current" in str(
        refused.value
    )
    assert THREE[0] in str(refused.value)
    assert "It is shut." in str(refused.value)
    assert f"tracker proposal update {old}" in (refused.value.hint or "")
    assert desk.everything() == before
    assert desk.proposal(old).stale
    assert desk.proposal(old).state == "open"


@pytest.mark.parametrize("kind", ["replace", "delete", "insert"])
def test_what_was_proposed_on_a_line_that_is_gone_is_refused(desk: Desk, kind: str) -> None:
    text = None if kind == "delete" else "Something else."
    old = desk.change(kind, "2", text).proposal
    desk.accept(desk.delete("2"))
    with pytest.raises(Refused, match="line 2, which was deleted at @4") as refused:
        desk.accept(old)
    assert "--insert-after" in (refused.value.hint or "")


def test_one_stale_change_keeps_back_the_whole_proposal(desk: Desk) -> None:
    name = desk.replace("2", "Each party may look.")
    desk.replace("1", "The harbour is open.", to=name)
    desk.accept(desk.replace("1", "The harbour is shut."))
    with pytest.raises(Refused, match=rf"{name}\.2 starts from a wording of line 1"):
        desk.accept(name)
    assert desk.text()[1] == ("2", THREE[1])


def test_a_proposal_is_current_again_when_the_line_says_again_what_it_starts_from(
    desk: Desk,
) -> None:
    name = desk.replace("1", "The harbour is open.")
    desk.accept(desk.replace("1", "The harbour is shut."))
    desk.accept(desk.replace("1", THREE[0]))
    assert not desk.proposal(name).stale
    desk.accept(name)
    assert desk.text()[0] == ("1", "The harbour is open.")
    assert desk.line("1").number == 4


@pytest.mark.parametrize("outcome", ["accepted", "rejected", "withdrawn"])
def test_what_is_decided_is_not_decided_again(desk: Desk, outcome: str) -> None:
    name = desk.replace("1", "The harbour is open.")
    if outcome == "accepted":
        desk.accept(name)
    else:
        desk.decide(outcome, name)
    before = desk.everything()
    with pytest.raises(Refused, match=rf"{name} is {outcome} already, since @3") as refused:
        desk.accept(name)
    assert name in (refused.value.hint or "")
    with pytest.raises(Refused, match=outcome):
        desk.decide("rejected", name)
    assert desk.everything() == before


@pytest.mark.parametrize("name", ["P9", "P0", "C1", "P1.9", "9", "one"])
def test_a_proposal_that_is_none_is_not_found(desk: Desk, name: str) -> None:
    desk.replace("1", "The harbour is open.")
    with pytest.raises(NotFound, match=name) as refused:
        desk.accept(name)
    assert "P1" in (refused.value.hint or "")


def test_the_comments_it_answers_stay_open_unless_it_is_said_what_becomes_of_them(
    desk: Desk,
) -> None:
    first, second = desk.say("1"), desk.say("1")
    name = desk.replace("1", "The harbour is open.", answers=[first, second])
    assert desk.accept(name).disposed == ()
    assert desk.comment(first).disposition is None
    assert desk.comment(second).disposition is None


def test_only_answered_comments_without_a_disposition_get_one(desk: Desk) -> None:
    first, second, third = desk.say("1"), desk.say("1"), desk.say("1")
    desk.dispose(first, outcome="rejected", reason="too late")
    name = desk.replace("1", "The harbour is open.", answers=[second, first])
    done = desk.accept(name, "Revised", reason="in part", by="the chair", mode="silence")
    assert done.disposed == (second,)
    settled = desk.comment(second).disposition
    assert settled is not None
    assert settled._replace(entry=None) == Verdict(
        "accepted in principle", reason="in part", by="the chair", mode="silence"
    )
    kept = desk.comment(first).disposition
    assert kept is not None
    assert (kept.outcome, kept.reason) == ("rejected", "too late")
    assert desk.comment(third).disposition is None
    desk.check()


def test_a_disposition_that_needs_a_reason_has_one_when_it_comes_with_a_proposal(
    desk: Desk,
) -> None:
    comment = desk.say("1")
    name = desk.replace("1", "The harbour is open.", answers=[comment])
    desk.accept(name, "rejected")
    settled = desk.comment(comment).disposition
    assert settled is not None
    assert (settled.outcome, settled.reason) == ("rejected", f"by {name}")


def test_an_unknown_disposition_is_refused_with_those_there_are(desk: Desk) -> None:
    name = desk.replace("1", "The harbour is open.", answers=[desk.say("1")])
    before = desk.everything()
    with pytest.raises(BadInput, match="'perhaps' is no disposition") as refused:
        desk.accept(name, "perhaps")
    assert "accepted in principle" in (refused.value.hint or "")
    assert desk.everything() == before


@pytest.mark.parametrize("outcome", ["rejected", "withdrawn"])
def test_what_is_not_accepted_changes_no_text_and_stays_readable(desk: Desk, outcome: str) -> None:
    first, second = desk.replace("1", "The harbour is open."), desk.delete("2")
    text = desk.text()
    names = desk.decide(outcome, first, second, reason="no", by="the chair", date="2022")
    assert names == [first, second]
    assert desk.text() == text
    for name in names:
        found = desk.proposal(name)
        assert found.state == outcome
        assert found.decision == Verdict(
            outcome, reason="no", by="the chair", date="2022", entry=desk.head[0]
        )
    change = desk.proposal(first).changes[0]
    assert (change.base, change.result) == (THREE[0], "The harbour is open.")
    desk.check()


def test_one_that_is_named_twice_is_decided_once(desk: Desk) -> None:
    name = desk.replace("1", "The harbour is open.")
    assert desk.decide("rejected", name, name.lower(), name) == [name]
    with desk.reading() as now:
        assert len(verdicts(now, "proposal", superseded=True)[1]) == 1


def test_one_that_cannot_be_decided_keeps_back_the_others(desk: Desk) -> None:
    first, second = desk.replace("1", "Open."), desk.replace("2", "Open.")
    desk.decide("rejected", second)
    before = desk.everything()
    with pytest.raises(Refused, match=second):
        desk.decide("withdrawn", first, second)
    assert desk.everything() == before
