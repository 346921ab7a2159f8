"""``tracker comment``: what was said, replies to it, and dispositions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import (
    Author,
    By,
    Database,
    Document,
    Json,
    Limit,
    Mode,
    OnDate,
    Reason,
    names,
    ordinal,
)
from tracker.cli.terminal import console, given, say, write_json
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.anchors import Flag
    from tracker.services.comments.writing import Said

app = commands("What was said: add, reply, list, show, dispose.")

From = Annotated[
    str, typer.Option("--from", metavar="WHO", help="The speaker, exactly as recorded.")
]
Text = Annotated[
    str | None,
    typer.Option("--text", metavar="TEXT", help="What was said: words, @file, - or $EDITOR."),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind", help="objection, support, suggestion, question or observation.", metavar="KIND"
    ),
]
Side = Annotated[
    str | None, typer.Option("--side", metavar="SIDE", help="Only where it is stated.")
]
On = Annotated[
    str | None, typer.Option("--on", metavar="WORDS", help="The words of the line it flags.")
]
Occurrence = Annotated[
    int | None,
    typer.Option(
        "--occurrence",
        metavar="N",
        parser=ordinal,
        help="Which, if they stand there twice.",
    ),
]
Meeting = Annotated[str | None, typer.Option("--meeting", metavar="KEY", help="Where it was said.")]
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="NAME", help="The meeting's topic it belongs to.")
]
Participant = Annotated[
    str | None,
    typer.Option("--participant", metavar="KEY", help="The voice, where the record says which."),
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="general, technical or editorial.")
]
Context = Annotated[
    str | None, typer.Option("--context", metavar="TEXT", help="The clause that introduces it.")
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="The editor's remark on the record.")
]
Number = Annotated[
    str | None, typer.Option("--number", metavar="NO", help="A number given by others: US-012.")
]
Reported = Annotated[
    bool, typer.Option("--reported", help="The text reports what was said, not the very words.")
]


@app.command()
def add(
    context: typer.Context,
    line: Annotated[
        str | None,
        typer.Argument(
            help="The line, or several: 1,3. Without one, it is on the whole.", show_default=False
        ),
    ] = None,
    from_: From = "",
    text: Text = None,
    kind: Kind = "observation",
    on: On = None,
    occurrence: Occurrence = None,
    side: Side = None,
    meeting: Meeting = None,
    topic: Topic = None,
    participant: Participant = None,
    type_: Type = None,
    introduced: Context = None,
    note: Note = None,
    number: Number = None,
    reported: Reported = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Add a comment: on a line, on words of it, on several lines, or on the whole."""
    from tracker.services.comments import writing

    own = face(context, database, document, author)
    said = _said(
        *(from_, text, kind, side, meeting, topic, participant),
        *(type_, introduced, note, number, reported),
    )
    labels = (line or "").replace(",", " ").split()
    with own.writing("comment add") as (entry, snapshot):
        name = writing.add(entry, snapshot, said, labels, _flag(on, occurrence))
        entry.command = " ".join(["comment add", *labels])
        entry.summary = name
    say(f"stored as @{entry.number}: {name}")


@app.command()
def reply(
    context: typer.Context,
    comment: Annotated[str, typer.Argument(help="The comment it replies to: C4.")],
    from_: From = "",
    text: Text = None,
    relation: Annotated[
        str | None,
        typer.Option("--relation", metavar="HOW", help="counters, builds_on, endorses or answers."),
    ] = None,
    kind: Kind = "observation",
    on: On = None,
    occurrence: Occurrence = None,
    side: Side = None,
    meeting: Meeting = None,
    topic: Topic = None,
    participant: Participant = None,
    type_: Type = None,
    introduced: Context = None,
    note: Note = None,
    number: Number = None,
    reported: Reported = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Reply to a comment; without --on, about the same words."""
    from tracker.services.comments import writing

    own = face(context, database, document, author)
    said = _said(
        *(from_, text, kind, side, meeting, topic, participant),
        *(type_, introduced, note, number, reported),
    )
    with own.writing("comment reply") as (entry, snapshot):
        name = writing.reply(entry, snapshot, comment, said, relation, _flag(on, occurrence))
        entry.summary = f"{name} to {comment.upper()}"
    say(f"stored as @{entry.number}: {name}")


def _said(
    speaker: str,
    text: str | None,
    kind: str,
    side: str | None,
    meeting: str | None,
    topic: str | None,
    participant: str | None,
    type_: str | None,
    introduced: str | None,
    note: str | None,
    number: str | None,
    reported: bool,
) -> Said:
    from tracker.services.comments.writing import Said

    if not speaker:
        raise UsageError("--from is missing", "say who said it, exactly as recorded: --from WHO")
    return Said(
        speaker=speaker,
        text=given(text, "--text"),
        kind=kind,
        side=side,
        meeting=meeting,
        topic=topic,
        participant=participant,
        type=type_,
        context=introduced,
        note=note,
        number=number,
        verbatim=not reported,
    )


def _flag(on: str | None, occurrence: int | None) -> Flag | None:
    from tracker.services.anchors import Flag

    if on is None:
        if occurrence is not None:
            raise UsageError("--occurrence needs --on", "say which words: --on WORDS")
        return None
    return Flag(on, occurrence)


@app.command("list")
def list_(
    context: typer.Context,
    line: Annotated[str | None, typer.Option("--line", help="Only those on this line.")] = None,
    meeting: Meeting = None,
    open_: Annotated[
        bool, typer.Option("--open", help="Only those without a disposition.")
    ] = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List comments, with what became of them."""
    from tracker.cli.render import comments as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import lines, meetings
    from tracker.services.comments import reading

    with face(context, database, document).reading() as snapshot:
        found, total = reading.listed(
            snapshot,
            line=lines.find(snapshot, line).id if line else None,
            meeting=meetings.find(snapshot.connection, meeting).id if meeting else None,
            undisposed=open_,
            limit=limit or None,
        )
    if as_json:
        write_json([render.as_json(comment) for comment in found])
    elif found:
        render.write_listing(found)
    else:
        say("no comments")
    say_rest(len(found), total)


@app.command()
def show(
    context: typer.Context,
    comments: Annotated[list[str], typer.Argument(help="Comments: C4 C7.")],
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show comments in full."""
    from tracker.cli.render import comments as render
    from tracker.services.comments import reading
    from tracker.services.names import comment_id

    with face(context, database, document).reading() as snapshot:
        found = reading.numbered(snapshot, [comment_id(name) for name in names(comments)])
    if as_json:
        write_json([render.as_json(comment) for comment in found])
    else:
        render.write_threads(found, console())


@app.command()
def dispose(
    context: typer.Context,
    comments: Annotated[list[str], typer.Argument(help="Comments: C3 C7.")],
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            help="accepted, 'accepted in principle', rejected, noted, deferred, withdrawn or "
            "duplicate.",
        ),
    ],
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    mode: Mode = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record what became of comments."""
    from tracker.services.comments import writing
    from tracker.services.verdicts import Verdict

    own = face(context, database, document, author)
    verdict = Verdict(outcome=outcome, reason=reason, by=by, date=on_date, mode=mode)
    with own.writing("comment dispose") as (entry, snapshot):
        done = writing.dispose(entry, snapshot, names(comments), verdict)
        entry.summary = ", ".join(comment.id for comment in done)
    say(f"stored as @{entry.number}: {entry.summary}")
