"""Making proposals: what is kept of them, what is refused, and what they collide with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import THREE, Desk
from tracker.errors import BadInput, NotFound, Refused, TrackerError
from tracker.services import lines
from tracker.services.proposals import reading

OPEN = "The harbour is open."


def test_a_proposal_is_kept_as_it_was_proposed(desk: Desk) -> None:
    first, second = desk.say("1"), desk.say("2")
    name = desk.replace(
        "1", f"  {OPEN}\n", proposer="日本側", rationale="why\nnot", answers=[second, first, "c2"]
    )
    found = desk.proposal(name)
    assert (found.id, found.proposer, found.rationale) == ("P1", "日本側", "why\nnot")
    assert (found.answers, found.state, found.stale) == ((first, second), "open", False)
    assert (found.author, found.entry) == ("a tester", desk.head[0])
    change = found.changes[0]
    assert (change.kind, change.line, change.after) == ("replace", "1", None)
    assert (change.base, change.result) == (THREE[0], OPEN)
    assert desk.text()[0] == ("1", THREE[0])
    desk.check()


def test_insertions_have_a_place_and_no_base_and_deletions_no_result(desk: Desk) -> None:
    name = desk.insert("0", "First.")
    desk.insert("2", "Third.", to=name)
    desk.delete("3", to=name)
    changes = desk.proposal(name).changes
    assert [(c.number, c.kind, c.line, c.after, c.base, c.result) for c in changes] == [
        (1, "insert", None, "0", None, "First."),
        (2, "insert", None, "2", None, "Third."),
        (3, "delete", "3", None, THREE[2], None),
    ]
    assert desk.proposal(name).lines == ("0", "2", "3")


def test_a_further_change_adds_to_the_comments_answered(desk: Desk) -> None:
    first, second = desk.say("1"), desk.say("2")
    name = desk.replace("1", OPEN, answers=[first])
    done = desk.change("delete", "2", to=name.lower(), answers=[second, first])
    assert (done.proposal, done.change) == (name, 2)
    assert desk.proposal(name).answers == (first, second)


@pytest.mark.parametrize(
    ("kind", "label", "text", "options", "error", "said"),
    [
        ("replace", "9", OPEN, {}, NotFound, "there is no line '9'"),
        ("replace", "0", OPEN, {}, NotFound, "there is no line '0'"),
        ("insert", "9", OPEN, {}, NotFound, "there is no line '9'"),
        ("delete", "0", None, {}, NotFound, "there is no line '0'"),
        ("replace", "1", "", {}, BadInput, "wording is empty"),
        ("replace", "1", f"\n{THREE[0]} ", {}, BadInput, "what line 1 says already"),
        ("replace", "1", "a\n \nb", {}, BadInput, "empty line in it"),
        ("replace", "1", "a\r\n\r\nb", {}, BadInput, "empty line in it"),
        ("insert", "1", "a\0", {}, BadInput, "NUL"),
        ("replace", "1", OPEN, {"proposer": ""}, BadInput, "who it is from is empty"),
        ("replace", "1", OPEN, {"rationale": " "}, BadInput, "rationale is empty"),
        ("replace", "1", OPEN, {"answers": ["C9"]}, NotFound, "there is no comment C9"),
        ("replace", "1", OPEN, {"answers": ["yes"]}, NotFound, "'yes' is no comment"),
        ("replace", "1", OPEN, {"to": "P9"}, NotFound, "there is no proposal P9"),
    ],
)
def test_a_proposal_that_cannot_be_read_into_the_text_is_refused(
    desk_once: Desk,
    kind: str,
    label: str,
    text: str | None,
    options: dict[str, Any],
    error: type[TrackerError],
    said: str,
) -> None:
    before = desk_once.everything()
    with pytest.raises(error, match=said) as refused:
        desk_once.change(kind, label, text, **options)
    assert refused.value.hint
    assert desk_once.everything() == before


@pytest.mark.parametrize("kind", ["replace", "insert", "delete"])
def test_nothing_is_proposed_on_a_line_that_is_gone(desk: Desk, kind: str) -> None:
    desk.accept(desk.delete("2"))
    with pytest.raises(Refused, match="line 2 was deleted at @3") as refused:
        desk.change(kind, "2", None if kind == "delete" else OPEN)
    assert "--insert-after" in (refused.value.hint or "")


@pytest.mark.parametrize("outcome", ["accepted", "rejected", "withdrawn"])
def test_a_decided_proposal_takes_no_further_change(desk: Desk, outcome: str) -> None:
    name = desk.replace("1", OPEN)
    if outcome == "accepted":
        desk.accept(name)
    else:
        desk.decide(outcome, name)
    with pytest.raises(Refused, match=f"{name} is {outcome}") as refused:
        desk.delete("2", to=name)
    assert "tracker propose" in (refused.value.hint or "")


@pytest.mark.parametrize("kind", ["replace", "delete"])
def test_one_proposal_changes_a_line_once(desk: Desk, kind: str) -> None:
    name = desk.replace("1", OPEN)
    with pytest.raises(Refused, match=f"{name}.1 changes line 1 already"):
        desk.change(kind, "1", None if kind == "delete" else "Shut.", to=name)


COLLIDING = {
    "the same words": (("replace", "1", "All keep the harbour shut."), True),
    "other words of the line": (
        ("replace", "1", THREE[0].replace("to all ships", "to every vessel at all times")),
        False,
    ),
    "the same change": (("replace", "1", THREE[0].replace("The parties", "All")), False),
    "the line's deletion": (("delete", "1", None), True),
    "another line": (("replace", "2", "All may inspect."), False),
    "an insertion after it": (("insert", "1", "All."), False),
}


@pytest.mark.parametrize("case", COLLIDING)
def test_changes_of_a_line_collide_where_they_touch(desk: Desk, case: str) -> None:
    rival, collides = COLLIDING[case]
    first = desk.replace("1", THREE[0].replace("The parties", "All"))
    assert desk.change(*rival).collisions == ((first,) if collides else ())
    # And the other way round.
    done = desk.change("replace", "1", THREE[0].replace("The parties", "All"))
    assert done.collisions == (("P2",) if collides else ())


@pytest.mark.parametrize(
    ("after", "text", "collides"),
    [("1", "Other words.", True), ("1", "New words.", False), ("2", "Other words.", False)],
)
def test_insertions_at_one_place_collide_unless_they_say_the_same(
    desk: Desk, after: str, text: str, collides: bool
) -> None:
    for place in ("0", "1"):
        desk.insert(place, "New words.")
    assert desk.change("insert", after, text).collisions == (("P2",) if collides else ())
    assert desk.change("insert", "0", text).collisions == (() if text == "New words." else ("P1",))


def test_deletions_of_one_line_agree(desk: Desk) -> None:
    desk.delete("1")
    assert desk.change("delete", "1").collisions == ()


def test_what_is_decided_stale_or_ones_own_collides_with_nothing(desk: Desk) -> None:
    stale = desk.replace("1", "One thing.")
    desk.accept(desk.replace("1", "Another thing."))
    desk.decide("rejected", desk.replace("1", "A third thing."))
    name = desk.insert("1", "Behind.")
    assert desk.change("insert", "1", "And behind it.", to=name).collisions == ()
    assert desk.change("replace", "1", "A fourth thing.").collisions == ()
    assert desk.proposal(stale).stale


def test_listing_gives_those_on_a_line_and_those_undecided_with_how_many_there_are(
    desk: Desk,
) -> None:
    one, two = desk.replace("1", OPEN), desk.insert("1", OPEN)
    three, four = desk.delete("2"), desk.insert("0", OPEN)
    desk.decide("rejected", one)
    with desk.reading() as now:
        first = lines.find(now, "1").id

        def ids(**options: Any) -> tuple[list[str], int]:
            found, total = reading.listed(now, **options)
            return [proposal.id for proposal in found], total

        assert ids() == ([one, two, three, four], 4)
        assert ids(line=first) == ([one, two], 2)
        assert ids(undecided=True) == ([two, three, four], 3)
        assert ids(undecided=True, limit=2) == ([two, three], 3)
        assert ids(line=first, undecided=True) == ([two], 1)


def test_what_a_line_has_of_proposals_is_known_for_every_entry(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    then = desk.at
    desk.delete("2", to=name)
    later = desk.at
    desk.decide("rejected", name)
    for state, first, second, changes, told in [
        (then, [name], [], 1, "open"),
        (later, [name], [name], 2, "open"),
        (desk.at, [name], [name], 2, "rejected"),
    ]:
        with desk.reading(state) as at:
            for label, expected in (("1", first), ("2", second)):
                found, _ = reading.listed(at, line=lines.find(at, label).id)
                assert [proposal.id for proposal in found] == expected
        assert len(desk.proposal(name, state).changes) == changes
        assert desk.proposal(name, state).state == told
