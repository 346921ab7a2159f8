"""Questions to a person, asked on a real terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from tests.functional.command import SEED, Desk

pty = pytest.importorskip("pty", reason="there are no terminals of this kind here")

PATIENCE = 30.0


@dataclass(frozen=True)
class Talk:
    """What stood on the terminal, and how the command ended."""

    screen: str
    status: int


Answer = str | Callable[["subprocess.Popen[bytes]"], str]


def talk(desk: Desk, *words: str, answers: tuple[tuple[str, Answer], ...], **more: str) -> Talk:
    """Run a command on a terminal; each answer is typed when its question stands there anew.

    An answer may do something while the command waits, and return what is typed then.
    """
    ours, its = pty.openpty()
    environment = desk.environment_of_processes() | more
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *words],
        cwd=desk.folder,
        env=environment,
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    screen, waiting, answered = "", list(answers), 0
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ready, _, _ = select.select([ours], [], [], 0.2)
        if ready:
            try:
                read = os.read(ours, 4096)
            except OSError:  # the terminal is closed at the other end
                break
            if not read:
                break
            screen += read.decode(errors="replace")
        if waiting and waiting[0][0] in screen[answered:]:
            answer, answered = waiting.pop(0)[1], len(screen)
            os.write(ours, (answer if isinstance(answer, str) else answer(process)).encode())
    else:
        process.kill()
    os.close(ours)
    return Talk(screen, process.wait(timeout=PATIENCE))


def ctrl_c(process: subprocess.Popen[bytes]) -> str:
    """Press Ctrl-C as a person does: once more where nothing came of it.

    Between its last look at the signals and its reading from the terminal Python misses one.
    """
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)
            break
    return ""


def second(desk: Desk) -> Desk:
    text = SEED.read_text(encoding="utf-8")
    other = text.replace("key: urgent-recommendations", "key: second")
    (desk.folder / "second.yaml").write_text(other, encoding="utf-8")
    return desk


@pytest.mark.parametrize("answer", ["n\n", "\n", "maybe\n", "\x04"])
def test_import_asks_and_anything_but_yes_stores_nothing(desk: Desk, answer: str) -> None:
    before = second(desk).store()
    seen = talk(desk, "import", "second.yaml", answers=(("[y/N]", answer),))
    assert "3 lines" in seen.screen
    assert "nothing was stored" in seen.screen
    assert seen.status == 0
    assert desk.store() == before


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_import_stores_when_a_person_agrees(desk: Desk, answer: str) -> None:
    seen = talk(second(desk), "import", "second.yaml", answers=(("Store this? [y/N]", answer),))
    assert (seen.status, "stored as @4: the document second" in seen.screen) == (0, True)
    assert desk.tracker("flagged --document second").status == 0


def test_ctrl_c_at_the_question_stores_nothing(desk: Desk) -> None:
    before = second(desk).store()
    seen = talk(desk, "import", "second.yaml", answers=(("[y/N]", ctrl_c),))
    assert (seen.status, "interrupted; nothing was stored" in seen.screen) == (130, True)
    assert "Traceback" not in seen.screen
    assert desk.store() == before


def test_a_store_that_moved_while_a_person_was_asked_takes_nothing(desk: Desk) -> None:
    second(desk)

    def move(_: subprocess.Popen[bytes]) -> str:
        assert desk.tracker("comment dispose C1 --outcome noted").status == 0
        return "y\n"

    seen = talk(desk, "import", "second.yaml", answers=(("[y/N]", move),))
    assert seen.status == 1, seen
    assert "the store moved while this was being prepared: @3 came after @2" in seen.screen
    assert desk.tracker("log --json").stdout.count('"entry"') == 3


def test_accepting_asks_about_the_comments_it_answers(desk: Desk) -> None:
    seen = talk(desk, "proposal", "accept", "P2", answers=(("[y/N]", "y\n"),))
    assert "C42, C43" in seen.screen
    assert (seen.status, "disposed of C42, C43" in seen.screen) == (0, True)
    assert desk.tracker("comment list --line 1").stdout.count("→ accepted") == 2


def test_accepting_leaves_the_comments_open_when_a_person_says_no(desk: Desk) -> None:
    seen = talk(desk, "proposal", "accept", "P2", answers=(("[y/N]", "n\n"),))
    assert (seen.status, "stored as @3: P2: changed 1" in seen.screen) == (0, True)
    assert "→ accepted" not in desk.tracker("comment list --line 1").stdout


def test_nobody_is_asked_where_the_answer_was_given_before(desk: Desk) -> None:
    seen = talk(desk, "proposal", "accept", "P2", "--dispose", "noted", answers=())
    assert (seen.status, "[y/N]" in seen.screen) == (0, False)
    seen = talk(second(desk), "import", "second.yaml", "--yes", answers=())
    assert (seen.status, "[y/N]" in seen.screen) == (0, False)


def test_a_proposal_that_cannot_be_accepted_asks_nothing(desk: Desk) -> None:
    assert desk.tracker("proposal accept P2").status == 0
    seen = talk(desk, "proposal", "accept", "P1", answers=())
    assert (seen.status, "[y/N]" in seen.screen) == (1, False)


def test_a_text_can_be_written_in_an_editor(desk: Desk) -> None:
    editor = desk.folder / "editor"
    editor.write_text("#!/bin/sh\necho 'Written in the editor.' > \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    words = ("comment", "add", "1", "--from", "A")
    seen = talk(desk, *words, answers=(), EDITOR=str(editor))
    assert (seen.status, "stored as @3: C48" in seen.screen) == (0, True)
    assert "“Written in the editor.”" in desk.tracker("comment show C48").stdout


@pytest.mark.parametrize("script", ["exit 3", "true"], ids=["fails", "saves nothing"])
def test_an_editor_that_gives_nothing_stores_nothing(desk: Desk, script: str) -> None:
    before = desk.store()
    editor = desk.folder / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    editor.chmod(0o755)
    words = ("comment", "add", "1", "--from", "A")
    for program in (str(editor), "no-such-editor", "unbalanced '"):
        seen = talk(desk, *words, answers=(), EDITOR=program)
        assert seen.status == 1, seen
        assert "Traceback" not in seen.screen
    assert desk.store() == before


def test_an_export_to_a_terminal_shows_hostile_text_unobeyed(desk: Desk) -> None:
    desk.tracker("propose", "2", "--from", "A", "--text", "\x1b[31mred\x07 words")
    desk.tracker("proposal accept P5")
    seen = talk(desk, "export", answers=())
    assert r"\x1b[31mred\x07 words" in seen.screen
