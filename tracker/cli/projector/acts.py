"""What each key does. A decision is one entry; those who decide are asked first for what it needs.

An act raises a TrackerError where it is refused: nothing is stored then, and the screen says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tracker.cli.projector.keys import Typed
from tracker.cli.projector.session import Session
from tracker.cli.terminal import edited, keeping
from tracker.errors import BadInput, Refused, UsageError

if TYPE_CHECKING:
    from tracker.services.open_items import Opened
    from tracker.services.proposals.proposal import Change, Proposal
    from tracker.services.verdicts import Verdict

Act = Callable[[Session, "Opened", Typed], None]


def more(last: bool) -> Act:
    """Return what Enter alone does: the next page, or the next item after the last."""
    return _next if last else _page


def _page(session: Session, _: Opened, __: Typed) -> None:
    session.page += 1
    session.stay()


def _next(session: Session, _: Opened, __: Typed) -> None:
    session.step(1)


def _back(session: Session, _: Opened, __: Typed) -> None:
    session.step(-1)


def _advice(session: Session, _: Opened, __: Typed) -> None:
    session.advice = not session.advice
    session.stay()


def _how(session: Session, _: Opened, typed: Typed) -> None:
    """Say how what follows is decided: ``h vote 7-2-1``."""
    from tracker.services.verdicts import Verdict, checked

    mode = " ".join([*typed.names, typed.words]).strip() or None
    checked(Verdict("accepted", mode=mode))
    session.sitting = session.sitting._replace(mode=mode)
    session.message(f"decided by {mode}" if mode else "how it is decided is not said")
    session.stay()


def _adopt(session: Session, found: Opened, typed: Typed) -> None:
    rival, number = session.rival(found, typed)
    _accept(session, rival, number, None)


def _amend(session: Session, found: Opened, typed: Typed) -> None:
    """Adopt a rival in another wording, which is written in the editor."""
    rival, number = session.rival(found, typed)
    change = _only_change(rival, number)
    text = edited(f"{rival.id}.{change.number}", (change.result or "") + "\n").strip()
    if not text:
        raise BadInput("the editor left no words", "nothing was stored")
    # Of a proposal with one change it is the whole that is accepted, in this modified form.
    with keeping(text):
        _accept(session, rival, change.number if len(rival.changes) > 1 else None, text)


def _only_change(rival: Proposal, number: int | None) -> Change:
    """Return the change that is to be amended. Raises UsageError if several could be meant."""
    worded = [change for change in rival.open_changes if change.results]
    found = [change for change in worded if number in (None, change.number)]
    if len(found) != 1:
        listed = ", ".join(f"{rival.id}.{change.number}" for change in worded)
        raise UsageError(f"say which wording: {listed or 'there is none'}", "type m P2.1")
    return found[0]


def _accept(session: Session, rival: Proposal, change: int | None, text: str | None) -> None:
    from tracker.services import agreements
    from tracker.services.proposals import deciding
    from tracker.services.proposals.checking import check_current, undecided_changes

    name = rival.id if change is None else f"{rival.id}.{change}"
    # What cannot be accepted asks nothing.
    with session.reading() as snapshot:
        found, changes = undecided_changes(snapshot, name)
        check_current(snapshot, found, changes)
        agreed = agreements.agreed_of(snapshot, changes)
    reason = _reason_to_reopen(session, agreed) if agreed else None
    outcome = _disposition(session, rival)
    verb = "adopt" if text is None else "amend"
    with session.writing(f"{verb} {name}") as (entry, snapshot):
        verdict = session.verdict("accepted", reason)
        reopen = reason is not None
        done = deciding.accept(entry, snapshot, name, verdict, outcome, as_text=text, reopen=reopen)
        entry.summary = f"{name} {verb}ed: {deciding.in_words(done)}"
    session.orphaned = session.orphaned or bool(done.orphaned)


def _reason_to_reopen(session: Session, agreed: Mapping[str, Verdict]) -> str:
    """Ask for the reason to touch lines that are agreed. Raises Refused without one."""
    from tracker.services import agreements

    label, verdict = next(iter(agreed.items()))
    told = f"line {label} is {agreements.in_words(verdict)}"
    reason = session.ask(f"{told}. Why reopen it (Enter: leave it)? ")
    if not reason:
        raise Refused(told, "it stays agreed; nothing was stored")
    return reason


def _disposition(session: Session, rival: Proposal) -> str | None:
    """Ask whether the comments that a proposal answers are accepted with it."""
    from tracker.services.proposals import deciding

    with session.reading() as snapshot:
        open_ = [comment.id for comment in deciding.open_answers(snapshot, rival)]
    if not open_:
        return None
    answer = session.ask(f"It answers {', '.join(open_)}: accepted as well? [y/N] ").lower()
    return "accepted" if answer in ("y", "yes") else None


def _reject(session: Session, found: Opened, typed: Typed) -> None:
    from tracker.services.proposals import deciding

    rival, number = session.rival(found, typed)
    name = rival.id if number is None else f"{rival.id}.{number}"
    reason = session.ask(f"Why is {name} rejected (Enter: not said)? ") or None
    with session.writing(f"reject {name}") as (entry, snapshot):
        deciding.decide(entry, snapshot, [name], session.verdict("rejected", reason))
        entry.summary = f"{name} rejected"


def _defer(session: Session, found: Opened, typed: Typed) -> None:
    """Defer what is named, or all of the item: comments get a disposition, proposals stay open."""
    from tracker.services.comments import writing
    from tracker.services.proposals import deciding

    rivals = [rival.id for rival in found.rivals]
    comments = [comment.id for comment in found.comments]
    named = list(typed.names)
    chosen = named or [*rivals, *comments]
    unknown = [name for name in chosen if name not in (*rivals, *comments)]
    if unknown or not chosen:
        raise UsageError(
            f"{', '.join(unknown)} is not on the screen" if unknown else "nothing is open here",
            f"there is {', '.join([*rivals, *comments]) or 'nothing'} to be deferred",
        )
    reason = typed.words or session.ask("Why is it deferred? ")
    if not reason:
        raise BadInput("to defer needs a reason", "nothing was stored")
    verdict = session.verdict("deferred", reason)
    with session.writing(f"defer {' '.join(chosen)}") as (entry, snapshot):
        if waiting := [name for name in chosen if name in rivals]:
            deciding.decide(entry, snapshot, waiting, verdict)
        if said := [name for name in chosen if name in comments]:
            writing.dispose(entry, snapshot, said, verdict)
        entry.summary = f"{', '.join(chosen)} deferred"


def _dispose(session: Session, found: Opened, typed: Typed) -> None:
    """Dispose of the comments named, or of all on the screen: ``c C4 C7 noted``."""
    from tracker.services.comments import writing
    from tracker.services.verdicts import disposition, needs_reason

    known = [comment.id for comment in found.comments]
    chosen = list(typed.names) or known
    unknown = [name for name in chosen if name not in known]
    if unknown or not chosen:
        raise UsageError(
            f"{', '.join(unknown)} is not open here" if unknown else "no comment is open here",
            f"there is {', '.join(known) or 'none'} to be disposed of",
        )
    outcome = typed.words or session.ask(f"What becomes of {', '.join(chosen)}? ")
    outcome = disposition(outcome, "to be asked for")
    reason = (session.ask(f"Why {outcome}? ") or None) if needs_reason(outcome) else None
    verdict = session.verdict(outcome, reason)
    with session.writing(f"dispose {' '.join(chosen)}") as (entry, snapshot):
        writing.dispose(entry, snapshot, chosen, verdict)
        entry.summary = f"{', '.join(chosen)} {outcome}"


def _agree(session: Session, found: Opened, typed: Typed) -> None:
    from tracker.services import agreements

    if not found.can_be_agreed:
        raise UsageError("no line is on the screen to be agreed", "n goes to the next item")
    outcome = agreements.AGREED if typed.key == "g" else agreements.AD_REFERENDUM
    label = found.item.label or ""
    with session.writing(f"agree {label}") as (entry, snapshot):
        agreements.agree(entry, snapshot, [label], session.verdict(outcome))
        entry.summary = f"line {label} {outcome}"


def _undo(session: Session, _: Opened, __: Typed) -> None:
    """Take back the last decision of this session, by an entry of its own."""
    if not session.decisions:
        raise Refused("nothing was decided in this session", "tracker undo takes back other work")
    last = session.decisions[-1]
    from tracker.services import undoing

    with session.writing(f"undo @{last.entry}") as (entry, snapshot):
        undoing.undo(entry, f"@{last.entry}", snapshot.document)
        entry.summary = f"undone: @{last.entry}, {last.what}"
    # Neither counts as a decision of the session any more.
    del session.decisions[-2:]


ACTS: dict[str, Act] = {
    "a": _adopt,
    "m": _amend,
    "r": _reject,
    "d": _defer,
    "g": _agree,
    "f": _agree,
    "c": _dispose,
    "h": _how,
    "v": _advice,
    "n": _next,
    "b": _back,
    "u": _undo,
}
