"""A command asks the database as often in a long document as in a short one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.services.desk import Desk, bring
from tests.stores import Stores
from tracker.exchange import record as exchange
from tracker.formats.docx.read import read
from tracker.services import agenda, documents, editions, history, lines
from tracker.services.comments import reading as comments
from tracker.services.exporting import marked, review, word
from tracker.services.exporting.text import Request
from tracker.services.proposals import reading as proposals
from tracker.store.open import Store, open_store

Command = Callable[[Desk], Any]

ON_ONE_LINE = 700


def _record(size: int, said: int, on_one_line: int, proposed: int) -> exchange.Record:
    """Lines; comments on line 2 and on others, each with a reply; proposals on others."""
    labels = ["2"] * on_one_line + [str(number + 3) for number in range(said)]
    made: list[exchange.Comment] = []
    for number, label in enumerate(labels):
        own, anchor = f"C{2 * number + 1}", exchange.Anchor(line=label, quote="this")
        told = {"speaker": f"Member {number}", "kind": "objection", "text": "No."}
        made.append(exchange.Comment(**told, id=own, anchors=(anchor,)))  # type: ignore[arg-type]
        made.append(
            exchange.Comment(**told, id=f"C{2 * number + 2}", reply_to=own)  # type: ignore[arg-type]
        )
    return exchange.Record(
        document=exchange.Document(key="coast", title="The Coast"),
        lines=tuple(
            exchange.Line(
                label=str(number),
                kind="paragraph",
                versions=(exchange.Version(text=f"Line {number} says this and that."),),
            )
            for number in range(1, size + 1)
        ),
        comments=tuple(made),
        proposals=tuple(
            exchange.Proposal(
                id=f"P{number}",
                proposer="A side",
                changes=(
                    exchange.ProposedChange(
                        number=1, kind="replace", line=str(number + 2), version=1, text="New."
                    ),
                ),
            )
            for number in range(1, proposed + 1)
        ),
    )


def three(store: Store) -> None:
    """A document of three lines, each flagged, the third about to be changed."""
    bring(store, _record(3, said=1, on_one_line=1, proposed=1))


def ten_thousand(store: Store) -> None:
    """A document of 10,000 lines with 3,400 comments, 1,400 of them on line 2."""
    bring(store, _record(10_000, said=1_000, on_one_line=ON_ONE_LINE, proposed=300))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Desk, Desk]]:
    """A short document and a long one."""
    stores: Stores = request.getfixturevalue(f"{request.param}_stores")
    with stores.copy(three) as short, stores.copy(ten_thousand) as long:
        yield Desk(open_store(short)), Desk(open_store(long))


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(" ".join(statement.split())[:100])

    event.listen(desk.store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", note)


def every(desk: Desk) -> tuple[str, ...]:
    """All proposals."""
    return tuple(proposal.id for proposal in desk.read(proposals.listed)[0])


READING: dict[str, Command] = {
    "flagged": lambda desk: desk.read(lines.flagged, limit=1),
    "flagged --all --limit 0": lambda desk: desk.read(lines.flagged, decided=True),
    "show": lambda desk: (
        desk.line("2"),
        desk.read(comments.listed, line=desk.line("2").id),
        desk.read(proposals.listed, line=desk.line("2").id),
    ),
    "text": lambda desk: desk.text(),
    "text --at": lambda desk: desk.text("@1"),
    "status": lambda desk: desk.read(agenda.agenda, "2022-09-30"),
    "comment list --limit 0": lambda desk: desk.read(comments.listed),
    "proposal list --limit 0": lambda desk: desk.read(proposals.listed),
    "document show": lambda desk: (desk.read(documents.find), desk.read(editions.all_editions)),
    "log 2": lambda desk: desk.read(
        lambda now: history.log(now.connection, within=now, line=lines.find(now, "2").id)
    ),
    "export": lambda desk: desk.view(),
    "export --redline": lambda desk: desk.view(redline="@1"),
    "export --format docx --with": lambda desk: desk.read(word.marked, read, None, every(desk)),
    "export --format odt --with": lambda desk: desk.read(
        marked.marked, Request(proposals=every(desk))
    ),
    "export --format html": lambda desk: desk.read(review.gather),
    "export --format html --redline": lambda desk: desk.read(review.gather, since="@1"),
}


@pytest.mark.parametrize("command", READING)
def test_a_reading_command_asks_no_oftener(both: tuple[Desk, Desk], command: str) -> None:
    sent: list[list[str]] = []
    for desk in both:
        with counted(desk) as statements:
            READING[command](desk)
        sent.append(statements)
    # A full page asks how many there are in all: of the flagged lines, and of the proposals.
    more = 2 if command == "status" else 0
    assert len(sent[1]) <= len(sent[0]) + more, sent


WRITING: dict[str, Command] = {
    "comment add": lambda desk: desk.say("2", words="this"),
    "comment reply": lambda desk: desk.reply("C1"),
    "propose": lambda desk: desk.replace("2", "Line 2 says nothing.", answers=["C1", "C2"]),
    "propose --insert-after 0": lambda desk: desk.insert("0", "First of all."),
    "propose --add-to": lambda desk: desk.insert("2", "Newer.", to=last(desk, 2)),
    "export --with": lambda desk: desk.view(last(desk, 2), last(desk)),
    "proposal accept": lambda desk: desk.accept(last(desk, 2), "noted"),
    "proposal accept, first line": lambda desk: desk.accept(last(desk)),
    "comment dispose": lambda desk: desk.dispose("C1"),
    "propose --delete": lambda desk: desk.delete("2"),
    "proposal accept, deleting": lambda desk: desk.accept(last(desk)),
    "proposal reject": lambda desk: desk.decide("rejected", "P1"),
    "edition add": lambda desk: desk.edition("one"),
    "document set": lambda desk: desk.set(title="The Shore"),
}


def last(desk: Desk, back: int = 1) -> str:
    """The last proposal, or the one before it."""
    found, _ = desk.read(proposals.listed)
    return str(found[-back].id)


def test_a_writing_command_asks_no_oftener(both: tuple[Desk, Desk]) -> None:
    sent: dict[str, list[int]] = {}
    for name, command in WRITING.items():
        for desk in both:
            with counted(desk) as statements:
                command(desk)
            sent.setdefault(name, []).append(len(statements))
    # The comments on a line are counted anew 500 at a time.
    more = 2 * ON_ONE_LINE // 500
    # After so many rows PostgreSQL looks at what that table holds, then at what all hold.
    analysed = both[1].store.engine.dialect.name == "postgresql"
    beside = {
        "proposal accept": more,
        "proposal accept, deleting": more,
        "edition add": 2 * int(analysed),
    }
    assert {name: long for name, (_, long) in sent.items()} == {
        name: short + beside.get(name, 0) for name, (short, _) in sent.items()
    }
    both[1].check()
