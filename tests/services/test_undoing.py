"""Undo: after it everything reads as before the entry, and later work is never pulled away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.desk import Desk, document
from tests.services.records import check_round, read_back
from tests.services.seen import undo, visible
from tests.stores import Stores
from tracker.errors import NotFound, Refused
from tracker.services import (
    agreements,
    convening,
    documents,
    editions,
    meeting_report,
    meetings,
    retractions,
)
from tracker.services.comments import on_proposals
from tracker.services.comments import reading as comments
from tracker.services.comments.writing import Said
from tracker.services.verdicts import Verdict


def refused(desk: Desk, name: str | None = None) -> str:
    before = desk.everything()
    with pytest.raises((Refused, NotFound)) as told:
        undo(desk, name)
    assert told.value.hint
    assert desk.everything() == before
    return told.value.message


def meet(desk: Desk) -> None:
    with desk.writing("meeting add") as (entry, _):
        meetings.add_meeting(entry, "W2", name="Second", topics=["Ships"])
        meetings.add_participant(entry, "voice", name="A voice")


def remark(desk: Desk, name: str) -> None:
    with desk.writing("comment add") as (entry, now):
        on_proposals.add(entry, now, Said(speaker="A member", text="Hm."), name)


def correct(desk: Desk) -> None:
    with desk.writing("edition set") as (entry, now):
        editions.set_(entry, now, "first", {"status": "published"})


COMMANDS: dict[str, Callable[[Desk], Any]] = {
    "comment on words": lambda desk: desk.say("1", words="harbour"),
    "comment on lines": lambda desk: desk.say("1", "3"),
    "comment on the whole": lambda desk: desk.say(),
    "reply": lambda desk: desk.reply("C1"),
    "dispose": lambda desk: desk.dispose("C1", outcome="rejected", reason="No."),
    "dispose again": lambda desk: desk.dispose("C2", outcome="accepted"),
    "propose": lambda desk: desk.replace("2", "No ship.", answers=["C1"]),
    "add to a proposal": lambda desk: desk.insert("3", "More.", to="P1", answers=["C2"]),
    "accept": lambda desk: desk.accept("P1", dispose="accepted"),
    "accept what inserts": lambda desk: desk.accept("P2"),
    "accept what deletes": lambda desk: desk.accept("P3"),
    "reject": lambda desk: desk.decide("rejected", "P1", "P2"),
    "edition": lambda desk: desk.edition("second"),
    "correct an edition": correct,
    "settings": lambda desk: desk.set(title="Another"),
    "meeting and voice": meet,
    "document": lambda desk: document(desk.store, "One.", key="river"),
}


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with something of everything, as it stands in the middle of the work."""
    desk.key = "coast"
    desk.say("1", words="harbour open")
    desk.say("2")
    desk.dispose("C2", outcome="noted")
    desk.replace("1", "The parties keep the port open to all ships.", answers=["C1"])
    desk.insert("1", "A new line.", to=desk.insert("0", "A first line."))
    desk.delete("2")
    desk.edition("first")
    return desk


@pytest.mark.parametrize("name", COMMANDS)
def test_after_an_undo_everything_reads_as_before(busy: Desk, name: str) -> None:
    before = visible(busy)
    COMMANDS[name](busy)
    entry = busy.head[0]
    assert visible(busy) != before
    assert undo(busy) == entry
    assert visible(busy) == before
    busy.check()


def test_undo_goes_back_step_by_step_to_the_beginning(busy: Desk) -> None:
    names = [
        *("accept", "accept what deletes", "accept what inserts", "reply", "correct an edition"),
    ]
    seen = []
    for name in names:
        seen.append(visible(busy))
        COMMANDS[name](busy)
    for before in reversed(seen):
        undo(busy)
        assert visible(busy) == before
    while busy.head[0] < 30 and undo(busy) > 1:
        pass
    busy.check()
    assert refused(busy) == "there is nothing left to undo"


def test_a_command_may_be_undone_and_done_again_and_undone_again(busy: Desk) -> None:
    before = visible(busy)
    for _ in range(3):
        COMMANDS["accept"](busy)
        undo(busy)
        assert visible(busy) == before
    busy.check()


def test_a_number_is_never_given_again(busy: Desk) -> None:
    assert busy.say("3") == "C3"
    undo(busy)
    assert busy.say("3") == "C4"
    busy.accept("P2")
    undo(busy)
    assert busy.accept("P2").inserted == ("0b", "1b")


