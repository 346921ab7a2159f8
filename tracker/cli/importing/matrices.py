"""``tracker import`` of a comment matrix: the dispositions and comments that were filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.face import Face
from tracker.cli.terminal import agreed, say

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked


def store(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Show what a matrix brings, and store it if a person, or ``--yes``, agrees."""
    from tracker.cli.render.matrix import preview
    from tracker.cli.render.words import plural
    from tracker.formats.matrix import read, write
    from tracker.services.importing.files import File
    from tracker.services.importing.matrix import planning, storing

    own = replace(own, language=asked.language)
    matrix = read.read(content, file.name, asked.encoding)
    brought = File(file.name, write.kept(matrix.rows), "utf-8-sig")
    with own.reading() as snapshot:
        plan = planning.plan(snapshot, matrix, brought)
    preview(plan, asked.limit)
    if plan.is_empty:
        say(f"{file.name} brings nothing that is new to the store: nothing to store")
        return
    if not agreed("Store this?", yes=asked.yes):
        say("nothing was stored")
        return
    with own.writing("import --as matrix") as (entry, snapshot):
        storing.apply(entry, snapshot, plan)
    counts = [(len(plan.disposed), "disposition"), (len(plan.fresh), "comment")]
    brought_in = " and ".join(plural(count, noun) for count, noun in counts if count)
    say(f"stored as @{entry.number}: {brought_in}")
