"""A plain model of what a store should hold: lines of unique words, what is said of them and asked.

Each word occurs once in all that is ever written, so the model knows by itself where words went.
It knows nothing of redlines: a span is a set of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

_JOINTS = {"en": " ", "ja": "、", "emoji": " "}
_ENDS = {"en": ".", "ja": "。", "emoji": ""}
SCRIPTS = tuple(_JOINTS)
PEOPLE = ("👩", "👨", "🧑")
TONES = ("", "🏻", "🏼", "🏽", "🏾", "🏿")
TOOLS = ("🚀", "🔬", "🎓", "🏫", "🌾", "🍳", "🎤", "🎨", "🏭", "💻", "💼", "🔧", "🚒")

Words = tuple[str, ...]


def word(script: str, number: int) -> str:
    """A word that no other number gives."""
    if script == "en":
        return f"word{number:04}"
    if script == "ja":
        return chr(0x4E00 + number) + "議"
    number, person = divmod(number, len(PEOPLE))
    number, tone = divmod(number, len(TONES))
    return PEOPLE[person] + TONES[tone] + "\u200d" + TOOLS[number]


def joined(script: str, words: Words, *, whole: bool = True) -> str:
    return _JOINTS[script].join(words) + (_ENDS[script] if whole else "")


@dataclass
class Flagged:
    """Where one comment stands on one line; without ``words`` on all of it."""

    label: str
    line: Words
    """The line's words when it was said."""
    words: Words | None
    script: str
    kept: set[str]
    """Those of the words that have stood in the line ever since."""
    states: set[str] = field(default_factory=lambda: {"exact"})
    """What may be said of it."""

    @property
    def quote(self) -> str | None:
        return None if self.words is None else joined(self.script, self.words, whole=False)

    def follow(self, old: Words, new: Words) -> None:
        """Take note that the line has other words."""
        if self.words is None or self.states == {"orphaned"}:
            return
        self.kept &= set(new)
        if self.states == {"exact"} and self.kept == set(self.words):
            # Of two rewritten passages, the words between them may be rewritten too.
            self.states = {"exact"} if plain(old, new) else {"exact", "partial", "orphaned"}
            return
        # The marks between words go with either neighbour, and words may have come back.
        marks = (len(self.words) - 1) * len(_JOINTS[self.script].strip())
        total = weight(self.words)
        self.states = set()
        if (weight(set(self.words) & set(new)) + marks) * 2 >= total:
            self.states.add("partial")
        if weight(self.kept) * 2 < total + marks or not plain(old, new):
            self.states.add("orphaned")

    def settle(self, state: str) -> None:
        """Take note of what is said of it now, which binds what may be said later."""
        if state != "exact" and self.words is not None and self.kept == set(self.words):
            self.kept = set()
        self.states = {state}


def weight(words: Iterable[str]) -> int:
    return sum(len(word) for word in words)


def plain(old: Words, new: Words) -> bool:
    """Whether one passage was written in place of another, and no word of it again."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return not set(old[start : len(old) - end]) & set(new[start : len(new) - end])


@dataclass
class Comment:
    """What was said; ``own`` says whether it was ever put in a place of its own."""

    text: str
    parent: str | None
    flagged: list[Flagged]
    disposition: str | None = None
    own: bool = True
    earlier: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    kind: str
    label: str
    script: str
    base: Words | None
    result: Words | None

    @property
    def base_text(self) -> str | None:
        return None if self.base is None else joined(self.script, self.base)

    @property
    def result_text(self) -> str | None:
        return None if self.result is None else joined(self.script, self.result)


@dataclass
class Proposal:
    changes: list[Change]
    answers: list[str]
    state: str = "open"


@dataclass
class Model:
    """What is there; ``texts`` has for each entry, from 1, the lines that stood."""

    order: list[str] = field(default_factory=list)
    scripts: dict[str, str] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    earlier: dict[str, list[Words]] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    texts: list[list[tuple[str, str]]] = field(default_factory=list)
    used: int = 0

    def new_words(self, script: str, count: int) -> Words:
        self.used += count
        return tuple(word(script, n) for n in range(self.used - count, self.used))

    def text(self) -> list[tuple[str, str]]:
        return [(label, joined(self.scripts[label], self.words[label])) for label in self.order]

    def entry(self) -> None:
        """Take note that a command was stored."""
        self.texts.append(self.text())

    def add_line(self, after: str, script: str, words: Words) -> str:
        """Take note of a new line; return its label."""
        number = re.match(r"\d+", after)
        assert number
        suffixes = (number[0] + letters for letters in _suffixes())
        label = next(label for label in suffixes if label not in self.words)
        self.take(label, script, words)
        return label

    def take(self, label: str, script: str, words: Words) -> None:
        self.scripts[label], self.words[label], self.earlier[label] = script, words, [words]

    def stale(self, proposal: Proposal) -> bool:
        return proposal.state == "open" and any(
            change.label != "0"
            and (
                change.label not in self.order
                or (change.base is not None and change.base != self.words[change.label])
            )
            for change in proposal.changes
        )

    def accept(self, name: str) -> None:
        proposal = self.proposals[name]
        last: dict[str, str] = {}
        for change in proposal.changes:
            if change.kind == "insert":
                assert change.result is not None
                label = self.add_line(change.label, change.script, change.result)
                before = last.get(change.label, change.label)
                place = self.order.index(before) + 1 if before != "0" else 0
                self.order.insert(place, label)
                last[change.label] = label
            elif change.kind == "replace":
                assert change.result is not None
                old = self.words[change.label]
                for flagged in self.on(change.label):
                    flagged.follow(old, change.result)
                self.words[change.label] = change.result
                self.earlier[change.label].append(change.result)
        for change in proposal.changes:
            if change.kind == "delete":
                self.order.remove(change.label)
                for flagged in self.on(change.label):
                    flagged.states = {"orphaned"}
        proposal.state = "accepted"

    def on(self, label: str) -> Iterator[Flagged]:
        for comment in self.comments.values():
            yield from (flagged for flagged in comment.flagged if flagged.label == label)

    def counts(self, label: str) -> tuple[int, int]:
        """How many comments are on a line, and how many of them have no disposition."""
        on = [
            comment
            for comment in self.comments.values()
            if any(flagged.label == label for flagged in comment.flagged)
        ]
        return len(on), sum(comment.disposition is None for comment in on)

    def named(self, state: str) -> list[str]:
        return [name for name, proposal in self.proposals.items() if proposal.state == state]

    def ready(self) -> list[str]:
        """The proposals that can be accepted."""
        return [name for name in self.named("open") if not self.stale(self.proposals[name])]

    def move(self, name: str, flagged: list[Flagged]) -> None:
        """Take note that a comment stands elsewhere, with the replies that name no words."""
        self.comments[name].flagged, self.comments[name].own = flagged, True
        above = [name]
        for reply, comment in self.comments.items():
            if comment.parent in above and not comment.own:
                comment.flagged = self.reply(comment.parent)
                above.append(reply)

    def stands_so(self, name: str, flagged: list[Flagged]) -> bool:
        """Whether a comment stands just there already."""
        comment = self.comments[name]
        is_exact = all(one.states == {"exact"} for one in comment.flagged)
        old = [(one.label, one.words) for one in comment.flagged]
        same = old == [(one.label, one.words) for one in flagged]
        return same and is_exact and (comment.own or not old)

    def reply(self, parent: str) -> list[Flagged]:
        return [
            replace(flagged, kept=set(flagged.kept), states=set(flagged.states))
            for flagged in self.comments[parent].flagged
        ]


def _suffixes() -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    for first in letters:
        yield from (first + second for second in letters)
