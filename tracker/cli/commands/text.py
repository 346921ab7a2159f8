"""``tracker text``: the running text."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face
from tracker.cli.options import At, Database, Document, Json, Language, Limit
from tracker.cli.terminal import say, write_json
from tracker.errors import UsageError

app = commands()


@app.command(short_help="Show the running text.")
def text(
    context: typer.Context,
    at: At = None,
    language: Language = None,
    languages: Annotated[
        str | None,
        typer.Option(
            "--languages",
            metavar="en,ja",
            help="Texts side by side; what is stale or missing is marked.",
        ),
    ] = None,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show the running text, each line with its label."""
    from tracker.cli.render import lines as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import agreements, documents, lines
    from tracker.services.snapshot import at_state

    own = face(context, database, document, language=language)
    if languages is not None:
        if language is not None:
            raise UsageError("--language and --languages are two things", "leave one of them out")
        _side_by_side(own, languages, at, limit, as_json)
        return
    with own.reading() as snapshot:
        told = documents.find(snapshot)
        title = documents.title(snapshot)
        state = at_state(snapshot, at) if at else snapshot
        shown = lines.running_text(state, limit=limit or None)
        total = lines.standing_count(state)
        agreed = agreements.holding(state, [line.label for line in shown])
    if as_json:
        write_json([render.text_as_json(line, agreed) for line in shown])
    else:
        say(title)
        if told.note:
            say(told.note)
        render.write_text(shown, agreed)
    say_rest(len(shown), total)


def _side_by_side(own: Face, languages: str, at: str | None, limit: int, as_json: bool) -> None:
    from tracker.cli.render import translations as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import lines
    from tracker.services.snapshot import at_state, in_language
    from tracker.services.translations import reading

    tags = list(dict.fromkeys(languages.replace(",", " ").split()))
    if not tags:
        raise UsageError("--languages names none", "name some: --languages en,ja")
    with own.reading() as latest:
        others = [tag for tag in tags if not in_language(latest, tag).is_authentic]
        snapshot = at_state(latest, at) if at else latest
        text = lines.running_text(snapshot)
        found = {
            tag: (reading.passages(snapshot, tag), lines.running_text(snapshot, tag))
            for tag in others
        }
        rows = render.side_by_side(text, found, snapshot.authentic)
    shown = rows[: limit or None]
    if as_json:
        write_json([render.side_by_side_as_json(row, tags) for row in shown])
    else:
        render.write_side_by_side(shown, tags)
    for tag, (passages, _) in found.items():
        render.say_counts(tag, reading.counted(passages))
    say_rest(len(shown), len(rows))
