"""A proposal as it is read: its changes, and what was decided on them."""

from __future__ import annotations

from typing import NamedTuple

from tracker.services.verdicts import DEFERRED, LEAVES_OPEN, Verdict


class Base(NamedTuple):
    """A line that a change starts from, in the wording it had then.

    ``label`` is none for a sub-amendment, which starts from the wording of another change.
    """

    label: str | None
    line: int | None
    wording: int
    text: str
    stale: bool


class Result(NamedTuple):
    """A wording that a change results in.

    The rest says how a new line stands, as far as it came from a file: see :class:`Joint`.
    """

    wording: int
    text: str
    kind: str | None = None
    level: int | None = None
    block: str | None = None
    markup: str | None = None
    gap: str | None = None


class Change(NamedTuple):
    """One change of a proposal: from the wordings of its bases to those of its results.

    An insertion has no base; it and a move stand after the line ``after`` (``0``: first). A
    deletion and a move have no result. A merge has several bases, a split several results.
    ``stale`` says that a line has had another wording since, or is gone. ``verdict`` is the
    decision on this change, ``supersedes`` the number of the change whose place it took, ``amends``
    the change of another proposal that it would change. ``undone`` says that the entry it came
    with was undone. ``date`` is when it was made, and ``marks`` are the tracked changes that it was
    made of, by their places in the file that came in with its entry.
    """

    number: int
    kind: str
    language: str
    bases: tuple[Base, ...]
    results: tuple[Result, ...]
    after: str | None
    after_id: int | None
    stale: bool
    entry: int
    verdict: Verdict | None = None
    supersedes: int | None = None
    amends: str | None = None
    sources: tuple[str, ...] = ()
    undone: bool = False
    date: str | None = None
    marks: tuple[int, ...] = ()

    @property
    def line(self) -> str | None:
        """The label of the line it changes, of several the first."""
        return self.bases[0].label if self.bases else None

    @property
    def line_id(self) -> int | None:
        """The id of the line it changes, of several the first."""
        return self.bases[0].line if self.bases else None

    @property
    def base(self) -> str | None:
        """The text it starts from; of several lines one below the other."""
        return "\n".join(base.text for base in self.bases) if self.bases else None

    @property
    def result(self) -> str | None:
        """The text it results in; of several lines one below the other."""
        return "\n".join(result.text for result in self.results) if self.results else None

    @property
    def result_wording(self) -> int | None:
        """The wording it results in, of several the first."""
        return self.results[0].wording if self.results else None

    @property
    def in_collision(self) -> bool:
        """Whether it was made from changes that collide, and no wording has been chosen yet."""
        needs_result = self.kind in ("replace", "split", "merge")
        return needs_result and not self.results

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the lines it changes."""
        return tuple(base.label for base in self.bases if base.label)


class Proposal(NamedTuple):
    """A proposed revision as it is now. ``proposer`` is who it is from, ``author`` who typed it."""

    id: str
    number: int
    proposer: str
    author: str
    rationale: str | None
    entry: int
    answers: tuple[str, ...]
    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]
    earlier: tuple[Change, ...] = ()
    """The changes whose place others took, or that were undone: all stays readable."""

    @property
    def decision(self) -> Verdict | None:
        """The decision that holds on the whole; none while only single changes are decided."""
        decided = [
            verdict
            for verdict in self.verdicts
            if verdict.stage == "decided"
            and verdict.change is None
            and verdict.outcome not in LEAVES_OPEN
        ]
        return decided[-1] if decided else None

    @property
    def deferral(self) -> Verdict | None:
        """The verdict that put off deciding on the whole, while it is undecided."""
        put_off = [v for v in self.verdicts if v.outcome == DEFERRED and v.change is None]
        return put_off[-1] if put_off and self.undecided else None

    @property
    def open_changes(self) -> tuple[Change, ...]:
        """The changes that nothing has been decided on."""
        if self.decision is not None:
            return ()
        return tuple(change for change in self.changes if change.verdict is None)

    @property
    def state(self) -> str:
        """``open``, ``partly_accepted``, ``accepted``, ``rejected`` or ``withdrawn``."""
        whole = self.decision.outcome if self.decision else "open"
        outcomes = [change.verdict.outcome if change.verdict else whole for change in self.changes]
        if "accepted" in outcomes and set(outcomes) != {"accepted"}:
            return "partly_accepted"
        return outcomes[0] if len(set(outcomes)) == 1 else whole

    @property
    def undecided(self) -> bool:
        """Whether something of it still waits for a decision."""
        return bool(self.open_changes)

    @property
    def stale(self) -> bool:
        """Whether something is undecided and the text it starts from is no longer current."""
        return any(change.stale for change in self.open_changes)

    @property
    def in_collision(self) -> bool:
        """Whether a wording has still to be chosen for one of its changes."""
        return any(change.in_collision for change in self.open_changes)

    @property
    def lines(self) -> tuple[str, ...]:
        """The labels of the lines it touches, each once: those changed and those inserted after."""
        labels = [x for change in self.changes for x in (*change.labels, change.after) if x]
        return tuple(dict.fromkeys(labels))
