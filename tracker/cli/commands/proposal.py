"""``tracker proposal``: the proposals, and what is decided on them."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.commands import proposal_joining
from tracker.cli.face import Face, face
from tracker.cli.options import (
    All,
    Author,
    By,
    Database,
    Document,
    Json,
    Language,
    Limit,
    Mode,
    OnDate,
    Reason,
    Reopen,
    names,
)
from tracker.cli.terminal import ask, console, given, interactive, say, write_json

app = commands(
    "Proposed revisions: list, show, recommend, accept, reject, withdraw, update, merge, resolve."
)

Proposals = Annotated[list[str], typer.Argument(help="Proposals: P3 P4.")]
Changes = Annotated[list[str], typer.Argument(help="Proposals, or changes of them: P3 P4.1.")]


@app.command("list")
def list_(
    context: typer.Context,
    line: Annotated[str | None, typer.Option("--line", help="Only those on this line.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Only those undecided.")] = False,
    language: Language = None,
    all_: All = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List proposals with their redlines."""
    from tracker.cli.render import proposals as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import lines, retractions
    from tracker.services.proposals import colliding, reading

    with face(context, database, document, language=language).reading() as snapshot:
        found, total = reading.listed(
            snapshot,
            line=lines.find(snapshot, line).id if line else None,
            undecided=open_,
            retracted=all_,
            limit=limit or None,
        )
        gone = retractions.numbers(snapshot.connection, "proposal", snapshot.document)
        rivals = colliding.undecided_collisions(snapshot, found)
    undone = {f"P{number}" for number in gone}
    if as_json:
        told = [render.as_json(each, rivals.get(each.id, ())) for each in found]
        write_json([{**one, "retracted": one["id"] in undone} for one in told])
    elif found:
        render.write_listing(found, rivals, undone)
    else:
        say("no proposals")
    say_rest(len(found), total)


@app.command()
def show(
    context: typer.Context,
    proposals: Proposals,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show proposals: who wants them and why, the redline, and what the text would say."""
    from tracker.cli.render import proposals as render
    from tracker.services.comments import on_proposals
    from tracker.services.names import proposal_id
    from tracker.services.proposals import colliding, reading

    with face(context, database, document).reading() as snapshot:
        found = reading.numbered(snapshot, [proposal_id(name) for name in names(proposals)])
        rivals = colliding.undecided_collisions(snapshot, found)
        said = on_proposals.on(snapshot, found)
        around = {
            each.id: render.Around(
                said.get(each.id, ()), reading.listed(snapshot, amending=each.id)[0]
            )
            for each in found
        }
    if as_json:
        write_json([render.in_full(each, rivals, around[each.id]) for each in found])
        return
    render.write_proposals(found, console(), rivals, around)


@app.command()
def accept(
    context: typer.Context,
    proposal: Annotated[str, typer.Argument(help="The proposal: P3, or a change of it: P3.1.")],
    as_: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="TEXT", help="In this modified form: words, @file or - (stdin)."
        ),
    ] = None,
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    mode: Mode = None,
    dispose: Annotated[
        str | None,
        typer.Option(
            "--dispose",
            metavar="OUTCOME",
            help="The disposition of the comments it answers that have none yet.",
        ),
    ] = None,
    reopen: Reopen = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Make a proposal's wording the text, and record the decision."""
    from tracker.services.proposals import deciding
    from tracker.services.verdicts import Verdict, checked

    own = face(context, database, document, author)
    modified = given(as_, "--as") if as_ is not None else None
    verdict = checked(Verdict(outcome="accepted", reason=reason, by=by, date=on_date, mode=mode))
    left: list[str] = []
    seen: int | None = None
    if dispose is None:
        left, at = _open_answers(own, proposal)
        if left and interactive():
            # What was agreed to is the proposal as it was then, and those comments.
            seen = at
            if ask(f"It answers {', '.join(left)}: accepted as well?"):
                dispose, left = "accepted", []
    with own.writing("proposal accept") as (entry, snapshot):
        if seen is not None:
            entry.expect(seen)
        done = deciding.accept(
            entry, snapshot, proposal, verdict, dispose, as_text=modified, reopen=reopen
        )
        entry.command = f"proposal accept {done.proposal}"
        entry.summary = f"{done.proposal}: {deciding.in_words(done)}"
    say(f"stored as @{entry.number}: {entry.summary}")
    if left:
        say(f"{', '.join(left)} stay open: tracker comment dispose settles them")
    if done.stale:
        say(f"{', '.join(done.stale)}: stale now; tracker proposal update carries one over")
    for carried in done.carried:
        if carried.state == "partial":
            say(f"some of the words that {carried.comment} flags are gone: tracker comment show")
    if done.orphaned:
        say(f"the words that {', '.join(done.orphaned)} flagged are gone from the text")
        raise typer.Exit(3)


def _open_answers(own: Face, proposal: str) -> tuple[list[str], int]:
    """Return the comments without a disposition that a proposal answers, and the last entry.

    Raises Refused if the proposal cannot be accepted.
    """
    from tracker.services.proposals import checking, deciding

    with own.reading() as snapshot:
        found, changes = checking.undecided_changes(snapshot, proposal)
        checking.check_current(snapshot, found, changes)
        return [comment.id for comment in deciding.open_answers(snapshot, found)], snapshot.at


@app.command()
def recommend(
    context: typer.Context,
    proposals: Changes,
    outcome: Annotated[
        str,
        typer.Option("--outcome", metavar="OUTCOME", help="accept, reject, amend or defer."),
    ],
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    mode: Mode = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record what the editor advises; the decision stays open."""
    from tracker.services.proposals import deciding
    from tracker.services.verdicts import Verdict

    own = face(context, database, document, author)
    verdict = Verdict(outcome=outcome, reason=reason, by=by, date=on_date, mode=mode)
    with own.writing("proposal recommend") as (entry, snapshot):
        advised = deciding.recommend(entry, snapshot, names(proposals), verdict)
        entry.command = f"proposal recommend {' '.join(advised)}"
        entry.summary = f"{', '.join(advised)}: {outcome.strip().lower()}"
    say(f"stored as @{entry.number}: {entry.summary}")


@app.command()
def reject(
    context: typer.Context,
    proposals: Changes,
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    mode: Mode = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record that proposals are rejected; they stay readable as they were proposed."""
    own = face(context, database, document, author)
    _decide(own, proposals, "rejected", reason, by, on_date, mode)


@app.command()
def withdraw(
    context: typer.Context,
    proposals: Changes,
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record that proposals are withdrawn by those they are from."""
    own = face(context, database, document, author)
    _decide(own, proposals, "withdrawn", reason, by, on_date, None)


app.command()(proposal_joining.update)
app.command()(proposal_joining.merge)
app.command()(proposal_joining.resolve)


def _decide(
    own: Face,
    proposals: list[str],
    outcome: str,
    reason: str | None,
    by: str | None,
    on_date: str | None,
    mode: str | None,
) -> None:
    from tracker.services.proposals import deciding
    from tracker.services.verdicts import Verdict

    verdict = Verdict(outcome=outcome, reason=reason, by=by, date=on_date, mode=mode)
    verb = {"rejected": "reject", "withdrawn": "withdraw"}[outcome]
    with own.writing(f"proposal {verb}") as (entry, snapshot):
        decided = deciding.decide(entry, snapshot, names(proposals), verdict)
        entry.command = f"proposal {verb} {' '.join(decided)}"
        entry.summary = f"{', '.join(decided)} {outcome}"
    say(f"stored as @{entry.number}: {entry.summary}")
