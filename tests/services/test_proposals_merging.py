"""Several proposals are made one, with every change of each, or what collides."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from tests.services.desk import THREE, Desk, three_lines
from tests.services.desk import document as document_
from tests.stores import Stores
from tracker.errors import BadInput, NotFound, Refused, UsageError
from tracker.services.proposals.colliding import undecided_collisions
from tracker.services.proposals.merging import plan
from tracker.services.proposals.reading import listed
from tracker.store.open import open_store

ONE = "The parties shall at all times keep the harbour open to all ships."
TWO = "The parties shall keep the harbour open to all ships and boats."
BAY = "The parties shall keep the bay open to all ships."
PORT = "The parties shall keep the port open to all ships."


def test_changes_apart_on_one_line_become_one(desk: Desk) -> None:
    names = [desk.replace("1", ONE, answers=[desk.say("1")]), desk.replace("1", TWO)]
    name = desk.join(*names, rationale="both are right")
    found = desk.proposal(name)
    assert found.changes[0].result == (
        "The parties shall at all times keep the harbour open to all ships and boats."
    )
    assert found.changes[0].sources == ("P1.1", "P2.1")
    assert (found.answers, found.proposer) == (("C1",), "The chair")
    assert [desk.proposal(each).state for each in names] == ["open", "open"]
    desk.accept(name)
    desk.check()


def test_a_sentence_that_two_sides_touched_is_to_be_looked_at(desk: Desk) -> None:
    from tracker.services.proposals import merging

    names = [desk.replace("1", ONE), desk.replace("1", TWO), desk.delete("3")]
    assert desk.read(merging.plan, names[:2]).needs_approval
    assert not desk.read(merging.plan, names[1:]).needs_approval


def test_changes_of_different_lines_are_put_together_and_alike_ones_once(desk: Desk) -> None:
    one = desk.replace("1", ONE)
    for kind in (desk.insert, lambda *given, **to: desk.replace("2", "Inspect.", **to)):
        kind("2", "A new line.", to=one)
    two = desk.replace("1", ONE)
    desk.insert("2", "A new line.", to=two)
    desk.insert("2", "Another new line.", to=two)
    desk.move("3", "0", to=two)
    found = desk.proposal(desk.join(one, two))
    assert [(c.kind, c.result) for c in found.changes] == [
        ("replace", ONE),
        ("replace", "Inspect."),
        ("insert", "A new line."),
        ("insert", "Another new line."),
        ("move", None),
    ]
    assert found.changes[0].sources == ("P1.1", "P2.1")
    desk.accept(found.id)
    assert [text for _, text in desk.text()] == [
        *(THREE[2], ONE, "Inspect.", "A new line.", "Another new line."),
    ]
    desk.check()


def test_a_collision_is_stored_with_its_sources_and_resolved_by_one_side(desk: Desk) -> None:
    one, two = desk.replace("1", BAY), desk.replace("1", PORT)
    name = desk.join(one, two)
    change = desk.proposal(name).changes[0]
    assert (change.in_collision, change.sources) == (True, ("P1.1", "P2.1"))
    with pytest.raises(Refused, match="in collision"):
        desk.accept(name)
    with pytest.raises(BadInput, match="none of the sides"):
        desk.resolve(name, "P9")
    desk.resolve(name, "P2")
    assert desk.proposal(name).changes[0].result == PORT
    assert desk.proposal(name).earlier[0].sources == ("P1.1", "P2.1")
    desk.accept(name)
    assert desk.text()[0] == ("1", PORT)
    desk.check()


def test_whose_words_are_taken_may_be_said_at_once(desk: Desk) -> None:
    longer = BAY.replace("ships", "ships and boats")
    one, two = desk.replace("1", longer), desk.replace("1", PORT)
    assert desk.proposal(desk.join(one, two, take=[two])).changes[0].result == PORT.replace(
        "ships", "ships and boats"
    )


def test_of_three_that_collide_the_order_of_those_taken_decides(desk: Desk) -> None:
    cove = BAY.replace("bay", "cove")
    names = [desk.replace("1", text) for text in (BAY, PORT, cove)]
    name = desk.join(*names)
    assert desk.resolve(name, names[2]) == f"{name}.2"
    assert desk.proposal(name).changes[0].result == cove


def test_a_deletion_collides_with_another_wording(desk: Desk) -> None:
    one, two = desk.replace("1", ONE), desk.delete("1")
    name = desk.join(one, two)
    assert desk.proposal(name).changes[0].in_collision
    desk.resolve(name, two)
    assert desk.proposal(name).changes[0].kind == "delete"
    desk.accept(name)
    assert desk.labels() == ["2", "3"]
    desk.check()


def test_a_line_that_one_splits_and_the_other_rewords_is_both(desk: Desk) -> None:
    one = desk.split("1", "The parties shall keep the harbour open", "to all ships.")
    found = desk.proposal(desk.join(one, desk.replace("1", ONE))).changes[0]
    assert (found.kind, [each.text for each in found.results]) == (
        "split",
        ["The parties shall at all times keep the harbour open", "to all ships."],
    )


def test_lines_that_one_merges_and_the_other_rewords_are_both(desk: Desk) -> None:
    one = desk.merge("2", "3", text="Each party may inspect any ship that enters, by talks.")
    two = desk.replace("2", "Each of the parties may inspect any ship that enters.")
    name = desk.join(two, one)
    found = desk.proposal(name).changes[0]
    assert (found.kind, found.result) == (
        "merge",
        "Each of the parties may inspect any ship that enters, by talks.",
    )
    desk.accept(name)
    desk.check()


CLASHING = {
    "moves to two places": (
        lambda desk: desk.move("3", "0"),
        lambda desk: desk.move("3", "1"),
        "they move line 3 to two places",
    ),
    "a move of what is deleted": (
        lambda desk: desk.move("3", "0"),
        lambda desk: desk.delete("3"),
        "one moves line 3, which the other deletes",
    ),
    "a move of what is merged": (
        lambda desk: desk.move("2", "0"),
        lambda desk: desk.merge("2", "3", text="Both."),
        "one moves line 2, which the other merges with another",
    ),
    "different lines at one place": (
        lambda desk: desk.insert("1", "A new line."),
        lambda desk: desk.insert("1", "Another new line."),
        "they insert different lines after line 1",
    ),
    "a line behind one that is deleted": (
        lambda desk: desk.insert("2", "A new line."),
        lambda desk: desk.delete("2"),
        "one puts a line behind line 2, which the other deletes",
    ),
    "a line between those that are merged": (
        lambda desk: desk.insert("2", "A new line."),
        lambda desk: desk.merge("2", "3", text="Both."),
        "one puts a line behind line 2, which the other merges with another",
    ),
}


@pytest.mark.parametrize("case", CLASHING)
def test_lines_that_cannot_stand_so_together_are_refused_unless_one_is_taken(
    desk: Desk, case: str
) -> None:
    one, other, why = CLASHING[case]
    names = one(desk), other(desk)
    for order in (names, names[::-1]):
        with pytest.raises(Refused, match=f"collide: {why}"):
            desk.join(*order)
        found = desk.proposal(desk.join(*order, take=[order[0]]))
        assert [change.sources for change in found.changes] == [(f"{order[0]}.1",)]


@pytest.mark.parametrize("preferred", [1, 2])
def test_what_gave_way_stands_in_nobodys_way_and_is_named(desk: Desk, preferred: int) -> None:
    names = [desk.insert("1", f"{word} new line.") for word in ("One", "Another", "A third")]
    take = names[:preferred]
    with desk.reading() as now:
        planned = plan(now, names, take)
    stands = f"{names[0]}.1"
    assert planned.given_way == ((f"{names[1]}.1", stands), (f"{names[2]}.1", stands))
    assert planned.needs_approval
    found = desk.proposal(desk.join(*names, take=take))
    assert [change.result for change in found.changes] == ["One new line."]


# What a proposal may do to line 1 or 2, or beside it.
EVERY: dict[str, Callable[[Desk], str]] = {
    "new words at its start": lambda desk: desk.replace("1", f"Always, {THREE[0]}"),
    "other words at its start": lambda desk: desk.replace("1", f"Never, {THREE[0]}"),
    "new words at its end": lambda desk: desk.replace("1", THREE[0].replace("ships", "boats")),
    "a split": lambda desk: desk.split("1", "The parties shall keep the harbour", "open to all."),
    "another split": lambda desk: desk.split("1", "The parties shall keep", "the harbour open."),
    "a merge": lambda desk: desk.merge("1", "2", text=" ".join(THREE[:2])),
    "a merge with the next": lambda desk: desk.merge("2", "3", text=" ".join(THREE[1:])),
    "its deletion": lambda desk: desk.delete("1"),
    "its move": lambda desk: desk.move("1", "3"),
    "a line behind it": lambda desk: desk.insert("1", "A new line."),
    "another line behind it": lambda desk: desk.insert("1", "Another new line."),
    "two lines behind it": lambda desk: desk.insert(
        "1", "A third line.", to=desk.insert("1", "A new line.")
    ),
    "a line moved behind it": lambda desk: desk.move("3", "1"),
    "the next one's deletion": lambda desk: desk.delete("2"),
}


def test_what_is_listed_as_colliding_does_not_merge_and_all_else_does(desk: Desk) -> None:
    names = {propose(desk): what for what, propose in EVERY.items()}
    with desk.reading() as now:
        rivals = undecided_collisions(now, listed(now)[0])
        for one, other in combinations(names, 2):
            try:
                is_clean = not plan(now, [one, other]).in_collision
            except Refused:
                is_clean = False
            assert is_clean == (other not in rivals.get(one, ())), (names[one], names[other])


def test_a_proposal_does_not_collide_with_what_it_was_made_of(desk: Desk) -> None:
    one, two = desk.replace("1", BAY), desk.replace("1", PORT)
    desk.insert("2", "A new line.", to=two)
    name = desk.join(one, two)
    desk.resolve(name, text=BAY.replace("bay", "cove"))
    again = desk.join(name, desk.delete("3"))
    later = desk.replace("1", BAY.replace("bay", "port"))
    with desk.reading() as now:
        rivals = undecided_collisions(now, listed(now)[0])
    assert rivals[one] == (two, later)
    assert rivals[name] == rivals[again] == (later,)


def test_what_was_resolved_was_made_of_what_collided(desk: Desk) -> None:
    name = desk.join(desk.replace("1", BAY), desk.replace("1", PORT))
    desk.resolve(name, "P1")
    (change,) = desk.proposal(name).changes
    assert (change.supersedes, change.sources) == (1, ("P1.1", "P2.1"))


def test_only_current_undecided_proposals_of_one_document_are_merged(desk: Desk) -> None:
    one, two = desk.replace("1", BAY), desk.replace("2", "Inspect.")
    with pytest.raises(UsageError, match="two proposals or more"):
        desk.join(one, one)
    desk.accept(two)
    with pytest.raises(Refused, match="accepted already"):
        desk.join(one, two)
    three = desk.replace("2", "Inspect nothing.")
    desk.accept(desk.replace("1", PORT))
    with pytest.raises(Refused, match="no longer current"):
        desk.join(one, three)
    unresolved = desk.join(desk.replace("1", BAY), desk.replace("1", ONE.replace("harbour", "x")))
    with pytest.raises(Refused, match="in collision"):
        desk.join(unresolved, three)


def test_proposals_of_two_documents_are_not_merged(stores: Stores) -> None:
    def two(store: object) -> None:
        three_lines(store)  # type: ignore[arg-type]  # a store
        document_(store, "Another text.", key="river")  # type: ignore[arg-type]  # as above

    with stores.copy(two) as url:
        coast, river = Desk(open_store(url), "coast"), Desk(open_store(url), "river")
        one = river.replace("1", "Text.")
        coast.replace("1", ONE)
        two_ = coast.replace("1", TWO)
        with pytest.raises(NotFound, match=f"river has no proposal {two_}; coast has one"):
            river.join(one, two_)


def test_sub_amendments_of_one_change_are_merged(desk: Desk) -> None:
    main = desk.replace("1", "The harbour is open on all days to ships.")
    one = desk.replace(main, "The harbour is open on all days to small ships.")
    two = desk.replace(main, "The harbour is kept open on all days to ships.")
    name = desk.join(one, two)
    desk.accept(name)
    assert desk.proposal(main).changes[0].result == (
        "The harbour is kept open on all days to small ships."
    )
    desk.check()
