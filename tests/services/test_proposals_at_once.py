"""Two who decide at the same moment: one is first, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.services.desk import Desk
from tracker.errors import Refused
from tracker.store.open import open_store

Command = Callable[[Desk], Any]


def at_once(desk: Desk, *commands: Command) -> list[Any]:
    """What came of commands typed at the same moment, each on a connection of its own."""
    url = desk.store.url.render_as_string(hide_password=False)
    ready = Barrier(len(commands))

    def type_(command: Command) -> Any:
        own = Desk(open_store(url))
        ready.wait()
        try:
            return command(own)
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(type_, commands))


def split(outcomes: list[Any]) -> tuple[list[Any], list[Refused]]:
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)], refused


def test_of_two_rivals_accepted_at_once_one_is_refused_as_stale(desk: Desk) -> None:
    texts = ["The harbour is open.", "The harbour is shut.", "There is no harbour."]
    names = [desk.replace("1", text) for text in texts]
    before = desk.head[0]
    done, refused = split(
        at_once(desk, *(lambda own, name=name: own.accept(name) for name in names))
    )
    assert (len(done), len(refused)) == (1, 2)
    now = texts[names.index(done[0].proposal)]
    assert all(f"the line now says: {now}" in error.message for error in refused)
    assert desk.text()[0] == ("1", now)
    assert desk.head[0] == before + 1
    assert [desk.proposal(name).state for name in names].count("open") == 2
    desk.check()


def test_a_proposal_is_decided_once_however_many_decide_it(desk: Desk) -> None:
    name = desk.replace("1", "The harbour is open.")
    done, refused = split(
        at_once(
            desk,
            lambda own: own.accept(name),
            lambda own: own.decide("rejected", name),
            lambda own: own.decide("withdrawn", name),
        )
    )
    assert (len(done), len(refused)) == (1, 2)
    state = desk.proposal(name).state
    assert all(f"{name} is {state} already" in error.message for error in refused)
    desk.check()


def test_lines_inserted_at_once_have_labels_and_ids_of_their_own(desk: Desk) -> None:
    names = [desk.insert("1", f"Line {number}.") for number in range(3)]
    done, refused = split(
        at_once(desk, *(lambda own, name=name: own.accept(name) for name in names))
    )
    assert not refused
    assert {outcome.inserted for outcome in done} == {("1a",), ("1b",), ("1c",)}
    desk.check()


def test_what_is_said_at_once_is_all_kept(desk: Desk) -> None:
    done, refused = split(
        at_once(desk, *(lambda own, n=n: own.say("1", text=f"Said {n}") for n in range(6)))
    )
    assert not refused
    assert sorted(done) == [f"C{number}" for number in range(1, 7)]
    assert {desk.comment(name).text for name in done} == {f"Said {n}" for n in range(6)}
    desk.check()


def test_a_comment_on_words_that_another_takes_away_is_refused_or_orphaned(desk: Desk) -> None:
    name = desk.delete("2")
    _, refused = split(
        at_once(desk, lambda own: own.say("2", words="any ship"), lambda own: own.accept(name))
    )
    if refused:
        assert "line 2 was deleted" in refused[0].message
    else:
        assert desk.comment("C1").anchor_state == "orphaned"
    assert desk.labels() == ["1", "3"]
    desk.check()


def test_of_a_change_and_the_whole_accepted_at_once_one_is_refused(desk: Desk) -> None:
    name = desk.replace("1", "The harbour is open.")
    desk.delete("3", to=name)
    done, refused = split(
        at_once(desk, lambda own: own.accept(name), lambda own: own.accept(f"{name}.1"))
    )
    # Whoever has the change first leaves the rest to the other.
    assert len(done) in (1, 2)
    assert all(f"{name} is accepted already" in error.message for error in refused)
    assert desk.text()[0] == ("1", "The harbour is open.")
    assert desk.labels() == ["1", "2"]
    desk.check()


def test_a_merge_and_the_acceptance_of_one_of_its_sources_come_one_after_the_other(
    desk: Desk,
) -> None:
    names = [desk.replace("1", "The harbour is open."), desk.delete("3")]
    _, refused = split(
        at_once(desk, lambda own: own.join(*names), lambda own: own.accept(names[0]))
    )
    assert all(f"{names[0]} is accepted already" in error.message for error in refused)
    assert desk.text()[0] == ("1", "The harbour is open.")
    if not refused:
        assert desk.proposal("P3").stale
    desk.check()


def test_a_stale_proposal_is_carried_over_once(desk: Desk) -> None:
    name = desk.replace("1", "The parties shall keep the harbour open to all ships and boats.")
    desk.accept(desk.replace("1", "The parties shall now keep the harbour open to all ships."))
    done, refused = split(at_once(desk, *[lambda own: own.update(name)] * 2))
    assert (len(done), len(refused)) == (1, 1)
    assert "nothing to update" in refused[0].message
    assert [change.number for change in desk.proposal(name).changes] == [2]
    desk.check()
