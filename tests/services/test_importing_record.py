"""A whole record into a store: planned first, then stored as it is, or not at all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.services.records import bring, check_round, check_sound, out, writing
from tests.stores import AT, AUTHOR, SEED, Stores, contents
from tracker.errors import BadInput, Refused, TrackerError
from tracker.exchange.record import Line, Record, Version
from tracker.formats.record.read import read
from tracker.services import lines, snapshot
from tracker.services.comments import reading
from tracker.services.comments.writing import Said, add
from tracker.services.importing import record
from tracker.services.importing.files import File
from tracker.store import journal, tables
from tracker.store.open import Store

PAGE = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
WHOLE = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0]
CARRIED = """\
        carried:
          - version: 2
            state: exact
            start: 23
            end: 35
"""


def plan_of(store: Store, content: bytes, name: str = "record.yaml") -> record.Plan:
    with store.read() as connection:
        return record.plan(connection, read(content, name), File(name, content))


def apply(store: Store, plan: record.Plan) -> None:
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        record.apply(entry, plan)


def test_planning_stores_nothing(store: Store) -> None:
    before = contents(store)
    plan = plan_of(store, WHOLE.encode())
    assert plan.document == "coast"
    assert contents(store) == before


def test_each_change_is_an_entry_with_its_author_time_and_command(store: Store) -> None:
    bring(store, WHOLE.encode())
    with store.read() as connection:
        entry = tables.entry
        found = connection.execute(select(entry.c.command, entry.c.summary, entry.c.author))
        assert [tuple(row) for row in found] == [
            ("import", "record", "an editor"),
            ("proposal accept", "P1", "an editor"),
            ("import", "record", "a tester"),
        ]
    check_sound(store)


def test_the_text_is_that_of_the_last_change_in_order(store: Store) -> None:
    bring(store, WHOLE.encode())
    with store.read() as connection:
        text = lines.running_text(snapshot.latest(connection))
    assert [(line.label, line.text, line.block) for line in text] == [
        ("1", "Ports", "paragraph"),
        ("2", "Ports should stay open to all ships that carry food.", "paragraph"),
        ("2a", "Each side names one port.", "inline"),
    ]


def test_a_reply_has_its_parents_anchor(store: Store) -> None:
    bring(store, WHOLE.encode())
    with store.read() as connection:
        found, _ = reading.listed(snapshot.latest(connection))
    assert [(a.line, a.quote, a.inherited) for a in found[1].anchors] == [
        ("2", "to all ships", True)
    ]
    assert found[1].quote == found[0].quote


@pytest.mark.parametrize("carried", ["", CARRIED], ids=["left out", "given"])
def test_words_are_followed_to_the_line_as_it_is_now(
    stores: Stores, store: Store, carried: str
) -> None:
    bring(store, WHOLE.replace(CARRIED, carried).encode())
    assert check_round(stores, store).decode() == WHOLE


def test_words_of_a_line_that_was_removed_are_orphaned(stores: Stores, store: Store) -> None:
    removed = WHOLE.replace(CARRIED, "").replace(
        "        after: '1'\n", "        after: '1'\n      - change: 2\n        removed: true\n"
    )
    removed = removed.replace(
        "        after: '2'\n        block", "        after: '1'\n        block"
    )
    bring(store, removed.encode())
    told = read(check_round(stores, store), "record.yaml").comments[0].anchors[0].carried
    assert [(stands.version, stands.state) for stands in told] == [(2, "exact"), (2, "orphaned")]


def test_ieee_words_are_stored_as_ours(store: Store) -> None:
    bring(store, WHOLE.replace("outcome: accepted in principle", "outcome: Revised").encode())
    assert out(store).decode() == WHOLE


def test_a_document_that_is_there_is_not_read_again(example: Store) -> None:
    before = contents(example)
    with pytest.raises(Refused, match="urgent-recommendations is in the store already"):
        plan_of(example, SEED.read_bytes())
    assert contents(example) == before


def test_a_second_document_joins_the_first(stores: Stores, example: Store) -> None:
    own = WHOLE.replace("id: S1", "id: S2").replace("series: S1", "series: S2")
    own = own.replace("id: W1", "id: W2").replace("meeting: W1", "meeting: W2")
    own = own.replace("id: R1", "id: R11").replace("voice-1", "voice-11")
    bring(example, own.encode())
    check_sound(example)


def test_a_meeting_of_the_same_name_that_is_another_is_refused_by_the_plan(example: Store) -> None:
    before = contents(example)
    with pytest.raises(Refused) as caught:
        plan_of(example, WHOLE.encode())
    assert "the series S1 is in the store with another name" in caught.value.message
    assert contents(example) == before


def test_a_store_that_moved_is_refused(store: Store) -> None:
    plan = plan_of(store, WHOLE.encode())
    bring(store, SEED.read_bytes())
    before = contents(store)
    with pytest.raises(Refused, match="the store moved"):
        apply(store, plan)
    assert contents(store) == before


def test_a_meetings_comments_are_no_whole_record(store: Store) -> None:
    content = b"format: tracker-record/1\ncomments: []\n"
    with pytest.raises(BadInput, match="no document of its own"):
        plan_of(store, content)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "a\0b", "a\ud800b", "x" * 100_001],
    ids=["empty", "blank", "NUL", "half", "long"],
)
def test_what_a_reader_let_through_changes_nothing(store: Store, text: str) -> None:
    sound = read(WHOLE.encode(), "record.yaml")
    comments = (*sound.comments[:-1], replace(sound.comments[-1], text=text))
    plan = plan_of(store, WHOLE.encode())
    before = contents(store)
    with pytest.raises(TrackerError, match="text of C3"):
        apply(store, replace(plan, record=replace(sound, comments=comments)))
    assert contents(store) == before


def test_comments_after_an_import_go_on_counting(stores: Stores, store: Store) -> None:
    bring(store, WHOLE.replace("id: C3", "id: C30").encode())
    with writing(store) as (entry, now):
        assert add(entry, now, Said(speaker="A member", text="so"), ["2a"]) == "C31"
    check_round(stores, store)


def test_a_document_in_two_languages_keeps_both_orders(stores: Stores, store: Store) -> None:
    both = """\
