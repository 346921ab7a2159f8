"""Search: what holds all the words now, where they stand together first, on either database."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk, document
from tests.stores import Stores
from tracker.errors import UsageError
from tracker.services import searching
from tracker.services.retractions import retract
from tracker.services.searching import Results
from tracker.store.open import Store, open_store

JAPANESE = (
    "日本と米国は、中国の人権侵害に無関心であってはならない。",
    "人の権利を守る。",
    "データ・ガバナンスの規則を作る。",
)


def results(desk: Desk, words: str, **options: Any) -> Results:
    found: Results = desk.read(searching.find, words, **options)
    return found


def ids(desk: Desk, words: str, **options: Any) -> list[str]:
    return [found.id for found in results(desk, words, **options).found]


def test_lines_comments_and_proposals_are_found(desk: Desk) -> None:
    said = desk.say("3", text="Which ships may be inspected?")
    made = desk.replace("1", "The harbour is open to ships.", rationale="Ships come and go.")
    assert ids(desk, "ships") == ["1", made, f"{made}.1", said]
    assert ids(desk, "ships", within=["comments"]) == [said]
    assert ids(desk, "ships", within=["proposals", "lines"]) == ["1", made, f"{made}.1"]
    (found,) = results(desk, "inspected").found
    assert (found.kind, found.lines, found.text) == (
        *("comment", ("3",)),
        "Which ships may be inspected?",
    )
    assert [found.text[start:stop] for start, stop in found.marks] == ["inspected"]
    desk.check()


def test_all_the_words_must_be_there(desk: Desk) -> None:
    assert ids(desk, "ship inspect") == ["2"]
    assert ids(desk, "ship harbour") == []
    assert ids(desk, "nowhere") == []


def test_words_that_stand_together_come_before_those_that_are_scattered(desk: Desk) -> None:
    far = desk.say("1", text="Open the door, then the sea, then the harbour.")
    near = desk.say("1", text="An open, wide harbour.")
    typed = desk.say("1", text="It is an OPEN harbour!")
    assert ids(desk, "open harbour", within=["comments"]) == [typed, near, far]


def test_two_japanese_characters_find_and_so_does_one(store: Store) -> None:
    document(store, *JAPANESE)
    desk = Desk(store)
    assert ids(desk, "人権") == ["1"]
    assert ids(desk, "人") == ["1", "2"]
    assert ids(desk, "人権侵害") == ["1"]
    assert ids(desk, "データガバナンス") == ["3"]
    (found,) = results(desk, "人権").found
    assert [found.text[start:stop] for start, stop in found.marks] == ["人権"]


@pytest.mark.parametrize("words", ["", "  ", "!?", "、。", "“”", "\u00ad"])
def test_a_query_without_a_word_is_a_mistake_of_use(desk: Desk, words: str) -> None:
    with pytest.raises(UsageError) as told:
        results(desk, words)
    assert told.value.hint


@pytest.mark.parametrize(
    "words",
    [
        *("ship's", "'", "ship' OR 'x", 'ship" OR "x', "ship & !x", "ship:*", "ship*", "-ship"),
        *("NOT ship", "ship AND", "(ship", "\\ship", "NEAR(ship)", "rowid:ship", "%", "terms:x"),
    ],
)
def test_signs_of_a_query_language_are_words_or_nothing(desk: Desk, words: str) -> None:
    try:
        found = ids(desk, words)
    except UsageError:
        assert not any(sign.isalnum() for sign in words)
    else:
        assert set(found) <= {"2"}


def test_very_many_and_very_long_words_find_exactly_what_has_them(desk: Desk) -> None:
    many = " ".join(f"word{number}" for number in range(300))
    long = "x" * 5_000
    said = desk.say("1", text=f"{many} {long}")
    desk.say("1", text=f"{many[:-1]} {long}y")
    assert ids(desk, many) == [said]
    assert ids(desk, long) == [said]
    desk.check()


def test_a_text_that_is_no_longer_current_is_not_found(desk: Desk) -> None:
    made = desk.replace("2", "Each party may look at any vessel.")
    desk.accept(made)
    assert ids(desk, "inspect") == []
    assert ids(desk, "vessel", within=["lines"]) == ["2"]
    desk.accept(desk.delete("2"))
    assert ids(desk, "vessel", within=["lines"]) == []
    assert ids(desk, "vessel", within=["proposals"]) == [f"{made}.1"]
    desk.check()


def test_what_was_undone_is_not_found_until_it_is_brought_back(desk: Desk) -> None:
    said = desk.say("1", text="A quandong.")
    made = desk.replace("1", "No quandong.", rationale="A quandong it was.")
    for holds in (True, False):
        with desk.writing("undo") as (entry, now):
            entry.document = now.document
            for kind, name in (("comment", said), ("proposal", made)):
                retract(entry, kind, int(name[1:]), document=now.document, holds=holds)
        assert ids(desk, "quandong") == ([] if holds else [made, f"{made}.1", said])
        desk.check()


def test_another_documents_texts_are_not_found_here(desk: Desk) -> None:
    document(desk.store, "Ships on the river.", key="river")
    here, there = Desk(desk.store, "coast"), Desk(desk.store, "river")
    there.say("1", text="The ships!")
    assert ids(here, "ships") == ["1"]
    assert ids(there, "ships") == ["1", "C1"]
    assert ids(here, "l2") == ids(here, ".l2") == []


def test_a_page_tells_how_many_there_are(desk: Desk) -> None:
    names = [desk.say("1", text=f"Number {number} of the quandongs.") for number in range(7)]
    found = results(desk, "quandongs", limit=3)
    assert ([each.id for each in found.found], found.total, found.more) == (names[:3], 7, False)


def test_of_very_many_texts_the_newest_are_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [desk.say("1", text=f"Number {number} of the quandongs.") for number in range(7)]
    monkeypatch.setattr(searching, "COMPARED", 4)
    found = results(desk, "quandongs", limit=2)
    assert ([each.id for each in found.found], found.total, found.more) == (names[3:5], 4, True)
    found = results(desk, "quandongs")
    assert ([each.id for each in found.found], found.total, found.more) == (names, 7, False)


def test_words_of_people_come_back_as_they_are(desk: Desk) -> None:
    text = "[bold]x[/bold] \x1b[31m red \x1b[0m ⟦ships⟧ 'a' \\ %s"
    said = desk.say("1", text=text)
    (found,) = results(desk, "red ships", within=["comments"]).found
    assert (found.id, found.text) == (said, text)


QUERIES = (
    *("human rights", "china", "the", "democracy", "united states", "xinjiang information"),
    *("regime change", "values", "US", "resume", "a"),
)


def test_both_databases_find_the_same_in_the_same_order(
    sqlite_stores: Stores, postgres_stores: Stores
) -> None:
    from tests.stores import example

    told = []
    for stores in (sqlite_stores, postgres_stores):
        with stores.copy(example) as url:
            desk = Desk(open_store(url))
            told.append([results(desk, words, limit=20) for words in QUERIES])
    assert told[0] == told[1]
    assert all(each.found for each in told[0][:5])
