"""``tracker import`` of a record, and of one more meeting's comments or notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.face import Face
from tracker.cli.terminal import agreed, say

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked
    from tracker.exchange.record import Record
    from tracker.services.importing.files import File
    from tracker.services.importing.meeting import Plan


def store(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Show what a record holds, and store it if a person, or ``--yes``, agrees."""
    from tracker.formats.record.read import read
    from tracker.services.importing.files import File
    from tracker.services.importing.known import holds_record

    record = read(content, file.name)
    if record.document is None:
        _comments(own, record, File(file.name, content), asked.limit, asked.yes)
        return
    with own.store().read() as connection:
        is_known = holds_record(connection, record)
    if is_known:
        say(f"{file.name} is what the store holds of {record.document.key}: nothing to store")
        return
    _whole(own, record, File(file.name, content), asked.limit, asked.yes)


def _whole(own: Face, record: Record, file: File, limit: int, yes: bool) -> None:
    from tracker.cli.render.importing import preview_record
    from tracker.services.importing import record as importing

    with own.store().read() as connection:
        plan = importing.plan(connection, record, file)
    preview_record(record, limit)
    if not agreed("Store this?", yes=yes):
        say("nothing was stored")
        return
    with own.entry("import") as entry:
        key = importing.apply(entry, plan)
    say(f"stored as @{entry.number}: the document {key}")


def store_record(own: Face, record: Record, name: str, content: bytes, command: str) -> None:
    """Store a whole record without asking."""
    from tracker.services.importing import record as importing
    from tracker.services.importing.files import File

    with own.store().read() as connection:
        plan = importing.plan(connection, record, File(name, content))
    with own.entry(command) as entry:
        importing.apply(entry, plan)


def store_notes(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Show what a meeting's notes become, and store them if a person, or ``--yes``, agrees."""
    from tracker.formats.notes.read import read
    from tracker.services.importing import notes
    from tracker.services.importing.files import File

    found = read(content, file.name, asked.encoding)
    with own.reading() as snapshot:
        plan = notes.plan(snapshot, found, File(file.name, content, found.encoding))
    _store_comments(own, plan, asked.limit, asked.yes)


def _comments(own: Face, record: Record, file: File, limit: int, yes: bool) -> None:
    from tracker.services.importing import meeting

    with own.reading() as snapshot:
        plan = meeting.plan(snapshot, record, file)
    _store_comments(own, plan, limit, yes)


def _store_comments(own: Face, plan: Plan, limit: int, yes: bool) -> None:
    from tracker.cli.render.importing import preview_comments
    from tracker.services.importing import meeting

    preview_comments(plan.comments, limit)
    if not agreed("Store this?", yes=yes):
        say("nothing was stored")
        return
    with own.writing("import") as (entry, snapshot):
        ids = meeting.apply(entry, snapshot, plan)
        entry.summary = f"{ids[0]} to {ids[-1]}" if len(ids) > 1 else ids[0]
    say(f"stored as @{entry.number}: {entry.summary}")
