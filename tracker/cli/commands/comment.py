"""``tracker comment``: what was said, replies to it, and dispositions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.commands import comment_edit, comment_seal, comment_settle
from tracker.cli.commands.comment_options import (
    Context,
    From,
    Gap,
    Internal,
    Kind,
    Meeting,
    Note,
    Number,
    Occurrence,
    On,
    Participant,
    Reported,
    Section,
    Side,
    Text,
    Topic,
    Type,
    flagged,
    scope_of,
)
from tracker.cli.commands.comment_suggest import suggest
from tracker.cli.face import face
from tracker.cli.options import All, Author, Database, Document, Json, Language, Limit, names
from tracker.cli.terminal import console, given, say, write_json
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.comments.writing import Said

app = commands(
    "What was said: add, reply, list, show, edit, move, suggest, dispose, recommend, assign, seal."
)


@app.command()
def add(
    context: typer.Context,
    line: Annotated[
        str | None,
        typer.Argument(
            help="The line, several: 1,3, or a proposal: P2, P2.1; without one, on the whole.",
            show_default=False,
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
    internal: Internal = False,
    section: Section = False,
    gap: Gap = False,
    language: Language = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Add a comment: on a line, on words of it, on several lines, a proposal, or on the whole."""
    from tracker.services.comments import on_proposals, writing
    from tracker.services.names import is_change

    own = face(context, database, document, author, language)
    said = _said(
        *(from_, text, kind, side, meeting, topic, participant),
        *(type_, introduced, note, number, reported, internal),
    )
    labels = list(dict.fromkeys(names([line or ""])))
    with own.writing("comment add") as (entry, snapshot):
        flag, scope = flagged(on, occurrence), scope_of(section, gap)
        if len(labels) == 1 and is_change(labels[0]):
            name = on_proposals.add(entry, snapshot, said, labels[0], flag)
        else:
            name = writing.add(entry, snapshot, said, labels, flag, scope)
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
    internal: Internal = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Reply to a comment; without --on, about the same words."""
    from tracker.services.comments import writing

    own = face(context, database, document, author)
    said = _said(
        *(from_, text, kind, side, meeting, topic, participant),
        *(type_, introduced, note, number, reported, internal),
    )
    with own.writing("comment reply") as (entry, snapshot):
        name = writing.reply(entry, snapshot, comment, said, relation, flagged(on, occurrence))
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
    internal: bool,
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
        internal=internal,
    )


@app.command("list")
def list_(
    context: typer.Context,
    line: Annotated[str | None, typer.Option("--line", help="Only those on this line.")] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="KEY", help="Only those of this meeting.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only those of this kind.")
    ] = None,
    side: Annotated[
        str | None, typer.Option("--side", metavar="SIDE", help="Only those of this side.")
    ] = None,
    open_: Annotated[
        bool, typer.Option("--open", help="Only those without a disposition.")
    ] = False,
    language: Language = None,
    all_: All = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List comments, with what became of them."""
    from tracker.cli.render import comments as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import lines, meetings, retractions
    from tracker.services.comments import reading

    with face(context, database, document, language=language).reading() as snapshot:
        found, total = reading.listed(
            snapshot,
            line=lines.find(snapshot, line).id if line else None,
            meeting=meetings.find(snapshot.connection, meeting).id if meeting else None,
            undisposed=open_,
            kind=kind,
            side=side,
            retracted=all_,
            limit=limit or None,
        )
        gone = retractions.numbers(snapshot.connection, "comment", snapshot.document)
    undone = {f"C{number}" for number in gone}
    if as_json:
        write_json([{**render.as_json(c), "retracted": c.id in undone} for c in found])
    elif found:
        render.write_listing(found, undone)
    else:
        say("no comments")
    say_rest(len(found), total)


@app.command()
def show(
    context: typer.Context,
    comments: Annotated[list[str], typer.Argument(help="Comments: C4 C7.")],
    all_: Annotated[bool, typer.Option("--all", help="Every version, as it was edited.")] = False,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show comments in full."""
    from tracker.cli.render import comments as render
    from tracker.services.comments import editing, reading
    from tracker.services.names import comment_id

    with face(context, database, document).reading() as snapshot:
        found = reading.numbered(snapshot, [comment_id(name) for name in names(comments)])
        versions = [editing.versions(snapshot, comment.id) for comment in found] if all_ else []
    if as_json:
        told = [render.as_json(comment) for comment in found]
        for one, history in zip(told, versions, strict=False):
            one["versions"] = [render.version_as_json(version) for version in history]
        write_json(told)
        return
    target = console()
    render.write_threads(found, target)
    for comment, history in zip(found, versions, strict=False):
        target.print()
        render.write_versions(comment.id, history, target)


app.command()(comment_edit.edit)
app.command()(comment_edit.move)


app.command()(suggest)


for verb in (comment_settle.dispose, comment_settle.recommend, comment_settle.assign):
    app.command()(verb)


app.command()(comment_seal.seal)
