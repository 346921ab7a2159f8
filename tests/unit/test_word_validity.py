"""What other programs make of the Word files that are written here."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.tools import package, program
from tests.word_files import cut, end, ins, p, packed, r, tracked, word, word_parts
from tracker.exchange.marked import PARAGRAPH, Block, Remark, Stamp
from tracker.exchange.outgoing import Box, Bubble, Edit, Front, Open, Option, Outgoing
from tracker.exchange.review import Was
from tracker.exchange.view import Run
from tracker.formats.docx.plain import changes_table, plain
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write

AT = "2022-03-04T10:00:00Z"
TEXT = PARAGRAPH.join(
    ["Title", "The old text of a line. Another one.", "first", "second", "日本語の文。"]
)
BLOCKS = (
    Block(0, 5, "heading", 1),
    Block(6, 42, "paragraph"),
    Block(43, 48, "item", 1, "1."),
    Block(49, 55, "item", 2, "-"),
    Block(56, 62, "paragraph"),
)
OPTION = Option(
    "P2", (Run("delete", "old"), Run("insert", "odd")), "The odd text.", ("Wanted by B",)
)
FULL = Outgoing(
    tracked=(
        Edit(10, 13, "new", "Side A", AT),
        Edit(30, 30, f"Split{PARAGRAPH}here: ", "Side B", None),
        Edit(55, 56, "", "Side B", AT),
        Edit(62, 62, f"{PARAGRAPH}追加。", "Side A", AT),
    ),
    comments=(
        Bubble(
            Remark("1", "Side A", AT, "A member, objection:\ntoo old", 10, 13, "old", about="C4")
        ),
        Bubble(Remark("2", "Editor", AT, "Noted.", 10, 13, "old", parent="1", done=True)),
        Bubble(Remark("3", "Side B", None, "on new words", 62, 62, "追加", offset=1), edit=3),
    ),
    boxes=(Box(10, "Other options", (OPTION,)),),
    front=Front("Title", "1 passage is open.", (Open("The old text.", (OPTION,), "P1"),), "DRAFT"),
    stamp=Stamp("charter", 31, "en", (("1", 0, 5), ("2", 6, 29), ("3", 30, 42)), ("P1",)),
    header="DRAFT",
    footer="July 2021 · @31",
    numbered=True,
)


def patched() -> bytes:
    """A file of another program, with changes, a section, a header and a table, patched."""
    section = (
        '<w:sectPr><w:headerReference w:type="default" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships" r:id="rh"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" '
        'w:footer="709" w:gutter="0"/></w:sectPr>'
    )
    row = (
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>{p(r("cell"))}</w:tc></w:tr>'
    )
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="900"/>'
        f"</w:tblGrid>{row * 2}</w:tbl>"
    )
    body = (
        p(r("One "), cut("two"), ins("three", "Ben"), r(" four"))
        + p(tracked("ins", r("new"), "Ben"), properties=end("ins", "Ben"))
        + table
        + p(r("last"))
        + section
    )
    parts = word_parts(
        body,
        styles='<w:style w:type="paragraph" w:styleId="A"/>'.replace(
            "/>", '><w:name w:val="A"/></w:style>'
        ),
    )
    relations = parts["word/_rels/document.xml.rels"]
    parts["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>",
        '<Relationship Id="rh" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/header" Target="header1.xml"/></Relationships>',
    )
    parts["word/header1.xml"] = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{p(r('Head'))}</w:hdr>"
    )
    parts["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties"/>'
    )
    parts["[Content_Types].xml"] = typed(parts["[Content_Types].xml"])
    return packed(parts)


_PACKAGE = "application/vnd.openxmlformats-package"


def typed(types: str) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    more = [
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>',
        f'<Override PartName="/docProps/core.xml" ContentType="{_PACKAGE}.core-properties+xml"/>',
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/>',
        f'<Override PartName="/word/header1.xml" ContentType="{kind}.header+xml"/>',
    ]
    return types.replace("</Types>", f"{''.join(more)}</Types>")


def files() -> dict[str, bytes]:
    base = patched()
    found = read(base, "base.docx")
    tracked_too = FULL._replace(
        kept=frozenset(range(len(found.marks))),
        tracked=(Edit(0, 3, "1", "Side A", AT), Edit(13, 23, "", "Side B", AT)),
        comments=FULL.comments[:2],
        stamp=FULL.stamp and FULL.stamp._replace(lines=(("1", 0, 12),)),
        boxes=(Box(15, "In a cell", (OPTION,)),),
    )
    was = Was("12", ("edited",), "The old.", "The new.", OPTION.runs, ("P1: because", "C4"))
    return {
        "plain": plain(TEXT, BLOCKS, "Title & more", "en"),
        "japanese": plain(TEXT, BLOCKS, "題", "ja"),
        "full": write(plain(TEXT, BLOCKS, "Title", "ja"), FULL),
        "patched": write(base, tracked_too),
        "changes": changes_table([was], "What changed", "1 line changed.", "en"),
    }


FILES = sorted(["plain", "japanese", "full", "patched", "changes"])
# A shell of a few parts lacks these two, which Word makes do without.
_LACKING = ("relationships/theme", "relationships/fontTable")


def faults(content: bytes, folder: Path) -> list[str]:
    """What the rules of the Open XML SDK (schemas, ids, references) find wrong in a file."""
    audit = package("openxml_audit")
    file = folder / "checked.docx"
    file.write_bytes(content)
    result = audit.OpenXmlValidator(max_errors=0).validate(str(file))
    said = [f"{error.part_uri} {error.path}: {error.description}" for error in result.errors]
    return [each for each in said if not any(lack in each for lack in _LACKING)]


@pytest.mark.parametrize("name", FILES)
def test_a_written_file_keeps_the_rules_of_the_format(name: str, tmp_path: Path) -> None:
    assert faults(files()[name], tmp_path) == []


def test_the_check_finds_a_broken_file(tmp_path: Path) -> None:
    disordered = "<w:r><w:t>x</w:t><w:rPr><w:b/></w:rPr></w:r>"
    assert faults(word(p(disordered)), tmp_path) != []


def converted(content: bytes, folder: Path) -> str:
    """What LibreOffice makes of a file, as flat ODF."""
    office = program("soffice")
    (folder / "made.docx").write_bytes(content)
    command = [
        *(office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
        *("--convert-to", "fodt", "--outdir", str(folder), str(folder / "made.docx")),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "made.fodt").read_text(encoding="utf-8")


def test_libreoffice_finds_the_changes_and_the_comments(tmp_path: Path) -> None:
    seen = converted(files()["full"], tmp_path)
    assert "<text:tracked-changes" in seen
    assert seen.count("<text:insertion>") >= 3
    assert seen.count("<text:deletion>") >= 2
    assert seen.count("<office:annotation ") == 3
    assert 'loext:resolved="true"' in seen
    for words in ("too old", "Other options", "1 passage is open.", "追加"):
        assert words in seen


def spans(tree: Any, kind: str) -> list[tuple[str, str]]:
    """The author and the words of each span of a kind in pandoc's tree."""
    if isinstance(tree, list):
        return [each for part in tree for each in spans(part, kind)]
    if not isinstance(tree, dict):
        return []
    if tree.get("t") == "Span" and kind in tree["c"][0][1]:
        author = dict(tree["c"][0][2]).get("author", "")
        return [(author, said(tree["c"][1])), *spans(tree["c"][1], kind)]
    return spans(tree.get("c"), kind) if "t" in tree else spans(list(tree.values()), kind)


def said(tree: Any) -> str:
    if isinstance(tree, list):
        return "".join(map(said, tree))
    if isinstance(tree, dict):
        return " " if tree.get("t") == "Space" else said(tree.get("c", []))
    return tree if isinstance(tree, str) else ""


def test_pandoc_reads_the_changes_and_the_comments_back(tmp_path: Path) -> None:
    pypandoc = package("pypandoc")
    file = tmp_path / "made.docx"
    file.write_bytes(files()["full"])
    options = ["--track-changes=all"]
    tree = json.loads(pypandoc.convert_file(str(file), "json", extra_args=options))["blocks"]
    assert ("Side A", "old") in spans(tree, "deletion")
    assert ("Side A", "new") in spans(tree, "insertion")
    assert "Side B" in {author for author, _ in spans(tree, "paragraph-insertion")}
    assert "Side B" in {author for author, _ in spans(tree, "paragraph-deletion")}
    begun = spans(tree, "comment-start")
    assert [author for author, _ in begun] == ["Side A", "Editor", "Side B"]
