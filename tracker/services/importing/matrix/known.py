"""A row about a comment that is stored: what became of it; its words stay what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.matrix import Row, says
from tracker.services.comments.reading import Comment
from tracker.services.verdicts import Verdict, checked, disposition
from tracker.text.shortening import beginning

_RECORDED = {
    "comment": "text",
    "proposed": "proposed change",
    "line": "line",
    "words": "flagged words",
    "member": "member body",
    "reply_to": "comment replied to",
    **{name: name for name in ("number", "speaker", "type", "kind", "relation", "context")},
    **{name: name for name in ("note", "meeting", "topic")},
}
_SHOWN = 60


class Known(NamedTuple):
    """A stored comment as its row would say now, and as it did when the matrix was written.

    ``then`` is the same as ``now`` where the matrix does not say when that was.
    """

    comment: Comment
    now: Row
    then: Row


def is_meant(row: Row, known: Known) -> bool:
    """Return whether a row says what a comment says: that a number is the same proves nothing."""
    return any(_same(row, held, ("comment", "proposed")) for held in (known.now, known.then))


def _same(row: Row, held: Row, fields: tuple[str, ...]) -> bool:
    return all(says(getattr(row, name), getattr(held, name), held.id) for name in fields)


def differences(row: Row, known: Known) -> Iterator[str]:
    """Yield what a row says otherwise than the record, where somebody wrote over it."""
    if known.comment.sealed is not None:
        return
    for name, noun in _RECORDED.items():
        cell = getattr(row, name)
        if not cell.strip() or _same(row, known.now, (name,)) or _same(row, known.then, (name,)):
            continue
        kept = getattr(known.now, name)
        way = "comment move" if name in ("line", "words") else "comment edit"
        yield (
            f"the {noun} of {known.now.id} stays {_short(kept) if kept else 'empty'}, and does not "
            f"become {_short(cell)}; if that is right: tracker {way} {known.now.id}"
        )


def _short(text: str) -> str:
    return f"“{beginning(text, _SHOWN)}”"


def verdict(row: Row, known: Known) -> Verdict | None:
    """Return the disposition that was filled in or changed; None if that was not touched.

    Raises BadInput for one that cannot be taken.
    """
    if not row.outcome:
        if not says(row.reason, known.now.reason, known.now.id):
            _refuse_alone(row)
        return None
    if not _differs(row, known.now) or not _differs(row, known.then):
        return None
    if _differs(known.then, known.now):
        held = known.now.outcome or "open"
        raise BadInput(
            f"{known.now.id} became {row.outcome!r} here, and {held!r} in the store since the "
            f"matrix was written: decide with tracker comment dispose {known.now.id}"
        )
    return _checked(_told(row, known))


def _refuse_alone(row: Row) -> None:
    """Raise BadInput for observations that are no disposition: they would be lost."""
    if row.reason.strip():
        raise BadInput(f"observations without a disposition are not taken: {_short(row.reason)}")


def _differs(row: Row, held: Row) -> bool:
    """Return whether a row decides otherwise. What it does not say is not said otherwise."""
    return row.outcome != held.outcome or any(
        getattr(row, name) and not _same(row, held, (name,)) for name in ("reason", "by", "on")
    )


def _told(row: Row, known: Known) -> Verdict:
    """Return what a row decides, with what the record knows of the same decision."""
    stored = known.comment.disposition
    told = of(row)
    if stored is None or row.outcome != known.now.outcome:
        return told
    # The matrix may not have been allowed to name who decided.
    by = stored.by if row.by == known.now.by else told.by
    return told._replace(
        reason=told.reason or stored.reason,
        by=by or stored.by,
        date=told.date or stored.date,
        mode=f"{stored.mode} {stored.votes}" if stored.votes else stored.mode,
    )


def of(row: Row) -> Verdict:
    """Return the disposition that a row says, unchecked."""
    return Verdict(
        row.outcome,
        reason=row.reason.strip() or None,
        by=row.by or None,
        date=row.on or None,
    )


def _checked(told: Verdict) -> Verdict:
    wrong = rules.date_fault(told.date) if told.date is not None else None
    if wrong is not None:
        raise BadInput(f"{told.date!r} {wrong}")
    return checked(told)._replace(outcome=disposition(told.outcome, told.reason))


def disposed(row: Row) -> Verdict | None:
    """Return the disposition of a new comment, if its row has one. Raises BadInput as verdict."""
    if row.outcome:
        return _checked(of(row))
    _refuse_alone(row)
    return None
