"""``tracker export``: the text, or the whole record, as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Language, names
from tracker.cli.output import write
from tracker.cli.terminal import say

if TYPE_CHECKING:
    from tracker.services.snapshot import Snapshot

app = commands()


@app.command(short_help="Write the text, or the whole record.")
def export(
    context: typer.Context,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="markdown, text, criticmarkup, docx, odt, html, pdf, xlsx, csv, jsonld, yaml or "
            "json; else by the name of the file; else markdown.",
        ),
    ] = None,
    redline: Annotated[
        str | None,
        typer.Option("--redline", metavar="STATE", help="Show the changes since this state."),
    ] = None,
    with_: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="P1,P3",
            help="As the text would read with these proposals, marked DRAFT; decides nothing.",
        ),
    ] = None,
    stale: Annotated[
        str | None,
        typer.Option(
            "--stale",
            metavar="TAG",
            help="A table for the translator: what is stale or missing in this language (csv).",
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME",
            help="Whose words for dispositions: iso or ieee (xlsx, csv).",
        ),
    ] = None,
    language: Language = None,
    languages: Annotated[
        str | None,
        typer.Option("--languages", metavar="en,ja", help="Texts side by side: html and pdf."),
    ] = None,
    brackets: Annotated[
        bool,
        typer.Option(
            "--brackets",
            help="With all that is proposed (or --with P1,P3) in square brackets, and who from.",
        ),
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Such as utf-8; else as the text came in."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into this file.")
    ] = None,
    with_internal: Annotated[
        bool,
        typer.Option("--with-internal", help="With the internal comments, in forms with comments."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Write the running text (markdown, text), a page to decide on, the comments, or the record.

    The page (html, pdf) holds what is under revision, all comments and what changed since the last
    edition, or the state that --redline names. The text with its comments and changes: docx, odt or
    criticmarkup. The comments go out as a matrix (xlsx, csv: docs/matrix.md) that is filled in, and
    that import brings back, or as jsonld. The record is yaml or json. With --stale, write a table
    (csv) of what is to be translated; import brings it back in, too.
    """
    from tracker.cli.exporting.forms import FORMS, Asked, check, named
    from tracker.store import journal

    proposals = tuple((with_ or "").replace(",", " ").split())
    asked = Asked(
        redline,
        proposals,
        stale,
        brackets,
        encoding,
        with_internal,
        tuple(names([languages or ""])),
        profile,
    )
    name = named(format_, output, asked)
    check(name, output, asked)
    if output is None and sys.stdout.isatty() and "encoding" in FORMS[name].options:
        asked = asked._replace(encoding="utf-8")
    with face(context, database, document, language=language).reading() as snapshot:
        content = FORMS[name].write(snapshot, name, asked)
        _say_counts(snapshot)
        number, digest = journal.head(snapshot.connection)
    write(content, output, force=force)
    say(f"head: @{number} {digest}")


def _say_counts(snapshot: Snapshot) -> None:
    """Say of a translation how much of it is not as its original is."""
    if snapshot.is_authentic:
        return
    from tracker.cli.render.translations import say_counts
    from tracker.services.translations import reading

    counts = reading.counted(reading.passages(snapshot, snapshot.language))
    say_counts(snapshot.language, counts)
