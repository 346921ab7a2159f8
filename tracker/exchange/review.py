"""A review: a text under revision with all that was said and proposed, as it goes out.

Names are told as the document's rule of attribution allows. Places are code points, half open.
"""

from __future__ import annotations

from typing import NamedTuple

from tracker.exchange.view import Run


class Ruling(NamedTuple):
    """What was decided or advised: outcome, reason, by whom, when (may be partial) and how."""

    outcome: str
    reason: str | None = None
    by: str | None = None
    on: str | None = None
    mode: str | None = None


class Spot(NamedTuple):
    """Words of a line that a comment flags; without ``start`` it is the whole line.

    ``state`` is exact, partial or orphaned; the words of an orphaned one are gone. Words of the
    line in another language have a ``quote`` and no ``start``.
    """

    label: str
    start: int | None
    end: int | None
    quote: str | None
    state: str


class Said(NamedTuple):
    """A comment on its way out. A ``sealed`` one has no words; ``spots`` may be its parent's.

    ``lines`` are the labels it stands on; one on a proposal stands on the first that this touches.
    ``date`` is when it was said, or the day of its meeting; it may be partial.
    """

    id: str
    speaker: str
    side: str | None
    kind: str
    text: str
    spots: tuple[Spot, ...] = ()
    scope: str = "line"
    type: str | None = None
    meeting: str | None = None
    topic: str | None = None
    date: str | None = None
    context: str | None = None
    note: str | None = None
    verbatim: bool = False
    reply_to: str | None = None
    relation: str | None = None
    about: str | None = None
    number: str | None = None
    internal: bool = False
    sealed: bool = False
    answered_by: tuple[str, ...] = ()
    disposition: Ruling | None = None
    recommendation: Ruling | None = None
    lines: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """Who said it, with the side where it is stated and not said by that alone."""
        is_told = self.side is None or self.side == self.speaker
        return self.speaker if is_told else f"{self.speaker} ({self.side})"


class Rival(NamedTuple):
    """One undecided change of a proposal: what it makes of a passage, and who wants it.

    ``runs`` is its redline against the passage, of a ``stale`` one against what the passage said
    when it was proposed. ``result`` is the sentence as it would read, several below one another
    where it is split; it is empty where the line goes, or where changes that collide were joined
    and no wording is chosen yet (``in_collision``). ``lines`` are those it changes: a merge stands
    in full at the first and is a deletion at the others. A line that is inserted, or moved, would
    stand behind ``after`` (``0``: first). ``amends`` is the change of another proposal whose place
    it would take. ``deferral`` says that deciding was put off.
    """

    id: str
    proposal: str
    kind: str
    who: str | None
    rationale: str | None
    runs: tuple[Run, ...]
    result: str
    answers: tuple[str, ...] = ()
    recommendation: Ruling | None = None
    stale: bool = False
    collides: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    after: str | None = None
    amends: str | None = None
    in_collision: bool = False
    deferral: Ruling | None = None


class Passage(NamedTuple):
    """A line under revision: open comments are on it, or undecided proposals would change it.

    ``comments`` are the open ones. What would be new behind a line under revision is among its
    rivals; behind any other it is a passage without a ``label``, ``after`` that line (``0``: at the
    start). The line of stale proposals may be gone: then there is no ``text``.
    """

    label: str | None
    after: str | None
    text: str
    comments: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()


class ReviewLine(NamedTuple):
    """A line of the text: how it stands (``lead`` is what joins it to the line before), its kind.

    ``comments`` are all that stand on it, open or not. ``others`` are its texts in the other
    languages: language, text, and ``stale`` or ``missing``. The text is empty where the line before
    has it, too. What stands in another language alone has no ``text``, and is ``alone`` or stale.
    """

    label: str
    kind: str
    level: int | None
    lead: str
    text: str
    comments: tuple[str, ...] = ()
    others: tuple[tuple[str, str, str | None], ...] = ()


class Was(NamedTuple):
    """What became of a line since the edition before: its redline and why."""

    label: str
    kinds: tuple[str, ...]
    was: str
    now: str
    runs: tuple[Run, ...]
    why: tuple[str, ...] = ()


class Review(NamedTuple):
    """A document as it goes out for review, with its comments in the order of the text.

    ``edition`` is the name of the last one, with what was done since; ``date`` the day (UTC) of the
    entry. It is a ``draft`` unless an edition stands that was adopted or published, and nothing is
    under revision. ``changes`` are those ``since`` an edition or a state. ``languages`` are those
    of ``ReviewLine.others``.
    """

    key: str
    title: str
    language: str
    entry: int
    edition: str | None
    date: str | None
    sentence: str
    passages: tuple[Passage, ...]
    lines: tuple[ReviewLine, ...]
    comments: tuple[Said, ...]
    changes: tuple[Was, ...] = ()
    since: str | None = None
    trail: str = "\n"
    draft: bool = True
    languages: tuple[str, ...] = ()
