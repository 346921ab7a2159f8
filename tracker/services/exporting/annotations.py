"""The comments on a text as annotations of its clean export."""

from __future__ import annotations

from tracker.exchange.annotations import Annotation, Annotations, Target
from tracker.exchange.review import Said, Spot
from tracker.services import attribution, documents, joints, lines
from tracker.services.attribution import SOMEBODY
from tracker.services.exporting.remarks import date_of, made_at
from tracker.services.exporting.review_said import said
from tracker.services.snapshot import Snapshot

_AROUND = 32
"""So many code points around some words tell them from the same words elsewhere."""


def gather(snapshot: Snapshot, *, with_internal: bool = False) -> Annotations:
    """Return all comments that may leave the store, with their places in the text as it is."""
    rule = attribution.rule_of(snapshot)
    made = made_at(snapshot)
    text = _Text(snapshot)
    told = sorted(said(snapshot, with_internal=with_internal), key=lambda one: int(one.id[1:]))
    return Annotations(
        key=snapshot.key,
        title=documents.title(snapshot),
        language=snapshot.language,
        entry=snapshot.at,
        annotations=tuple(_annotation(one, text, rule, made) for one in told),
    )


def _annotation(one: Said, text: _Text, rule: str, made: dict[str, str]) -> Annotation:
    targets = () if one.about else tuple(text.target(spot) for spot in one.spots)
    when = date_of(one, made)
    is_told = bool(one.speaker) and one.speaker != SOMEBODY
    return Annotation(
        said=one,
        targets=targets,
        created=when and f"{when}Z",
        creator=one.speaker if is_told else None,
        is_side=rule == "side",
    )


class _Text:
    """The text as it goes out clean, and where each line stands in it."""

    def __init__(self, snapshot: Snapshot) -> None:
        now = lines.running_text(snapshot)
        self._text, spans = joints.written(now)
        self._places = {line.label: span for line, span in zip(now, spans, strict=True)}

    def target(self, spot: Spot) -> Target:
        """Return the words that a comment flags, or the whole line; of gone ones only the quote."""
        if spot.label not in self._places or (spot.start is None and spot.quote is not None):
            return Target(spot.quote or "")
        start, end = self._places[spot.label]
        if spot.start is not None and spot.end is not None:
            start, end = start + spot.start, start + spot.end
        text = self._text
        around = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        return Target(text[start:end], *around, start, end)
