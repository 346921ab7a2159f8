"""Whatever is said, proposed and decided: out, in and out again gives the same bytes."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.services.records import bring, bring_meeting, check_sound, out, writing
from tests.stores import SEED, template
from tracker.errors import TrackerError
from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark
from tracker.exchange.rules import DISPOSITIONS
from tracker.services import documents, editions, lines, snapshot
from tracker.services.anchors import Flag
from tracker.services.comments.writing import Said, add, dispose, reply
from tracker.services.importing.marked.bringing import Numbers, brought, store
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.stored import stored_text
from tracker.services.proposals.deciding import accept, decide
from tracker.services.proposals.writing import Proposed, add_change, propose
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict
from tracker.store.open import Store, open_store

WORDS = [
    "Japan ",
    "should ",
    "not ",
    "人権",
    "は",
    "「守る」",
    "be ",
    "open.",
    "👩‍👩‍👧 ",
    "e\u0301",
    "a\n b ",
]
WORDS += ["\u2028", "\x85", ": ", "- ", "'", '"', "null ", "12:30 ", "\u3000", "が", "か\u3099"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)
texts = texts.filter(lambda text: text.strip() != "")
any_of = st.integers(0, 10_000)

MEETING = """\
format: tracker-record/1
comments:
  - id: a
    speaker: A member
    kind: support
    text: {text}
    date: {date}
    anchors:
      - line: '{line}'
        version: {version}
  - reply_to: a
    speaker: Another member
    kind: objection
    text: Not so.
  - reply_to: C{parent}
    speaker: Another member
    kind: objection
    text: Nor so.
