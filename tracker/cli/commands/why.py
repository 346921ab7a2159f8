"""``tracker why``: who asked for words of the text."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import At, Database, Document, Json, Language, ordinal
from tracker.cli.terminal import write_json

app = commands()


@app.command(short_help="Say who asked for words of the text, and what was decided.")
def why(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Words as they stand, or stood, in the text.")],
    line: Annotated[
        str | None, typer.Option("--line", metavar="LABEL", help="The line they stand in.")
    ] = None,
    occurrence: Annotated[
        int | None,
        typer.Option(
            "--occurrence",
            metavar="N",
            parser=ordinal,
            help="Which, where the line has the words several times.",
        ),
    ] = None,
    at: At = None,
    language: Language = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Say why words stand in the text: the decision, who asked for them, what was said before."""
    from tracker.cli.render import why as render
    from tracker.services.snapshot import at_state
    from tracker.services.why import why as ask

    with face(context, database, document, language=language).reading() as latest:
        snapshot = at_state(latest, at) if at else latest
        answer = ask(snapshot, words, line, occurrence)
    if as_json:
        write_json(render.as_json(answer))
    else:
        render.write(answer)
