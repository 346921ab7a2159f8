"""The text as a Word file, with its changes tracked and its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import say

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:  # all take it
    """Return the text as a Word file."""
    from tracker.cli.exporting.records import say_internal
    from tracker.formats.docx.plain import plain
    from tracker.formats.docx.read import read
    from tracker.formats.docx.write import write as written
    from tracker.services.exporting.word import clean, marked

    if asked.redline is None and not asked.with_:
        made = clean(snapshot, read)
    else:
        say_internal(snapshot, with_internal=asked.with_internal)
        internal = asked.with_internal
        made = marked(snapshot, read, asked.redline, asked.with_, with_internal=internal)
    boxed = [option.title for box in made.outgoing.boxes for option in box.options]
    if asked.with_ and boxed:
        say(f"in boxes, since no two changes of the same words can be tracked: {', '.join(boxed)}")
    if made.base is None:
        base, name = plain(made.text, made.blocks, made.title, made.language), "the file"
    else:
        base, name = made.base
    return written(base, made.outgoing, name)
