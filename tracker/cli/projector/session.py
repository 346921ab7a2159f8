"""A session: one item after another is shown, and what is typed is done. Each decision is stored.

Between two screens nothing is open: if somebody else stores something meanwhile, what was typed is
not done, and the item is shown anew.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.face import Face
from tracker.cli.projector import screen
from tracker.cli.projector.keys import Typed, read
from tracker.cli.terminal import fail, say, visible
from tracker.errors import Refused, TrackerError, UsageError
from tracker.services.open_items import Item, Opened, opened
from tracker.services.proposals.proposal import Proposal
from tracker.services.verdicts import Verdict

if TYPE_CHECKING:
    from tracker.cli.projector import acts
    from tracker.services.snapshot import Snapshot
    from tracker.store.journal import Entry


class Sitting(NamedTuple):
    """What is true of all that is decided: at which meeting, by whom, when, and how."""

    meeting: str
    by: str
    date: str | None
    mode: str | None


class Decision(NamedTuple):
    """What was stored in this session, by the number of its entry."""

    entry: int
    what: str


class Ended(Exception):
    """Nothing more is typed."""


class Session:
    """The items of a session, which of them is shown, and what was decided so far."""

    def __init__(self, own: Face, sitting: Sitting, items: list[Item], *, advice: bool) -> None:
        self.own = own
        self.sitting = sitting
        self.items = items
        self.advice = advice
        self.screens = sys.stdin.isatty() and sys.stdout.isatty()
        """Whether an item fills a screen; else it is printed."""
        self.place = 0
        self.page = 0
        self.seen = 0
        """The last entry when the item was read."""
        self.decisions: list[Decision] = []
        self.orphaned = False
        self._message = ""
        self._again = False

    def run(self) -> None:
        """Show one item after another until all are seen, or nothing more is typed."""
        from tracker.cli.projector.acts import ACTS, more

        try:
            while 0 <= self.place < len(self.items):
                found = self._read()
                if found.settled and not self._again:
                    self.step(1)
                    self._again = False
                    continue
                last = screen.show(self, found, self._message)
                self._message = ""
                typed = self._typed()
                if typed is None:
                    continue
                if typed.key == "q":
                    return
                self._obey(ACTS[typed.key] if typed.key else more(last), found, typed)
        except Ended:
            return

    def _typed(self) -> Typed | None:
        line = self.ask("> ")
        try:
            return read(line)
        except TrackerError as error:
            self.tell(error)
            return None

    def _obey(self, act: acts.Act, found: Opened, typed: Typed) -> None:
        try:
            act(self, found, typed)
        except TrackerError as error:
            self.tell(error)

    def _read(self) -> Opened:
        with self.own.reading() as snapshot:
            if self.seen and snapshot.at != self.seen and not self._message:
                self.message(f"somebody else stored @{snapshot.at} meanwhile")
            self.seen = snapshot.at
            return opened(snapshot, self.items[self.place])

    def step(self, by: int) -> None:
        """Go to the next item, or back to one that may be settled by now."""
        self.place = max(0, self.place + by)
        self.page = 0
        self._again = by < 0

    def stay(self) -> None:
        """Show the item again, also where nothing of it is open any more."""
        self._again = True

    def message(self, text: str) -> None:
        """Keep what the next screen is to say, or say it at once where there are no screens."""
        self._message = text
        if not self.screens:
            say(text)

    def tell(self, error: TrackerError) -> None:
        """Keep what was wrong for the next screen, or say it at once where there are none."""
        self.stay()
        hint = f" – {error.hint}" if error.hint else ""
        self._message = f"{error.message}{hint}"
        if not self.screens:
            fail(error.message, error.hint)

    def ask(self, question: str) -> str:
        """Return the line that is typed, without white space around it. Raises Ended at its end."""
        sys.stdout.flush()
        sys.stderr.write(visible(question))
        sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            raise UsageError("what was typed is not UTF-8") from None
        if not line:
            raise Ended
        return line.strip()

    def verdict(self, outcome: str, reason: str | None = None) -> Verdict:
        """Return a decision of this session."""
        sitting = self.sitting
        return Verdict(outcome, reason=reason, by=sitting.by, date=sitting.date, mode=sitting.mode)

    def _expect(self, head: int) -> None:
        if head != self.seen:
            raise Refused(
                f"somebody else stored @{head} meanwhile; nothing was stored",
                "look at the screen anew, and type it again",
            )

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Give the document as it was shown. Raises Refused if the store moved since."""
        with self.own.reading() as snapshot:
            self._expect(snapshot.at)
            yield snapshot

    @contextmanager
    def writing(self, command: str) -> Iterator[tuple[Entry, Snapshot]]:
        """Give an entry for one decision. Raises Refused if the store moved since it was shown."""
        interrupt = signal.getsignal(signal.SIGINT)
        told = f"decide --meeting {self.sitting.meeting}: {command}"
        try:
            with self.own.writing(told) as (entry, snapshot):
                self._expect(entry.number - 1)
                yield entry, snapshot
        finally:
            signal.signal(signal.SIGINT, interrupt)
        self.seen = entry.number
        self.decisions.append(Decision(entry.number, entry.summary))
        self.message(f"stored as @{entry.number}: {entry.summary}")
        self.stay()

    def rival(self, found: Opened, typed: Typed) -> tuple[Proposal, int | None]:
        """Return the rival that is meant, by its name or the number in it, and the change.

        Raises UsageError if it is not on the screen, or if none is named and there are several.
        """
        told = ", ".join(rival.id for rival in found.rivals)
        if not found.rivals:
            raise UsageError("no proposal is on the screen", "n goes to the next item")
        if len(typed.names) > 1 or (not typed.names and len(found.rivals) > 1):
            raise UsageError(f"say which one: {told}", f"type {typed.key} {found.rivals[0].id}")
        name = typed.names[0] if typed.names else found.rivals[0].id
        whole, _, change = name.partition(".")
        for rival in found.rivals:
            if whole in (rival.id, str(rival.number)):
                return rival, int(change) if change else None
        raise UsageError(f"{name} is not on the screen", f"there is {told}")
