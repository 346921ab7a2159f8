"""Ctrl-C: an interrupted command changes nothing; one that was too far says what it did."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.command import SEED, Desk, Result

POINTS = range(10)
PROGRAM = ("-m", "tests.functional.interrupted")


def interrupt(desk: Desk, point: int | str, *words: str) -> Result:
    return desk.process(str(desk.folder / "count"), str(point), *words, program=PROGRAM)


def statements(desk: Desk, *words: str) -> int:
    """How many statements of a command can be interrupted."""
    assert interrupt(desk, 0, *words).status == 0
    return int((desk.folder / "count").read_text(encoding="utf-8"))


def spread(total: int) -> list[int]:
    """Ten points from the first statement to the last."""
    assert total >= len(POINTS)
    return [1 + round(point * (total - 1) / (len(POINTS) - 1)) for point in POINTS]


def with_second_document(desk: Desk) -> Desk:
    text = SEED.read_text(encoding="utf-8")
    other = text.replace("key: urgent-recommendations", "key: second")
    (desk.folder / "second.yaml").write_text(other, encoding="utf-8")
    return desk


IMPORT = ("import", "second.yaml", "--yes")


@pytest.fixture(scope="module")
def import_points(example_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    desk = with_second_document(example_desk.fresh(tmp_path_factory.mktemp("points")))
    return spread(statements(desk, *IMPORT))


@pytest.mark.parametrize("point", POINTS)
def test_an_import_that_is_interrupted_changes_nothing(
    desk: Desk, import_points: list[int], point: int
) -> None:
    with_second_document(desk)
    before = desk.store()
    done = interrupt(desk, import_points[point], *IMPORT)
    assert (done.status, done.stdout) == (130, "")
    assert done.stderr.endswith("tracker: interrupted; nothing was stored\n")
    assert "Traceback" not in done.stderr
    assert desk.store() == before
    assert desk.tracker("verify").status == 0


def test_an_interrupt_while_it_is_committed_comes_too_late_and_the_command_tells_what_it_did(
    desk: Desk,
) -> None:
    with_second_document(desk)
    done = interrupt(desk, "commit", *IMPORT)
    assert (done.status, "stored as @4: the document second" in done.stderr) == (0, True)
    assert desk.tracker("--document second flagged").status == 0
    assert desk.tracker("verify").status == 0


INIT = ("init", "--example")


@pytest.fixture(scope="module")
def init_points(tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    return spread(statements(Desk(tmp_path_factory.mktemp("points")), *INIT))


@pytest.mark.parametrize("point", POINTS)
def test_an_interrupted_init_leaves_no_file(
    empty_desk: Desk, init_points: list[int], point: int
) -> None:
    done = interrupt(empty_desk, init_points[point], *INIT)
    assert (done.status, done.stdout) == (130, "")
    assert {path.name for path in empty_desk.folder.iterdir()} == {"count"}


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be sent Ctrl-C there")
def test_a_command_that_waits_for_a_lock_can_be_interrupted(desk: Desk, tmp_path: Path) -> None:
    before = desk.store()
    holder = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE');"
        "print('held', flush=True); sys.stdin.read()"
    )
    environment = desk.environment_of_processes()
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(desk.folder / "tracker.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with subprocess.Popen(
            [sys.executable, "-m", "tracker", "comment", "dispose", "C1", "--outcome", "noted"],
            cwd=desk.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as waiting:
            time.sleep(1.5)
            waiting.send_signal(signal.SIGINT)
            out, err = waiting.communicate(timeout=20)
        other.communicate(b"")
    assert (waiting.returncode, out) == (130, b""), err
    assert b"nothing was stored" in err
    assert desk.store() == before