def test_an_earlier_entry_is_undone_if_nothing_stands_on_it(busy: Desk) -> None:
    busy.accept("P1")
    entry = busy.at
    busy.say("3", words="Disputes")
    assert undo(busy, entry) == int(entry[1:])
    assert busy.line("1").text.startswith("The parties shall")
    assert busy.comment("C3").anchor_state == "exact"
    busy.check()


LATER: dict[str, Callable[[Desk], Any]] = {
    "a comment on its words": lambda desk: desk.say("1", words="port"),
    "a comment on its new line": lambda desk: desk.say("1a"),
    "a proposal on its wording": lambda desk: desk.replace("1", "Open."),
    "a proposal after its new line": lambda desk: desk.insert("1a", "More."),
    "an edition of its text": lambda desk: desk.edition("second"),
    "a newer version": lambda desk: desk.accept(desk.replace("1", "Open.")),
}


@pytest.mark.parametrize("name", LATER)
def test_what_later_work_stands_on_is_not_undone(busy: Desk, name: str) -> None:
    busy.insert("1", "One more.", to="P1")
    busy.accept("P1")
    entry = busy.at
    LATER[name](busy)
    told = refused(busy, entry)
    assert told.startswith(f"later work stands on {entry} (proposal accept): @")
    while undo(busy) != int(entry[1:]):
        pass
    assert busy.line("1").text.startswith("The parties shall")
    busy.check()


def test_a_place_that_was_agreed_since_is_not_taken_back(busy: Desk) -> None:
    busy.accept(busy.move("3", "0"))
    entry = busy.at
    with busy.writing("agree") as (opened, now):
        agreements.agree(opened, now, ["3"], Verdict(agreements.AGREED))
    assert refused(busy, entry).startswith(f"later work stands on {entry}")
    undo(busy)
    assert undo(busy) == int(entry[1:])
    assert busy.labels() == ["1", "2", "3"]


def test_an_agreement_on_a_line_that_only_stands_beside_what_came_is_not_in_the_way(
    busy: Desk,
) -> None:
    busy.accept("P2")
    entry = busy.at
    with busy.writing("agree") as (opened, now):
        agreements.agree(opened, now, ["1", "2", "3"], Verdict(agreements.AGREED))
    assert undo(busy, entry) == int(entry[1:])


def test_a_comment_with_a_reply_is_not_undone(busy: Desk) -> None:
    name = busy.say("3")
    entry = busy.at
    busy.reply(name)
    assert f"later work stands on {entry}" in refused(busy, entry)


@pytest.mark.parametrize("name", ["@0", "@99", "7", "C4", "@", "@-1", "@1a", "july-2021"])
def test_what_is_no_entry_cannot_be_undone(desk: Desk, name: str) -> None:
    assert "no entry" in refused(desk, name)


def test_an_entry_is_undone_once_and_an_undo_is_not(desk: Desk) -> None:
    desk.say("1")
    undo(desk)
    assert refused(desk, "@2") == "@2 was undone already, by @3"
    assert refused(desk, "@3") == "@3 is itself an undo, of @2"


def test_an_import_is_undone_and_its_key_may_be_given_again(desk: Desk) -> None:
    undo(desk)
    with desk.store.read() as connection:
        assert documents.all_documents(connection) == []
        (gone,) = documents.all_documents(connection, retracted=True)
    assert (gone.key, gone.retracted) == ("coast", True)
    with pytest.raises(NotFound, match="holds no document yet"):
        desk.text()
    document(desk.store, "Another text.")
    assert desk.text() == [("1", "Another text.")]
    desk.check()


def test_what_was_undone_is_listed_when_asked_for(busy: Desk) -> None:
    busy.say("3")
    busy.edition("second")
    undo(busy)
    undo(busy)
    with busy.reading() as now:
        assert [c.id for c in comments.listed(now)[0]] == ["C1", "C2"]
        assert [c.id for c in comments.listed(now, retracted=True)[0]] == ["C1", "C2", "C3"]
        assert [e.key for e in editions.all_editions(now)] == ["first"]
        assert len(editions.all_editions(now, retracted=True)) == 2
        assert retractions.numbers(now.connection, "comment", now.document) == {3}
        with pytest.raises(NotFound):
            comments.numbered(now, [3])
    busy.edition("second")


def test_what_was_there_before_the_undo_is_shown_as_it_was(busy: Desk) -> None:
    busy.accept("P1")
    then = busy.at
    undo(busy)
    assert busy.line("1", then).text.startswith("The parties keep")
    assert busy.proposal("P1", then).state == "accepted"
    assert busy.proposal("P1").state == "open"


