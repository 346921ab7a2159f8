"""What a session of those who decide goes through, and what is open on each item."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from tests.services.parallels import store_english, store_japanese
from tests.stores import Stores
from tracker.errors import NotFound
from tracker.services import open_items, snapshot
from tracker.services.comments import writing as saying
from tracker.services.open_items import START, Item, Opened
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.writing import Proposed
from tracker.store.open import Store, open_store


def labels(desk: Desk) -> list[str | None]:
    return [item.label for item in desk.read(open_items.items)]


def opened(desk: Desk, label: str) -> Opened:
    found: Opened = desk.read(open_items.opened, Item(label))
    return found


def names(found: Opened) -> tuple[list[str], list[str]]:
    return [rival.id for rival in found.rivals], [comment.id for comment in found.comments]


def test_nothing_is_gone_through_where_nothing_is_open(desk: Desk) -> None:
    assert labels(desk) == []
    desk.dispose(desk.say("1"))
    desk.decide("rejected", desk.replace("2", "Shut."))
    assert labels(desk) == []


def test_lines_come_as_they_stand_after_the_start_and_before_what_stands_on_no_line(
    desk: Desk,
) -> None:
    desk.say()
    desk.say("3")
    desk.replace("2", "Shut.")
    desk.insert("0", "First of all.")
    assert labels(desk) == [START, "2", "3", None]


def test_a_line_shows_its_rivals_and_its_open_comments(desk: Desk) -> None:
    settled, said = desk.say("2"), desk.say("2", words="any ship")
    answer = desk.reply(said)
    one, other = desk.replace("2", "Shut."), desk.insert("2", "A further line.")
    desk.replace("1", "Open.")
    desk.dispose(settled)
    found = opened(desk, "2")
    assert names(found) == ([one, other], [said, answer])
    assert (found.title, found.settled, found.deleted, found.agreed) == (
        "Line 2",
        False,
        None,
        None,
    )


def test_the_start_shows_what_is_proposed_before_the_first_line(desk: Desk) -> None:
    name = desk.insert("0", "First of all.")
    desk.insert("1", "Second.")
    found = opened(desk, START)
    assert (names(found), found.line) == (([name], []), None)


def test_a_deleted_line_is_gone_through_while_its_comments_are_open(desk: Desk) -> None:
    said = desk.say("2", words="any ship")
    desk.accept(desk.delete("2"))
    desk.say("3")
    assert labels(desk) == ["3", "2"]
    found = opened(desk, "2")
    assert (names(found)[1], found.deleted) == ([said], 4)
    desk.dispose(said)
    assert labels(desk) == ["3"]


def test_a_stale_proposal_on_a_deleted_line_is_gone_through(desk: Desk) -> None:
    name = desk.replace("2", "Shut.")
    desk.accept(desk.delete("2"))
    assert labels(desk) == ["2"]
    assert names(opened(desk, "2")) == ([name], [])


def test_comments_on_no_line_come_by_meeting_and_topic(meeting_desk: Desk) -> None:
    loose = [item for item in meeting_desk.read(open_items.items) if item.label is None]
    found = [meeting_desk.read(open_items.opened, item) for item in loose]
    assert [each.title for each in found] == [
        *("On no line · W1", "On no line · W1 · Xinjiang", "On no line · W1 · Hong Kong"),
        "On no line · W1 · Supporting democratic governance",
    ]
    assert sum(len(each.comments) for each in found) == 39


def test_a_session_shows_no_internal_note(desk: Desk) -> None:
    said, note = desk.say("2"), desk.say("2")
    with desk.writing() as (entry, now):
        from tracker.store import tables

        version = tables.comment_version
        row = entry.connection.execute(
            version.select().where(version.c.comment == int(note[1:]))
        ).mappings()
        values = dict(next(iter(row)))
        for name in ("document", "comment", "number", "since", "until", "digest", "salt"):
            values.pop(name)
        subject = {"document": now.document, "comment": int(note[1:])}
        entry.append(version, subject, **{**values, "internal": 1})
    assert names(opened(desk, "2"))[1] == [said]


def test_a_line_that_is_not_there_is_not_gone_through(desk: Desk) -> None:
    with pytest.raises(NotFound):
        opened(desk, "9")


def bilingual(store: Store) -> None:
    """Two texts, with a note of the translator that stands in one of them only: 5a."""
    store_english(store)
    desk = Desk(store)
    store_japanese(desk)
    desk.accept(in_japanese(desk, "insert", "5", "翻訳者注。"))


def in_japanese(desk: Desk, kind: str, label: str, text: str | None = None) -> str:
    with desk.writing("propose") as (entry, now):
        there = snapshot.in_language(now, "ja")
        told = Proposed(kind=kind, label=label, text=text)
        return proposing.propose(entry, there, told, proposer="東京").proposal


@pytest.mark.parametrize("kind", ["replace", "delete", "insert"])
def test_a_line_that_stands_in_a_translation_only_is_gone_through(
    stores: Stores, kind: str
) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        name = in_japanese(desk, kind, "5a", None if kind == "delete" else "訳注。")
        assert desk.read(open_items.items) == [Item("5a", language="ja")]
        found: Opened = desk.read(open_items.opened, Item("5a", language="ja"))
        assert found.line is not None
        assert (names(found), found.title, found.line.text, found.can_be_agreed) == (
            *(([name], []), "Line 5a (ja)", "翻訳者注。", False),
        )
        other = in_japanese(desk, "replace", "5a", "注。")
        desk.accept(name)
        again: Opened = desk.read(open_items.opened, Item("5a", language="ja"))
        assert other in names(again)[0]
        assert (again.deleted is not None) == (kind == "delete")


def test_a_comment_on_such_a_line_is_gone_through_behind_those_of_the_authentic_text(
    stores: Stores,
) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        with desk.writing("comment add") as (entry, now):
            there = snapshot.in_language(now, "ja")
            saying.add(entry, there, saying.Said(speaker="会員", text="不要。"), ["5a"], None)
        desk.say("6")
        desk.replace("7", "Disputes are settled.")
        assert desk.read(open_items.items) == [Item("6"), Item("7"), Item("5a", language="ja")]
        found: Opened = desk.read(open_items.opened, Item("5a", language="ja"))
        assert names(found) == ([], ["C1"])
