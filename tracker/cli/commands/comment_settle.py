"""``tracker comment dispose``, ``recommend`` and ``assign``: what becomes of comments."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.face import Face, face
from tracker.cli.options import (
    Author,
    By,
    Database,
    Document,
    Mode,
    OnDate,
    Reason,
    names,
)
from tracker.cli.terminal import say
from tracker.errors import UsageError

Comments = Annotated[list[str], typer.Argument(help="Comments: C3 C7.")]
Outcome = Annotated[
    str,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        help="accepted, 'accepted in principle', rejected, noted, deferred, withdrawn or "
        "duplicate.",
    ),
]


def dispose(
    context: typer.Context,
    comments: Comments,
    outcome: Outcome,
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    mode: Mode = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record what became of comments."""
    own = face(context, database, document, author)
    _settle(own, comments, "decided", (outcome, reason, by, on_date, mode))


def recommend(
    context: typer.Context,
    comments: Comments,
    outcome: Outcome,
    reason: Reason = None,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who advises it.")] = None,
    on_date: Annotated[
        str | None, typer.Option("--on-date", metavar="DATE", help="When it was advised.")
    ] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record what the editor advises to become of comments; it decides nothing."""
    own = face(context, database, document, author)
    _settle(own, comments, "advised", (outcome, reason, by, on_date, None))


def _settle(
    own: Face,
    comments: list[str],
    stage: str,
    grounds: tuple[str, str | None, str | None, str | None, str | None],
) -> None:
    from tracker.cli.render.comments import verdict_in_words
    from tracker.services.comments import writing
    from tracker.services.verdicts import Verdict

    outcome, reason, by, on_date, mode = grounds
    verdict = Verdict(outcome, stage=stage, reason=reason, by=by, date=on_date, mode=mode)
    verb = "dispose" if stage == "decided" else "recommend"
    with own.writing(f"comment {verb}") as (entry, snapshot):
        done = writing.dispose(entry, snapshot, names(comments), verdict)
        entry.summary = ", ".join(comment.id for comment in done)
    say(f"stored as @{entry.number}: {entry.summary}")
    for comment in done:
        before = comment.disposition if stage == "decided" else comment.recommendation
        if before is not None:
            say(f"{comment.id} was {verdict_in_words(before)}; both stay on record")


def assign(
    context: typer.Context,
    comments: Comments,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHO", help="Who is to do something about them.")
    ] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="DATE", help="Until when: 2022-10-14, 2022-10, 2022."),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What is to be done.")
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="It is done.")] = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Assign comments to somebody, or record that what was assigned is done."""
    from tracker.services.comments import assigning

    if done == (to is not None) or (done and (due or note)):
        raise UsageError("say either --to WHO or --done", "--due and --note go with --to")
    own = face(context, database, document, author)
    with own.writing("comment assign") as (entry, snapshot):
        if to is None:
            found = assigning.complete(entry, snapshot, names(comments))
        else:
            found = assigning.assign(entry, snapshot, names(comments), to, due=due, note=note)
        entry.summary = ", ".join(comment.id for comment in found) + (" done" if done else "")
    say(f"stored as @{entry.number}: {entry.summary}")
    for comment in found:
        before = comment.assignment
        if to is not None and before is not None and not before.done:
            say(f"{comment.id} was assigned to {before.assignee}")
