"""A secretary brings a marked-up Word file in, and gets one back that went round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.command import Desk
from tests.functional.test_cli_prompts import talk
from tests.functional.test_cli_refusals import check_refused
from tests.word_files import cut, ins, p, r, word
from tracker.formats.docx.read import read

STARTS, ENDS, REFERS = (
    '<w:commentRangeStart w:id="{0}"/>',
    '<w:commentRangeEnd w:id="{0}"/>',
    '<w:r><w:commentReference w:id="{0}"/></w:r>',
)


def flagged(number: int, content: str) -> str:
    return STARTS.format(number) + content + ENDS.format(number) + REFERS.format(number)


def said(number: int, text: str, author: str = "Bob") -> str:
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2022-03-04T11:00:00Z">'
        f'<w:p w14:paraId="0000000{number + 1}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    )


def state(number: int, parent: int | None = None, *, done: bool = False) -> str:
    above = "" if parent is None else f' w15:paraIdParent="0000000{parent + 1}"'
    return f'<w15:commentEx w15:paraId="0000000{number + 1}"{above} w15:done="{int(done)}"/>'


HEADING = p(r("The Coast"), properties='<w:outlineLvl w:val="0"/>')
SECOND = p(r("Each party may look. "), ins("No ship is turned away.", author="Ann"))


def coast(first: str = r("open"), *, resolved: bool = False, more: str = "") -> bytes:
    """A paper of three lines, with a thread and a tracked change."""
    return word(
        HEADING
        + p(r("The ports stay "), flagged(0, first), r(" to ships."), flagged(1, ""))
        + SECOND,
        comments=said(0, "Open to whom?") + said(1, "To all.", "Ann") + more,
        commentsExtended=state(0, done=resolved) + state(1, parent=0) + state(2, parent=0),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty store, and a marked-up Word file beside it."""
    desk = Desk(tmp_path)
    desk.tracker("init")
    (tmp_path / "coast.docx").write_bytes(coast())
    return desk


def listed(desk: Desk, noun: str) -> list[dict[str, Any]]:
    found: Any = json.loads(desk.tracker(f"{noun} list --json").stdout)
    told: list[dict[str, Any]] = found[f"{noun}s"] if isinstance(found, dict) else found
    return told


def test_a_word_file_is_shown_and_becomes_a_document_with_all_it_brings(desk: Desk) -> None:
    shown = desk.tracker("import coast.docx --yes")
    assert shown.status == 0, shown.stderr
    assert "coast: The Coast\n" in shown.stderr
    assert "  line 1 (heading 1): The Coast\n" in shown.stderr
    assert "P1 from Ann: 3 unchanged, 1 inserted\n" in shown.stderr
    assert "  inserted after 3: {+No ship is turned away.+}\n" in shown.stderr
    assert "  C1 Bob, 2022-03-04 11:00:00, on line 2 “open”\n" in shown.stderr
    assert "  C2 Ann, 2022-03-04 11:00:00, answers C1\n" in shown.stderr
    assert "stored as @1: the document coast, 3 lines, 2 comments, 1 proposal\n" in shown.stderr
    assert desk.tracker("export").stdout == (
        "# The Coast\n\nThe ports stay open to ships.\n\nEach party may look.\n"
    )
    first, second = listed(desk, "comment")
    assert (first["date"], first["quote"]) == ("2022-03-04T11:00:00", "open")
    assert (second["reply_to"], second["relation"]) == ("C1", "answers")
    [proposal] = listed(desk, "proposal")
    assert proposal["changes"][0]["date"] == "2022-03-04T10:00:00"
    assert desk.tracker("verify").status == 0


def test_law_2_the_same_file_and_its_export_are_nothing_new(desk: Desk) -> None:
    desk.tracker("import coast.docx --yes")
    desk.tracker("export -o coast.md")
    before = desk.store()
    for again in ("coast.docx", "coast.docx --document coast", "coast.md"):
        done = desk.tracker(f"import {again}")
        assert (done.status, "nothing to store" in done.stderr) == (0, True), done
    assert desk.store() == before


def test_who_is_asked_may_say_no_and_nothing_is_stored(desk: Desk) -> None:
    before = desk.store()
    asked = desk.tracker("import coast.docx")
    assert (asked.status, "say --yes to store it" in asked.stderr) == (2, True)
    told = talk(desk, "import", "coast.docx", answers=(("Store this?", "n\n"),))
    assert "nothing was stored" in told.screen
    assert desk.store() == before


def test_authors_go_by_the_names_that_are_said_of_them(desk: Desk) -> None:
    check_refused(
        desk.tracker("import coast.docx --yes --from Kimura"),
        2,
        "several people marked coast.docx up: Ann, Bob",
        '--from "Ann=WHO"',
    )
    done = desk.tracker("import", "coast.docx", "--yes", "--from", "Ann=Kimura", "--from", "Kato")
    assert done.status == 0, done.stderr
    assert [proposal["from"] for proposal in listed(desk, "proposal")] == ["Kimura"]
    assert [comment["speaker"] for comment in listed(desk, "comment")] == ["Kato", "Kimura"]


