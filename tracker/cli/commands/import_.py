"""``tracker import``: bring a file into the store, after showing what it would store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face
from tracker.cli.options import Author, Database, Document, Limit, Reason, Reopen, Yes, names
from tracker.cli.terminal import say
from tracker.errors import BadInput, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.commands.import_copy import Coming
    from tracker.cli.commands.import_draft import Form
    from tracker.cli.commands.import_parallel import Pairing
    from tracker.exchange.record import Unit

app = commands()


_DRAFT, _RECORD, _NOTES, _TRANSLATION = "draft", "record", "notes", "translation"
_MARKED, _CRITICMARKUP = "marked", "criticmarkup"
_MATRIX = "matrix"
_SUMMARY = "summary"
_FORMS = {
    **dict.fromkeys((".md", ".markdown", ".txt", ".text"), _DRAFT),
    **dict.fromkeys((".yaml", ".yml", ".json"), _RECORD),
    ".csv": _TRANSLATION,
    **dict.fromkeys((".docx", ".odt"), _MARKED),
    ".xlsx": _MATRIX,
}
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
            "--meeting", metavar="W2", help="What a summary is of: W2, its name, or 'W2: NAME'."
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
    from tracker.cli.commands.import_copy import Coming
    from tracker.cli.commands.import_draft import Form
    from tracker.cli.commands.import_parallel import Pairing
    from tracker.cli.commands.import_summary import Wanted

    own = face(context, database, document, author)
    found = _form(file, as_, encoding)
    form = Form(language, _unit(unit), title, encoding, split, show_split)
    replied = tuple(names(answers or []))
    people = tuple(from_ or ())
    is_marked = found in (_MARKED, _CRITICMARKUP)
    proposer = None if is_marked else _only(people)
    coming = Coming(proposer, rationale, replied, edition, status, date, since, reopen, reason)
    pairing = Pairing(show_pairs, pairs)
    wanted = Wanted(meeting, output, force)
    if found != _SUMMARY and wanted != Wanted():
        raise UsageError(
            "--meeting, --output and --force are for a summary", "say what it is: --as summary"
        )
    if found == _DRAFT:
        _text(own, file, form, coming, pairing, limit=limit, yes=yes)
        return
    _refuse_options_of_texts(file, found, form, coming, pairing)
    if found == _SUMMARY:
        from tracker.cli.commands import import_summary

        import_summary.write_notes(own, file, _content(file), encoding, wanted)
        return
    if found == _TRANSLATION:
        from tracker.cli.commands import import_translation

        import_translation.store(own, file, _content(file), language, limit=limit, yes=yes)
        return
    if is_marked:
        from tracker.cli.commands import import_marked

        is_plain = found == _CRITICMARKUP
        told = import_marked.Told(language, form.unit, title, since, people, is_plain, encoding)
        import_marked.store(own, file, _content(file), told, limit=limit, yes=yes)
        return
    if found == _MATRIX:
        from tracker.cli.commands import import_matrix

        own = replace(own, language=language)
        import_matrix.store(own, file, _content(file), encoding, limit=limit, yes=yes)
        return
    from tracker.cli.commands import import_record

    if found == _NOTES:
        import_record.store_notes(own, file, _content(file), encoding, limit=limit, yes=yes)
    else:
        import_record.store(own, file, _content(file), limit=limit, yes=yes)


def _text(
    own: Face, file: Path, form: Form, coming: Coming, pairing: Pairing, *, limit: int, yes: bool
) -> None:
    """Bring in a text: as a document, as a copy of one, or as the translation of one."""
    from tracker.cli.commands import import_draft, import_parallel

    content = _content(file)
    if form.show_split:
        import_draft.show_split(file, content, form)
    elif import_parallel.is_meant(own, form.language):
        import_parallel.store(own, file, content, form, pairing, limit=limit, yes=yes)
    elif pairing != type(pairing)():
        raise UsageError(
            "there is no text to pair this one with, or it has one in this language already",
            "name the document and the language: --document KEY --language ja",
        )
    else:
        import_draft.store(own, file, content, form, coming, limit=limit, yes=yes)


_ALSO: dict[str, Sequence[str]] = {
    _NOTES: ("encoding",),
    _SUMMARY: ("encoding",),
    _TRANSLATION: ("language",),
    _MATRIX: ("language", "encoding"),
    _RECORD: (),
    _MARKED: ("language", "unit", "title", "since"),
    _CRITICMARKUP: ("language", "unit", "title", "since", "encoding"),
}
"""The fields of a text's form that other files have too."""
_NOUNS = {
    _NOTES: "a meeting's notes",
    **dict.fromkeys((_MARKED, _CRITICMARKUP), "a marked text"),
}
_OPTIONS = {"proposer": "from", "show": "show-pairs", "show_split": "show-split"}


