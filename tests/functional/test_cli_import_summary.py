"""A secretary has the summary of a workshop read, mends the notes made of it, and stores them.

The summary is put together of what the example record says stands in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.functional.command import SEED, Desk
from tests.functional.test_cli_refusals import check_refused

# What the record says of a comment, and is to be found again.
FIELDS = ("speaker", "side", "kind", "verbatim", "text", "relation", "lines", "topic")


@pytest.fixture(scope="module")
def seed() -> dict[str, Any]:
    with SEED.open(encoding="utf-8") as file:
        # BaseLoader constructs nothing but strings, lists and dictionaries.
        loaded: dict[str, Any] = yaml.load(file, Loader=yaml.BaseLoader)
    return loaded


@pytest.fixture(scope="module")
def unsaid_desk(seed: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The lines and the meeting of the example, of which nothing has been said."""
    desk = Desk(tmp_path_factory.mktemp("unsaid"))
    kept = {name: told for name, told in seed.items() if name not in ("comments", "proposals")}
    record = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)
    (desk.folder / "lines.yaml").write_text(record, encoding="utf-8")
    assert desk.tracker("init").status == 0
    imported = desk.tracker("import lines.yaml --yes")
    assert imported.status == 0, imported
    (desk.folder / "summary.txt").write_text(summary(seed), encoding="utf-8")
    return desk


def is_on_a_line(comment: dict[str, Any]) -> bool:
    return int(comment["id"][1:]) >= 40


def summary(seed: dict[str, Any]) -> str:
    """The part of the summary that is about the three lines: each with what was said of it."""
    parts = ["Three lines were flagged as areas that need to be clarified or revised:"]
    on: dict[str, list[str]] = {}
    label = ""
    for comment in seed["comments"]:
        if not is_on_a_line(comment):
            continue
        if "anchors" in comment:
            label = comment["anchors"][0]["line"]
        on.setdefault(label, []).append(comment["locator"])
    for line in seed["lines"]:
        parts.append(f"{line['label']}. {line['versions'][0]['text']}")
        said = on[line["label"]]
        parts += [" ".join(said[at : at + 2]) for at in range(0, len(said), 2)]
    return "\n\n".join(parts) + "\n"


@pytest.fixture
def unsaid(unsaid_desk: Desk, tmp_path: Path, seed: dict[str, Any]) -> Desk:
    desk = unsaid_desk.fresh(tmp_path)
    (tmp_path / "summary.txt").write_text(summary(seed), encoding="utf-8")
    return desk


def said(desk: Desk) -> list[dict[str, Any]]:
    listed = json.loads(desk.tracker("comment list --json --limit 0").stdout)
    found: list[dict[str, Any]] = listed["comments"] if isinstance(listed, dict) else listed
    return found


def told(comments: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    own = {comment["id"]: place for place, comment in enumerate(comments)}
    return [
        (*(comment[name] for name in FIELDS), own.get(comment["reply_to"])) for comment in comments
    ]


def test_the_summary_of_the_example_gives_its_comments_again(
    unsaid: Desk, example_desk: Desk
) -> None:
    before = unsaid.store()
    done = unsaid.tracker("import summary.txt --as summary --meeting W1 -o notes.md")
    assert (done.status, done.stdout) == (0, "")
    assert "8 comments found" in done.stderr
    assert "on the lines 1, 2, 3" in done.stderr
    assert unsaid.store() == before
    assert unsaid.tracker("import notes.md --yes").status == 0
    expected = [comment for comment in said(example_desk) if is_on_a_line(comment)]
    assert len(expected) == 8
    assert told(said(unsaid)) == told(expected)


def test_notes_are_mended_before_they_are_stored(unsaid: Desk) -> None:
    written = unsaid.tracker("import summary.txt --as summary --meeting W1")
    assert written.status == 0
    mended = written.stdout.replace(
        "- One American participant (US, observation)", "- One American participant (US, support)"
    )
    assert mended != written.stdout
    (unsaid.folder / "mended.md").write_text(mended, encoding="utf-8")
    assert unsaid.tracker("import mended.md --yes").status == 0
    assert [c["kind"] for c in said(unsaid) if c["side"] == "US"] == ["support"]


def test_every_item_says_how_sure_it_is_and_where_it_stands(unsaid: Desk) -> None:
    rows = unsaid.tracker("import summary.txt --as summary --meeting W1").stdout.splitlines()
    items = [place for place, row in enumerate(rows) if row.lstrip().startswith("- ")]
    assert len(items) == 8
    for place in items:
        assert rows[place - 1].lstrip().startswith(("<!-- sure, row", "<!-- likely, row"))


def test_the_notes_of_a_new_meeting_come_in_as_they_are_written(unsaid: Desk) -> None:
    done = unsaid.tracker("import summary.txt --as summary -o notes.md --meeting 'W2: The second'")
    assert done.status == 0
    assert unsaid.tracker("import notes.md --yes").status == 0
    assert {comment["meeting"] for comment in said(unsaid)} == {"W2"}


def test_a_summary_of_something_else_says_that_no_line_stands_in_it(unsaid: Desk) -> None:
    text = "One angler noted that “the fish are too small.” One member replied: “So they are.”\n"
    (unsaid.folder / "fish.txt").write_text(text, encoding="utf-8")
    done = unsaid.tracker("import fish.txt --as summary --meeting W1")
    assert done.status == 0
    assert "no line of the document stands in it" in done.stderr


def test_a_summary_in_cp932_is_read(unsaid: Desk) -> None:
    (unsaid.folder / "要旨.txt").write_bytes("田中氏は「遅い。」と述べた。\r\n".encode("cp932"))
    done = unsaid.tracker("import 要旨.txt --as summary --meeting W1")
    assert "- 田中氏 (observation): “遅い。”\n" in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ("import summary.txt --as summary", 2, "whose summary is summary.txt?"),
        ("import summary.txt --as summary --meeting C4", 1, "cannot be a name"),
        ("import summary.txt --as summary --meeting W1 --unit sentence", 2, "--unit is for a text"),
        ("import summary.txt --meeting W1", 2, "is for a comment matrix or a summary"),
        ("import none.txt --as summary --meeting W1", 1, "there is no file none.txt"),
        ("import empty.txt --as summary --meeting W1", 1, "empty.txt has no words"),
        ("import binary.txt --as summary --meeting W1", 1, "it is not utf-8"),
        ("import word.docx --as summary --meeting W1", 1, "word.docx is no text but a packed file"),
        ("import word.docx --as summary --meeting W1 --encoding cp1252", 1, "is no text but"),
        ("import paper.pdf --as summary --meeting W1", 1, "paper.pdf is no text but a PDF"),
        ("import dull.txt --as summary --meeting W1", 1, "dull.txt tells of nobody"),
        ("import summary.txt --as summary --meeting W1 -o dull.txt", 1, "is there already"),
        ("import summary.txt --as summary --meeting W1 -o no/where.md", 1, "cannot be written"),
    ],
)
def test_what_cannot_be_read_is_refused(
    unsaid: Desk, words: str, status: int, message: str
) -> None:
    (unsaid.folder / "empty.txt").write_bytes(b"")
    (unsaid.folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\xfd")
    (unsaid.folder / "word.docx").write_bytes(b"PK\x03\x04\x14\0\x06\0\xff")
    (unsaid.folder / "paper.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (unsaid.folder / "dull.txt").write_text("It was cold.\n", encoding="utf-8")
    before = unsaid.store()
    check_refused(unsaid.tracker(words), status, message)
    assert unsaid.store() == before
    assert (unsaid.folder / "dull.txt").read_text("utf-8") == "It was cold.\n"