"""


def marked_up(now: Snapshot, words: str, put_in: str, author: str) -> Based:
    """The document as a marked text: some words put in, one letter out, and a comment."""
    running = tuple(lines.running_text(now))
    text = PARAGRAPH.join(line.text for line in running)
    spans, blocks, start = [], [], 0
    for line in running:
        spans.append((start, start + len(line.text)))
        blocks.append(Block(*spans[-1]))
        start = spans[-1][1] + 1
    at = len(words) % len(text)
    marks = (
        Mark("insert", author, "2022-03-04T10:00:00", at, at, put_in),
        Mark("delete", author, "2022-03-05T10:00:00", at, at + 1, text[at]),
    )
    said = Remark("0", author, "2022-03-04T10:00:00", words, at, at + 9)
    told = Marked(text, tuple(blocks), marks, (said,))
    return Based(told, running, tuple(spans), now.language, "sentence")


class Rounds(RuleBasedStateMachine):
    """A group at work on the example, by commands in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._count = 0

    def teardown(self) -> None:
        self._folder.cleanup()

    def _store(self) -> Store:
        self._count += 1
        path = Path(self._folder.name) / f"{self._count}.db"
        shutil.copyfile(template(), path)
        return open_store(str(path))

    @initialize()
    def begin(self) -> None:
        self.store = self._store()
        bring(self.store, SEED.read_bytes())
        self.labels, self.comments, self.proposals, self.editions = ["1", "2", "3"], 47, 4, 1
        self._told = b""

    def _label(self, number: int) -> str:
        return self.labels[number % len(self.labels)]

    def _do(self, act: Any) -> Any:
        """Do something that may be refused, and then changes nothing."""
        with suppress(TrackerError), writing(self.store) as (entry, now):
            return act(entry, now)
        return None

    @rule(text=texts, line=any_of, start=any_of, length=st.integers(1, 12), words=st.booleans())
    def comment(self, text: str, line: int, start: int, length: int, words: bool) -> None:
        label = self._label(line)
        flag = None
        if words:
            with self.store.read() as connection:
                wording = lines.find(snapshot.latest(connection), label).text
            start %= len(wording)
            flag = Flag(wording[start : start + length], 1)
        said = Said(speaker="A member", text=text, kind="objection")
        if self._do(lambda entry, now: add(entry, now, said, [label], flag)):
            self.comments += 1

    @rule(text=texts, parent=any_of)
    def answer(self, text: str, parent: int) -> None:
        said = Said(speaker="Another member", text=text)
        name = f"C{parent % self.comments + 1}"
        if self._do(lambda entry, now: reply(entry, now, name, said, "counters")):
            self.comments += 1

    @rule(which=any_of, outcome=st.sampled_from(DISPOSITIONS), reason=texts)
    def settle(self, which: int, outcome: str, reason: str) -> None:
        verdict = Verdict(outcome=outcome, reason=reason)
        names = [f"C{which % self.comments + 1}"]
        self._do(lambda entry, now: dispose(entry, now, names, verdict))

    @rule(
        kind=st.sampled_from(["replace", "replace", "insert", "delete"]),
        line=any_of,
        text=texts,
        answers=st.lists(any_of, max_size=2),
        further=st.booleans(),
    )
    def suggest(self, kind: str, line: int, text: str, answers: list[int], further: bool) -> None:
        label = "0" if kind == "insert" and line % 5 == 0 else self._label(line)
        change = Proposed(kind=kind, label=label, text=None if kind == "delete" else text)
        names = [f"C{number % self.comments + 1}" for number in answers]
        last = f"P{self.proposals}"
        if further and self._do(lambda entry, now: add_change(entry, now, last, change)):
            return
        if self._do(
            lambda entry, now: propose(entry, now, change, proposer="A side", answers=names)
        ):
            self.proposals += 1

    @rule(words=texts, put_in=texts, from_=st.sampled_from(["A colleague", "Another"]))
    def mark_up(self, words: str, put_in: str, from_: str) -> None:
        """Somebody's tracked changes and comments come in with their dates."""
        with self.store.read() as connection:
            now = snapshot.latest(connection)
            text = marked_up(now, words, put_in, from_)
            plan = brought(text, {}, Numbers(self.proposals + 1, self.comments + 1))
        stored = self._do(
            lambda entry, now: store(entry, now, stored_text(now, plan.comments), plan)
        )
        if stored is not None:
            self.proposals += len(stored)
            self.comments += len(plan.comments)

    @rule(which=any_of, disposal=st.sampled_from([None, "accepted", "noted", "deferred"]))
    def agree(self, which: int, disposal: str | None) -> None:
        name, verdict = f"P{which % self.proposals + 1}", Verdict("accepted", reason="agreed")
        done = self._do(lambda entry, now: accept(entry, now, name, verdict, disposal))
        if done:
            self.labels += done.inserted

    @rule(which=any_of, outcome=st.sampled_from(["rejected", "withdrawn"]))
    def refuse(self, which: int, outcome: str) -> None:
        names = [f"P{which % self.proposals + 1}"]
        self._do(lambda entry, now: decide(entry, now, names, Verdict(outcome)))

    @rule(name=texts)
    def name_the_state(self, name: str) -> None:
        self.editions += 1
        key = f"edition-{self.editions}"
        self._do(lambda entry, now: editions.add(entry, now, key, name=name))

    @rule(title=texts)
    def retitle(self, title: str) -> None:
        self._do(lambda entry, now: documents.set_(entry, now, {"title": title}))

    @rule(
        line=any_of,
        version=st.integers(1, 3),
        parent=any_of,
        date=st.sampled_from(["2022", "2022-03-04", "2022-03-04T10:00:00", "2022-03-04T10:00:00Z"]),
    )
    def hold_a_meeting(self, line: int, version: int, parent: int, date: str) -> None:
        content = MEETING.format(
            date=date,
            text=f"Said at {self._count}.",
            line=self._label(line),
            version=version,
            parent=parent % self.comments + 1,
        )
        with suppress(TrackerError):
            self.comments += len(bring_meeting(self.store, content.encode()))

    @invariant()
    def out_in_out(self) -> None:
        told = out(self.store)
        if told == self._told:
            return
        self._told = told
        check_sound(self.store)
        other = self._store()
        bring(other, told)
        assert out(other).decode() == told.decode()
        check_sound(other)


Rounds.TestCase.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
TestRounds = Rounds.TestCase
