"""The text as a Word file, with its changes tracked and its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import say
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:  # noqa: ARG001  # all take it
    """Return the text as a Word file. Raises UsageError for what a clean one has no use for."""
    from tracker.cli.exporting.records import say_internal
    from tracker.formats.docx.plain import plain
    from tracker.formats.docx.read import read
    from tracker.formats.docx.write import write as written
    from tracker.services.exporting.word import clean, marked

    if asked.redline is None and not asked.with_:
        if asked.with_internal:
            raise UsageError(
                "without --redline or --with a Word file holds the text alone, and no comments",
                "leave out --with-internal, or say what to mark: --redline STATE",
            )
        made = clean(snapshot, read)
    else:
        say_internal(snapshot, with_internal=asked.with_internal)
        internal = asked.with_internal
        made = marked(snapshot, read, asked.redline, asked.with_, with_internal=internal)
    boxed = [option.title for box in made.outgoing.boxes for option in box.options]
    wanted = [title for title in boxed if title.partition(".")[0] in asked.with_]
    if wanted:
        say(f"in boxes, since they cannot be tracked beside the others: {', '.join(wanted)}")
    if made.base is None:
        base, file = plain(made.text, made.blocks, made.title, made.language), "the file"
    else:
        base, file = made.base
    return written(base, made.outgoing, file)
