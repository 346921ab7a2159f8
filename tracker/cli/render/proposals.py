"""Proposals as JSON, as a table, and with their redlines."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.cli.render.comments import as_json as comment_as_json
from tracker.cli.render.comments import verdict_as_json, verdict_in_words, write_threads
from tracker.cli.render.words import UNDONE, plural, redline
from tracker.cli.terminal import coloured, console, plain
from tracker.services.comments.reading import Comment
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.redlines import of_change

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


MANY = 20
"""Changes of one proposal that a listing shows."""
Rivals = Mapping[str, Sequence[str]]
"""The ids of the proposals that each proposal collides with."""


class Around(NamedTuple):
    """What is around a proposal: the comments on it, and the proposals that would change it."""

    comments: Sequence[Comment]
    amending: Sequence[Proposal]


def as_json(proposal: Proposal, rivals: Sequence[str] = ()) -> dict[str, Any]:
    """Return a proposal under the names that ``--json`` promises."""
    return {
        "id": proposal.id,
        "lines": list(proposal.lines),
        "from": proposal.proposer,
        "author": proposal.author,
        "state": proposal.state,
        "stale": proposal.stale,
        "in_collision": proposal.in_collision,
        "collides_with": list(rivals),
        "rationale": proposal.rationale,
        "answers": list(proposal.answers),
        "entry": proposal.entry,
        "changes": [_change_as_json(proposal, change) for change in proposal.changes],
        "earlier": [_change_as_json(proposal, change) for change in proposal.earlier],
        "verdicts": [verdict_as_json(verdict) for verdict in proposal.verdicts],
    }


def in_full(proposal: Proposal, rivals: Rivals, around: Around) -> dict[str, Any]:
    """Return a proposal with the comments on it and the proposals that would change it."""
    return {
        **as_json(proposal, rivals.get(proposal.id, ())),
        "comments": [comment_as_json(comment) for comment in around.comments],
        "amended_by": [amending.id for amending in around.amending],
    }


def _change_as_json(proposal: Proposal, change: Change) -> dict[str, Any]:
    return {
        "id": f"{proposal.id}.{change.number}",
        "kind": change.kind,
        "line": change.line,
        "lines": list(change.labels),
        "after": change.after,
        "base": change.base,
        "text": change.result,
        "parts": [result.text for result in change.results],
        "stale": change.stale,
        "in_collision": change.in_collision,
        "state": change.verdict.outcome if change.verdict else None,
        "amends": change.amends,
        "supersedes": f"{proposal.id}.{change.supersedes}" if change.supersedes else None,
        "sources": list(change.sources),
        "date": change.date,
        "entry": change.entry,
        "retracted": change.undone,
        "redline": [[run.kind, run.text] for run in of_change(change)],
    }


def state(proposal: Proposal) -> str:
    """Return its state, and whether it was deferred, is stale or has to be resolved."""
    told = [proposal.state.replace("_", " ")]
    if proposal.deferral is not None:
        told.append(verdict_in_words(proposal.deferral._replace(reason=None)))
    told += ["stale"] if proposal.stale else []
    told += ["in collision"] if proposal.in_collision else []
    return ", ".join(told)


def write_listing(
    proposals: Sequence[Proposal], rivals: Rivals, undone: Container[str] = frozenset()
) -> None:
    """Print proposals, each with its redlines beneath, and with what they collide.

    ``undone`` holds ids to be marked so.
    """
    from rich.padding import Padding

    target = console()
    for proposal in proposals:
        undone_mark = f" · {UNDONE}" if proposal.id in undone else ""
        target.print(head(proposal, rivals).append(undone_mark))
        shown = proposal.changes[:MANY]
        for change in shown:
            words = plain(f"{place(proposal, change)}: ", "dim")
            words.append_text(redline(of_change(change), coloured=coloured(target)))
            target.print(Padding(words, (0, 0, 0, 3)))
        if len(shown) < len(proposal.changes):
            target.print(Padding(_rest(proposal, shown), (0, 0, 0, 3)))


def _rest(proposal: Proposal, shown: Sequence[Change]) -> Text:
    """Say how many changes are not shown, and which command shows them."""
    count = len(proposal.changes) - len(shown)
    return plain(
        f"… and {plural(count, 'change')} more: tracker proposal show {proposal.id}", "dim"
    )


def head(proposal: Proposal, rivals: Rivals) -> Text:
    """Return its id, who it is from, its state, what it answers and with what it collides."""
    from rich.text import Text

    told = Text(proposal.id, style="bold")
    told.append_text(plain(f" · from {proposal.proposer} · {state(proposal)}"))
    if proposal.answers:
        told.append(f" · answers {', '.join(proposal.answers)}")
    if proposal.id in rivals:
        told.append(f" · collides with {', '.join(rivals[proposal.id])}", style="red")
    return told


def write_proposals(
    proposals: Sequence[Proposal],
    target: Console,
    rivals: Rivals,
    around: Mapping[str, Around] | None = None,
    line: str | None = None,
) -> None:
    """Print proposals: who wants each and why, its redlines, and what the text would say.

    ``around`` holds what is around each of them. Of many changes only those of ``line`` are shown,
    if one is named.
    """
    for number, proposal in enumerate(proposals):
        if number:
            target.print()
        _write_proposal(proposal, target, rivals, line)
        beside = (around or {}).get(proposal.id)
        if beside is not None:
            _write_around(beside, target)


def _write_around(around: Around, target: Console) -> None:
    for amending in around.amending:
        changes = (*amending.changes, *amending.earlier)
        changed = ", ".join(change.amends for change in changes if change.amends)
        words = f"{amending.id} from {amending.proposer} would change {changed}: {state(amending)}"
        target.print(plain(f"   {words}", "dim"))
    if around.comments:
        target.print()
        write_threads(around.comments, target)


def _write_proposal(proposal: Proposal, target: Console, rivals: Rivals, line: str | None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    target.print(head(proposal, rivals))
    body: list[Text] = []
    shown = proposal.changes
    if line is not None and len(shown) > MANY:
        shown = tuple(change for change in shown if line in (*change.labels, change.after))
    for change in shown:
        body.append(plain(place(proposal, change), "dim"))
        body.append(redline(of_change(change), coloured=coloured(target)))
        if change.kind in ("replace", "split", "merge") and change.result is not None:
            body.append(plain("reads:", "dim"))
            body.append(plain(change.result))
    if len(shown) < len(proposal.changes):
        body.append(_rest(proposal, shown))
    for change in proposal.earlier if shown is proposal.changes else ():
        body.append(plain(f"as it was: {place(proposal, change)}", "dim"))
        body.append(redline(of_change(change), coloured=coloured(target)))
    body += grounds(proposal)
    target.print(Padding(Text("\n").join(body), (0, 0, 0, 3)))


def grounds(proposal: Proposal) -> list[Text]:
    """Return why it is proposed, and what was advised and decided on it."""
    told = []
    if proposal.rationale:
        told.append(plain(f"why: {proposal.rationale}", "italic"))
    for verdict in proposal.verdicts:
        of = f"{proposal.id}.{verdict.change} " if verdict.change is not None else ""
        words = f"{of}{verdict_in_words(verdict)}"
        advised = verdict.stage == "advised"
        told.append(plain(f"advised: {words}", "cyan") if advised else plain(f"→ {words}", "green"))
        if verdict.text is not None:
            told.append(plain(f"in this form: {verdict.text}"))
    return told


_VERBS = {
    "replace": "changes",
    "delete": "deletes",
    "move": "moves",
    "split": "splits",
    "merge": "merges",
}


def place(proposal: Proposal, change: Change) -> str:
    """Return what a change does where, from what it was made, and what is the matter with it."""
    name = f"{proposal.id}.{change.number}"
    where = "at the start" if change.after == "0" else f"after line {change.after}"
    if change.amends is not None:
        does = f"changes {change.amends}"
    elif change.kind == "insert":
        does = f"inserts {where}"
    else:
        noun = "line" if len(change.labels) == 1 else "lines"
        does = f"{_VERBS[change.kind]} {noun} {', '.join(change.labels)}"
        does += f" {where}" if change.kind == "move" else ""
    told = [f"made of {', '.join(change.sources)}"] if change.sources else []
    if change.verdict is not None:
        told.append(change.verdict.outcome)
    told += [UNDONE] if change.undone else []
    told += ["in collision: no wording chosen"] if change.in_collision else []
    told += [_stale(change)] if change.stale and change in proposal.open_changes else []
    return f"{name} {does}" + (f" ({'; '.join(told)})" if told else "")


def _stale(change: Change) -> str:
    what = f"{change.amends} was replaced" if change.amends else "the line has changed since"
    return f"stale: {what}"
