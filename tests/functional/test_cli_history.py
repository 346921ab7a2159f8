"""An edition that came back moved, split and merged: shown as such, reverted and undone."""

from __future__ import annotations

import pytest

from tests.functional.command import Desk

FIRST = """# The Coast

The parties keep the harbour open to all ships. Each party may inspect any ship.

Disputes are settled by talks, and if these fail a judge is asked to settle them.

This text enters into force at once, on the day on which it is signed.

It is written in two languages that are equally valid.
"""
SECOND = """# The Coast

This text enters into force at once, on the day on which it is signed.

The parties keep the harbour open to all ships, and each party may inspect any ship.

Disputes are settled by talks, and if these fail a judge is asked to settle them.

It is written in two languages. They are equally valid.
"""


@pytest.fixture
def revised(empty_desk: Desk) -> Desk:
    desk = empty_desk
    for name, text in (("first.md", FIRST), ("second.md", SECOND)):
        (desk.folder / name).write_text(text, encoding="utf-8")
    assert desk.tracker("init").status == 0
    assert desk.tracker("import first.md --document coast --yes").status == 0
    comment = "comment add 3 --from 'A member' --text 'Which?' --on 'any ship'"
    assert desk.tracker(comment).status == 0
    imported = desk.tracker("import second.md --document coast --edition Second --yes")
    assert imported.status == 0, imported.stderr
    return desk


def test_what_moved_was_split_and_was_merged_is_told_as_such(revised: Desk) -> None:
    shown = revised.tracker("diff @1..").stdout
    assert "5 · @1 → @3 · moved: stood after 4, stands after 1" in shown
    assert "2 · @1 → @3 · merged from 2, 3" in shown
    assert "6 · @1 → @3 · split into 6, 6a" in shown
    assert "deleted" not in shown
    assert "inserted" not in shown
    redline = revised.tracker("export --redline @1").stdout
    assert "{>>line 5 was moved; it stood after 4<<}This text enters into force" in redline
    credited = revised.tracker("blame 2").stdout
    assert "3:1" in credited


@pytest.mark.parametrize("command", ["revert @3", "undo"])
def test_the_text_and_its_comments_are_as_they_were(revised: Desk, command: str) -> None:
    assert revised.tracker(command).status == 0
    assert revised.tracker("export").stdout == FIRST
    assert "on “any ship”" in revised.tracker("comment show C1").stdout
    assert revised.tracker("verify").status == 0
    assert revised.tracker("undo").status == 0
    assert revised.tracker("verify").status == 0


def test_comments_made_since_go_with_their_words_when_the_text_is_reverted(revised: Desk) -> None:
    comment = "comment add 6a --from 'A member' --text 'Are they?' --on 'equally valid'"
    assert revised.tracker(comment).status == 0
    assert revised.tracker("undo @3").status == 1
    assert revised.tracker("revert @3").status == 0
    assert revised.tracker("export").stdout == FIRST
    shown = revised.tracker("comment list --line 6").stdout
    assert "Are they?" in shown