format: tracker-record/1
document:
  key: coast
  title: The Coast
lines:
  - label: '1'
    versions:
      - {language: ja, text: 港は開く。}
      - {language: en, text: Ports open.}
    places:
      - {language: ja, after: '2'}
      - {language: en}
  - label: '2'
    versions:
      - {language: en-GB, text: Ships come round.}
      - {language: en, text: Ships come.}
      - {language: ja, text: 船が来る。}
    places:
      - {language: en, after: '1'}
      - {language: ja}
      - {language: en-GB}
comments:
  - id: C1
    speaker: 参加者
    kind: support
    text: 賛成。
    anchors: [{line: '2', language: ja, quote: 船}]
"""
    bring(store, both.encode())
    record = read(check_round(stores, store), "record.yaml")
    assert [version.language for version in record.lines[1].versions] == ["en", "en-GB", "ja"]
    with store.read() as connection:
        text = lines.running_text(snapshot.latest(connection), "ja")
    assert [line.label for line in text] == ["2", "1"]


def test_many_lines_keep_their_order(stores: Stores, store: Store) -> None:
    told = read(WHOLE.encode(), "record.yaml")
    many = tuple(
        Line(label=str(number), versions=(Version(text=f"Line {number}."),))
        for number in range(1, 501)
    )
    plain = Record(document=told.document, lines=many)
    plan = replace(plan_of(store, WHOLE.encode()), record=plain)
    apply(store, plan)
    with store.read() as connection:
        text = lines.running_text(snapshot.latest(connection))
    assert [line.label for line in text] == [line.label for line in many]
    check_round(stores, store)