def _refuse_options_of_texts(
    file: Path, found: str, form: Form, coming: Coming, pairing: Pairing
) -> None:
    """Raise UsageError if something was said of a file that can be said of a text alone."""
    for part in (form, coming, pairing):
        for name, value in part._asdict().items():
            if name not in _ALSO[found] and value != part._field_defaults[name]:
                noun = _NOUNS.get(found, f"a {found}")
                raise UsageError(
                    f"--{_OPTIONS.get(name, name)} is for a text; {file.name} is {noun}",
                    "leave it out",
                )


def _only(people: Sequence[str]) -> str | None:
    """Return who a copy is from. Raises UsageError if several are named."""
    if len(people) > 1:
        raise UsageError(
            f"--from names {len(people)} people, and this copy is from one",
            "name one; several stand in one name: --from 'A and B'",
        )
    return people[0] if people else None


def _form(file: Path, form: str | None, encoding: str | None) -> str:
    """Return what a file is. Raises BadInput if that cannot be told."""
    if form is not None and form not in (*_FORMS.values(), _NOTES, _SUMMARY, _CRITICMARKUP):
        known = ", ".join(dict.fromkeys([*_FORMS.values(), _NOTES, _SUMMARY, _CRITICMARKUP]))
        raise UsageError(f"{form!r} is no form", f"use --as with one of: {known}")
    found = form or _FORMS.get(file.suffix.lower())
    if found is None:
        _content(file)
        suffix = f"its name ends in {file.suffix!r}" if file.suffix else "its name has no suffix"
        raise BadInput(
            f"{file.name} is not of a form this program reads: {suffix}",
            "it reads texts (.txt, .md), marked ones (.docx, .odt), records (.yaml, .json), "
            "comment matrices (.xlsx, .csv) and tables of translations (.csv); --as draft, record, "
            "matrix, marked or translation reads one of another name",
        )
    if form is None and found == _TRANSLATION:
        from tracker.formats.matrix.read import is_matrix

        return _MATRIX if is_matrix(_content(file), file.name, encoding) else _TRANSLATION
    return _form_of_text(file) if form is None and found == _DRAFT else found


def _form_of_text(file: Path) -> str:
    """Return whether a text is a draft, a meeting's notes, or one that went out with marks."""
    from tracker.formats.criticmarkup import signs
    from tracker.formats.notes.read import names_meeting

    content = _content(file)
    if signs.is_stamped(content):
        return _CRITICMARKUP
    if names_meeting(content):
        return _NOTES
    if signs.has_marks(content):
        say(f"the marks in {file.name} are taken as text: --as criticmarkup reads them as changes")
    return _DRAFT


def _unit(unit: str | None) -> Unit | None:
    for known in (None, *_UNITS):
        if unit == known:
            return known
    raise UsageError(f"{unit!r} is no unit", f"use --unit with one of: {', '.join(_UNITS)}")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"there is no file {file}", "check its name") from None
    except IsADirectoryError:
        raise BadInput(f"{file} is a folder", "name a file in it") from None
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read: {error.strerror}", "check its name and its permissions"
        ) from None
