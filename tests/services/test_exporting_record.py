"""Out, in and out again gives the same bytes, whatever happened in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.services.records import bring, check_round, out, writing
from tests.stores import AT, AUTHOR, SEED, Stores
from tracker.errors import Refused
from tracker.formats.record.read import read
from tracker.formats.record.write import write_json, write_yaml
from tracker.services import documents, editions, lines, snapshot
from tracker.services.anchors import Flag
from tracker.services.comments import reading
from tracker.services.comments.writing import Said, add, dispose, reply
from tracker.services.proposals.deciding import accept, decide
from tracker.services.proposals.writing import Proposed, add_change, propose
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict
from tracker.store import journal
from tracker.store.journal import Entry
from tracker.store.open import Store

Command = Callable[[Entry, Snapshot], object]

DECIDED = Verdict(outcome="accepted", reason="as agreed", by="the chairs", date="2022-09-30")


def accepting(proposal: str, disposal: str | None = None) -> Command:
    return lambda entry, now: accept(entry, now, proposal, DECIDED, disposal)


def proposing(kind: str, label: str, text: str | None = None, *answers: str) -> Command:
    change = Proposed(kind=kind, label=label, text=text)
    return lambda entry, now: propose(
        entry, now, change, proposer="A side", rationale="because", answers=answers
    )


def saying(text: str, label: str, words: str | None = None) -> Command:
    flag = Flag(words) if words else None
    return lambda entry, now: add(entry, now, Said(speaker="A member", text=text), [label], flag)


def replying(parent: str, text: str, words: str | None = None) -> Command:
    flag = Flag(words) if words else None
    said = Said(speaker="Another member", text=text)
    return lambda entry, now: reply(entry, now, parent, said, "builds-on", flag)


def disposing(outcome: str, *ids: str) -> Command:
    verdict = Verdict(outcome=outcome, reason="so it was decided", mode="consensus")
    return lambda entry, now: dispose(entry, now, ids, verdict)


def do(store: Store, *commands: Command) -> None:
    for number, command in enumerate(commands):
        with writing(store, f"command {number}") as (entry, now):
            command(entry, now)


CASES: dict[str, list[Command]] = {
    "proposals accepted": [accepting("P1"), accepting("P3", "accepted"), accepting("P4")],
    "a proposal of two changes accepted": [accepting("P2", "noted")],
    "one of two changes accepted": [accepting("P2.1", "accepted")],
    "a line deleted": [
        saying("on all of it", "2"),
        proposing("delete", "2"),
        accepting("P5", "deferred"),
    ],
    "all lines deleted": [
        *(proposing("delete", label) for label in "123"),
        *(accepting(proposal) for proposal in ("P5", "P6", "P7")),
    ],
    "rejected and withdrawn": [
        lambda entry, now: decide(entry, now, ["P1", "P2"], Verdict("rejected", reason="no")),
        lambda entry, now: decide(entry, now, ["P3"], Verdict("withdrawn")),
    ],
    "dispositions replaced by later ones": [
        disposing("noted", "C40", "C41"),
        disposing("rejected", "C40"),
        disposing("Revised", "C40"),
        disposing("accepted", "C41"),
    ],
    "words that stand, stand in part and are gone": [
        saying("this stands", "2", "The United States and Japan"),
        saying("this stands in part", "2", "human rights abuses or suppression of democracy"),
        saying("this will be gone", "2", "indifferent"),
        saying("all of it", "2"),
        proposing(
            "replace", "2", "The United States and Japan deplore human rights abuses.", "C44"
        ),
        accepting("P5", "accepted"),
        replying("C49", "to what stands in part"),
        replying("C50", "to what is gone"),
        proposing("replace", "2", "Japan deplores abuses."),
        accepting("P6"),
        replying("C49", "once more"),
    ],
    "replies to replies": [
        replying("C40", "one"),
        replying("C48", "two"),
        replying("C49", "on words of its own", "Japan"),
        replying("C50", "on the same words"),
        replying("C8", "within its topic"),
    ],
    "lines inserted one after another": [
        proposing("insert", "0", "A line before all others."),
        proposing("insert", "3", "A line after all others."),
        proposing("insert", "1", "A line in between."),
        accepting("P7"),
        accepting("P5"),
        accepting("P6"),
        proposing("insert", "1", "Another line in between."),
        lambda entry, now: add_change(
            entry, now, "P8", Proposed(kind="insert", label="1", text="And one behind it.")
        ),
        accepting("P8"),
        proposing("replace", "1a", "A line between them."),
        accepting("P9"),
    ],
    "the document set": [
        lambda entry, now: documents.set_(entry, now, {"title": "緊急提言", "note": "改題"}),
    ],
    "several editions": [
        accepting("P1"),
        lambda entry, now: editions.add(entry, now, "draft-2", name="Draft 2", date="2022"),
        proposing("delete", "3"),
        accepting("P5"),
        lambda entry, now: editions.add(
            entry, now, "september-2022", name="September 2022", status="adopted", note="final"
        ),
    ],
    "texts of all kinds": [
        proposing("replace", "2", "日米両国は、中国の人権侵害に無関心であってはならない。"),
        accepting("P5"),
        saying("「無関心」では弱い。\n\n 二段落目 \u2028 と絵文字 👩‍👩‍👧", "2", "無関心"),
        saying("yes: 'no' # \"maybe\" \x1b[31m\x85\ufeff ", "1"),
        saying("12:30", "1"),
        saying("null", "1"),
        proposing("replace", "2", "日米両国は、人権侵害を看過してはならない。"),
        accepting("P6"),
    ],
}


def test_the_example_equals_its_own_export(example: Store) -> None:
    assert out(example).decode() == SEED.read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_out_in_out_gives_the_same_bytes(stores: Stores, example: Store, case: str) -> None:
    do(example, *CASES[case])
    check_round(stores, example)


def test_all_of_it_one_after_another(stores: Stores, store: Store) -> None:
    bring(store, SEED.read_bytes())
    do(store, accepting("P1", "accepted"), accepting("P3"), accepting("P4", "noted"))
    first = check_round(stores, store)
    assert read(first, "record.yaml").changes[3].number == 4


def test_what_was_carried_stands_where_it_did(stores: Stores, example: Store, store: Store) -> None:
    do(example, *CASES["words that stand, stand in part and are gone"])
    bring(store, out(example))

    def standing(of: Store) -> list[object]:
        with of.read() as connection:
            found, _ = reading.listed(snapshot.latest(connection))
            names = ("line", "quote", "start", "stop", "state", "inherited")
            return [
                (c.id, [[getattr(anchor, name) for name in names] for anchor in c.anchors])
                for c in found
            ]

    assert standing(store) == standing(example)


def test_words_followed_on_import_stand_where_the_program_carried_them(
    example: Store, store: Store
) -> None:
    do(example, *CASES["words that stand, stand in part and are gone"])
    told = read(out(example), "record.yaml")
    bare = replace(
        told,
        comments=tuple(
            replace(c, anchors=tuple(replace(anchor, carried=()) for anchor in c.anchors))
            for c in told.comments
        ),
    )
    bring(store, write_yaml(bare))
    assert out(store).decode() == out(example).decode()


def test_the_text_at_each_change_is_what_it_was(example: Store, store: Store) -> None:
    do(example, *CASES["lines inserted one after another"])
    bring(store, out(example))

    def texts(of: Store) -> list[object]:
        with of.read() as connection:
            now = snapshot.latest(connection)
            found: list[object] = []
            for number in range(1, now.at + 1):
                then = snapshot.at_state(now, f"@{number}")
                text = [(line.label, line.text) for line in lines.running_text(then)]
                if text not in found[-1:]:
                    found.append(text)
            return found

    assert texts(store) == texts(example)


def test_the_record_in_json_holds_the_same(example: Store) -> None:
    record = read(out(example), "record.yaml")
    assert read(write_json(record), "record.json") == record


def test_a_record_without_ids_changes_or_places_gets_them(stores: Stores, store: Store) -> None:
    plain = """\
format: tracker-record/1
document:
  key: coast
  title: The Coast
lines:
  - label: '1'
    versions: [{text: Ports stay open.}]
  - label: '2'
    versions: [{text: Ships may enter.}]
comments:
  - speaker: A member
    kind: objection
    text: Not all of them.
    anchors: [{line: '2', quote: Ships}]
  - id: C1
    speaker: Another member
    kind: support
    text: All of them.
"""
    bring(store, plain.encode())
    record = read(check_round(stores, store), "record.yaml")
    assert [line.places[0].after for line in record.lines] == [None, "1"]
    assert [(comment.id, comment.text) for comment in record.comments] == [
        ("C1", "All of them."),
        ("C2", "Not all of them."),
    ]
    assert [change.author for change in record.changes] == ["a tester"]


def test_a_document_without_text_has_no_record(store: Store) -> None:
    with journal.entry(store, AUTHOR, AT, "document add") as entry:
        documents.add(entry, "coast", title="The Coast")
    with pytest.raises(Refused, match="no text yet"):
        out(store)
