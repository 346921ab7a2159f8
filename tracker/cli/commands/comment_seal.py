"""``tracker comment seal``: erase a remark at its speaker's request; a stub is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, Yes
from tracker.cli.render.words import plural
from tracker.cli.terminal import agreed, say
from tracker.text.shortening import beginning

if TYPE_CHECKING:
    from tracker.services.comments.reading import Comment
    from tracker.services.comments.sealing import Plan


def seal(
    context: typer.Context,
    comment: Annotated[str, typer.Argument(help="The comment: C4.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept.")],
    yes: Yes = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Erase what a comment says, in all its versions and in the files kept, for ever.

    A stub stays, with its replies and dispositions. Sealing it again frees the database of what a
    sealing that was interrupted may have left in it.
    """
    from tracker.services.comments import reading, sealing
    from tracker.services.names import comment_id

    own = face(context, database, document, author)
    with own.reading() as snapshot:
        found = reading.numbered(snapshot, [comment_id(comment)])[0]
        plan = sealing.plan(snapshot, comment) if found.sealed is None else None
    if plan is None:
        say(f"{found.id} was sealed at @{found.sealed}; nothing to store")
    else:
        _preview(plan)
        if not agreed("Erase it for ever?", yes=yes):
            say("nothing was erased")
            return
        with own.writing("comment seal") as (entry, snapshot):
            sealing.apply(entry, snapshot, plan, reason)
            entry.summary = found.id
        say(f"stored as @{entry.number}: {found.id} is sealed")
    kept_by = sealing.sweep(own.store())
    if kept_by is not None:
        say(f"its words may still stand in unused parts of the database: {kept_by}")
        say(f"run this again when nobody else uses it: tracker comment seal {found.id} --reason …")
    say("backups, dumps and exports made before hold it still, and so may your own files")


def _preview(plan: Plan) -> None:
    say(f"{plan.comment.id} · {_who(plan.comment)}")
    say(f"  {beginning(plan.comment.text)}")
    say(f"  erased: {plural(len(plan.versions), 'version')} of it")
    for file in plan.files:
        kept = "a copy without it is kept" if file.copy is not None else "nothing of it is kept"
        say(f"  erased: the file {file.name}; {kept}")
    if plan.elsewhere:
        say(f"  not erased: words of it also stand in {', '.join(plan.elsewhere)}")


def _who(comment: Comment) -> str:
    return f"{comment.speaker} ({comment.side})" if comment.side else comment.speaker
