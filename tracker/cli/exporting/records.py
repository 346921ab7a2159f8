"""The whole record as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import say

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:
    """Return the record as YAML or JSON."""
    from tracker.formats.record import write as writing
    from tracker.services.exporting import record

    say_internal(snapshot, with_internal=asked.with_internal)
    gathered = record.gather(snapshot, with_internal=asked.with_internal)
    return writing.write_yaml(gathered) if name == "yaml" else writing.write_json(gathered)


def say_internal(snapshot: Snapshot, *, with_internal: bool) -> None:
    """Say how many internal comments are left out."""
    from tracker.cli.render.words import plural
    from tracker.services.comments import reading

    internal = 0 if with_internal else reading.count_internal(snapshot)
    if internal:
        say(f"left out: {plural(internal, 'internal comment')}; --with-internal takes them along")
