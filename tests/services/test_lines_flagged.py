"""Flagged lines: those that comments are anchored to, open until all of these are settled."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk, document
from tracker.services import lines, paging
from tracker.services.comments.writing import Said, add
from tracker.services.lines import FlaggedLine
from tracker.store.open import Store, open_store


def flagged(desk: Desk, **options: Any) -> list[FlaggedLine]:
    found: list[FlaggedLine] = desk.read(lines.flagged, **options)[0]
    return found


def labels(desk: Desk, **options: Any) -> list[str]:
    return [line.label for line in flagged(desk, **options)]


def test_no_line_is_flagged_of_which_nothing_was_said(desk: Desk) -> None:
    desk.say()
    assert desk.read(lines.flagged) == ([], 0)
    assert desk.read(lines.flagged, decided=True) == ([], 0)


def test_a_line_is_open_until_every_comment_on_it_has_a_disposition(desk: Desk) -> None:
    first, second = desk.say("2"), desk.say("2")
    reply = desk.reply(first)
    for name, left in ((first, 2), (reply, 1)):
        desk.dispose(name)
        assert [(line.label, line.open, line.state) for line in flagged(desk)] == [
            ("2", left, "open")
        ]
    desk.dispose(second)
    assert labels(desk) == []
    every = flagged(desk, decided=True)
    assert [(line.label, line.open, line.state, line.comments) for line in every] == [
        ("2", 0, "decided", 3)
    ]
    desk.check()


def test_what_was_said_of_a_line_is_counted_by_kind_and_by_side(desk: Desk) -> None:
    desk.say("1", "2", kind="objection", side="US")
    name = desk.say("1", kind="support", side="Japan")
    desk.reply(name, kind="support")
    desk.replace("1", "A.")
    added = desk.insert("1", "B.")
    desk.delete("2", to=added)
    desk.decide("rejected", desk.delete("1"))
    one, two = flagged(desk)
    assert (one.comments, one.kinds, one.sides, one.proposals) == (
        *(3, {"objection": 1, "support": 2}),
        *({"US": 1, "Japan": 1}, 2),
    )
    assert (two.comments, two.kinds, two.sides, two.proposals) == (
        *(1, {"objection": 1}, {"US": 1}, 1),
    )


def test_comments_flag_the_line_their_words_went_with(desk: Desk) -> None:
    desk.say("2", words="any ship")
    desk.accept(desk.replace("2", "Nothing is left of it."))
    assert labels(desk) == ["2"]
    desk.accept(desk.delete("2"))
    assert labels(desk) == labels(desk, decided=True) == []
    desk.check()


def test_flagged_lines_stand_in_the_order_of_the_text(desk: Desk) -> None:
    for after in ("1", "0", "1"):
        desk.accept(desk.insert(after, f"After {after}."))
    for label in ("3", "1", "1a", "0a", "1b", "2"):
        desk.say(label)
    assert labels(desk) == desk.labels() == ["0a", "1", "1b", "1a", "2", "3"]


def test_a_line_with_many_comments_is_one_line(desk: Desk) -> None:
    with desk.writing() as (entry, now):
        for number in range(300):
            add(entry, now, Said(speaker=f"Member {number}", text="No.", side="US"), ["3"])
    (line,) = flagged(desk)
    assert (line.label, line.comments, line.open, line.sides) == ("3", 300, 300, {"US": 300})
    desk.check()


@pytest.fixture
def long(store: Store) -> Desk:
    document(store, *(f"Line {number}." for number in range(1, 41)))
    return Desk(store)


def test_where_every_line_is_open_a_page_tells_how_many_there_are(long: Desk) -> None:
    long.say(*(str(number) for number in range(1, 41)))
    found, total = long.read(lines.flagged, limit=7)
    assert ([line.label for line in found], total) == (list("1234567"), 40)
    assert long.read(lines.flagged, limit=40)[1] == 40
    assert len(labels(long)) == 40


def test_three_open_lines_among_many_decided_are_found(long: Desk) -> None:
    name = long.say(*(str(number) for number in range(1, 41)))
    for label in ("40", "2", "17"):
        long.say(label)
    long.dispose(name)
    found, total = long.read(lines.flagged, limit=2)
    assert ([line.label for line in found], total) == (["2", "17"], 3)
    found, total = long.read(lines.flagged, decided=True, limit=2)
    assert ([(line.label, line.state) for line in found], total) == (
        [("1", "decided"), ("2", "open")],
        40,
    )


def test_a_long_listing_is_counted_up_in_parts(long: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for label in ("3", "1", "40", "7"):
        long.say(label, side=f"side of {label}")
        long.insert(label, "New.")
    whole = flagged(long)
    monkeypatch.setattr(paging, "BATCH", 3)
    assert flagged(long) == whole
    assert [(line.label, line.sides, line.proposals) for line in whole] == [
        (label, {f"side of {label}": 1}, 1) for label in ("1", "3", "7", "40")
    ]


def test_another_documents_comments_flag_nothing_here(desk: Desk) -> None:
    document(desk.store, "One.", "Two.", key="river")
    here, there = Desk(desk.store, "coast"), Desk(desk.store, "river")
    assert there.say("2") == "C1"
    there.replace("2", "Two again.")
    assert labels(here) == []
    assert [(line.label, line.proposals) for line in flagged(there)] == [("2", 1)]
    assert here.say("1") == "C1"
    assert labels(here) == ["1"]
    desk.check()


def test_a_store_opened_again_counts_the_same(desk: Desk) -> None:
    desk.say("1")
    again = Desk(open_store(desk.store.url.render_as_string(hide_password=False)))
    assert labels(again) == ["1"]
