"""Several edited copies of one text, as proposals: which collide, and what they make together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from tests.services.desk import Desk
from tests.stores import AT, AUTHOR, Stores, empty
from tracker.formats import draft as drafts
from tracker.services import snapshot
from tracker.services.importing import draft as importing
from tracker.services.importing.copy import proposing
from tracker.services.importing.copy.comparing import compare
from tracker.services.importing.files import File
from tracker.services.proposals.colliding import undecided_collisions
from tracker.services.proposals.reading import listed
from tracker.services.proposals.writing import propose_many
from tracker.store import journal
from tracker.store.open import Store, open_store

BASE = """# 港について

両国は港をすべての船に開く。各国は入る船を調べることができる。

## 争いについて

争いは話し合いで解決する。

- 冬は港を閉じる。
- 夏は港を開く。
"""
# What each copy changes: (words, words in their place).
COPIES = {
    "words at the beginning of a line": (("両国は港を", "両国と隣国は港を"),),
    "words at the end of that line": (("船に開く。", "船に毎日開く。"),),
    "other words at its end": (("船に開く。", "船に昼だけ開く。"),),
    "a line gone and a new one": (("- 冬は港を閉じる。\n", ""), ("開く。\n", "開く。\n- 秋も。\n")),
    "the line that is gone there": (("冬は港を閉じる。", "冬も港を開く。"),),
    "a heading": (("争いについて", "紛争について"),),
}
COLLIDING = {("P2", "P3"), ("P4", "P5")}


def copied(store: Store) -> None:
    """The base as a document, and each copy as a proposal on it."""
    base = BASE.encode()
    read = drafts.read(base, "base.md", unit="sentence")
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        plan = importing.plan(entry.connection, read, File("base.md", base), "port", "港")
        importing.apply(entry, replace(plan, head=entry.number - 1))
    for who, changes in COPIES.items():
        text = BASE
        for old, new in changes:
            first, found, rest = text.rpartition(old)
            assert found
            text = first + new + rest
        with journal.entry(store, AUTHOR, AT, "import") as entry:
            now = snapshot.latest(entry.connection)
            found_ = compare(now, drafts.read(text.encode(), "copy.md", unit="sentence"))
            made = list(proposing.changes_of(found_, now.language))
            propose_many(entry, now, made, proposer=who)


@pytest.fixture
def port(stores: Stores) -> Iterator[Desk]:
    """A text with six proposals on it, none of which is decided."""

    def filled(store: Store) -> None:
        empty(store)
        copied(store)

    with stores.copy(filled) as url:
        yield Desk(open_store(url))


def test_only_those_collide_that_change_the_same_words(port: Desk) -> None:
    with port.reading() as now:
        rivals = undecided_collisions(now, listed(now)[0])
    pairs = {(one, other) for one in rivals for other in rivals[one] if one < other}
    assert pairs == COLLIDING


def test_those_that_do_not_collide_merge_into_one_text_with_every_change(port: Desk) -> None:
    port.accept(port.join("P1", "P2", "P4", "P6"))
    assert [text for _, text in port.text()] == [
        *("港について", "両国と隣国は港をすべての船に毎日開く。"),
        *("各国は入る船を調べることができる。", "紛争について", "争いは話し合いで解決する。"),
        *("夏は港を開く。", "秋も。"),
    ]
    port.check()


def test_every_pair_that_collides_is_stored_so_and_no_other(port: Desk) -> None:
    names = [f"P{number}" for number in range(1, len(COPIES) + 1)]
    for one, other in combinations(names, 2):
        merged = port.proposal(port.join(one, other))
        assert merged.in_collision == ((one, other) in COLLIDING), (one, other)
        port.decide("withdrawn", merged.id)
