"""Rival proposals as a person works with them: on wide terminals, in an editor that may fail."""

from __future__ import annotations

from pathlib import Path

from tests.functional.command import Desk
from tests.functional.test_cli_prompts import talk

NEVER = "They shall never be indifferent."
ALWAYS = "They shall always be indifferent."


def editor(desk: Desk, script: str) -> str:
    """A program that does what a person in an editor would do with the file."""
    path = desk.folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def rivals(desk: Desk) -> None:
    for text in (NEVER, ALWAYS):
        desk.tracker("propose", "2", "--from", "A side", "--text", text)


def kept(screen: str) -> Path:
    """The file that a refusal says the text is kept in."""
    return Path("".join(screen.partition("kept in ")[2].split())).resolve()


def test_rivals_stand_side_by_side_where_there_is_room(desk: Desk) -> None:
    rivals(desk)
    wide = desk.tracker("show", "2", COLUMNS="150").stdout
    assert any("P5 · from A side" in row and "P6 · from A side" in row for row in wide.split("\n"))
    narrow = desk.tracker("show", "2", COLUMNS="40").stdout
    assert not any("P5 ·" in row and "P6 ·" in row for row in narrow.split("\n"))
    assert all(len(row) <= 40 for row in narrow.split("\n"))


def test_a_collision_is_resolved_in_the_editor(desk: Desk) -> None:
    rivals(desk)
    script = f"grep -q '⟦P5.1: .* ‖ P6.1: ' \"$1\" && printf '{NEVER}' > \"$1\""
    words = ("proposal", "merge", "P5", "P6", "--from", "The chair", "--yes")
    talked = talk(desk, *words, answers=(), EDITOR=editor(desk, script))
    assert talked.status == 0, talked.screen
    assert "P7.2 in the place of P7.1" in talked.screen


def test_an_editor_that_crashes_or_returns_nothing_leaves_the_collision(desk: Desk) -> None:
    rivals(desk)
    words = ("proposal", "merge", "P5", "P6", "--from", "The chair", "--yes")
    for script, told in (("exit 1", "status 1"), (': > "$1"', "empty"), ("true", "marks of the")):
        talked = talk(desk, *words, answers=(), EDITOR=editor(desk, script))
        assert talked.status == 3, talked.screen
        assert told in talked.screen
        assert "is in collision: tracker proposal resolve" in " ".join(talked.screen.split())


def test_what_was_written_is_kept_when_it_is_refused(desk: Desk) -> None:
    before = desk.store()
    script = 'printf "My words." > "$1"; exit 1'
    words = ("propose", "2", "--from", "A side")
    talked = talk(desk, *words, answers=(), EDITOR=editor(desk, script))
    assert talked.status == 1
    assert kept(talked.screen).read_text(encoding="utf-8") == "My words."
    script = 'printf "My words.\\n\\nMore." > "$1"'
    talked = talk(desk, *words, answers=(), EDITOR=editor(desk, script))
    assert "empty line" in " ".join(talked.screen.split())
    assert kept(talked.screen).read_text(encoding="utf-8") == "My words.\n\nMore."
    assert desk.store() == before


def test_a_sentence_that_both_touched_is_asked_about(desk: Desk) -> None:
    line = (
        "The United States and Japan should {}not be indifferent to China’s human rights abuses"
        " or suppression of democracy{}."
    )
    desk.tracker("propose", "2", "--from", "A", "--text", line.format("surely ", ""))
    desk.tracker("propose", "2", "--from", "B", "--text", line.format("", " and its export"))
    before = desk.store()
    words = ("proposal", "merge", "P5", "P6", "--from", "The chair")
    refused = desk.tracker(*words)
    assert (refused.status, desk.store()) == (2, before)
    assert "both changed one sentence" in refused.stdout
    no = talk(desk, *words, answers=(("[y/N]", "n\n"),))
    assert "nothing was stored" in no.screen
    assert desk.store() == before
    yes = talk(desk, *words, answers=(("[y/N]", "y\n"),))
    assert yes.status == 0
    assert "P7" in desk.tracker("proposal list --open").stdout


def test_of_a_proposal_of_many_changes_a_listing_shows_the_first_and_a_line_its_own(
    desk: Desk,
) -> None:
    count = 30
    text = desk.folder / "many.txt"
    words = ["They agree."] * count
    text.write_text("\n\n".join(f"{w} {n}" for n, w in enumerate(words)), encoding="utf-8")
    desk.tracker("import", str(text), "--document", "many", "--unit", "paragraph", "--yes")
    many = ("--document", "many")
    text.write_text("\n\n".join(f"{w} So {n}" for n, w in enumerate(words)), encoding="utf-8")
    desk.tracker("import", str(text), *many, "--from", "A colleague", "--yes")
    listing = desk.tracker("proposal", "list", *many).stdout
    assert "P1.20 changes" in listing
    assert "P1.21 changes" not in listing
    assert "and 10 changes more: tracker proposal show P1" in listing
    assert "P1.30 changes" in desk.tracker("proposal", "show", "P1", *many).stdout
    shown = desk.tracker("show", "25", *many).stdout
    assert "P1.25 changes line 25" in shown
    assert "P1.24 changes" not in shown
    assert "and 29 changes more: tracker proposal show P1" in shown
    agenda = " ".join(desk.tracker("status", *many).stdout.split())
    assert "19, 20 and 10 more" in agenda
    assert "30" not in agenda.partition("Undecided")[2]


def test_a_proposal_is_said_not_to_differ_from_itself(desk: Desk) -> None:
    done = desk.tracker("diff P1 p1")
    assert (done.status, done.stdout, done.stderr) == (0, "", "nothing differs\n")


def test_it_is_said_where_nothing_stands_in_brackets(desk: Desk) -> None:
    told = "nothing stands in brackets: no undecided proposal would change this text"
    assert told not in desk.tracker("export --brackets").stderr
    assert desk.tracker("proposal reject P1 P2 P3 P4").status == 0
    done = desk.tracker("export --brackets")
    assert (done.status, told in done.stderr) == (0, True)
    assert "[" not in done.stdout.partition("-->")[2]


def test_a_copy_that_wants_the_words_of_another_says_so(desk: Desk) -> None:
    assert desk.tracker("export -o copy.md").status == 0
    copy = desk.folder / "copy.md"
    copy.write_text(copy.read_text().replace("an endeavor that", "a task that"))
    done = desk.tracker("import copy.md --from Kimura --yes")
    assert (done.status, done.stderr.splitlines()[-1]) == (
        3,
        "P5 collides with P4; see: tracker diff P5 P4",
    )
    assert "P5" in desk.tracker("proposal list").stdout
