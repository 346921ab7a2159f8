"""``tracker import`` of a translator's table: what is new in it, shown and stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tracker.cli.face import Face
from tracker.cli.terminal import agreed, say
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked


def store(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Show the new translations of a table, and store them if a person, or ``--yes``, agrees."""
    from tracker.cli.render.translations import preview
    from tracker.cli.render.words import plural
    from tracker.formats import sheet
    from tracker.services.importing.files import File
    from tracker.services.translations import sheets

    language = asked.language
    table = sheet.read(content, file.name)
    if language is not None and table.rows and table.language != language:
        raise UsageError(
            f"{file.name} is a table of {table.language or 'no language'}, and not of {language}",
            "leave out --language",
        )
    if not table.rows:
        say(f"{file.name} has no new translation filled in: nothing to store")
        return
    with own.reading() as snapshot:
        plan = sheets.plan(snapshot, table, File(file.name, content))
    if not plan.renewed:
        say(f"the translations of {file.name} are in the store already: nothing to store")
        return
    preview(plan, asked.limit)
    if not agreed("Store this?", yes=asked.yes):
        say("nothing was stored")
        return
    with own.writing(f"import --as translation --language {plan.language}") as (entry, snapshot):
        carried = sheets.apply(entry, snapshot, plan)
    say(f"stored as @{entry.number}: {plural(len(plan.renewed), 'passage')} in {plan.language}")
    orphaned = dict.fromkeys(each.comment for each in carried if each.state == "orphaned")
    if orphaned:
        say(f"the words that {', '.join(orphaned)} flagged are gone from the text")
        raise typer.Exit(3)
