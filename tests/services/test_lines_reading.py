"""Reading lines: a label names the same line for ever, and every state stays known."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk, document
from tracker.errors import NotFound, UsageError
from tracker.services import lines, snapshot
from tracker.store.open import Store


def test_the_text_at_every_entry_is_what_it_was(desk: Desk) -> None:
    was = {desk.at: desk.text()}
    desk.accept(desk.replace("2", "Each party may look."))
    was[desk.at] = desk.text()
    desk.accept(desk.insert("1", "New."))
    was[desk.at] = desk.text()
    desk.accept(desk.delete("2"))
    was[desk.at] = desk.text()
    desk.accept(desk.insert("1", "Newer."))
    was[desk.at] = desk.text()
    assert [len(text) for text in was.values()] == [3, 3, 4, 3, 4]
    assert {state: desk.text(state) for state in was} == was


def test_a_state_is_an_entry_an_edition_or_a_version_of_a_line(desk: Desk) -> None:
    desk.edition("first")
    desk.accept(desk.replace("2", "Each party may look."))
    desk.accept(desk.replace("1", "Open."))
    for state in ("@1", "@2", "first", "2:1", "1:1", "@3"):
        assert desk.text(state)[1] == ("2", THREE[1])
    for state in ("@4", "2:2", "@5"):
        assert desk.text(state)[:2] == [("1", THREE[0]), ("2", "Each party may look.")]
    assert desk.text("1:2") == desk.text("@6") == desk.text()


@pytest.mark.parametrize(
    ("state", "hint"),
    [
        ("@0", "the last one is @1"),
        ("@2", "the last one is @1"),
        ("1:2", "tracker show 1"),
        ("9:1", "tracker show 9"),
        ("soon", "editions: none"),
        ("@" + "9" * 5000, "a state is"),
    ],
)
def test_a_state_that_is_none_is_not_found(desk_once: Desk, state: str, hint: str) -> None:
    with pytest.raises(NotFound) as refused:
        desk_once.text(state)
    assert hint in (refused.value.hint or "")


def test_a_line_is_found_by_its_label_at_every_state_that_had_it(desk: Desk) -> None:
    desk.accept(desk.insert("1", "New."))
    desk.accept(desk.delete("1a"))
    assert desk.line("1a").rank is None
    assert desk.line("1a", "@3").text == "New."
    with pytest.raises(NotFound, match="no line '1a'"):
        desk.line("1a", "@2")


@pytest.mark.parametrize(
    "label", ["4", "0", "12a", "1A", "", "C1", "\udcff", "1\0", "1'--", "x" * 500]
)
def test_a_line_that_is_none_is_not_found_and_others_are_named(desk_once: Desk, label: str) -> None:
    with pytest.raises(NotFound, match="there is no line") as refused:
        desk_once.line(label)
    assert "labels " in (refused.value.hint or "")


def test_a_new_line_takes_after_the_one_it_follows(desk: Desk) -> None:
    desk.accept(desk.insert("1", "New."))
    new, before = desk.line("1a"), desk.line("1")
    assert (new.kind, new.block, new.number) == (before.kind, before.block, 1)


def test_versions_are_known_as_far_as_the_state(desk: Desk) -> None:
    desk.accept(desk.replace("1", "Open."))
    desk.accept(desk.replace("1", "Shut."))
    own = desk.line("1").id
    with desk.reading("@3") as then:
        assert [v.text for v in lines.versions(then, own)] == [THREE[0], "Open."]
        assert lines.deleted_at(then, own) is None
    with desk.reading() as now:
        assert [v.text for v in lines.versions(now, own)] == [THREE[0], "Open.", "Shut."]


def test_one_of_several_documents_is_chosen_by_its_key(meeting_desk: Desk, desk: Desk) -> None:
    document(meeting_desk.store, "One.", key="river")
    assert Desk(meeting_desk.store, "river").text() == [("1", "One.")]
    with pytest.raises(UsageError, match="urgent-recommendations, river") as several:
        meeting_desk.text()
    assert "--document" in (several.value.hint or "")
    with pytest.raises(NotFound, match="no document 'sea'") as none:
        Desk(meeting_desk.store, "sea").text()
    assert "river" in (none.value.hint or "")


def test_an_empty_store_has_no_document(store: Store) -> None:
    with store.read() as connection, pytest.raises(NotFound, match="no document yet") as refused:
        snapshot.latest(connection)
    assert "tracker import" in (refused.value.hint or "")
