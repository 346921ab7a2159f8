"""``tracker translation``: what is translated, what is stale or missing, and what still holds."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, Json, Limit, names
from tracker.cli.terminal import given, say, write_json
from tracker.errors import UsageError

app = commands("Translations of the authentic text: list, add, confirm.")

Lines = Annotated[list[str], typer.Argument(help="Lines: 4 5.")]
Tag = Annotated[
    str, typer.Option("--language", metavar="TAG", help="The language of the translation: ja.")
]


@app.command("list")
def list_(
    context: typer.Context,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="TAG", help="Only this language; else all there are."),
    ] = None,
    stale: Annotated[bool, typer.Option("--stale", help="Only what is stale.")] = False,
    missing: Annotated[bool, typer.Option("--missing", help="Only what is missing.")] = False,
    every: Annotated[bool, typer.Option("--all", help="What is current, too.")] = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List the authentic lines whose translation is stale or missing."""
    from tracker.cli.render import translations as render
    from tracker.cli.render.tables import say_rest
    from tracker.services.snapshot import in_language, languages
    from tracker.services.translations import reading

    if every and (stale or missing):
        raise UsageError("--all lists every state", "leave out --stale and --missing")
    wanted = {reading.STALE: stale, reading.MISSING: missing}
    states = {state for state, said in wanted.items() if said} or set(wanted)
    with face(context, database, document).reading() as snapshot:
        tags = languages(snapshot)[1:]
        if language is not None:
            tags = [in_language(snapshot, language).language]
        whole = [passage for tag in tags for passage in reading.passages(snapshot, tag)]
    found = whole if every else [passage for passage in whole if passage.state in states]
    shown = found[: limit or None]
    if as_json:
        write_json([render.as_json(passage) for passage in shown])
    elif shown:
        render.write_listing(shown)
    elif not whole:
        say("the document has no text in another language: tracker import FILE --language TAG")
    else:
        say("no translation is listed" if every or stale or missing else "all is current")
    say_rest(len(shown), len(found))


@app.command()
def add(
    context: typer.Context,
    lines: Lines,
    language: Tag,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help="The wording: words, @file, - or $EDITOR."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="In the place of the translation there is.")
    ] = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Give lines a version in another language: one wording for all that are named."""
    from tracker.services.translations import writing

    own = face(context, database, document, author)
    labels = names(lines)
    wording = given(text, "--text")
    with own.writing("translation add") as (entry, snapshot):
        done = writing.add(entry, snapshot, language, labels, wording, replace=replace)
        entry.command = " ".join(["translation add", *labels, "--language", language])
        entry.summary = f"{done.labels[0]} in {language}"
    say(f"stored as @{entry.number}: {entry.summary}")
    orphaned = dict.fromkeys(each.comment for each in done.carried if each.state == "orphaned")
    if orphaned:
        say(f"the words that {', '.join(orphaned)} flagged are gone from the text")
        raise typer.Exit(3)


@app.command()
def confirm(
    context: typer.Context,
    lines: Lines,
    language: Tag,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record that translations still hold, though their originals changed."""
    from tracker.services.translations import writing

    own = face(context, database, document, author)
    with own.writing("translation confirm") as (entry, snapshot):
        found = writing.confirm(entry, snapshot, language, names(lines))
        labels = ", ".join(label for passage in found for label in passage.labels)
        entry.command = f"translation confirm {' '.join(names(lines))} --language {language}"
        entry.summary = f"{labels} in {language}"
    say(f"stored as @{entry.number}: {entry.summary}")
