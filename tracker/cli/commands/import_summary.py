"""``tracker import --as summary``: what was said, as notes for a person to mend."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.face import Face
from tracker.cli.terminal import say
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.importing.summary import Plan


class Wanted(NamedTuple):
    """Which meeting it is of, and where the notes go."""

    meeting: str | None = None
    output: Path | None = None
    force: bool = False


def write_notes(
    own: Face, file: Path, content: bytes, encoding: str | None, wanted: Wanted
) -> None:
    """Write the notes; the store stays as it is."""
    from tracker.cli.output import write
    from tracker.formats.notes.write import write as notes
    from tracker.formats.summary.read import read
    from tracker.services.importing import summary

    if not wanted.meeting:
        raise UsageError(
            f"whose summary is {file.name}?",
            "name the meeting: --meeting W2, or a new one: --meeting 'W2: Second Workshop'",
        )
    found = read(content, file.name, encoding)
    with own.reading() as snapshot:
        plan = summary.plan(snapshot, found, wanted.meeting, file.name)
    write(notes(plan.outline).encode(), wanted.output, force=wanted.force)
    _tell(plan, file, wanted.output)


def _tell(plan: Plan, file: Path, output: Path | None) -> None:
    from tracker.cli.render.words import plural

    total = sum(plan.levels.values())
    sure = ", ".join(f"{count} {level}" for level, count in plan.levels.items() if count)
    say(f"{file.name}: {plural(total, 'comment')} found ({sure}); nothing is stored yet")
    if plan.lines:
        say(f"on the lines {', '.join(plan.lines)}; the rest on topics or on the whole")
    else:
        say("no line of the document stands in it: is it about this one? see tracker text")
    if plan.meetings:
        rows = ", ".join(map(str, plan.meetings))
        say(f"another meeting seems to begin in row {rows}: cut the notes in two")
    mended = shlex.quote(str(output)) if output else "NOTES.md"
    say(f"mend what the notes mark, then: tracker import {mended}")
