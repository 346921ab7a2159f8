"""A secretary brings in a text: sees the split, mends it, and gets the same bytes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.command import Desk
from tests.functional.test_cli_prompts import talk
from tests.functional.test_cli_refusals import check_refused

COAST = "# The Coast\n\nThe vote was held by Gen. Assembly. It failed.\n\n- 一つ目。\n"


@pytest.fixture
def coast(tmp_path: Path) -> Desk:
    """An empty store, and a text beside it."""
    desk = Desk(tmp_path)
    desk.tracker("init")
    (tmp_path / "The Coast (draft 2).md").write_text(COAST, encoding="utf-8")
    (tmp_path / "coast.md").write_text(COAST, encoding="utf-8")
    return desk


def labels(desk: Desk) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in desk.tracker("text").stdout.splitlines()[2:]]


def test_a_text_comes_in_shown_and_goes_out_as_it_was(coast: Desk) -> None:
    shown = coast.tracker("import coast.md --yes")
    assert shown.status == 0
    assert "coast: The Coast\n" in shown.stderr
    assert "line 1 (heading 1): The Coast" in shown.stderr
    assert "stored as @1: the document coast" in shown.stderr
    assert coast.tracker("export").stdout == COAST
    again = coast.tracker("import coast.md --yes")
    assert (again.status, again.stdout) == (0, "")
    assert again.stderr == "coast.md is the text of coast as it stands: nothing to store\n"
    assert coast.tracker("log --json").stdout.count('"entry"') == 1


@pytest.mark.parametrize("form", ["text", "markdown", "yaml", "json"])
def test_law_2_an_export_of_any_form_is_nothing_new(coast: Desk, form: str) -> None:
    assert coast.tracker("import coast.md --yes").status == 0
    suffix = {"text": "txt", "markdown": "md"}.get(form, form)
    assert coast.tracker(f"export --format {form} -o out.{suffix}").status == 0
    before = coast.store()
    for more in ("", " --yes", " --document coast"):
        again = coast.tracker(f"import out.{suffix}{more}")
        assert again.status == 0, again
        assert "nothing to store" in again.stderr
    assert coast.store() == before


def test_where_nobody_is_asked_nothing_is_stored(coast: Desk) -> None:
    before = coast.store()
    asked = coast.tracker("import coast.md")
    assert asked.status == 2
    assert "--yes" in asked.stderr
    assert coast.store() == before


def test_the_split_is_written_mended_and_stored(coast: Desk) -> None:
    marked = coast.tracker("import coast.md --show-split").stdout
    assert marked.startswith("‖‖ ‖ begins a line")
    assert coast.tracker("log --json").stdout.count('"entry"') == 0
    mended = marked.replace(" ‖It failed", " It failed")
    (coast.folder / "split.txt").write_text(mended, encoding="utf-8")
    assert coast.tracker("import coast.md --split @split.txt --yes").status == 0
    told = coast.tracker("text").stdout
    assert "Assembly. It failed." in told
    assert coast.tracker("export").stdout == COAST


def test_a_split_with_other_words_is_refused(coast: Desk) -> None:
    marked = coast.tracker("import coast.md --show-split").stdout
    changed = marked.replace("failed", "won").encode()
    before = coast.store()
    refused = coast.tracker("import coast.md --split - --yes", stdin=changed)
    check_refused(refused, 1, "the text itself was changed, first in line 3")
    assert coast.store() == before


def test_a_person_mends_the_split_in_the_editor(coast: Desk) -> None:
    editor = coast.folder / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/ ‖It failed/ It failed/" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    answers = (("[y/N, e", "e\n"), ("Gen. Assembly. It failed.", "y\n"))
    seen = talk(coast, "import", "coast.md", answers=answers, EDITOR=str(editor))
    assert (seen.status, "stored as @1" in seen.screen) == (0, True), seen.screen
    assert "Assembly. It failed." in coast.tracker("text").stdout
    assert coast.tracker("export").stdout == COAST


def test_an_editor_that_changes_words_or_fails_leaves_the_question_open(coast: Desk) -> None:
    editor = coast.folder / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/failed/won/" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    answers = (("[y/N, e", "e\n"), ("the text itself was changed", "n\n"))
    seen = talk(coast, "import", "coast.md", answers=answers, EDITOR=str(editor))
    assert (seen.status, "nothing was stored" in seen.screen) == (0, True), seen.screen


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("The Coast (draft 2).md", "the-coast-draft-2"),
        ("提言.md", "document"),
        ("P2.md", "document"),
    ],
)
def test_a_document_is_named_after_the_file(coast: Desk, file: str, key: str) -> None:
    (coast.folder / file).write_text(COAST, encoding="utf-8")
    assert coast.tracker("import", file, "--yes").status == 0
    assert coast.tracker("document list --json").stdout.count(f'"key": "{key}"') == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntags: a\ntitle: 'The Coast: Terms'\n---\n\n# One\n\nTwo.\n", "The Coast: Terms"),
        ("Before.\n\n## Second\n\n# The  Coast\n\nTwo.\n", "The Coast"),
        ("No heading.\n", "paper"),
    ],
)
def test_a_document_has_the_title_that_the_text_gives_itself(
    coast: Desk, text: str, title: str
) -> None:
    (coast.folder / "paper.md").write_text(text, encoding="utf-8")
    assert coast.tracker("import paper.md --yes").status == 0
    assert f'"title": "{title}"' in coast.tracker("document show paper --json").stdout


def test_settings_are_what_the_command_line_says(coast: Desk) -> None:
    (coast.folder / "old.txt").write_bytes("Café. Two.\n\nThree.".encode("cp1252"))
    told = coast.tracker(
        "import old.txt --encoding cp1252 --unit paragraph --language en --title 'A title' "
        "--document other --yes"
    )
    assert told.status == 0
    assert "language en, cp1252" in told.stderr
    shown = coast.tracker("document show other --json").stdout
    assert '"title": "A title"' in shown
    assert '"unit": "paragraph"' in shown
    assert '"lines": 2' in shown


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("import none.md --yes", 1, "there is no file none.md"),
        ("import coast.md --unit word --yes", 2, "'word' is no unit"),
        ("import coast.md --encoding klingon --yes", 1, "'klingon' is no encoding"),
        ("import coast.md --split @none --yes", 1, "none cannot be read"),
        ("import coast.md --as poem --yes", 2, "'poem'"),
        ("import coast.md --document 12a --yes", 1, "'12a'"),
        ("import coast.md --as record --unit sentence", 2, "--unit is for a text"),
        ("import bytes.md --yes", 1, "bytes.md: it is not utf-8 at byte 1"),
        ("import empty.md --yes", 1, "empty.md has no words"),
        ("import coast.md --title '' --yes", 1, "title"),
        ("import coast.md --language 'e n' --yes", 1, "'e n' is no language"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_stored(
    coast: Desk, words: str, status: int, said: str
) -> None:
    (coast.folder / "bytes.md").write_bytes(b"\x80\x81")
    (coast.folder / "empty.md").write_bytes(b"\n")
    before = coast.store()
    refused = coast.tracker(words)
    assert (refused.status, refused.stdout) == (status, ""), refused
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert coast.store() == before


def test_an_edited_copy_is_shown_and_needs_to_be_told_what_becomes_of_it(coast: Desk) -> None:
    assert coast.tracker("import coast.md --yes").status == 0
    changed = COAST.replace("It failed.", "It failed badly.")
    (coast.folder / "coast.md").write_text(changed, encoding="utf-8")
    before = coast.store()
    refused = coast.tracker("import coast.md --yes")
    assert refused.status == 2
    assert "3 edited: It failed{+ badly+}." in refused.stderr
    assert "--from WHO" in refused.stderr
    assert "--edition NAME" in refused.stderr
    assert coast.store() == before


def test_another_text_of_a_stored_name_is_refused(coast: Desk) -> None:
    assert coast.tracker("import coast.md --yes").status == 0
    (coast.folder / "coast.md").write_text("Apples ripen. Plums do too.\n", encoding="utf-8")
    before = coast.store()
    refused = coast.tracker("import coast.md --yes")
    assert refused.status == 1
    assert "this is no copy of coast" in refused.stderr
    assert "--document" in refused.stderr
    assert coast.store() == before


def test_an_edited_copy_comes_back_as_a_proposal_and_as_an_edition(coast: Desk) -> None:
    assert coast.tracker("import coast.md --yes").status == 0
    changed = COAST.replace("It failed.", "It failed badly.")
    (coast.folder / "back.md").write_text(changed, encoding="utf-8")
    proposed = coast.tracker("import back.md --document coast --from Tokyo --yes")
    assert (proposed.status, proposed.stdout) == (0, "")
    assert "stored as @2: P1, its one change being P1.1" in proposed.stderr
    again = coast.tracker("import back.md --document coast --from Tokyo --yes")
    assert (again.status, "was imported at @2 already" in again.stderr) == (1, True)
    named = coast.tracker("import", "back.md", "--edition", "September 2022", "--yes")
    assert named.status == 0
    assert "stored as @3: the edition september-2022" in named.stderr
    assert coast.tracker("export -o out.md").status == 0
    assert (coast.folder / "out.md").read_text(encoding="utf-8") == changed
    assert "P1" in coast.tracker("proposal list").stdout
    once_more = coast.tracker("import", "back.md", "--edition", "October 2022", "--yes")
    assert once_more.status == 0
    assert once_more.stderr == (
        "back.md is the text of coast as it stands: nothing to store\n"
        "it is the edition september-2022 already; tracker edition set changes what it says\n"
    )


def test_words_of_a_text_that_look_like_escapes_are_shown_and_not_obeyed(coast: Desk) -> None:
    hostile = "Red \x1b[31m line. [bold]Next.[/bold]\n"
    (coast.folder / "bad.md").write_text(hostile, encoding="utf-8")
    shown = coast.tracker("import bad.md --yes")
    assert shown.status == 0
    assert "\x1b" not in shown.stderr
    assert "[bold]" in shown.stderr


def test_a_copy_under_another_name_is_pointed_out(coast: Desk) -> None:
    assert coast.tracker("import coast.md --yes").status == 0
    changed = COAST.replace("It failed.", "It failed badly.")
    (coast.folder / "coast v2.md").write_text(changed, encoding="utf-8")
    told = coast.tracker("import", "coast v2.md", "--yes")
    assert told.status == 0
    assert "most of it stands in the document coast" in told.stderr
    (coast.folder / "other.md").write_text("Something else.", encoding="utf-8")
    assert "most of it" not in coast.tracker("import other.md --yes").stderr


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "the editor ended with status 3"),
        ('rm "$1"', "the editor left no file"),
        ('sed -i "s/‖//g" "$1"', "there is no ‖ in the split"),
    ],
)
def test_an_editor_that_fails_leaves_the_question_open(coast: Desk, script: str, said: str) -> None:
    editor = coast.folder / "editor.sh"
    editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    editor.chmod(0o755)
    answers = (("[y/N, e", "e\n"), (said, "y\n"))
    seen = talk(coast, "import", "coast.md", answers=answers, EDITOR=str(editor))
    assert (seen.status, "stored as @1" in seen.screen) == (0, True), seen.screen


def test_the_split_shown_on_a_terminal_obeys_no_escape(coast: Desk) -> None:
    (coast.folder / "bad.md").write_text("Red \x1b[31m line.\n", encoding="utf-8")
    seen = talk(coast, "import", "bad.md", "--show-split", answers=())
    assert "\x1b[31m" not in seen.screen
    assert "\\x1b[31m" in seen.screen
