"""``tracker edition``: named states of the text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import All, Author, Database, Document, Json, Language, Limit
from tracker.cli.output import write
from tracker.cli.terminal import say, write_json
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.editions import Edition
    from tracker.services.snapshot import Snapshot

app = commands("Named states of the text: add, list, show, set.")


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='Its name: "September 2022".')],
    key: Annotated[
        str | None, typer.Option("--key", help="What it is called by; else made from its name.")
    ] = None,
    status: Annotated[str, typer.Option("--status", help="draft, adopted or published.")] = "draft",
    date: Annotated[str | None, typer.Option("--date", help="2022-09-30, 2022-09, 2022.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Name the text as it is now."""
    from tracker.services import editions

    chosen = key or editions.key_of(name)
    if not chosen:
        raise UsageError(f"{name!r} makes no key to type it by", "give one: --key KEY")
    with face(context, database, document, author).writing("edition add") as (entry, snapshot):
        editions.add(entry, snapshot, chosen, name=name, status=status, date=date, note=note)
        entry.summary = f"{chosen}: the text of @{snapshot.at}"
    say(f"stored as @{entry.number}: {entry.summary}")


@app.command("list")
def list_(
    context: typer.Context,
    all_: All = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List the editions."""
    from tracker.cli.render import documents as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import editions, retractions

    with face(context, database, document).reading() as snapshot:
        found = editions.all_editions(snapshot, retracted=all_)
        gone = retractions.numbers(snapshot.connection, "edition", snapshot.document)
    shown = found[: limit or None]
    if as_json:
        write_json([{**render.edition_as_json(e), "retracted": e.id in gone} for e in shown])
    else:
        render.write_editions(shown, gone)
    say_rest(len(shown), len(found))


@app.command("set")
def set_(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The edition: july-2021.")],
    name: Annotated[str | None, typer.Option("--name", help="Its name.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="draft, adopted or published.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="2022-09-30, 2022-09, 2022.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Correct what is said of an edition; the text that it names stays."""
    from tracker.services import editions

    given = {"name": name, "status": status, "date": date, "note": note}
    settings = {field: value for field, value in given.items() if value is not None}
    if not settings:
        raise UsageError("nothing to set was given", f"for example: edition set {key} --date 2022")
    with face(context, database, document, author).writing("edition set") as (entry, snapshot):
        editions.set_(entry, snapshot, key, settings)
        entry.summary = f"{key}: {', '.join(settings)}"
    say(f"stored as @{entry.number}: {entry.summary}")


@app.command()
def show(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The edition: july-2021.")],
    language: Language = None,
    changes: Annotated[
        bool,
        typer.Option("--changes", help="What changed since the edition before: was, now, why."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="STATE", help="With --changes: since this state instead."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="With --changes: docx, a table in Word."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it into this file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show an edition and its text, with the numbers it is printed with, or what changed in it."""
    from tracker.cli.render import documents as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import editions, lines
    from tracker.services.snapshot import at_state

    if since is not None and not changes:
        raise UsageError("--since goes with --changes", f"edition show {key} --changes --since …")
    as_word = _is_word(format_, output)
    if as_word and not changes:
        raise UsageError(
            "only what changed is written as a table", f"edition show {key} --changes -o FILE.docx"
        )
    with face(context, database, document, language=language).reading() as snapshot:
        found = editions.find(snapshot, key)
        if as_word:
            write(_table(snapshot, found, since), output, force=force)
            return
        if changes:
            _show_changes(snapshot, found, since, limit, as_json)
            return
        text = lines.running_text(at_state(snapshot, key))
    shown = text[: limit or None]
    if as_json:
        write_json(render.edition_with_text_as_json(found, shown))
    else:
        render.write_edition(found, shown)
    say_rest(len(shown), len(text))


def _show_changes(
    snapshot: Snapshot, found: Edition, since: str | None, limit: int, as_json: bool
) -> None:
    from tracker.cli.render import changes as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import changes

    earlier = since or changes.before(snapshot, found)
    every = changes.between(snapshot, earlier, found.key)
    shown = every[: limit or None]
    if as_json:
        write_json([render.as_json(change) for change in shown])
    else:
        say(f"{found.key} against {earlier}")
        render.write(shown)
    say_rest(len(shown), len(every))


def _is_word(name: str | None, output: Path | None) -> bool:
    """Return whether a Word file is asked for. Raises UsageError for any other kind of file."""
    if name is None and output is None:
        return False
    if (name or "docx") != "docx" or (output is not None and output.suffix.lower() != ".docx"):
        raise UsageError(
            f"{name or str(output)!r} is no format for what changed",
            "use --format docx -o FILE.docx",
        )
    if output is None and sys.stdout.isatty():
        raise UsageError("docx is nothing to read at a terminal", "write it: -o FILE.docx")
    return True


def _table(snapshot: Snapshot, found: Edition, since: str | None) -> bytes:
    from tracker.cli.render.words import plural
    from tracker.formats.docx.plain import changes_table
    from tracker.services import changes, documents
    from tracker.services.exporting.review_changes import between

    earlier = since or changes.before(snapshot, found)
    rows = between(snapshot, earlier, found.key)
    title = documents.title(snapshot)
    sentence = f"{found.name} against {earlier}: {plural(len(rows), 'line')} changed"
    return changes_table(rows, title, sentence, snapshot.language)
