"""A text becomes a document, goes out with the bytes it came with, and is known when it returns."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.desk import Desk
from tests.stores import AT, AUTHOR, template
from tracker.errors import BadInput, Refused
from tracker.exchange.draft import Draft
from tracker.exchange.record import Unit
from tracker.formats import draft as drafts
from tracker.formats import markdown, text
from tracker.formats.encodings import encode
from tracker.services import documents, lines
from tracker.services.importing import draft as importing
from tracker.services.importing.files import File
from tracker.services.importing.known import document_with
from tracker.store import journal
from tracker.store.open import Store, open_store
from tracker.store.verify import verify

COAST = """\
# The Coast

Ports stay open. They serve all ships.

- Each side names a port.
  It reports yearly.
- The other side visits it.

| Port | Side |
|---|---|
| North | A |

Done
====

The end.

"""


def bring(
    store: Store, content: bytes, *, key: str = "coast", unit: Unit = "sentence", **told: str
) -> Desk:
    """Import a text as a document."""
    draft = drafts.read(content, "coast.md", unit=unit, **told)
    file = File("coast.md", content, draft.encoding)
    with store.read() as connection:
        plan = importing.plan(connection, draft, file, key, "The Coast")
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        importing.apply(entry, plan)
    return Desk(store, key)


def known(desk: Desk, content: bytes, unit: Unit = "sentence") -> str | None:
    draft = drafts.read(content, "back.md", unit=unit)
    with desk.store.read() as connection:
        return document_with(connection, draft.text)


CONTENTS = {
    "utf-8": COAST.encode(),
    "a mark and line ends of Windows": b"\xef\xbb\xbf" + COAST.replace("\n", "\r\n").encode(),
    "utf-16": b"\xff\xfe" + COAST.encode("utf-16-le"),
    "cp932": "# 沿岸\r\n\r\n港は開く。すべての船に。\r\n\r\n・一つ目。\r\n".encode("cp932"),
    "nothing behind the end": b"One. Two.",
    "white space around": b" \n\n  One.\n \n Two.\t\n\n\n",
}


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_law_1_a_text_goes_out_with_the_bytes_it_came_with(
    store: Store, name: str, unit: Unit
) -> None:
    desk = bring(store, CONTENTS[name], unit=unit)
    assert markdown.write(desk.view()) == CONTENTS[name]
    assert text.write(desk.view()) == CONTENTS[name]
    with store.read() as connection:
        assert list(verify(connection)) == []


def test_lines_are_labelled_from_one_and_keep_their_kind(store: Store) -> None:
    desk = bring(store, COAST.encode())
    told = desk.read(lines.running_text)
    assert [line.label for line in told] == [str(number) for number in range(1, len(told) + 1)]
    assert (told[0].text, told[0].kind, told[0].level) == ("The Coast", "heading", 1)
    item = next(line for line in told if line.text == "Each side names a port.")
    assert (item.markup, item.kind) == ("- ", "sentence")
    about = desk.read(documents.find)
    assert (about.title, about.language, about.unit) == ("The Coast", "en", "sentence")


def test_the_file_is_kept_byte_for_byte(store: Store) -> None:
    desk = bring(store, CONTENTS["cp932"])
    kept = next(source for source in desk.read(documents.sources) if source.role == "imported")
    assert kept.sha256 == File("x", CONTENTS["cp932"]).sha256
    assert desk.read(documents.encoding) == "cp932"
    assert desk.read(documents.find).language == "ja"


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_law_2_an_unedited_copy_is_known_in_any_unit_and_with_other_line_ends(
    store: Store, unit: Unit
) -> None:
    desk = bring(store, COAST.encode())
    out = markdown.write(desk.view())
    for copy in (out, out.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + out, out.rstrip(b"\n")):
        assert known(desk, copy, unit) == "coast"
    assert known(desk, out.replace(b"yearly", b"monthly"), unit) is None
    assert known(desk, b"Another text.", unit) is None


def test_an_export_after_changes_is_known_when_it_returns(store: Store) -> None:
    desk = bring(store, COAST.encode())
    for change in (
        desk.replace("2", "Ports stay open for good."),
        desk.insert("3", "No ship waits."),
        desk.delete("4"),
        desk.insert("0", "Preamble."),
    ):
        desk.accept(change)
    changed = text.write(desk.view())
    assert b"\n- It reports yearly.\n" in changed
    assert known(desk, changed) == "coast"
    assert known(desk, COAST.encode()) is None


def test_what_belongs_to_a_heading_or_a_table_stays_with_it(store: Store) -> None:
    desk = bring(store, COAST.encode())
    labels = {line.text: line.label for line in desk.read(lines.running_text)}
    desk.accept(desk.insert(labels["Done"], "A beginning of the end."))
    desk.accept(desk.insert(labels["| Port | Side |"], "| South | B |"))
    desk.accept(desk.delete(labels["The end."]))
    changed = text.write(desk.view()).decode()
    assert "| Port | Side |\n|---|---|\n| South | B |\n" in changed
    assert "Done\n====\n\nA beginning of the end.\n" in changed
    desk.accept(desk.insert(f"{labels['Done']}a", "Another end."))
    desk.accept(desk.delete(f"{labels['Done']}a"))
    assert "Done\n====\n\nAnother end.\n" in text.write(desk.view()).decode()


def test_a_text_outgrows_its_encoding_and_says_so(store: Store) -> None:
    desk = bring(store, CONTENTS["cp932"])
    desk.accept(desk.replace("2", "港はカフェ café のために開く。"))
    with pytest.raises(BadInput, match="cp932 has no 'é'"):
        text.write(desk.view())
    assert "café" in text.write(desk.view()._replace(encoding="utf-8")).decode()


def test_a_draft_and_a_redline_are_written_in_utf_8(store: Store) -> None:
    desk = bring(store, CONTENTS["utf-16"])
    then = desk.at
    name = desk.replace("2", "Ports stay open for good.")
    assert text.write(desk.view(name)).decode().startswith("DRAFT of")
    desk.accept(name)
    assert "{++ for good++}" in text.write(desk.view(redline=then)).decode()


def test_a_name_that_is_taken_is_refused_before_anything_is_stored(store: Store) -> None:
    desk = bring(store, COAST.encode())
    before = desk.everything()
    with pytest.raises(Refused, match="there is a document coast already"):
        bring(store, b"Another text.")
    with pytest.raises(BadInput):
        bring(store, b"Another text.", key="12a")
    assert desk.everything() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no words"),
        (b" \n\n\t", "has no words"),
        (b"One.\0 Two.", "NUL"),
        (b"\xff\xfe\x00\xd8x\x00", "not utf-16-le"),
        (b"x" * 100_001, "100,001 characters"),
        (b"\x80abc", "not utf-8 at byte 1"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        drafts.read(content, "coast.md")
    assert refused.value.hint
    assert "coast.md" in refused.value.message


def test_the_language_is_guessed_from_the_script() -> None:
    assert drafts.guessed_language("会議は毎年開催する。") == "ja"
    assert drafts.guessed_language("The word かな is Japanese for these letters here.") == "en"
    assert drafts.guessed_language("12, 34") == "en"


def test_lines_that_seem_cut_are_pointed_out() -> None:
    draft = drafts.read(b"One thing. Two. and so on.", "x.txt")
    cut = draft.lines[0]._replace(lead=" ", text="and so on.")
    told = Draft("utf-8", "en", "sentence", (draft.lines[0], cut), "")
    assert importing.doubtful(told) == [2]


PIECES = [
    *["# ", "## ", "- ", "1. ", "> ", "| a | b |\n", "|---|---|\n", "```\n", "---\n", "===\n"],
    *["The vote ", "was held. ", "It failed.", "D.C. ", "会議は開く。", "「賛成。」と言う。", "① "],
    *["\n", "\n\n", "\r\n", " ", "  \n", "\t", "\x0b", "\u2028", "\u3000", "e\u0301", "👩‍👩‍👧"],
]
raw = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30
)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le-sig", "utf-16-be-sig", "cp932"])


@settings(max_examples=60)
@given(raw, encodings, st.sampled_from(["sentence", "paragraph"]), st.sampled_from(["en", "ja"]))
def test_law_1_holds_for_any_text_in_any_encoding(
    told: str, encoding: str, unit: Unit, language: str
) -> None:
    try:
        content = encode(told, encoding)
        drafts.read(content, "x.md", unit=unit, language=language)
    except BadInput:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copyfile(template(), path)
        desk = bring(open_store(str(path)), content, unit=unit, language=language)
        assert text.write(desk.view()) == content
        assert known(desk, content) == "coast"
