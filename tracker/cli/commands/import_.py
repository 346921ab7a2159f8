"""``tracker import``: bring a file into the store, after showing what it would store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, Limit, Reason, Reopen, Yes, names
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.exchange.record import Unit

app = commands()


_UNITS: tuple[Unit, ...] = ("sentence", "paragraph")


@app.command("import", short_help="Bring in a text, a record, or a meeting's notes.")
def import_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="A text (.txt, .md), a marked one from Word or LibreOffice (.docx, .odt), a "
            "meeting's notes (.md: docs/notes.md), a comment matrix (.xlsx, .csv: docs/matrix.md), "
            "or a record in YAML or JSON: docs/record.md."
        ),
    ],
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORM",
            help="What it is, if its name and first heading do not say: draft, record, notes, "
            "criticmarkup, marked, matrix, summary or translation.",
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="UNIT", help="What a line is: a sentence (as usual) or a paragraph."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="en or ja; else it is guessed.")
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Else the one it gives itself, or its name."),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Such as cp932; else it is found out."),
    ] = None,
    show_split: Annotated[
        bool,
        typer.Option(
            "--show-split", help="Write the text with a mark where each line begins; store nothing."
        ),
    ] = False,
    split: Annotated[
        str | None,
        typer.Option(
            "--split", metavar="@FILE", help="That text with the marks mended; - for stdin."
        ),
    ] = None,
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="WHO",
            help="Who made this edited copy, and proposes it; of several authors of a Word file "
            "AUTHOR=WHO, once for each.",
        ),
    ] = None,
    rationale: Annotated[
        str | None, typer.Option("--rationale", metavar="TEXT", help="Why, of an edited copy.")
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--answers", metavar="C4", help="A comment that an edited copy answers."),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition", metavar="NAME", help="The edited copy is the next edition, so named."
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="Of that edition: draft, adopted, …"),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Of that edition: 2022-09.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="STATE", help="The state that an edited copy began with."),
    ] = None,
    reopen: Reopen = False,
    reason: Reason = None,
    show_pairs: Annotated[
        bool,
        typer.Option(
            "--show-pairs",
            help="Write which line each sentence of a translation renders; store nothing.",
        ),
    ] = False,
    pairs: Annotated[
        str | None,
        typer.Option("--pairs", metavar="@FILE", help="That with its labels mended; - for stdin."),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            "--meeting",
            metavar="W2",
            help="What a summary, or new comments of a matrix, are of: W2, its name, or, of a "
            "summary, 'W2: NAME'.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where a summary's notes go."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite that file.")] = False,
    limit: Limit = 50,
    yes: Yes = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Bring in a text, an edited copy of one, a whole record, or one more meeting's notes.

    It shows what it found and asks before anything is stored. A text is split into lines; the split
    can be mended in $EDITOR when it asks, or with --show-split and --split. An edited copy of a
    stored document becomes a proposal (--from), or the next edition (--edition). With --document
    and another --language, a text is the translation of that document: it is paired with the
    authentic text, and --show-pairs and --pairs mend what renders what. A table for the translator
    (.csv, written by export --stale) brings its new translations in, a comment matrix (.xlsx, .csv)
    the dispositions and the comments that were filled in. Of a meeting's summary in prose
    (--as summary --meeting W2), what was said is written as notes, to be mended and imported.
    A marked text (.docx, .odt) brings its tracked changes in as proposals and its comments in
    threads; one that comes home, what is new.
    """
    from tracker.cli.importing.forms import FORMS, Asked, check, check_name, named, read

    check_name(as_)
    own = face(context, database, document, author)
    content = read(file)
    asked = Asked(
        unit=_unit(unit),
        language=language,
        title=title,
        encoding=encoding,
        show_split=show_split,
        split=split,
        from_=tuple(from_ or ()),
        rationale=rationale,
        answers=tuple(names(answers or [])),
        edition=edition,
        status=status,
        date=date,
        since=since,
        reopen=reopen,
        reason=reason,
        show_pairs=show_pairs,
        pairs=pairs,
        meeting=meeting,
        output=output,
        force=force,
        limit=limit,
        yes=yes,
    )
    form = named(file, content, as_, encoding)
    check(form, file, asked)
    FORMS[form].bring(own, file, content, asked)


def _unit(unit: str | None) -> Unit | None:
    for known in (None, *_UNITS):
        if unit == known:
            return known
    raise UsageError(f"{unit!r} is no unit", f"use --unit with one of: {', '.join(_UNITS)}")
