"""A command that is interrupted, at whatever moment, changes nothing: same journal, same head."""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event

from tests.services.desk import Desk, document
from tracker.services import documents, meetings

Command = Callable[[Desk], Any]


def of_the_store(service: Callable[..., int], key: str, **values: Any) -> Command:
    def command(desk: Desk) -> None:
        with desk.writing() as (entry, _):
            service(entry, key, **values)

    return command


# Each writing service; P1 replaces a line, inserts two and deletes one, and answers C1.
COMMANDS: dict[str, Command] = {
    "comment": lambda desk: desk.say("1", "2"),
    "comment on words": lambda desk: desk.say("2", words="any ship"),
    "reply": lambda desk: desk.reply("C1"),
    "disposition": lambda desk: desk.dispose("C1", "C2"),
    "proposal": lambda desk: desk.replace("1", "Open.", answers=["C1"]),
    "further change": lambda desk: desk.insert("2", "And so on.", to="P1"),
    "acceptance": lambda desk: desk.accept("P1", "rejected"),
    "rejection": lambda desk: desk.decide("rejected", "P1", "P2"),
    "edition": lambda desk: desk.edition("one"),
    "settings": lambda desk: desk.set(title="Another"),
    "import": lambda desk: document(desk.store, "One.", "Two.", key="river"),
    "series": of_the_store(meetings.add_series, "S1", name="N", hosts=["A"]),
    "meeting": of_the_store(meetings.add_meeting, "W1", name="N", topics=["A", "B"]),
    "participant": of_the_store(meetings.add_participant, "voice-1", name="N"),
    "reference": of_the_store(meetings.add_reference, "R1", title="T"),
    "document": of_the_store(documents.add, "river", title="The River"),
}


def prepare(desk: Desk) -> None:
    first = desk.say("2", words="any ship")
    desk.reply(first)
    name = desk.replace("2", "Each party may look.", answers=[first])
    desk.insert("2", "New.", to=name)
    desk.insert("2", "Newer.", to=name)
    desk.delete("3", to=name)
    desk.delete("1")


def is_interrupted(desk: Desk, command: Command, at: int) -> bool:
    """Type Ctrl-C while a statement, by its number, is carried out; say whether there is one."""
    numbers = count()

    def interrupt(*_: object) -> None:
        if next(numbers) == at:
            raise KeyboardInterrupt

    event.listen(desk.store.engine, "after_cursor_execute", interrupt)
    gc.freeze()
    try:
        command(desk)
        done = True
    except KeyboardInterrupt:
        done = False
    finally:
        event.remove(desk.store.engine, "after_cursor_execute", interrupt)
    # SQLite's lock is held by the cursor; a process that is interrupted ends, and the lock with it.
    # Only what was made since is looked through.
    gc.collect()
    gc.unfreeze()
    return not done


@pytest.mark.parametrize("command", COMMANDS)
def test_an_interrupted_command_changes_nothing(desk: Desk, command: str) -> None:
    prepare(desk)
    before = desk.head
    at = 0
    while is_interrupted(desk, COMMANDS[command], at):
        assert desk.head == before
        at += 1 if at < 2 else 5
    assert at > 2
    assert desk.head[0] == before[0] + 1
    desk.check()


def test_nothing_is_left_of_an_interrupted_command_in_any_table(desk: Desk) -> None:
    prepare(desk)
    before = desk.everything()
    for at in (1, 9, 17, 25):
        assert is_interrupted(desk, COMMANDS["acceptance"], at)
        assert desk.everything() == before
    desk.check()
