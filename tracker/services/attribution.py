"""How a voice is named in what leaves the store: the document's rule of attribution.

``label``, the usual one, names voices as they were recorded; ``name`` by the participant's name
where the record says who it was; ``side`` by their side alone; ``none`` by neither (the Chatham
House Rule). Every writer asks here. What is read at the terminal of the store is as recorded.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from tracker.errors import BadInput
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.types import CURRENT

RULES = ("side", "label", "name", "none")
USUAL = "label"
SOMEBODY = "A participant"
"""Who speaks, where nothing may be told of it."""
SECRETARY = "the secretary"
"""Who typed something, where no name may be told."""


class Voices(NamedTuple):
    """How voices are named under a rule; ``sides`` are those that comments state.

    ``people`` maps what a voice is called in the record, in small letters, to its side.
    """

    rule: str
    sides: frozenset[str] = frozenset()
    people: dict[str, str] = {}  # noqa: RUF012  # a NamedTuple's default, never changed

    @property
    def hides(self) -> bool:
        """Whether neither a name nor what people call one another leaves the store."""
        return self.rule in ("side", "none")

    def speaker(self, label: str, side: str | None, name: str | None = None) -> str:
        """Return who speaks: of ``label`` as recorded, stated ``side`` and participant's name."""
        if self.rule == "side":
            return side or SOMEBODY
        if self.rule == "none":
            return SOMEBODY
        return name if self.rule == "name" and name else label

    def side(self, side: str | None) -> str | None:
        """Return the side that may be told."""
        return None if self.rule == "none" else side

    def party(self, name: str | None) -> str | None:
        """Return who a proposal is from, or who decided: none where that may not be told."""
        if name is None or not self.hides:
            return name
        return self._side_of(name) if self.rule == "side" else None

    def author(self, name: str) -> str:
        """Return who typed something."""
        return SECRETARY if self.hides else name

    def remark(self, text: str | None) -> str | None:
        """Return a clause or a note beside a comment; it often says who spoke."""
        return None if self.hides else text

    def _side_of(self, name: str) -> str | None:
        """Return the side that a name is, or was stated with; none if it names anyone else."""
        word = name.strip().casefold().removesuffix(" side").removesuffix("側")
        known = {side.casefold(): side for side in self.sides}
        return known.get(word) or self.people.get(name.strip().casefold())


def voices(snapshot: Snapshot, *, with_internal: bool = False) -> Voices:
    """Return how voices are named in what leaves the store of a document now.

    ``with_internal`` says that internal comments leave with it.
    """
    rule = rule_of(snapshot)
    if rule != "side":
        return Voices(rule)
    comment, participant = tables.comment_version, tables.participant
    query = (
        select(comment.c.side, comment.c.speaker, participant.c.name)
        .outerjoin(participant, participant.c.id == comment.c.participant)
        .where(snapshot.current(comment), comment.c.side.is_not(None))
        .distinct()
    )
    if not with_internal:
        query = query.where(comment.c.internal.is_distinct_from(1))
    rows = snapshot.connection.execute(query).all()
    stated: dict[str, set[str]] = {}
    for side, *names in rows:
        for name in names:
            if name is not None:
                stated.setdefault(name.strip().casefold(), set()).add(side)
    # A voice that was stated with two sides is of neither.
    people = {name: next(iter(found)) for name, found in stated.items() if len(found) == 1}
    return Voices(rule, frozenset(row.side for row in rows), people)


def rule_of(snapshot: Snapshot) -> str:
    """Return the rule of attribution that holds for a document now, also for its earlier states."""
    version = tables.document_version
    query = select(version.c.attribution).where(
        version.c.document == snapshot.document, version.c.until == CURRENT
    )
    return snapshot.connection.execute(query).scalar() or USUAL


def check_rule(rule: str) -> str:
    """Return a rule of attribution. Raises BadInput if it is none."""
    if rule not in RULES:
        raise BadInput(f"{rule!r} is no rule of attribution", f"use one of: {', '.join(RULES)}")
    return rule
