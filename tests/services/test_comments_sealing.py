"""Sealing a comment: its words go everywhere, the stub stays, and the chain still verifies."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, select, update

from tests.services.desk import Desk, document, three_lines
from tests.services.records import bring_meeting, check_round
from tests.services.test_agreements import agree
from tests.stores import SqliteStores, Stores
from tests.word_files import p, r, word
from tracker.errors import BadInput, Refused
from tracker.services import lines, meetings
from tracker.services.comments import assigning, editing, sealing
from tracker.services.comments.redacting import reads_like
from tracker.services.importing.files import File, refuse_known, store_file
from tracker.services.snapshot import latest
from tracker.store import journal, tables
from tracker.store.open import Store, open_store
from tracker.store.verify import verify

REMARK = "The minister told me so himself in the lift."
NOTES = f"""\
format: tracker-record/1
meetings:
  - id: W1
    name: First
comments:
  - id: a
    meeting: W1
    speaker: One scholar
    kind: objection
    text: {REMARK}
    note: After the vote.
    anchors:
      - line: '1'
        quote: the harbour
  - meeting: W1
    reply_to: a
    relation: counters
    speaker: Another
    kind: objection
    text: He did not.
"""


def seal(desk: Desk, name: str, reason: str = "The speaker asked for it.") -> sealing.Plan:
    with desk.reading() as now:
        plan = sealing.plan(now, name)
    with desk.writing("comment seal") as (entry, now):
        sealing.apply(entry, now, plan, reason)
    assert sealing.sweep(desk.store) is None
    return plan


def everywhere(store: Store) -> str:
    """Every value of every row."""
    with store.read() as connection:
        rows = [
            row
            for table in (*tables.JOURNALED, tables.entry)
            for row in connection.execute(select(table))
        ]
    values = [value for row in rows for value in row]
    return "\n".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for value in values
    )


def faults(store: Store) -> list[str]:
    with store.read() as connection:
        return list(verify(connection))


def test_the_words_of_all_versions_are_gone_and_the_stub_stays(desk: Desk) -> None:
    desk.say(
        "1", words="the harbour", text=REMARK, side="Japanland", note="In the lift, so to say."
    )
    desk.edit("C1", text=f"Indeed: {REMARK}", kind="objection", number="US-0123")
    desk.reply("C1", "counters", text="He did not.")
    desk.dispose("C1", outcome="noted")
    before = desk.at
    seal(desk, "C1")
    found = desk.comment("C1")
    assert (found.text, found.speaker, found.side, found.number) == ("", "", None, None)
    assert (found.kind, found.note) == ("objection", "The speaker asked for it.")
    assert f"@{found.sealed}" == desk.at
    assert [(a.line, a.quote) for a in found.anchors] == [("1", "the harbour")]
    assert found.disposition is not None
    assert desk.comment("C2").reply_to == "C1"
    assert desk.comment("C1", before).sealed == found.sealed
    assert [version.text for version in desk.read(editing.versions, "C1")] == [None] * 3
    left = everywhere(desk.store)
    for words in (REMARK, "Japanland", "In the lift", "US-0123"):
        assert words not in left
    assert [line.comments for line in desk.read(lines.flagged, decided=True)[0]] == [2]
    desk.check()


def test_the_remark_is_taken_out_of_the_file_it_came_in(desk: Desk) -> None:
    bring_meeting(desk.store, NOTES.encode(), "notes.yaml")
    plan = seal(desk, "C1")
    assert [(file.name, file.copy is not None) for file in plan.files] == [("notes.yaml", True)]
    left = everywhere(desk.store)
    assert REMARK not in left
    assert "After the vote" not in left
    assert "One scholar" not in left
    assert "text: [sealed]" in left
    assert "text: He did not." in left
    desk.check()


def test_a_file_in_which_it_is_not_found_is_not_kept(desk: Desk) -> None:
    escaped = NOTES.replace(REMARK, '"The min\\u0069ster told me so himself in the lift."')
    bring_meeting(desk.store, escaped.encode(), "notes.yaml")
    assert desk.comment("C1").text == REMARK
    plan = seal(desk, "C1")
    assert [(file.name, file.copy) for file in plan.files] == [("notes.yaml", None)]
    assert "He did not" not in everywhere(desk.store).replace(desk.comment("C2").text, "")
    desk.check()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_whose_only_remark_was_sealed_does_not_bring_it_back(
    desk: Desk, encoding: str
) -> None:
    notes = NOTES.split("  - meeting: W1")[0].encode(encoding)
    bring_meeting(desk.store, notes, "notes.yaml")
    seal(desk, "C1")
    before = desk.everything()
    with pytest.raises(Refused, match=r"notes.yaml seems to be the file .* sealed at @3"):
        bring_meeting(desk.store, notes, "notes.yaml")
    assert desk.everything() == before
    more = notes.decode(encoding).replace("kind: objection", "kind: support").encode(encoding)
    bring_meeting(desk.store, more.replace(b"W1", b"W2"), "notes.yaml")
    assert desk.comment("C2").kind == "support"
    document(desk.store, "the harbour", key="river")
    with desk.store.read() as connection, pytest.raises(Refused, match="seems to be the file"):
        refuse_known(latest(connection, "river"), File("copy.yaml", notes))
    with (
        pytest.raises(Refused, match="seems to be the file"),
        journal.entry(desk.store, "A", datetime(2022, 1, 1, tzinfo=UTC), "import") as entry,
    ):
        store_file(entry, 2, File("copy.yaml", notes))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "cp932"])
def test_a_file_is_told_from_its_redacted_copy_by_all_but_what_was_taken_out(encoding: str) -> None:
    def written(text: str) -> bytes:
        return text.encode(encoding)

    copy = written("会議\n- [sealed]: [sealed]\nEnd.\n")
    for text, is_like in (
        ("会議\n- One scholar: No, never.\nEnd.\n", True),
        ("会議\n- A: B: C\nEnd.\n", True),
        ("会議\n- One scholar said so.\nEnd.\n", False),
        ("会議\n- One scholar: No.\nEnd.\nMore.\n", False),
        ("会合\n- One scholar: No.\nEnd.\n", False),
        ("会議\n- : End.\n", False),
    ):
        assert reads_like(written(text), copy, encoding) == is_like, text
    assert not reads_like(written("No."), written("No."), encoding)


def test_a_wrapped_and_indented_remark_is_found(desk: Desk) -> None:
    wrapped = NOTES.replace("told me so", "told\n      me\n      so")
    bring_meeting(desk.store, wrapped.encode(), "notes.yaml")
    plan = seal(desk, "C1")
    assert plan.files[0].copy is not None
    assert b"himself" not in plan.files[0].copy


def test_it_goes_out_as_a_stub_and_comes_in_again(stores: Stores, example: Store) -> None:
    desk = Desk(example)
    text = desk.comment("C40").text
    seal(desk, "C40")
    record = check_round(stores, example).decode()
    assert text[:40] not in " ".join(record.split())
    assert "sealed: true" in record


def test_a_sealed_comment_is_neither_edited_nor_moved_nor_sealed(desk: Desk) -> None:
    desk.say("1", text=REMARK)
    seal(desk, "C1")
    before = desk.everything()
    for change in (
        lambda: desk.edit("C1", text="x"),
        lambda: desk.tie("C1", "2"),
        lambda: seal(desk, "C1"),
    ):
        with pytest.raises(Refused, match=r"C1 was sealed at @3"):
            change()
    assert desk.everything() == before


def test_its_replies_may_still_be_moved_along_and_edited(desk: Desk) -> None:
    desk.say("1")
    desk.reply("C1", text=REMARK)
    seal(desk, "C2")
    assert desk.tie("C1", "2") == ["C1", "C2"]
    assert desk.comment("C2").lines == ("2",)
    assert desk.edit("C1", internal=True) == ["C1", "C2"]
    found = desk.comment("C2")
    assert (found.text, found.sealed is None) == ("", False)
    desk.check()


def test_the_person_is_told_where_the_words_still_stand(desk: Desk) -> None:
    desk.say("1", text=REMARK)
    desk.say("2", text=f"He said: {REMARK}")
    desk.dispose("C2", outcome="rejected", reason=f"See: {REMARK}")
    desk.replace("3", REMARK, rationale=f"As said: {REMARK}")
    with desk.reading() as now:
        plan = sealing.plan(now, "C1")
    assert plan.elsewhere == ("C2", "the decision on C2", "the rationale of P1", "P1.1")


def test_every_place_in_the_store_where_the_words_still_stand_is_named(desk: Desk) -> None:
    desk.key = "coast"
    sentence = "It was raining hard the whole day."
    desk.say("1", text=f"{REMARK} {sentence} No.")
    agree(desk, "2", reason=REMARK)
    desk.edition("first", note=f"Not printed: {sentence}")
    desk.set(note=REMARK)
    with desk.writing("meeting add") as (entry, _):
        meetings.add_meeting(entry, "M1", name="First", topics=[REMARK], note=REMARK)
    with desk.writing("comment assign") as (entry, now):
        assigning.assign(entry, now, ["C1"], "The editor", note=f"“{sentence}” is to go.")
    document(desk.store, f"{REMARK} So it was.", "No.", key="river")
    other = Desk(desk.store, "river")
    other.say("2", text=f"On the coast they say: {sentence}")
    other.decide("rejected", other.replace("2", "Never."), reason=REMARK)
    with desk.reading() as now:
        found = sealing.plan(now, "C1").elsewhere
    assert found == (
        *("C1 of river", "the decision on line 2", "the decision on P1 of river"),
        *("what is to be done about C1", "what is said of the document", "the edition first"),
        *("the meeting M1", "a topic of M1", "line 1:1 of river"),
    )


def test_without_a_reason_or_after_the_store_moved_nothing_is_erased(desk: Desk) -> None:
    desk.say("1", text=REMARK)
    with desk.reading() as now:
        plan = sealing.plan(now, "C1")
    before = desk.everything()
    with pytest.raises(BadInput, match="the reason is empty"), desk.writing() as (entry, now):
        sealing.apply(entry, now, plan, " ")
    assert desk.everything() == before
    desk.say("2")
    before = desk.everything()
    with pytest.raises(Refused, match="the store moved"), desk.writing() as (entry, now):
        sealing.apply(entry, now, plan, "Asked.")
    assert desk.everything() == before


def test_another_documents_file_that_holds_the_very_words_is_found(desk: Desk) -> None:
    with desk.writing() as (entry, now):
        entry.insert(
            tables.source,
            document=now.document,
            id=entry.next_id(tables.source, now.document),
            role="imported",
            file="mail.txt",
            encoding="utf-16-le-sig",
            content=b"\xff\xfe" + f"Dear all,\n> {REMARK}\nYours".encode("utf-16-le"),
            sha256=File("mail.txt", b"").sha256,
        )
    desk.say("1", text=REMARK)
    plan = seal(desk, "C1")
    assert [file.name for file in plan.files] == ["mail.txt"]
    assert plan.files[0].copy is not None
    assert "[sealed]" in plan.files[0].copy.decode("utf-16")
    desk.check()


@pytest.mark.parametrize(
    "words", [[REMARK], ["“The min", "ister told me so ", "himself in the lift.”"]]
)
def test_the_remark_is_taken_out_of_a_kept_word_file(desk: Desk, words: list[str]) -> None:
    said = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in ["Kimura · objection: ", *words])
    comments = (
        f'<w:comment w:id="1" w:author="Kimura" w:initials="K"><w:p>{said}</w:p></w:comment>'
        '<w:comment w:id="2" w:author="Kimura"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    )
    back = File("back.docx", word(p(r("Words.")), comments=comments))
    with desk.writing() as (entry, now):
        store_file(entry, now.document, back)
    desk.say("1", text=REMARK, speaker="Kimura")
    desk.edit("C1", text=f"{REMARK} I was there.")
    (kept,) = seal(desk, "C1").files
    assert kept.copy is not None
    with zipfile.ZipFile(io.BytesIO(kept.copy)) as copy:
        told = copy.read("word/comments.xml").decode()
    for part in (*words, "objection: “The", 'w:initials="K"'):
        assert part not in told
    for part in ("[sealed]", " · objection: ", "Why?", 'w:id="2" w:author="Kimura"'):
        assert part in told
    with desk.reading() as now, pytest.raises(Refused, match="from which a remark was sealed"):
        refuse_known(now, back)
    desk.check()


def _unseal(store: Store) -> None:
    _run(store, delete(tables.seal).where(tables.seal.c.row_column == "text"))


def _bend(store: Store) -> None:
    _run(store, update(tables.seal).where(tables.seal.c.row_column == "text").values(hash="0" * 64))


def _write_over(store: Store) -> None:
    own = tables.comment_version
    _run(store, update(own).where(own.c.number == 1).values(text="It was fine."))


def _write_over_with_salt(store: Store) -> None:
    own = tables.comment_version
    words = {"text": "It was fine.", "salt": b"0" * 16}
    _run(store, update(own).where(own.c.number == 1).values(**words))


def _leave_the_salt(store: Store) -> None:
    own = tables.comment_version
    _run(store, update(own).where(own.c.number == 1).values(salt=b"0" * 16))


def _forget_the_row(store: Store) -> None:
    own = tables.comment_version
    _run(store, delete(own).where(own.c.number == 1))


def _run(store: Store, statement: Any) -> None:
    with store.write() as connection:
        connection.execute(statement)


TAMPERED: dict[str, tuple[Callable[[Store], None], str]] = {
    "a seal taken away": (_unseal, "is not what entry @2 wrote"),
    "a seal changed": (_bend, "seal (document 1, id 2) is not what entry @3 wrote"),
    "other words": (_write_over, "is not what entry @2 wrote"),
    "other words with a salt": (_write_over_with_salt, "is not what entry @2 wrote"),
    "a salt": (_leave_the_salt, "is sealed, and some of its words are there"),
    "no row": (_forget_the_row, "a seal stands for a row of comment_version that is not there"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_tampering_with_what_was_sealed_is_found(desk: Desk, case: str) -> None:
    tamper, told = TAMPERED[case]
    desk.say("1", text=REMARK)
    seal(desk, "C1")
    desk.check()
    tamper(desk.store)
    assert any(told in fault for fault in faults(desk.store)), faults(desk.store)


def test_erasing_words_without_a_seal_is_found(desk: Desk) -> None:
    desk.say("1", text=REMARK)
    own: Table = tables.comment_version
    _run(desk.store, update(own).values(text=None, speaker=None, salt=None))
    assert faults(desk.store) == [
        "comment_version (document 1, comment 1, number 1) is not what entry @2 wrote",
        "comment 1 of document 1 is not found by what it says",
    ]


# The files of a server are not ours to read.
def test_the_files_of_the_database_do_not_hold_the_words_any_more(
    sqlite_stores: SqliteStores,
) -> None:
    with sqlite_stores.copy(three_lines) as url:
        _check_files(Desk(open_store(url)))


def _check_files(desk: Desk) -> None:
    path = Path(desk.store.url.database or "")

    def files() -> bytes:
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))

    # Long enough for pages of its own, and short ones on pages that are split.
    long = " ".join(f"{REMARK} {number}" for number in range(500))
    desk.say("1", text=REMARK)
    for number in range(40):
        desk.say("2", text=f"Remark {number} " + "and so on " * 20)
    desk.say("1", text=long)
    desk.edit("C1", note="Said by the fountain at noon.")
    assert REMARK.encode() in files()
    seal(desk, "C42")
    seal(desk, "C1")
    assert REMARK.encode() not in files()
    assert b"fountain" not in files()
    desk.check()
