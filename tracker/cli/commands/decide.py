"""``tracker decide``: the session of those who decide, at the projector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face
from tracker.cli.options import Author, Database, Document, Mode, OnDate
from tracker.cli.terminal import console, plain, say
from tracker.errors import Refused

if TYPE_CHECKING:
    from tracker.cli.projector.session import Session, Sitting
    from tracker.services.open_items import Item

app = commands()


@app.command(short_help="Go through what is open, at the projector.")
def decide(
    context: typer.Context,
    meeting: Annotated[
        str, typer.Option("--meeting", metavar="KEY", help="The meeting of the leaders.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who decides.")],
    on_date: OnDate = None,
    mode: Mode = None,
    line: Annotated[str | None, typer.Option("--line", help="Only this line.")] = None,
    advice: Annotated[
        bool, typer.Option("--show-recommendations", help="Show what the editor advises.")
    ] = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Go through what is open, one screen at a time: the text, its rivals, the comments.

    Type a letter and Enter: a adopts a proposal, m amends it, r rejects, d defers, g agrees a line,
    f agrees it ad referendum, c disposes of comments, u undoes, q ends. Each decision is stored at
    once. Without a terminal the letters are read from stdin, one a line.
    """
    from tracker.cli.projector.session import Session

    own = face(context, database, document, author)
    sitting, items = _prepared(own, meeting, by, on_date, mode, line)
    session = Session(own, sitting, items, advice=advice)
    if line is not None:
        session.stay()
    try:
        session.run()
    except KeyboardInterrupt:
        say("\ninterrupted: what was decided is stored")
        _write_summary(session)
        raise typer.Exit(130) from None
    _write_summary(session)
    if session.orphaned:
        raise typer.Exit(3)


def _prepared(
    own: Face, meeting: str, by: str, on_date: str | None, mode: str | None, line: str | None
) -> tuple[Sitting, list[Item]]:
    """Return what is true of the session, and its items. Raises Refused if there can be none."""
    from tracker.cli.projector.session import Sitting
    from tracker.services import meetings, open_items
    from tracker.services.inputs import check_line
    from tracker.services.verdicts import Verdict, checked

    with own.reading() as snapshot:
        found = meetings.find(snapshot.connection, meeting)
        if "leader" not in (found.kind or "").lower():
            kind = f"is of the kind {found.kind!r}" if found.kind else "has no kind"
            raise Refused(
                f"{meeting} {kind}; only leaders decide",
                "add their meeting: tracker meeting add L1 --kind leaders --name NAME --date DATE",
            )
        verdict = checked(
            Verdict("accepted", by=check_line(by, "name of who decides"), date=on_date, mode=mode)
        )
        if line is not None:
            items = [open_items.item_of(snapshot, line)]
        else:
            items = open_items.items(snapshot)
    return Sitting(found.key, by, verdict.date or found.date, mode), items


def _write_summary(session: Session) -> None:
    """Print what was decided, entry by entry."""
    target = console()
    sitting = session.sitting
    if not session.decisions:
        say("nothing was decided")
        return
    target.print(plain(f"\nDecided at {sitting.meeting} by {sitting.by}", "bold"))
    for decision in session.decisions:
        target.print(plain(f"@{decision.entry}  {decision.what}"))
    say("next: tracker status")
