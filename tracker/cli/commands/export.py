"""``tracker export``: the text, or the whole record, as a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Language
from tracker.cli.terminal import say, visible
from tracker.errors import BadInput, Refused, UsageError

if TYPE_CHECKING:
    from tracker.exchange.view import View
    from tracker.services.exporting.text import Request
    from tracker.services.snapshot import Snapshot

app = commands()

_FORMATS = ("markdown", "text", "yaml", "json", "csv")
_RECORDS = ("yaml", "json")
_SUFFIXES = {
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    ".json": "json",
    ".csv": "csv",
}


@app.command(short_help="Write the text, or the whole record.")
def export(
    context: typer.Context,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="markdown, text, yaml, json or csv; else by the name of the file; else markdown.",
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
    language: Language = None,
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
        bool, typer.Option("--with-internal", help="With the internal comments: yaml and json.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Write the running text (markdown, text) or the whole record (yaml, json).

    With --stale, write a table (csv) of what is to be translated; import brings it back in.
    """
    from tracker.services.exporting.text import Request
    from tracker.store import journal

    name = _format(format_, output, ".csv" if stale is not None else ".md")
    request = Request(redline, tuple((with_ or "").replace(",", " ").split()))
    _refuse_mixed(name, request, stale, encoding, brackets=brackets, with_internal=with_internal)
    if output is None and sys.stdout.isatty():
        encoding = "utf-8"
    with face(context, database, document, language=language).reading() as snapshot:
        if stale is not None:
            content = _table(snapshot, stale)
        elif name in _RECORDS:
            content = _record(snapshot, name, with_internal)
        elif brackets:
            content = _bracketed(snapshot, name, request.proposals, encoding)
        else:
            content = _text(snapshot, name, request, encoding)
        _say_counts(snapshot)
        number, digest = journal.head(snapshot.connection)
    _write(content, output, force)
    say(f"head: @{number} {digest}")


def _format(name: str | None, output: Path | None, usual: str) -> str:
    """Return the format that is asked for, or that the name of the file says."""
    found = name or _SUFFIXES.get(output.suffix.lower() if output else usual, "")
    if found not in _FORMATS:
        raise UsageError(
            f"{name or str(output)!r} is no format this program writes",
            f"use --format with one of: {', '.join(_FORMATS)}",
        )
    return found


def _refuse_mixed(
    name: str,
    request: Request,
    stale: str | None,
    encoding: str | None,
    *,
    brackets: bool,
    with_internal: bool,
) -> None:
    """Raise UsageError for options that the format has no use for, or that exclude each other."""
    marks = request != type(request)() or encoding or brackets
    if name in _RECORDS and marks:
        raise UsageError(
            f"{name} holds the whole record, in UTF-8",
            "use --redline, --with, --brackets and --encoding with markdown or text",
        )
    if name not in _RECORDS and with_internal:
        raise UsageError(
            f"{name} holds no comments", "use --with-internal with --format yaml or json"
        )
    if (name == "csv") != (stale is not None) or (stale and marks):
        raise UsageError(
            "csv is for the table that --stale writes, and --stale is written as csv",
            "tracker export --stale ja -o FILE.csv, without other options for the text",
        )
    if brackets and request.redline:
        raise UsageError("--brackets and --redline mark the text twice", "use one of them")


def _record(snapshot: Snapshot, name: str, with_internal: bool) -> bytes:
    from tracker.cli.render.words import plural
    from tracker.formats.record import write
    from tracker.services.comments import reading
    from tracker.services.exporting import record

    internal = 0 if with_internal else reading.count_internal(snapshot)
    if internal:
        say(f"left out: {plural(internal, 'internal comment')}; --with-internal takes them along")
    gathered = record.gather(snapshot, with_internal=with_internal)
    return write.write_yaml(gathered) if name == "yaml" else write.write_json(gathered)


def _table(snapshot: Snapshot, language: str) -> bytes:
    from tracker.formats import sheet
    from tracker.services.snapshot import in_language
    from tracker.services.translations import sheets

    table = sheets.sheet(snapshot, in_language(snapshot, language).language)
    if not table.rows:
        say(f"all of {snapshot.key} is current in {language}: the table is empty")
    return sheet.write(table)


def _say_counts(snapshot: Snapshot) -> None:
    """Say of a translation how much of it is not as its original is."""
    if snapshot.is_authentic:
        return
    from tracker.cli.render.translations import say_counts
    from tracker.services.translations import reading

    counts = reading.counted(reading.passages(snapshot, snapshot.language))
    say_counts(snapshot.language, counts)


def _text(snapshot: Snapshot, name: str, request: Request, encoding: str | None) -> bytes:
    from tracker.services.exporting.text import view

    return _written(view(snapshot, request), name, encoding)


def _bracketed(
    snapshot: Snapshot, name: str, proposals: tuple[str, ...], encoding: str | None
) -> bytes:
    from tracker.exchange.view import Choice
    from tracker.services.exporting.brackets import view

    found = view(snapshot, proposals)
    if not any(isinstance(piece, Choice) for line in found.lines for piece in line.pieces):
        say("nothing stands in brackets: no undecided proposal would change this text")
    return _written(found, name, encoding)


def _written(found: View, name: str, encoding: str | None) -> bytes:
    from tracker.formats import markdown, text

    if encoding is not None:
        found = found._replace(encoding=encoding)
    return markdown.write(found) if name == "markdown" else text.write(found)


def _replace(output: Path, content: bytes) -> None:
    """Put a new file in the place of an old one, which stays whole until the new one is."""
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


def _write(content: bytes, output: Path | None, force: bool) -> None:
    if output is None:
        if sys.stdout.isatty():
            sys.stdout.write(visible(content.decode()))
        else:
            sys.stdout.buffer.write(content)
        return
    try:
        if force and output.exists():
            _replace(output, content)
        else:
            with output.open("xb") as file:
                file.write(content)
    except FileExistsError:
        raise Refused(f"{output} is there already", "name another file, or use --force") from None
    except OSError as error:
        raise BadInput(
            f"{output} cannot be written: {error.strerror}", "name another file"
        ) from None
    say(f"wrote {output}")
