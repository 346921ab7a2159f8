"""What LibreOffice makes of the OpenDocument texts that are written here."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tools import program
from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark, Stamp
from tracker.formats.docx.read import read as read_word
from tracker.formats.odt.read import read
from tracker.formats.odt.write import write

PARAGRAPHS: Sequence[tuple[str, tuple[str, int | None, str | None]]] = (
    ("緊急提言 Urgent", ("heading", 1, None)),
    ("The parties shall keep the harbour open.", ("paragraph", None, None)),
    ("Two  spaces and\ta tab.", ("paragraph", None, None)),
    ("first item", ("item", 1, "-")),
    ("second item", ("item", 2, "-")),
    ("numbered", ("item", 1, "1.")),
    ("日本側は港を開く。", ("paragraph", None, None)),
    ("Last.", ("paragraph", None, None)),
)
TEXT = PARAGRAPH.join([words for words, _ in PARAGRAPHS])
DATE = "2022-03-04T10:00:00"


def at(words: str) -> int:
    return TEXT.index(words)


def blocks() -> tuple[Block, ...]:
    made = []
    start = 0
    for words, look in PARAGRAPHS:
        made.append(Block(start, start + len(words), *look))  # type: ignore[arg-type]  # a kind
        start += len(words) + 1
    return tuple(made)


MARKS = (
    Mark("delete", "US side", DATE, at("harbour"), at(" open."), "harbour"),
    Mark("insert", "US side", DATE, at(" open."), at(" open."), "port"),
    Mark("insert", "日本側", DATE, at("Two  ") - 1, at("Two  ") - 1, f"{PARAGRAPH}A new one."),
    Mark("delete", "日本側", DATE, at("Two  "), at("first"), f"Two  spaces and\ta tab.{PARAGRAPH}"),
    Mark("insert", "日本側", DATE, at("first"), at("first"), f"zeroth item{PARAGRAPH}"),
    Mark("delete", "US side", DATE, at("日本側"), at("は港"), "日本側"),
)
KEEP = (at("keep"), at("keep") + 4, "keep")
REMARKS = (
    Remark("C1", "Kimura", DATE, "Why?\nSo.", *KEEP, done=True, about="C1"),
    Remark("C2", "木村", DATE, "それで。", *KEEP, parent="C1", about="C2"),
    Remark("C3", "X", DATE, "On new words.", at(" open."), at(" open."), "port", within=1),
    Remark("C4", "X", DATE, "At the end.", len(TEXT), len(TEXT), about="C4"),
)
LINES = tuple((str(number), block.start, block.end) for number, block in enumerate(blocks(), 1))
STAMP = Stamp("coast", 31, "en", LINES, ("P1",))
SENT = Marked(TEXT, blocks(), MARKS, REMARKS, STAMP, "The Coast", "en")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The file as LibreOffice saves it again, and as it makes a Word file of it."""
    soffice = program("soffice", "libreoffice")
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "sent.odt").write_bytes(write(SENT, "DRAFT", "The Coast · @31"))
    return {form: saved(soffice, folder, form) for form in ("odt", "docx")}


def saved(soffice: str, folder: Path, form: str) -> bytes:
    command = (
        *(soffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--convert-to", form, "--outdir", str(folder / form), str(folder / "sent.odt")),
    )
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / form / f"sent.{form}").read_bytes()


def said(marked: Marked) -> list[tuple[str, str, str, bool]]:
    return sorted((each.author, each.text, each.quote, each.done) for each in marked.remarks)


@pytest.mark.parametrize("form", ["odt", "docx"])
def test_text_changes_and_comments_are_those_that_were_sent(
    converted: dict[str, bytes], form: str
) -> None:
    found = (read if form == "odt" else read_word)(converted[form], f"sent.{form}")
    assert found.text == TEXT
    assert [mark[:6] for mark in found.marks] == [mark[:6] for mark in MARKS]
    assert [block[2:4] for block in found.blocks] == [block[2:4] for block in SENT.blocks]
    assert said(found) == said(SENT)
    assert found.title == "The Coast"


def test_a_file_that_was_saved_again_still_says_what_it_is(converted: dict[str, bytes]) -> None:
    found = read(converted["odt"], "sent.odt")
    assert found.stamp is not None
    assert found.stamp._replace(lines=()) == STAMP._replace(lines=())
    # The bookmark of a line goes with its words, if all of them are deleted.
    assert {label for label, *_ in found.stamp.lines} == {label for label, *_ in LINES} - {"3"}
    assert {each.about for each in found.remarks} == {"C1", "C2", "C3", "C4"}
