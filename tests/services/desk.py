"""A desk at which a test types commands, one entry each, and reads what they did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from tests.stores import AT, AUTHOR, contents
from tracker.exchange import record as exchange
from tracker.exchange.view import View
from tracker.services import documents, editions, lines, snapshot
from tracker.services.anchors import Flag
from tracker.services.comments import editing, moving
from tracker.services.comments import reading as comments
from tracker.services.comments import writing as saying
from tracker.services.comments.reading import Comment
from tracker.services.comments.targets import Target
from tracker.services.exporting import text as exporting
from tracker.services.importing import record
from tracker.services.importing.files import File
from tracker.services.lines import Line
from tracker.services.proposals import deciding, merging, resolving, updating
from tracker.services.proposals import reading as proposals
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.proposal import Proposal
from tracker.services.proposals.writing import Outcome, Proposed
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict
from tracker.store import journal
from tracker.store.journal import Entry
from tracker.store.open import Store
from tracker.store.verify import verify

THREE = (
    "The parties shall keep the harbour open to all ships.",
    "Each party may inspect any ship that enters.",
    "Disputes are settled by talks.",
)


class Placed(NamedTuple):
    """A line of a document to be made, with what joins it to the one before."""

    text: str
    block: str = "paragraph"
    markup: str = ""
    gap: str | None = None
    kind: str = "paragraph"


def document(store: Store, *texts: str | Placed, key: str = "coast") -> None:
    """Import a document with these lines, labelled 1, 2, …"""
    placed = [text if isinstance(text, Placed) else Placed(text) for text in texts]
    made = [
        exchange.Line(
            label=str(number),
            kind=line.kind,  # type: ignore[arg-type]  # a test chooses the right word
            versions=(exchange.Version(text=line.text),),
            places=(
                exchange.Place(
                    after=str(number - 1) if number > 1 else None,
                    block=line.block,  # type: ignore[arg-type]  # as above
                    markup=line.markup,
                    gap=line.gap,
                ),
            ),
        )
        for number, line in enumerate(placed, 1)
    ]
    told = exchange.Record(
        document=exchange.Document(key=key, title="The Coast"), lines=tuple(made)
    )
    bring(store, told)


def bring(store: Store, told: exchange.Record) -> None:
    """Import a record."""
    with store.read() as connection:
        plan = record.plan(connection, told, File("record.yaml", b"a record"))
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        record.apply(entry, plan)


def three_lines(store: Store) -> None:
    """A document of three lines: what most tests begin with."""
    document(store, *THREE)


class Desk:
    """The commands on one document of a store."""

    def __init__(self, store: Store, key: str | None = None) -> None:
        self.store = store
        self.key = key

    @contextmanager
    def writing(self, command: str = "test") -> Iterator[tuple[Entry, Snapshot]]:
        with journal.entry(self.store, AUTHOR, AT, command) as entry:
            yield entry, snapshot.latest(entry.connection, self.key)

    @contextmanager
    def reading(self, state: str | None = None) -> Iterator[Snapshot]:
        with self.store.read() as connection:
            latest = snapshot.latest(connection, self.key)
            yield snapshot.at_state(latest, state) if state else latest

    def read(self, service: Callable[..., Any], *values: Any, **options: Any) -> Any:
        """What a reading service returns now."""
        with self.reading() as now:
            return service(now, *values, **options)

    def say(
        self,
        *labels: str,
        words: str | None = None,
        occurrence: int | None = None,
        scope: str = "line",
        **said: Any,
    ) -> str:
        """Comment on lines, or on words of one; return the comment's id."""
        told = saying.Said(**{"speaker": "A member", "text": "So it should not be.", **said})
        flag = Flag(words, occurrence) if words is not None else None
        with self.writing("comment add") as (entry, now):
            return saying.add(entry, now, told, labels, flag, scope)

    def reply(
        self, parent: str, relation: str | None = None, words: str | None = None, **said: Any
    ) -> str:
        """Reply to a comment; return the reply's id."""
        told = saying.Said(**{"speaker": "Another member", "text": "Not so.", **said})
        with self.writing("comment reply") as (entry, now):
            return saying.reply(entry, now, parent, told, relation, Flag(words) if words else None)

    def edit(self, name: str, **changes: Any) -> list[str]:
        """Edit a comment; return those that got a further version."""
        with self.writing("comment edit") as (entry, now):
            return editing.edit(entry, now, name, changes)

    def tie(self, name: str, *labels: str, words: str | None = None, **place: Any) -> list[str]:
        """Move a comment; return it with the replies that went along."""
        target = Target(labels, Flag(words) if words is not None else None, **place)
        with self.writing("comment move") as (entry, now):
            return moving.move(entry, now, name, target)

    def dispose(self, *names: str, outcome: str = "noted", **grounds: Any) -> list[Comment]:
        with self.writing("comment dispose") as (entry, now):
            return saying.dispose(entry, now, names, Verdict(outcome, **grounds))

    def change(
        self, kind: str, label: str, text: str | None = None, to: str | None = None, **options: Any
    ) -> Outcome:
        """Propose a change, or add it to a proposal."""
        further = {
            name: options.pop(name) for name in ("also", "after", "parts") if name in options
        }
        proposed = Proposed(kind=kind, label=label, text=text, **further)
        with self.writing("propose") as (entry, now):
            if to is not None:
                return proposing.add_change(entry, now, to, proposed, **options)
            return proposing.propose(entry, now, proposed, **{"proposer": "A side", **options})

    def replace(self, label: str, text: str, to: str | None = None, **options: Any) -> str:
        return self.change("replace", label, text, to, **options).proposal

    def insert(self, after: str, text: str, to: str | None = None, **options: Any) -> str:
        return self.change("insert", after, text, to, **options).proposal

    def delete(self, label: str, to: str | None = None, **options: Any) -> str:
        return self.change("delete", label, None, to, **options).proposal

    def move(self, label: str, after: str, to: str | None = None, **options: Any) -> str:
        return self.change("move", label, None, to, after=after, **options).proposal

    def split(self, label: str, *parts: str, to: str | None = None, **options: Any) -> str:
        return self.change("split", label, None, to, parts=parts, **options).proposal

    def merge(self, *labels: str, text: str, to: str | None = None, **options: Any) -> str:
        also = labels[1:]
        return self.change("merge", labels[0], text, to, also=also, **options).proposal

    def update(self, name: str) -> updating.Update:
        """Carry a stale proposal to the current wording."""
        with self.writing("proposal update") as (entry, now):
            plan = updating.plan(now, name)
            updating.store(entry, now, plan)
        return plan

    def join(self, *names: str, take: Sequence[str] = (), **options: Any) -> str:
        """Make one proposal of several; return its id."""
        with self.writing("proposal merge") as (entry, now):
            plan = merging.plan(now, names, take)
            return merging.store(entry, now, plan, **{"proposer": "The chair", **options})

    def resolve(self, name: str, *take: str, text: str | None = None) -> str:
        """Choose a wording where changes collide; return the name of the change."""
        with self.writing("proposal resolve") as (entry, now):
            found = resolving.find(now, name)
            chosen = resolving.taken(found, take) if take else resolving.given(found, text or "")
            return resolving.store(entry, now, found, chosen)

    def recommend(self, outcome: str, *names: str, **grounds: Any) -> list[str]:
        with self.writing("proposal recommend") as (entry, now):
            return deciding.recommend(entry, now, names, Verdict(outcome, **grounds))

    def accept(
        self, name: str, dispose: str | None = None, as_text: str | None = None, **grounds: Any
    ) -> deciding.Accepted:
        with self.writing("proposal accept") as (entry, now):
            verdict = Verdict("accepted", **grounds)
            return deciding.accept(entry, now, name, verdict, dispose, as_text=as_text)

    def decide(self, outcome: str, *names: str, **grounds: Any) -> list[str]:
        with self.writing("proposal") as (entry, now):
            return deciding.decide(entry, now, names, Verdict(outcome, **grounds))

    def edition(self, key: str, name: str = "A Name", **options: Any) -> None:
        with self.writing("edition add") as (entry, now):
            editions.add(entry, now, key, name=name, **options)

    def set(self, **settings: str) -> None:
        with self.writing("document set") as (entry, now):
            documents.set_(entry, now, settings)

    def text(self, state: str | None = None) -> list[tuple[str, str]]:
        """The labels and texts of the lines that stand."""
        with self.reading(state) as then:
            return [(line.label, line.text) for line in lines.running_text(then)]

    def labels(self, state: str | None = None) -> list[str]:
        return [label for label, _ in self.text(state)]

    def line(self, label: str, state: str | None = None) -> Line:
        with self.reading(state) as then:
            return lines.find(then, label)

    def comment(self, name: str, state: str | None = None) -> Comment:
        with self.reading(state) as then:
            return comments.numbered(then, [int(name[1:])])[0]

    def proposal(self, name: str, state: str | None = None) -> Proposal:
        with self.reading(state) as then:
            return proposals.numbered(then, [int(name[1:])])[0]

    def view(self, *names: str, redline: str | None = None) -> View:
        with self.reading() as now:
            return exporting.view(now, exporting.Request(redline, names))

    @property
    def head(self) -> tuple[int, str]:
        with self.store.read() as connection:
            return journal.head(connection)

    @property
    def at(self) -> str:
        """The last entry, as people name it."""
        return f"@{self.head[0]}"

    def everything(self) -> dict[str, Sequence[Any]]:
        """Every row of every table, and where the chain ends."""
        return {**contents(self.store), "the chain": self.head}

    def check(self) -> None:
        """The chain and every derived column hold."""
        with self.store.read() as connection:
            assert list(verify(connection)) == []
