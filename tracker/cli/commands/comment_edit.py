"""``tracker comment edit`` and ``move``: what changes of a comment, by a further version of it."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.commands.comment_options import (
    Context,
    Gap,
    Note,
    Number,
    Occurrence,
    On,
    Participant,
    Section,
    Topic,
    Type,
    flagged,
    scope_of,
)
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, names
from tracker.cli.terminal import given, say
from tracker.errors import UsageError

Comment = Annotated[str, typer.Argument(help="The comment: C4.")]


def edit(
    context: typer.Context,
    comment: Comment,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="WHO", help="The speaker, exactly as recorded.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="What was said: words, @file or -.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="objection, support, suggestion, question or observation.",
        ),
    ] = None,
    side: Annotated[str | None, typer.Option("--side", metavar="SIDE", help="The side.")] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="KEY", help="Where it was said.")
    ] = None,
    participant: Participant = None,
    type_: Type = None,
    introduced: Context = None,
    note: Note = None,
    number: Number = None,
    relation: Annotated[
        str | None,
        typer.Option("--relation", metavar="HOW", help="counters, builds_on, endorses or answers."),
    ] = None,
    reported: Annotated[
        bool | None,
        typer.Option("--reported/--verbatim", help="Whether the text reports, or is verbatim."),
    ] = None,
    internal: Annotated[
        bool | None,
        typer.Option("--internal/--not-internal", help="Whether it stays in the store."),
    ] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Correct a comment; what it said before is kept. An empty value ('') takes one away."""
    from tracker.services.comments import editing

    options = {
        "side": side,
        "meeting": meeting,
        "participant": participant,
        "type": type_,
        "context": introduced,
        "note": note,
        "number": number,
        "relation": relation,
    }
    changes: dict[str, object] = {
        name: value or None for name, value in options.items() if value is not None
    }
    changes |= {"speaker": from_} if from_ is not None else {}
    changes |= {"kind": kind} if kind is not None else {}
    changes |= {"text": given(text, "--text")} if text is not None else {}
    changes |= {"verbatim": not reported} if reported is not None else {}
    changes |= {"internal": internal} if internal is not None else {}
    if not changes:
        raise UsageError("nothing to edit", "say what is to change, such as --text or --kind")
    with face(context, database, document, author).writing("comment edit") as (entry, snapshot):
        edited = editing.edit(entry, snapshot, comment, changes)
        entry.summary = f"{', '.join(edited)}: {', '.join(sorted(changes))}"
    say(f"stored as @{entry.number}: {', '.join(edited)}")


def move(
    context: typer.Context,
    comment: Comment,
    line: Annotated[
        str | None,
        typer.Argument(
            help="The line, or several: 1,3. Without one, to the whole.", show_default=False
        ),
    ] = None,
    on: On = None,
    occurrence: Occurrence = None,
    section: Section = False,
    gap: Gap = False,
    topic: Topic = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Put a comment in another place; replies that name no words go along."""
    from tracker.services.comments import moving
    from tracker.services.comments.targets import Target

    labels = list(dict.fromkeys(names([line or ""])))
    target = Target(tuple(labels), flagged(on, occurrence), scope_of(section, gap), topic)
    with face(context, database, document, author).writing("comment move") as (entry, snapshot):
        moved = moving.move(entry, snapshot, comment, target)
        entry.command = " ".join(["comment move", moved[0], *labels])
        entry.summary = ", ".join(moved)
    say(f"stored as @{entry.number}: {', '.join(moved)}")
