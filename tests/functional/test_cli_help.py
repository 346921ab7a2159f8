"""Help: every command and every option says what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from tests.functional.command import Desk, check_snapshot, transcript
from tracker.cli.app import app


def commands(
    group: Any = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words it is called by; the root has none."""
    command: Any = group or typer.main.get_command(app)
    yield path, command
    if hasattr(command, "list_commands"):
        for name in command.list_commands(None):
            yield from commands(command.get_command(None, name), (*path, name))


ALL = dict(commands())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_is_given_on_stdout_with_status_0(empty_desk: Desk, path: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        given = empty_desk.tracker(*path, option)
        assert (given.status, given.stderr) == (0, "")
        assert given.stdout.startswith(" ".join(("Usage: tracker", *path)))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    command = ALL[path]
    assert command.help
    assert [each.name for each in command.params if not getattr(each, "help", None)] == []


def test_help_reads_as_it_read_before(empty_desk: Desk) -> None:
    given = [empty_desk.tracker(*path, "--help") for path in ALL]
    check_snapshot("help", "\n".join(transcript(one, empty_desk) for one in given))


def test_no_command_at_all_shows_the_help_as_a_mistake(empty_desk: Desk) -> None:
    given = empty_desk.tracker()
    assert (given.status, given.stdout) == (2, "")
    assert given.stderr.startswith("Usage: tracker")
