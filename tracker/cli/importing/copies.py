"""``tracker import`` of an edited copy of a stored document: a proposal, or the next edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import typer

from tracker.cli.face import Face
from tracker.cli.importing import collisions
from tracker.cli.terminal import agreed, say
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.exchange.draft import Draft
    from tracker.services.importing.copy.comparing import Comparison
    from tracker.services.importing.copy.revising import Naming
    from tracker.services.importing.files import File


class Coming(NamedTuple):
    """What the command line says of a copy that comes back; None for what it does not say."""

    proposer: str | None = None
    rationale: str | None = None
    answers: tuple[str, ...] = ()
    edition: str | None = None
    status: str | None = None
    date: str | None = None
    since: str | None = None
    reopen: bool = False
    reason: str | None = None


def store(own: Face, file: File, draft: Draft, told: Coming, *, limit: int, yes: bool) -> None:
    """Show what a copy does to the document, and store it as the command line says."""
    if told.edition is None:
        _propose(own, file, draft, told, limit=limit, yes=yes)
    else:
        _revise(own, file, draft, told, limit=limit, yes=yes)


def _propose(own: Face, file: File, draft: Draft, told: Coming, *, limit: int, yes: bool) -> None:
    from tracker.services.importing.copy import proposing
    from tracker.services.importing.copy.comparing import compare

    with own.reading() as snapshot:
        comparison = compare(snapshot, draft, told.since)
        if not comparison.changes_words:
            say(f"{file.name} changes no words of {snapshot.key}: nothing to store")
            _say_spaced(comparison)
            return
        plan = proposing.plan(snapshot, comparison, file)
    _preview(comparison, snapshot.key, limit)
    _say_spaced(comparison)
    if told.proposer is None:
        raise UsageError(
            "nothing was stored: it was not said what becomes of these changes",
            "--from WHO stores them as a proposal, --edition NAME as the next edition",
        )
    if not agreed("Store this as a proposal?", yes=yes):
        say("nothing was stored")
        return
    with own.writing("import") as (entry, snapshot):
        stored = proposing.apply(
            entry,
            snapshot,
            plan,
            proposer=told.proposer,
            rationale=told.rationale,
            answers=told.answers,
        )
        entry.summary = stored.id
    last = f"{stored.id}.{len(plan.changes)}"
    say(f"stored as @{entry.number}: {stored.id}, {_named(stored.id, last)}")
    stale = [f"{stored.id}.{change.number}" for change in stored.changes if change.stale]
    if stale:
        say(f"{', '.join(stale)} start from wordings that have changed since: tracker diff")
    collisions.end(own, [stored.id])


def _named(first: str, last: str) -> str:
    return f"its one change being {last}" if last.endswith(".1") else f"changes {first}.1 to {last}"


def _revise(own: Face, file: File, draft: Draft, told: Coming, *, limit: int, yes: bool) -> None:
    from tracker.cli.render.copies import say_carried
    from tracker.cli.render.words import some
    from tracker.services.importing.copy import revising
    from tracker.services.importing.copy.comparing import compare
    from tracker.services.translations.moving import in_words
    from tracker.services.verdicts import Verdict

    naming = _naming(told)
    reopen = Verdict("reopened", reason=told.reason) if told.reopen else None
    with own.reading() as snapshot:
        comparison = compare(snapshot, draft, told.since, as_it_came=True)
        plan = revising.plan(snapshot, comparison, file, naming)
    _preview(comparison, snapshot.key, limit)
    say_carried(plan.carried, limit)
    if not agreed(f"Store this as the edition {naming.key}?", yes=yes):
        say("nothing was stored")
        return
    with own.writing(f"import --edition {naming.key}") as (entry, snapshot):
        stored = revising.apply(entry, snapshot, plan, reopen=reopen)
        entry.summary = naming.key
    labels = f"; inserted {some(stored.inserted, limit)}" if stored.inserted else ""
    say(f"stored as @{entry.number}: the edition {naming.key}{labels}")
    if stored.reopened:
        say(f"reopened: {some(stored.reopened, limit)}")
    for each in in_words(stored.beside, lambda labels: some(labels, limit)):
        say(each)
    if stored.orphaned:
        say(f"the words that {some(stored.orphaned, limit)} flagged are gone from the text")
        raise typer.Exit(3)


def _naming(told: Coming) -> Naming:
    from tracker.services.editions import key_of
    from tracker.services.importing.copy.revising import Naming

    name = told.edition or ""
    return Naming(key_of(name), name, told.status or "draft", told.date, told.rationale)


def _preview(comparison: Comparison, key: str, limit: int) -> None:
    from tracker.cli.render.copies import preview

    preview(comparison, key, limit)
    if comparison.nearer:
        say(f"  more of its lines stand in {comparison.nearer} than in the text as it is;")
        say(f"  if it was made from that, say --since {comparison.nearer}")


def _say_spaced(comparison: Comparison) -> None:
    count = comparison.respaced
    if count:
        lines = "1 line has" if count == 1 else f"{count:,} lines have"
        say(f"{lines} other white space or markup, which only an edition takes along")
