"""What becomes of comments: dispositions, what the editor advises, and who is to do something."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from tracker.errors import BadInput, NotFound, Refused
from tracker.services.comments import assigning
from tracker.services.comments import writing as saying
from tracker.services.verdicts import Verdict, verdicts


def recommend(desk: Desk, *names: str, outcome: str = "accepted", **grounds: str) -> None:
    verdict = Verdict(outcome, stage="advised", **grounds)  # type: ignore[arg-type]
    with desk.writing("comment recommend") as (entry, now):
        saying.dispose(entry, now, names, verdict)


def assign(desk: Desk, *names: str, to: str = "Ann", **more: str) -> None:
    with desk.writing("comment assign") as (entry, now):
        assigning.assign(entry, now, names, to, **more)


def complete(desk: Desk, *names: str) -> None:
    with desk.writing("comment assign") as (entry, now):
        assigning.complete(entry, now, names)


@pytest.mark.parametrize(
    ("mode", "stored"),
    [
        ("consensus", ("consensus", None)),
        ("vote", ("vote", None)),
        ("vote 7-2-1", ("vote", "7-2-1")),
        (" vote  7-2 ", ("vote", "7-2")),
    ],
)
def test_votes_are_kept_with_the_decision(
    desk: Desk, mode: str, stored: tuple[str, str | None]
) -> None:
    name = desk.say("1")
    desk.dispose(name, mode=mode)
    found = desk.comment(name).disposition
    assert found is not None
    assert (found.mode, found.votes) == stored


@pytest.mark.parametrize("mode", ["", "vote 7", "vote 7-2-1-4", "vote seven-two", "show of hands"])
def test_a_mode_that_is_none_is_refused(desk: Desk, mode: str) -> None:
    name = desk.say("1")
    with pytest.raises(BadInput, match="is no mode"):
        desk.dispose(name, mode=mode)


def test_a_second_disposition_takes_the_place_of_the_first_and_both_are_kept(desk: Desk) -> None:
    name = desk.say("1")
    desk.dispose(name, outcome="rejected", reason="No.")
    was = desk.dispose(name, outcome="accepted")[0].disposition
    assert was is not None
    assert (was.outcome, was.reason) == ("rejected", "No.")
    comment = desk.comment(name)
    assert [verdict.outcome for verdict in comment.dispositions] == ["accepted"]
    kept = desk.read(verdicts, "comment", [1], superseded=True)[1]
    assert [verdict.outcome for verdict in kept] == ["rejected", "accepted"]
    desk.check()


def test_what_the_editor_advises_stands_beside_what_is_decided(desk: Desk) -> None:
    name = desk.say("1")
    recommend(desk, name, outcome="rejected", reason="Too long.", by="The editor")
    comment = desk.comment(name)
    assert comment.disposition is None
    assert comment.recommendation is not None
    assert (comment.recommendation.outcome, comment.recommendation.by) == ("rejected", "The editor")
    desk.dispose(name, outcome="accepted")
    comment = desk.comment(name)
    assert comment.disposition is not None
    assert comment.recommendation is not None
    assert (comment.disposition.outcome, comment.recommendation.outcome) == ("accepted", "rejected")


def test_advice_leaves_a_line_open(desk: Desk) -> None:
    name = desk.say("1")
    recommend(desk, name)
    with desk.reading() as now:
        from tracker.services import lines

        assert lines.flagged(now)[1] == 1
    desk.check()


@pytest.mark.parametrize("names", [(), ("C9",), ("C1", "C9")])
def test_disposing_of_nothing_is_refused_and_stores_nothing(
    desk: Desk, names: tuple[str, ...]
) -> None:
    desk.say("1")
    before = desk.everything()
    for act in (desk.dispose, recommend, assign, complete):
        with pytest.raises((BadInput, NotFound)):
            act(*names) if act == desk.dispose else act(desk, *names)  # type: ignore[arg-type]
    assert desk.everything() == before


def test_a_comment_is_assigned_until_it_is_done(desk: Desk) -> None:
    name = desk.say("1")
    assign(desk, name, due="2022-10", note="Ask Tokyo.")
    found = desk.comment(name).assignment
    assert found is not None
    assert found[:4] == ("Ann", "2022-10", "Ask Tokyo.", False)
    assign(desk, name, to="Ben")
    found = desk.comment(name).assignment
    assert found is not None
    assert found[:4] == ("Ben", None, None, False)
    complete(desk, name)
    found = desk.comment(name).assignment
    assert found is not None
    assert (found.assignee, found.done) == ("Ben", True)
    before = desk.comment(name, "@3").assignment
    assert before is not None
    assert before.assignee == "Ann"
    desk.check()


def test_what_is_done_or_was_never_assigned_cannot_be_done(desk: Desk) -> None:
    name, other = desk.say("1"), desk.say("2")
    assign(desk, name)
    complete(desk, name)
    before = desk.everything()
    with pytest.raises(Refused, match="was done at @5"):
        complete(desk, name)
    with pytest.raises(Refused, match="assigned to nobody"):
        complete(desk, other)
    assert desk.everything() == before


@pytest.mark.parametrize("bad", [{"to": ""}, {"to": "a\nb"}, {"due": "soon"}, {"note": " "}])
def test_an_assignment_that_cannot_be_stored_is_refused(desk: Desk, bad: dict[str, str]) -> None:
    name = desk.say("1")
    before = desk.everything()
    with pytest.raises(BadInput):
        assign(desk, name, **bad)
    assert desk.everything() == before
