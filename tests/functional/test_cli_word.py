"""The example goes out to Word, is worked on there, and comes home."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.functional.command import Desk
from tests.functional.test_cli_refusals import check_refused
from tests.tools import program
from tests.word_hand import Hand
from tracker.exchange.marked_source import accepted
from tracker.formats.docx.read import read

ALL = "P1,P2,P3,P4"


@pytest.fixture
def out(desk: Desk) -> bytes:
    """The example with its four proposals, as a Word file."""
    done = desk.tracker("export", "--with", ALL, "-o", "out.docx")
    assert done.status == 0, done.stderr
    return (desk.folder / "out.docx").read_bytes()


def numbers(desk: Desk) -> dict[str, int]:
    """How many comments, dispositions and proposals the store has."""
    comments = json.loads(desk.tracker("comment list --json --limit 0").stdout)
    proposals = json.loads(desk.tracker("proposal list --json --limit 0").stdout)
    return {
        "comments": len(comments),
        "dispositions": sum(bool(each["disposition"]) for each in comments),
        "proposals": len(proposals),
    }


def test_four_proposals_are_tracked_and_eight_comments_in_threads(desk: Desk, out: bytes) -> None:
    told = read(out, "out.docx")
    assert len(told.remarks) == 8
    assert sum(remark.parent is not None for remark in told.remarks) == 2
    assert told.stamp is not None
    assert told.stamp.proposals == ("P1", "P2", "P3", "P4")
    assert told.text.split("\u2029") == [
        line["text"] for line in json.loads(desk.tracker("text --json").stdout)
    ]
    for words in ("at home and abroad", "At the same time", "democracies deliver"):
        assert words not in told.text
        assert words in accepted(told.text, told.marks)


def test_a_reply_a_settled_thread_and_a_rewording_come_home_once(desk: Desk, out: bytes) -> None:
    before = numbers(desk)
    hand = Hand(out)
    hand.reply("C40", "We could name both places in a footnote.", "Kimura")
    hand.resolve("C46")
    hand.reword("an endeavor that", "a task that", "Suzuki")
    (desk.folder / "back.docx").write_bytes(hand.saved)
    done = desk.tracker("import back.docx --yes")
    assert (done.status, "P5 collides with P4; see: tracker diff P5 P4" in done.stderr) == (3, True)
    after = numbers(desk)
    assert {name: after[name] - count for name, count in before.items()} == {
        "comments": 1,
        "dispositions": 1,
        "proposals": 1,
    }
    (reply,) = json.loads(desk.tracker("comment show C48 --json").stdout)
    assert (reply["reply_to"], reply["speaker"]) == ("C40", "Kimura")
    assert "from Suzuki" in desk.tracker("proposal show P5").stdout
    again = desk.tracker("import back.docx --yes")
    assert (again.status, "nothing to store" in again.stderr) == (0, True)
    assert numbers(desk) == after


def test_what_came_home_in_a_file_goes_out_once_and_what_is_asked_for_alone(
    desk: Desk, out: bytes
) -> None:
    hand = Hand(out)
    hand.reply("C40", "We could name both places.", "Kimura")
    (desk.folder / "back.docx").write_bytes(hand.saved)
    assert desk.tracker("import back.docx --yes").status == 0
    first = read(out, "out.docx").marks
    for chosen, marks in ((ALL, first), ("P4", tuple(m for m in first if "deliver" in m.text))):
        done = desk.tracker("export", "--with", chosen, "-o", "again.docx", "--force")
        assert done.status == 0, done.stderr
        assert read((desk.folder / "again.docx").read_bytes(), "again.docx").marks == marks


def test_a_file_that_comes_home_as_it_went_brings_nothing(desk: Desk, out: bytes) -> None:
    before = desk.store()
    done = desk.tracker("import out.docx --yes")
    assert (done.status, "nothing to store" in done.stderr) == (0, True)
    assert desk.store() == before


def test_comments_are_known_by_their_numbers_where_word_renewed_their_keys(
    desk: Desk, out: bytes
) -> None:
    before = numbers(desk)
    hand = Hand(out)
    hand.reply("C40", "We could name both places.", "Kimura")
    hand.renew()
    (desk.folder / "back.docx").write_bytes(hand.saved)
    done = desk.tracker("import back.docx --yes")
    assert (done.status, "8 comments of it known" in done.stderr) == (0, True), done.stderr
    assert numbers(desk) == {**before, "comments": before["comments"] + 1}
    (reply,) = json.loads(desk.tracker("comment show C48 --json").stdout)
    assert reply["reply_to"] == "C40"


def test_a_sealed_remark_does_not_come_home(desk: Desk, out: bytes) -> None:
    assert desk.tracker("comment dispose C46 --outcome noted --reason 'Well said.'").status == 0
    assert desk.tracker("comment seal C46 --reason 'asked for' --yes").status == 0
    before = desk.store()
    for content in (out, renewed(out)):
        (desk.folder / "back.docx").write_bytes(content)
        done = desk.tracker("import back.docx --yes")
        check_refused(done, 1, "has the words of C46, which were sealed", "delete that comment")
        assert desk.store() == before
    assert desk.tracker("export", "--with", ALL, "-o", "out.docx", "--force").status == 0
    (desk.folder / "back.docx").write_bytes(renewed((desk.folder / "out.docx").read_bytes()))
    done = desk.tracker("import back.docx --yes")
    assert (done.status, "nothing to store" in done.stderr) == (0, True), done.stderr


def renewed(content: bytes) -> bytes:
    """A file with other keys for its comments."""
    hand = Hand(content)
    hand.renew()
    return hand.saved


def test_a_decision_is_known_by_its_very_words_and_no_reply_is_taken_for_one(desk: Desk) -> None:
    for words in ("C44 --outcome accepted", "C41 --outcome rejected --reason 'It was countered.'"):
        assert desk.tracker(f"comment dispose {words}").status == 0
    assert desk.tracker("export", "--with", ALL, "-o", "out.docx").status == 0
    before = numbers(desk)
    hand = Hand((desk.folder / "out.docx").read_bytes())
    hand.reply("C44", "I never accepted it.", "Kimura")
    hand.renew()
    (desk.folder / "back.docx").write_bytes(hand.saved)
    done = desk.tracker("import back.docx --yes")
    assert (done.status, "10 comments of it known" in done.stderr) == (0, True), done.stderr
    assert numbers(desk) == {**before, "comments": before["comments"] + 1}
    (reply,) = json.loads(desk.tracker("comment show C48 --json").stdout)
    assert (reply["reply_to"], reply["text"]) == ("C44", "I never accepted it.")


def test_a_file_that_libreoffice_saved_brings_nothing_home(desk: Desk) -> None:
    office = program("soffice")
    assert desk.tracker("comment dispose C40 --outcome rejected --reason 'Not now.'").status == 0
    assert desk.tracker("export", "--with", ALL, "-o", "out.docx", "--force").status == 0
    (desk.folder / "saved").mkdir()
    command = [
        *(office, f"-env:UserInstallation={(desk.folder / 'profile').as_uri()}", "--headless"),
        *("--convert-to", "docx", "--outdir", "saved", "out.docx"),
    ]
    subprocess.run(command, cwd=desk.folder, check=True, capture_output=True, timeout=180)
    assert (desk.folder / "saved" / "out.docx").exists()
    done = desk.tracker("import saved/out.docx --yes")
    assert (done.status, "nothing to store" in done.stderr) == (0, True), done.stderr


def test_a_clean_file_holds_the_text_and_nothing_else(desk: Desk) -> None:
    assert desk.tracker("export -o clean.docx").status == 0
    told = read((desk.folder / "clean.docx").read_bytes(), "clean.docx")
    assert (told.marks, told.remarks) == ((), ())
    check_refused(
        desk.tracker("export -o a.docx --with-internal"), 2, "holds the text alone", "--redline"
    )


def test_only_what_was_asked_for_is_said_to_stand_in_a_box(desk: Desk) -> None:
    assert "in boxes" not in desk.tracker("export --with P1 -o a.docx").stderr
    told = desk.tracker("export --with P1,P2,P3 -o b.docx").stderr
    assert "cannot be tracked beside the others: P2.1 · " in told
    assert "P3.1" not in told


def test_a_file_is_not_written_to_a_terminal_and_not_over_another(desk: Desk, out: bytes) -> None:
    check_refused(desk.tracker("export", "-o", "out.docx"), 1, "is there already", "--force")
    assert (desk.folder / "out.docx").read_bytes() == out


def test_what_goes_out_of_the_same_store_is_the_same_file(
    desk: Desk, out: bytes, tmp_path: Path
) -> None:
    again = tmp_path / "again.docx"
    assert desk.tracker("export", "--with", ALL, "-o", str(again)).status == 0
    assert again.read_bytes() == out


def test_what_an_edition_changed_goes_out_as_a_table(desk: Desk) -> None:
    assert desk.tracker("proposal accept P3 --reason 'It says what we mean.'").status == 0
    assert desk.tracker("edition add 'September 2022' --date 2022-09").status == 0
    show = ("edition", "show", "september-2022", "--changes")
    assert desk.tracker(*show, "-o", "changes.docx").status == 0
    told = read((desk.folder / "changes.docx").read_bytes(), "changes.docx")
    cells = [told.text[block.start : block.end] for block in told.blocks if block.kind == "cell"]
    assert cells[:4] == ["Line", "Was", "Now", "Why"]
    assert cells[4] == "2"
    assert any("P3 from" in cell and "It says what we mean." in cell for cell in cells)
    for words in (("--format", "odt"), ("-o", "changes.html")):
        check_refused(desk.tracker(*show, *words), 2, "is no format for what changed", "docx")
    check_refused(
        desk.tracker("edition show september-2022 -o a.docx"), 2, "only what changed", "--changes"
    )


def test_a_redline_that_comes_home_brings_what_is_new_in_it_alone(desk: Desk) -> None:
    assert desk.tracker("proposal accept P3 --reason 'It says what we mean.'").status == 0
    assert desk.tracker("comment dispose C44 --outcome rejected --reason 'Too long.'").status == 0
    done = desk.tracker("export --redline july-2021 --with P4 -o out.docx")
    assert done.status == 0, done.stderr
    before = numbers(desk)
    again = desk.tracker("import out.docx --yes")
    assert (again.status, "nothing to store" in again.stderr) == (0, True), again.stderr
    hand = Hand((desk.folder / "out.docx").read_bytes())
    hand.reword("an endeavor that", "a task that", "Suzuki")
    (desk.folder / "back.docx").write_bytes(hand.saved)
    assert desk.tracker("import back.docx --yes").status == 3
    assert numbers(desk) == {**before, "proposals": before["proposals"] + 1}


@pytest.mark.parametrize("form", ["docx", "odt", "criticmarkup"])
def test_an_unchanged_redline_brings_nothing_home_in_any_form(desk: Desk, form: str) -> None:
    assert desk.tracker("proposal accept P3 --reason 'It says what we mean.'").status == 0
    name = f"out.{'md' if form == 'criticmarkup' else form}"
    done = desk.tracker("export", "--redline", "july-2021", "--format", form, "-o", name)
    assert done.status == 0, done.stderr
    before = desk.store()
    again = desk.tracker("import", name, "--yes")
    assert (again.status, "nothing to store" in again.stderr) == (0, True), again.stderr
    assert desk.store() == before
