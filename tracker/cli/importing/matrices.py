"""``tracker import`` of a comment matrix: the dispositions and comments that were filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tracker.cli.face import Face
from tracker.cli.terminal import agreed, say

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked
    from tracker.services.importing.matrix.planning import Plan


def store(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Show what a matrix brings, and store it if a person, or ``--yes``, agrees.

    The command ends with status 3 where something that was filled in is not taken.
    """
    from tracker.cli.render.matrix import preview
    from tracker.cli.render.words import plural
    from tracker.formats.matrix import read, write
    from tracker.services.importing.files import File
    from tracker.services.importing.matrix import planning

    own = replace(own, language=asked.language)
    matrix = read.read(content, file.name, asked.encoding)
    brought = File(file.name, write.kept(matrix.rows), "utf-8-sig")
    with own.reading() as snapshot:
        plan = planning.plan(snapshot, matrix, brought, asked.meeting)
    preview(plan, asked.limit)
    if plan.is_empty:
        say(f"{file.name} brings nothing that is new to the store: nothing to store")
    elif agreed("Store this?", yes=asked.yes):
        _store(own, plan)
    else:
        say("nothing was stored")
        return
    if plan.left_out:
        rows = plural(len(plan.left_out), "row")
        say(f"not taken, or not wholly: {rows}; mend what is told above and import it again")
        raise typer.Exit(3)


def _store(own: Face, plan: Plan) -> None:
    from tracker.cli.render.words import plural
    from tracker.services.importing.matrix import storing

    with own.writing("import --as matrix") as (entry, snapshot):
        storing.apply(entry, snapshot, plan)
    counts = [(len(plan.disposed), "disposition"), (len(plan.fresh), "comment")]
    brought_in = " and ".join(plural(count, noun) for count, noun in counts if count)
    say(f"stored as @{entry.number}: {brought_in}")
