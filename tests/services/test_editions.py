"""Editions: a name for the text as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import BadInput, NotFound, Refused, TrackerError
from tracker.services import documents, editions


def test_an_edition_names_the_text_as_it_is_for_ever(desk: Desk) -> None:
    text = desk.text()
    desk.edition(
        "july-2021", "July 2021 七月", status="published", date="2021-07", note="as printed"
    )
    desk.accept(desk.delete("2"))
    assert desk.text("july-2021") == text
    (edition,) = desk.read(editions.all_editions)
    assert (edition.key, edition.name, edition.status, edition.date, edition.note) == (
        *("july-2021", "July 2021 七月", "published", "2021-07", "as printed"),
    )
    assert edition.entry == edition.state == 2
    desk.check()


def test_lines_are_numbered_anew_in_an_edition_and_keep_their_labels(desk: Desk) -> None:
    desk.accept(desk.insert("1", "New."))
    desk.accept(desk.delete("2"))
    desk.edition("second")
    assert desk.read(editions.find, "second").printed == {"1": "1", "1a": "2", "3": "3"}


def test_editions_are_known_from_their_entry_on(desk: Desk) -> None:
    desk.edition("one")
    desk.edition("two")
    assert [e.key for e in desk.read(editions.all_editions)] == ["one", "two"]
    with desk.reading("@2") as then:
        assert [e.key for e in editions.all_editions(then)] == ["one"]


@pytest.mark.parametrize(
    ("key", "options", "error", "said"),
    [
        ("taken", {}, Refused, "there is an edition taken already"),
        ("@3", {}, BadInput, "'@3' cannot be a name"),
        ("12a", {}, BadInput, "looks like a line, an entry, a comment or a proposal"),
        ("C4", {}, BadInput, "looks like"),
        ("p2.1", {}, BadInput, "looks like"),
        ("a b", {}, BadInput, "'a b' cannot be a name"),
        ("七月", {}, BadInput, "cannot be a name"),
        ("\u212aelvin", {}, BadInput, "cannot be a name"),
        ("x" * 65, {}, BadInput, "cannot be a name"),
        ("", {}, BadInput, "cannot be a name"),
        ("two", {"status": "final"}, BadInput, "'final' is no status"),
        ("two", {"date": "2021-02-30"}, BadInput, "'2021-02-30' is no date"),
        ("two", {"name": " "}, BadInput, "name of the edition is empty"),
        ("two", {"note": ""}, BadInput, "note is empty"),
    ],
)
def test_an_edition_that_cannot_be_named_so_is_refused(
    desk: Desk, key: str, options: dict[str, Any], error: type[TrackerError], said: str
) -> None:
    desk.edition("taken")
    before = desk.everything()
    with pytest.raises(error, match=said) as refused:
        desk.edition(key, **options)
    assert refused.value.hint
    assert desk.everything() == before


def test_a_text_that_is_empty_is_no_edition(desk: Desk) -> None:
    for label in "123":
        desk.accept(desk.delete(label))
    with pytest.raises(Refused, match="no text yet"):
        desk.edition("empty")


def test_an_edition_that_is_none_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no edition 'one'") as none:
        desk.read(editions.find, "one")
    assert none.value.hint == "editions: none yet"
    desk.edition("two")
    with pytest.raises(NotFound) as other:
        desk.read(editions.find, "one")
    assert other.value.hint == "editions: two"


@pytest.mark.parametrize(
    ("name", "key"),
    [("September 2022", "september-2022"), ("  Draft (3) ", "draft-3"), ("七月", ""), ("É1", "1")],
)
def test_a_key_is_made_of_the_letters_that_people_type(name: str, key: str) -> None:
    assert editions.key_of(name) == key


def test_editions_of_two_documents_may_have_one_name(meeting_desk: Desk) -> None:
    with meeting_desk.writing() as (entry, _):
        documents.add(entry, "empty", title="Nothing")
    own = Desk(meeting_desk.store, "urgent-recommendations")
    own.edition("draft-2")
    with pytest.raises(Refused, match="no text yet"):
        Desk(meeting_desk.store, "empty").edition("draft-2")
    assert [e.key for e in Desk(meeting_desk.store, "empty").read(editions.all_editions)] == []