def test_what_an_undone_proposal_answered_is_answered_no_more(meeting_desk: Desk) -> None:
    name = meeting_desk.replace("3", "The order is open to all.", answers=["C46"])
    undo(meeting_desk)
    with meeting_desk.reading() as now:
        told = meeting_report.report(now, meetings.find(now.connection, "W1"))
    assert name not in [proposal.id for proposal in told.proposals]


def test_what_was_answered_before_an_undo_may_be_answered_again(busy: Desk) -> None:
    before = visible(busy)
    for _ in range(3):
        busy.insert("3", "More.", to="P1", answers=["C2"])
        assert busy.proposal("P1").answers == ("C1", "C2")
        undo(busy)
        assert visible(busy) == before
    busy.insert("3", "More.", to="P1", answers=["C2"])
    assert busy.insert("3", "And more.", to="P1", answers=["C2"]) == "P1"
    assert busy.proposal("P1").answers == ("C1", "C2")
    busy.check()


@pytest.fixture
def updated(desk: Desk) -> Desk:
    """P1.1 was carried to a newer wording of line 1, that of P2: as P1.2, by @5."""
    desk.replace("1", f"{desk.line('1').text} Always.")
    desk.accept(desk.replace("1", f"Everywhere, {desk.line('1').text}"))
    desk.update("P1")
    return desk


@pytest.fixture
def amended(updated: Desk) -> Desk:
    """There is P3, too, that would change P1.2."""
    updated.replace("P1.2", f"{updated.line('1').text} At all times.")
    return updated


def numbers(desk: Desk, name: str = "P1") -> list[int]:
    return [change.number for change in desk.proposal(name).changes]


def test_what_took_the_place_of_a_change_gives_it_back_once(amended: Desk) -> None:
    before = visible(amended)
    amended.accept("P3")
    assert numbers(amended) == [3]
    undo(amended)
    assert visible(amended) == before
    assert (numbers(amended), amended.proposal("P3").stale) == ([2], False)
    undo(amended)
    undo(amended)
    assert numbers(amended) == [1]
    assert [change.number for change in amended.proposal("P1").earlier] == [2, 3]
    amended.check()


def test_the_number_of_an_undone_change_is_not_given_again(amended: Desk) -> None:
    amended.accept("P3")
    undo(amended)
    assert amended.accept("P3").amended == ("P1.4",)
    amended.insert("3", "More.", to="P1")
    undo(amended)
    assert numbers(amended) == [4]
    amended.insert("3", "More.", to="P1")
    assert numbers(amended) == [4, 6]


def test_undone_changes_are_left_out_of_the_record(amended: Desk, stores: Stores) -> None:
    amended.accept("P3")
    undo(amended)
    amended.accept("P3")
    with read_back(stores, check_round(stores, amended.store)) as there:
        assert numbers(there) == [4]
        assert [change.number for change in there.proposal("P1").earlier] == [1, 2]


ON_A_CHANGE: dict[str, Callable[[Desk], Any]] = {
    "another wording of it": lambda desk: desk.accept(desk.replace("P1.2", "Open at all times.")),
    "a proposal on it": lambda desk: desk.replace("P1.2", "Open at all times."),
    "a decision on it": lambda desk: desk.decide("rejected", "P1.2"),
    "advice on the whole": lambda desk: desk.recommend("accept", "P1"),
    "a comment on it": lambda desk: remark(desk, "P1.2"),
    "one that is made from it": lambda desk: desk.join("P1", desk.delete("3")),
}


@pytest.mark.parametrize("name", ON_A_CHANGE)
def test_a_change_is_not_undone_that_later_work_is_about(updated: Desk, name: str) -> None:
    ON_A_CHANGE[name](updated)
    assert refused(updated, "@5").startswith("later work stands on @5")
    while undo(updated) != 5:
        pass
    assert numbers(updated) == [1]


@pytest.mark.parametrize("is_open", [True, False])
def test_what_is_told_of_a_meeting_is_undone(meeting_desk: Desk, is_open: bool) -> None:
    def told() -> list[meetings.Meeting]:
        with meeting_desk.store.read() as connection:
            return meetings.all_meetings(connection)

    if is_open:
        with meeting_desk.writing("meeting open") as (entry, _):
            convening.open_(entry, "W1")
    before = told()
    with meeting_desk.writing("meeting set") as (entry, _):
        convening.correct(entry, "W1", {"name": "Another name"})
    assert told() != before
    undo(meeting_desk)
    assert told() == before
    meeting_desk.check()
