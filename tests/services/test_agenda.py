"""The agenda: what is open and waits for the group."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk, document
from tracker.services import agenda, agreements, assignments
from tracker.services.agenda import SHOWN, Agenda, CollidingPair
from tracker.services.comments import assigning
from tracker.services.verdicts import Verdict
from tracker.services.weighing import SIDE, WEIGHTS
from tracker.store.open import Store

TODAY = "2022-10-15"


def read(desk: Desk, today: str = TODAY, **options: Any) -> Agenda:
    found: Agenda = desk.read(agenda.agenda, today, **options)
    return found


def weights(desk: Desk) -> list[tuple[str, int]]:
    return [(each.line.label, each.weight) for each in read(desk).flagged.items]


def test_an_untouched_text_has_nothing_on_the_agenda(desk: Desk) -> None:
    found = read(desk)
    assert (found.document.key, found.at) == ("coast", 1)
    parts = (
        *(found.flagged, found.proposals, found.collisions, found.stale, found.unresolved),
        *(found.without_change, found.undisposed, found.overdue, found.orphaned),
    )
    assert set(parts) == {((), 0)}
    assert not found.agreed


def test_the_agenda_names_what_is_open_until_it_is_settled(desk: Desk) -> None:
    first, second, whole = desk.say("1"), desk.say("2", words="any ship"), desk.say()
    name = desk.replace("2", "Nothing of it is left.")
    found = read(desk)
    assert [each.line.label for each in found.flagged.items] == ["1", "2"]
    assert [proposal.id for proposal in found.proposals.items] == [name]
    assert [comment.id for comment in found.undisposed.items] == [first, second, whole]
    assert found.orphaned.total == 0
    desk.accept(name)
    found = read(desk)
    assert (found.proposals.total, found.orphaned.total) == (0, 1)
    assert [comment.id for comment in found.orphaned.items] == [second]
    desk.dispose(first, second, whole)
    found = read(desk)
    assert (found.flagged.total, found.undisposed.total, found.orphaned.total) == (0, 0, 0)


def test_the_agenda_names_ten_unless_told_and_counts_all(store: Store) -> None:
    document(store, *(f"Line {number}." for number in range(1, 15)))
    desk = Desk(store)
    for number in range(1, 13):
        desk.say(str(number))
    for number in range(1, 12):
        desk.delete(str(number))
    found = read(desk)
    assert (len(found.flagged.items), found.flagged.total) == (SHOWN, 12)
    assert (len(found.proposals.items), found.proposals.total) == (SHOWN, 11)
    assert (len(found.undisposed.items), found.undisposed.total) == (SHOWN, 12)
    some = read(desk, limit=3)
    assert (len(some.flagged.items), len(some.undisposed.items)) == (3, 3)
    assert (some.flagged.total, some.undisposed.total) == (12, 12)
    everything = read(desk, limit=None)
    assert (len(everything.flagged.items), len(everything.proposals.items)) == (12, 11)


def test_an_objection_weighs_more_than_two_observations(desk: Desk) -> None:
    desk.say("1", kind="observation")
    desk.say("1", kind="support")
    desk.say("2", kind="objection")
    desk.say("3", kind="question")
    assert WEIGHTS["objection"] > 2 * WEIGHTS["observation"]
    # Lines of one weight stand in the order of how many comments are open on them.
    assert weights(desk) == [("2", 3), ("1", 2), ("3", 2)]


def test_what_has_a_disposition_weighs_nothing(desk: Desk) -> None:
    settled = desk.say("1", kind="objection")
    desk.say("1")
    desk.say("2", kind="suggestion")
    desk.dispose(settled)
    assert weights(desk) == [("2", 2), ("1", 1)]


def test_each_further_side_adds_to_the_weight(desk: Desk) -> None:
    for side in ("Japan", "Japan", "US"):
        desk.say("1", side=side)
    desk.say("2", kind="objection")
    assert weights(desk) == [("1", 3 + SIDE), ("2", 3)]


def test_a_voice_that_the_record_says_is_one_counts_once(meeting_desk: Desk) -> None:
    said: dict[str, Any] = {"meeting": "W1", "participant": "voice-1"}
    for kind in ("observation", "objection", "suggestion"):
        meeting_desk.say("2", kind=kind, **said)
    before = {"observation": 1, "suggestion": 2}
    assert dict(weights(meeting_desk))["2"] == sum(before.values()) + WEIGHTS["objection"]


def test_rivals_collide_until_one_is_accepted_and_the_other_is_stale(desk: Desk) -> None:
    one = desk.replace("2", "Each party may inspect no ship that enters.")
    other = desk.replace("2", "Each party may inspect one ship that enters.")
    apart = desk.replace("2", "Each party may inspect any ship that leaves.")
    desk.replace("3", "Disputes are settled by the sword.")
    found = read(desk)
    assert found.collisions.items == (CollidingPair(one, other, ("2",)),)
    assert found.stale.total == 0
    desk.accept(one)
    found = read(desk)
    assert found.collisions.total == 0
    assert [proposal.id for proposal in found.stale.items] == [other, apart]


def test_a_collision_of_two_proposals_is_told_once_with_all_its_lines(desk: Desk) -> None:
    one = desk.delete("1")
    desk.delete("2", to=one)
    other = desk.replace("1", "Closed.")
    desk.replace("2", "Shut.", to=other)
    assert read(desk).collisions.items == (CollidingPair(one, other, ("1", "2")),)


def test_what_was_accepted_waits_until_a_proposal_that_answers_it_is_accepted(desk: Desk) -> None:
    said, other, noted = desk.say("1"), desk.say("2"), desk.say("3")
    desk.dispose(said, outcome="accepted")
    desk.dispose(other, outcome="accepted in principle", reason="In part.")
    desk.dispose(noted)
    assert [c.id for c in read(desk).without_change.items] == [said, other]
    name = desk.replace("1", "Open to all.", answers=[said])
    assert [c.id for c in read(desk).without_change.items] == [said, other]
    desk.accept(name)
    assert [c.id for c in read(desk).without_change.items] == [other]


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [
        ("2022-10-14", "2022-10-14", False),
        ("2022-10-14", "2022-10-15", True),
        ("2022-10", "2022-10-31", False),
        ("2022-10", "2022-11-01", True),
        ("2022", "2022-12-31", False),
        ("2022", "2023-01-01", True),
        (None, "2999-01-01", False),
    ],
)
def test_an_action_is_overdue_once_its_day_month_or_year_is_over(
    desk: Desk, due: str | None, today: str, late: bool
) -> None:
    name = desk.say("1")
    with desk.writing() as (entry, now):
        assigning.assign(entry, now, [name], "Ann", due=due)
    found, total = desk.read(assignments.overdue, today)
    assert ([action.comment for action in found], total) == (([name], 1) if late else ([], 0))


def test_what_is_done_is_not_overdue(desk: Desk) -> None:
    name = desk.say("1")
    with desk.writing() as (entry, now):
        assigning.assign(entry, now, [name], "Ann", due="2022")
    assert read(desk, "2023-01-01").overdue.total == 1
    with desk.writing() as (entry, now):
        assigning.complete(entry, now, [name])
    assert read(desk, "2023-01-01").overdue.total == 0


def test_the_agenda_counts_what_is_agreed(desk: Desk) -> None:
    for labels, outcome in ((["1"], agreements.AGREED), (["2", "3"], agreements.AD_REFERENDUM)):
        with desk.writing() as (entry, now):
            agreements.agree(entry, now, labels, Verdict(outcome))
    assert read(desk).agreed == {agreements.AGREED: 1, agreements.AD_REFERENDUM: 2}


def test_a_deferred_proposal_stays_on_the_agenda(desk: Desk) -> None:
    name = desk.replace("2", "Shut.")
    desk.decide("deferred", name, reason="Next time.")
    found = read(desk).proposals
    assert [(p.id, p.state, p.decision) for p in found.items] == [(name, "open", None)]
    assert [verdict.reason for verdict in found.items[0].verdicts] == ["Next time."]
    desk.accept(name)
    assert read(desk).proposals.total == 0
