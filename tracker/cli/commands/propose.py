"""``tracker propose``: propose another wording, a further line, or a deletion."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face
from tracker.cli.options import Author, Database, Document, Language
from tracker.cli.terminal import given, say
from tracker.errors import UsageError

app = commands()


@app.command(short_help="Propose a change.")
def propose(
    context: typer.Context,
    line: Annotated[
        str | None, typer.Argument(help="The line to change.", show_default=False)
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="WHO", help="Who proposes it.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help="The wording: words, @file, - or $EDITOR."),
    ] = None,
    insert_after: Annotated[
        str | None,
        typer.Option("--insert-after", metavar="LINE", help="Insert a line after this; 0: first."),
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the line.")] = False,
    add_to: Annotated[
        str | None,
        typer.Option("--add-to", metavar="P2", help="Add it to a proposal that is undecided."),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--answers", metavar="C4", help="A comment it answers; may be repeated."),
    ] = None,
    rationale: Annotated[
        str | None, typer.Option("--rationale", metavar="TEXT", help="Why.")
    ] = None,
    language: Language = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Propose one change: of a line, after a line, or a line's deletion."""
    from tracker.services.proposals import writing

    own = face(context, database, document, author, language)
    if (line is None) == (insert_after is None):
        raise UsageError("one place is needed", "name a LINE, or --insert-after LINE")
    if add_to is None and from_ is None:
        raise UsageError("--from is missing", "say who proposes it: --from WHO")
    if add_to is not None and (from_ is not None or rationale is not None):
        raise UsageError(
            f"{add_to} has its proposer and rationale already", "leave out --from and --rationale"
        )
    if delete and (text is not None or insert_after is not None):
        raise UsageError("a deletion has no wording", "leave out --text and --insert-after")
    base, start = _current(own, line) if line is not None and text is None else (None, "")
    wording = None if delete else given(text, "--text", start)
    kind = "delete" if delete else "insert" if insert_after is not None else "replace"
    label = (insert_after if insert_after is not None else line) or ""
    proposed = writing.Proposed(kind=kind, label=label, text=wording, base=base)
    answered = [name for names in answers or () for name in names.replace(",", " ").split()]
    with own.writing("propose") as (entry, snapshot):
        if add_to is not None:
            done = writing.add_change(entry, snapshot, add_to, proposed, answers=answered)
        else:
            done = writing.propose(
                entry,
                snapshot,
                proposed,
                proposer=from_ or "",
                rationale=rationale,
                answers=answered,
            )
        entry.command = " ".join(["propose", kind, label, *_in(language)])
        entry.summary = f"{done.proposal}.{done.change}"
    say(f"stored as @{entry.number}: {done.proposal}.{done.change}")
    if done.collisions:
        say(f"it collides with {', '.join(done.collisions)}: compare with tracker diff")
        raise typer.Exit(3)


def _in(language: str | None) -> list[str]:
    return ["--language", language] if language else []


def _current(own: Face, label: str) -> tuple[int, str]:
    """Return the wording of a line, by its id, and its text: what the editor begins with."""
    from tracker.services import lines

    with own.reading() as snapshot:
        line = lines.find(snapshot, label)
    return line.wording, line.text
