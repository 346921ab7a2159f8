"""Word files for texts that did not come from Word."""

from __future__ import annotations

import io
import zipfile

import pytest

from tracker.exchange.marked import PARAGRAPH, Block
from tracker.exchange.outgoing import Edit, Outgoing
from tracker.exchange.review import Was
from tracker.exchange.view import Run
from tracker.formats.docx.plain import changes_table, plain
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write

LINES: tuple[tuple[str, str, int | None, str | None], ...] = (
    ("Title", "heading", 1, None),
    ("A line with\ttabs\nand breaks.", "paragraph", None, None),
    ("Deep <heading> & more", "heading", 3, None),
    ("one", "item", 1, "-"),
    ("inner", "item", 2, "1."),
    ("two", "item", 1, "-"),
    ("", "paragraph", None, None),
    ("a", "item", 1, "1."),
    (" 「引用」—終わり。 ", "paragraph", None, None),
)


def text_and_blocks() -> tuple[str, tuple[Block, ...]]:
    blocks = []
    place = 0
    for words, kind, level, marker in LINES:
        blocks.append(Block(place, place + len(words), kind, level, marker))  # type: ignore[arg-type]
        place += len(words) + 1
    return PARAGRAPH.join(words for words, *_ in LINES), tuple(blocks)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_reader_finds_the_same_text_headings_and_items(language: str) -> None:
    text, blocks = text_and_blocks()
    found = read(plain(text, blocks, "A <title> & more", language), "plain.docx")
    assert (found.text, found.blocks) == (text, blocks)
    assert found.title == "A <title> & more"


def test_an_empty_text_is_a_file_too() -> None:
    assert read(plain("", (), "Nothing", "en"), "plain.docx").text == ""


def test_each_numbered_list_begins_with_one() -> None:
    words = ["a", "b", "between", "c"]
    blocks = [Block(0, 1, "item", 1, "1."), Block(2, 3, "item", 1, "1.")]
    blocks += [Block(4, 11), Block(12, 13, "item", 1, "1.")]
    made = plain(PARAGRAPH.join(words), blocks, "x", "en")
    numbers = part(made, "word/document.xml").split('<w:numId w:val="')[1:]
    assert [each[0] for each in numbers] == ["1", "1", "2"]
    assert part(made, "word/numbering.xml").count('<w:startOverride w:val="1"/>') == 2 * 6


def test_japanese_text_has_fonts_and_a_language_of_its_own() -> None:
    made = plain("日本語のAI。", (Block(0, 7),), "題", "ja")
    styles = part(made, "word/styles.xml")
    assert 'w:eastAsia="Yu Mincho"' in styles
    assert '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/>' in styles
    assert '<w:rFonts w:hint="eastAsia"/>' in part(made, "word/document.xml")
    assert '<w:altName w:val="MS Mincho"/>' in part(made, "word/fontTable.xml")
    replaced = write(made, Outgoing(tracked=(Edit(0, 3, "英語", "A", None),)))
    assert part(replaced, "word/document.xml").count('<w:rFonts w:hint="eastAsia"/>') == 3


def test_the_table_of_changes_shows_redlines_as_formatting() -> None:
    runs = (Run("equal", "The "), Run("delete", "old"), Run("insert", "new"), Run("equal", " one."))
    was = Was("12", ("edited", "moved"), "The old one.", "The new one.", runs, ("P1: why", "C4"))
    made = changes_table([was], "What changed", "1 line changed.", "en")
    found = read(made, "changes.docx")
    cells = [found.text[each.start : each.end] for each in found.blocks if each.kind == "cell"]
    assert cells[:4] == ["Line", "Was", "Now", "Why"]
    assert cells[4:] == ["12", "edited, moved", "The old one.", "The oldnew one.", "P1: why", "C4"]
    assert found.marks == ()
    xml = part(made, "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 1
    assert "<w:strike/>" in xml
