"""``tracker import --as summary``: what was said, as notes for a person to mend."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.face import Face
from tracker.cli.terminal import say
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked
    from tracker.services.importing.summary import Plan


def store(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Write the notes; the store stays as it is."""
    from tracker.cli.output import write
    from tracker.formats.notes.write import write as notes
    from tracker.formats.summary.read import read
    from tracker.services.importing import summary

    if not asked.meeting:
        raise UsageError(
            f"whose summary is {file.name}?",
            "name the meeting: --meeting W2, or a new one: --meeting 'W2: Second Workshop'",
        )
    found = read(content, file.name, asked.encoding)
    with own.reading() as snapshot:
        plan = summary.plan(snapshot, found, asked.meeting, file.name)
    write(notes(plan.outline).encode(), asked.output, force=asked.force)
    _tell(plan, file, asked.output)


def _tell(plan: Plan, file: Path, output: Path | None) -> None:
    from tracker.cli.render.words import plural

    total = sum(plan.levels.values())
    sure = ", ".join(f"{count} {level}" for level, count in plan.levels.items() if count)
    say(f"{file.name}: {plural(total, 'comment')} found ({sure}); nothing is stored yet")
    if plan.lines:
        on = "on line" if len(plan.lines) == 1 else "on the lines"
        say(f"{on} {', '.join(plan.lines)}; the rest on topics or on the whole")
    else:
        say("no line of the document stands in it: is it about this one? see tracker text")
    if plan.meetings:
        rows = ", ".join(map(str, plan.meetings))
        say(f"another meeting seems to begin in row {rows}: cut the notes in two")
    mended = shlex.quote(str(output)) if output else "NOTES.md"
    say(f"mend what the notes mark, then: tracker import {mended}")
