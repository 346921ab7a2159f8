"""``tracker search``: lines, comments and proposals that hold some words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Json, Limit, names
from tracker.cli.terminal import say, write_json
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.searching import Results

app = commands()


@app.command(short_help="Find lines, comments and proposals by words.")
def search(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help="The words to look for; a text must hold them all.")
    ],
    within: Annotated[
        list[str] | None,
        typer.Option("--in", metavar="KIND", help="Only in lines, comments or proposals."),
    ] = None,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Find what holds all the words now: current wordings, comments, what is proposed and why.

    Where the words stand together comes first. Case, width and accents make no difference; in
    Japanese, any characters that stand together find.
    """
    from tracker.cli.render import searching as render
    from tracker.services import searching

    kinds = names(within or [])
    for kind in kinds:
        if kind not in searching.KINDS:
            raise UsageError(
                f"{kind!r} cannot be searched", f"use one of: {', '.join(searching.KINDS)}"
            )
    with face(context, database, document).reading() as snapshot:
        results = searching.find(snapshot, " ".join(words), within=kinds, limit=limit or None)
    if as_json:
        write_json([render.as_json(found) for found in results.found])
    elif results.found:
        render.write(results.found, snapshot.authentic)
    else:
        say("nothing holds all these words; earlier wordings are in: tracker show LINE")
    _say_rest(results)


def _say_rest(results: Results) -> None:
    shown = len(results.found)
    if results.more:
        say(
            f"{shown} of more than {results.total:,}, of which the newest were compared; "
            "give more words, or --limit 0 for all"
        )
    elif shown < results.total:
        say(f"{shown} of {results.total:,}; --limit 0 lists all")