def test_it_comes_home_with_a_reply_a_resolved_thread_and_a_rewording(desk: Desk) -> None:
    desk.tracker("import coast.docx --yes")
    edited = cut("open", "Kato") + ins("shut", "Kato")
    reply = said(2, "I agree.", "Kato")
    content = coast(edited, resolved=True, more=reply)
    (desk.folder / "home.docx").write_bytes(content)
    done = desk.tracker("import home.docx --document coast --yes")
    assert done.status == 0, done.stderr
    assert "  2 comments of it known\n" in done.stderr
    assert "  known, and not proposed again: P1.1\n" in done.stderr
    assert "  resolved there, and noted: C1\n" in done.stderr
    assert "P2 from Kato: 2 unchanged, 1 edited\n" in done.stderr
    assert "stored as @2: 1 comment, noted C1, 1 proposal\n" in done.stderr
    assert [comment["disposition"] for comment in listed(desk, "comment")] == ["noted", None, None]
    again = desk.tracker("import home.docx --document coast --yes")
    assert "home.docx was imported at @2 already: nothing to store\n" in again.stderr


def test_what_was_not_tracked_needs_a_name(desk: Desk) -> None:
    desk.tracker("import coast.docx --yes")
    (desk.folder / "home.docx").write_bytes(coast(r("shut")))
    before = desk.store()
    told = desk.tracker("import home.docx --document coast --yes")
    assert told.status == 2
    assert "words were changed without tracking" in told.stderr
    assert told.stderr.endswith("  say it: --from WHO\n")
    assert "  2 edited: The ports stay [-open-]{+shut+} to ships.\n" in told.stderr
    assert desk.store() == before
    assert desk.tracker("import home.docx --document coast --yes --from Kato").status == 0
    assert [proposal["from"] for proposal in listed(desk, "proposal")] == ["Ann", "Kato"]


def test_once_the_text_has_changed_a_file_is_told_which_state_it_began_with(desk: Desk) -> None:
    desk.tracker("import coast.docx --yes")
    desk.tracker("proposal accept P1")
    edited = cut("open", "Kato") + ins("shut", "Kato")
    (desk.folder / "home.docx").write_bytes(coast(edited))
    check_refused(desk.tracker("import home.docx --document coast --yes"), 1, "--since @31")
    done = desk.tracker("import home.docx --document coast --since @1 --yes")
    assert "coast, beside @1:\n" in done.stderr
    assert [proposal["from"] for proposal in listed(desk, "proposal")] == ["Ann", "Kato"]


def test_an_import_is_undone_whole(desk: Desk) -> None:
    desk.tracker("import coast.docx --yes")
    assert desk.tracker("undo").status == 0
    assert desk.tracker("import coast.docx --yes").status == 0
    assert desk.tracker("verify").status == 0


@pytest.mark.parametrize(
    ("options", "status", "said_of_it"),
    [
        ("--edition Next", 2, "--edition is for a text; coast.docx is a marked text"),
        ("--since @1", 2, "leave out --since"),
        ("--unit word", 2, "is no unit"),
        ("--language x!", 1, "is no language"),
        ("--document P1", 1, "cannot be a name"),
    ],
)
def test_what_cannot_be_said_of_it_is_refused(
    desk: Desk, options: str, status: int, said_of_it: str
) -> None:
    before = desk.store()
    check_refused(desk.tracker(f"import coast.docx --yes {options}"), status, said_of_it)
    assert desk.store() == before


def test_words_that_look_like_escapes_are_shown_and_not_obeyed(desk: Desk) -> None:
    body = p(r("One is [bold]here[/]."), flagged(0, r("Two")), ins("[red]\u202e", "[blink]Ann"))
    content = word(body, comments=said(0, "[link=x]y[/]"))
    (desk.folder / "odd.docx").write_bytes(content)
    done = desk.tracker("import odd.docx --yes")
    assert done.status == 0, done.stderr
    assert "[link=x]y[/]" in done.stderr
    assert "[blink]Ann" in done.stderr
    assert "\u202e" not in done.stderr


def test_a_file_that_a_remark_was_sealed_in_goes_out_again_with_its_changes_once(
    desk: Desk,
) -> None:
    (desk.folder / "coast.docx").write_bytes(coast(r("open") + ins("ed", "Cho")))
    assert desk.tracker("import coast.docx --yes").status == 0
    came = read((desk.folder / "coast.docx").read_bytes(), "coast.docx").marks
    assert desk.tracker("comment seal C1 --reason asked --yes").status == 0
    assert desk.tracker("export -o all.docx --with P1,P2").status == 0
    assert read((desk.folder / "all.docx").read_bytes(), "all.docx").marks == came
    assert desk.tracker("export -o clean.docx").status == 0
    assert read((desk.folder / "clean.docx").read_bytes(), "clean.docx").marks == ()


def test_a_comment_without_a_number_begins_no_thread_of_others(desk: Desk) -> None:
    comments = said(0, "First.") + '<w:comment w:author="Cho"><w:p/></w:comment>'
    (desk.folder / "odd.docx").write_bytes(word(p(flagged(0, r("Words."))), comments=comments))
    assert desk.tracker("import odd.docx --yes").status == 0
    found = json.loads(desk.tracker("comment list --json").stdout)
    assert [(each["text"], each["reply_to"]) for each in found] == [
        ("First.", None),
        ("(no words)", None),
    ]


@pytest.mark.parametrize("name", ["coast.txt", "coast.md", "coast.yaml", "coast.csv"])
def test_a_word_file_by_the_name_of_a_text_is_told_as_what_it_is(desk: Desk, name: str) -> None:
    (desk.folder / name).write_bytes(coast())
    before = desk.store()
    for words in ((), ("--encoding", "cp1252")):
        done = desk.tracker("import", name, "--yes", *words[: 0 if name.endswith("yaml") else 2])
        check_refused(done, 1, "is a file of an Office program", ".docx")
    assert desk.store() == before
