"""``tracker proposal update | merge | resolve``: proposals carried over and made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.face import Face, face
from tracker.cli.options import Author, Database, Document, Yes, names
from tracker.cli.terminal import (
    agreed,
    edited,
    fail,
    given,
    has_editor,
    interactive,
    keeping,
    previewing,
    say,
)
from tracker.errors import TrackerError, UsageError

if TYPE_CHECKING:
    from tracker.services.proposals.resolving import Unresolved
    from tracker.services.proposals.storing import NewChange

Take = Annotated[
    str | None,
    typer.Option(
        "--take", metavar="P1", help="Whose words stand where they collide; P1,P2: in this order."
    ),
]


def update(
    context: typer.Context,
    proposal: Annotated[str, typer.Argument(help="The proposal: P3, or a change of it: P3.1.")],
    yes: Yes = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Carry a stale proposal to the current wording: both changes, or a collision."""
    from tracker.cli.render.joining import write_update
    from tracker.services.proposals import updating

    own = face(context, database, document, author)
    with own.reading() as snapshot:
        plan = updating.plan(snapshot, proposal)
        seen = snapshot.at
    with previewing():
        write_update(plan)
    if plan.needs_approval and not agreed("Does it still make sense: store it?", yes=yes):
        say("nothing was stored")
        return
    with own.writing(f"proposal update {plan.proposal.id}") as (entry, snapshot):
        entry.expect(seen)
        stored = updating.store(entry, snapshot, plan)
        entry.summary = ", ".join(stored)
    say(f"stored as @{entry.number}: {entry.summary}")
    # A collision is the last thing that is stored of it: see what is open now.
    waiting = [name for name, one in zip(stored, plan.changes, strict=True) if one.collisions]
    _end_in_collision(own, waiting)


def merge(
    context: typer.Context,
    proposals: Annotated[list[str], typer.Argument(help="Two proposals or more: P1 P2.")],
    from_: Annotated[str, typer.Option("--from", metavar="WHO", help="Who proposes it.")],
    rationale: Annotated[
        str | None, typer.Option("--rationale", metavar="TEXT", help="Why.")
    ] = None,
    take: Take = None,
    yes: Yes = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Make a new proposal of several; what collides is kept, to be resolved."""
    from tracker.cli.render.joining import write_merging
    from tracker.services.proposals import merging

    own = face(context, database, document, author)
    with own.reading() as snapshot:
        plan = merging.plan(snapshot, names(proposals), names([take or ""]))
        seen = snapshot.at
    with previewing():
        write_merging(plan)
    if plan.needs_approval and not agreed("Does it still make sense: store it?", yes=yes):
        say("nothing was stored")
        return
    sources = " ".join(proposal.id for proposal in plan.proposals)
    with own.writing(f"proposal merge {sources}") as (entry, snapshot):
        entry.expect(seen)
        name = merging.store(entry, snapshot, plan, proposer=from_, rationale=rationale)
        entry.summary = name
    say(f"stored as @{entry.number}: {name}")
    waiting = [f"{name}.{number}" for number, part in enumerate(plan.parts, 1) if part.collisions]
    _end_in_collision(own, waiting)


def resolve(
    context: typer.Context,
    change: Annotated[str, typer.Argument(help="The change in collision: P5.1.")],
    take: Take = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help="The wording: words, @file, - or $EDITOR."),
    ] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Choose a wording where changes collide; ``--take current`` is the line's own."""
    if take is not None and text is not None:
        raise UsageError("--take and --text are two answers", "give one of them")
    own = face(context, database, document, author)
    _resolve(own, change, names([take]) if take is not None else [], text)


def _resolve(own: Face, name: str, take: list[str], text: str | None) -> None:
    from tracker.cli.render.joining import write_unresolved
    from tracker.services.proposals import resolving

    with own.reading() as snapshot:
        found = resolving.find(snapshot, name)
        seen = snapshot.at
    wording = given(text, "--text") if text is not None else None
    if not take and wording is None:
        write_unresolved(found)
        wording = _edited(found)
    with (
        keeping(wording if text is None else None),
        own.writing(f"proposal resolve {found.name}") as (entry, snapshot),
    ):
        entry.expect(seen)
        chosen = _chosen(found, take, wording)
        entry.summary = resolving.store(entry, snapshot, found, chosen)
    say(f"stored as @{entry.number}: {entry.summary} in the place of {found.name}")


def _edited(found: Unresolved) -> str:
    """Return what a person makes of the sides. Raises UsageError where there is no editor."""
    from tracker.services.proposals.joining import marked

    if not (interactive() and has_editor()):
        raise UsageError(
            "say what is to stand",
            f"--take {found.sides[0].name}, --take {found.sides[-1].name}, or --text TEXT",
        )
    return edited("collision", marked(found.base, found.sides))


def _chosen(found: Unresolved, take: list[str], wording: str | None) -> NewChange:
    from tracker.services.proposals import resolving

    return resolving.given(found, wording) if wording is not None else resolving.taken(found, take)


def _end_in_collision(own: Face, waiting: list[str]) -> None:
    """Let a person resolve what collides; what is left ends the command with status 3."""
    left = list(waiting)
    while left and interactive() and has_editor():
        try:
            _resolve(own, left[0], [], None)
        except TrackerError as error:
            fail(error.message, error.hint)
            break
        del left[0]
    if left:
        for name in left:
            say(f"{name} is in collision: tracker proposal resolve {name}")
        raise typer.Exit(3)
