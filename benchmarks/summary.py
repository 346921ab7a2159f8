"""How much of a workshop's summary is found: held against the record that was made of it by hand.

The summary is not part of the project: ``--data`` is the folder in which ``seeds/`` has it. It is
read against a store with the lines of ``data/seed.yaml`` and nothing said of them. Besides, a text
that is no summary must give next to nothing, and a long one must be read in time.

    python -m benchmarks.summary --data ../shared [--show]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Figure, show
from tracker.exchange.record import Comment, Record
from tracker.formats.notes.read import read as read_notes
from tracker.formats.notes.write import write
from tracker.formats.record.read import read as read_record
from tracker.formats.summary.read import read
from tracker.services import snapshot
from tracker.services.importing import record as importing
from tracker.services.importing import summary
from tracker.services.importing.files import File
from tracker.store import journal
from tracker.store.migrate import new_store
from tracker.store.open import Store, open_store

SEED = Path(__file__).parents[1] / "data" / "seed.yaml"
SUMMARY = "000_21d051e12b848aca.txt"
NO_SUMMARY = "004_172b079399e99fcd.txt"
AT = datetime(2022, 9, 30, tzinfo=UTC)
COPIES = 60
FIELDS = ("speaker", "text", "verbatim", "side", "kind", "relation", "topic", "lines", "context")


class Found(NamedTuple):
    """A comment of the record with the one that was read, if any."""

    wanted: Comment
    read: Comment | None
    parents: tuple[str | None, str | None]

    def agrees(self, name: str) -> bool:
        """Return whether a field is as the record has it."""
        if self.read is None:
            return False
        if name == "lines":
            pair = [tuple(a.line for a in c.anchors) for c in (self.wanted, self.read)]
            return pair[0] == pair[1]
        if name == "relation" and self.parents[0] != self.parents[1]:
            return False
        return bool(getattr(self.wanted, name) == getattr(self.read, name))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure the reading of a summary.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="show what is not as it should be")
    options = parser.parse_args()
    seeds = options.data / "seeds"
    record = read_record(SEED.read_bytes(), SEED.name)
    content = (seeds / SUMMARY).read_bytes()
    comments, outline_lines = _read(record, content)
    found = _matched(record.comments, comments)
    if options.show:
        _tell(found, comments)
    other = read((seeds / NO_SUMMARY).read_bytes(), NO_SUMMARY)
    met = show(
        "the summary of the first workshop",
        [*_figures(found, comments, outline_lines), *_others(len(other.statements), content)],
    )
    sys.exit(0 if met else 1)


def _read(record: Record, content: bytes) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """Return the comments of the notes as they are read back, and the lines that were found."""
    with tempfile.TemporaryDirectory(prefix="tracker-summary-") as folder:
        path = str(Path(folder) / "tracker.db")
        with new_store(path) as draft:
            _fill(open_store(draft), replace(record, comments=(), proposals=()))
        with open_store(path).read() as connection:
            latest = snapshot.latest(connection)
            plan = summary.plan(latest, read(content, SUMMARY), "W1", SUMMARY)
    notes = read_notes(write(plan.outline).encode(), "notes.md")
    if notes.faults:
        sys.exit(f"the notes cannot be read: {notes.faults[0]}")
    return notes.record.comments, plan.lines


def _fill(store: Store, record: Record) -> None:
    with store.read() as connection:
        plan = importing.plan(connection, record, File("lines.yaml", b"lines"))
    with journal.entry(store, "a benchmark", AT, "import") as entry:
        importing.apply(entry, plan)


def _matched(wanted: tuple[Comment, ...], found: tuple[Comment, ...]) -> list[Found]:
    """Return the comments of the record with those that have their words."""
    by_text = {comment.text: comment for comment in found}
    ids = {comment.id: by_text.get(comment.text) for comment in wanted}

    def parent(comment: Comment) -> str | None:
        read = ids.get(comment.reply_to)
        return read.id if read else comment.reply_to

    return [
        Found(comment, each, (parent(comment), each.reply_to if each else None))
        for comment in wanted
        for each in [by_text.get(comment.text)]
    ]


def _figures(
    found: list[Found], comments: tuple[Comment, ...], lines: tuple[str, ...]
) -> Iterator[Figure]:
    total = len(found)
    yield Figure("flagged lines", ", ".join(lines), "1, 2, 3", lines == ("1", "2", "3"))
    core = ("speaker", "text", "verbatim", "side", "relation", "lines")
    flagged = [each for each in found if int((each.wanted.id or "C0")[1:]) >= 40]
    right = sum(all(each.agrees(name) for name in core) for each in flagged)
    yield Figure("comments on them, all as recorded", f"{right} of 8", "8", right == 8)
    for name in FIELDS:
        count = sum(each.agrees(name) for each in found)
        floor = {"context": 30, "kind": 44}.get(name, 46)
        yield Figure(
            f"{name} as recorded", f"{count} of {total}", f"{floor} or more", count >= floor
        )
    known = {each.read.id for each in found if each.read is not None}
    invented = sum(comment.id not in known for comment in comments)
    yield Figure("invented", f"{invented}", "0", invented == 0)


def _others(statements: int, content: bytes) -> Iterator[Figure]:
    yield Figure(
        "statements in a text that is none", f"{statements}", "2 or fewer", statements <= 2
    )
    long = content * COPIES
    start = time.perf_counter()
    read(long, SUMMARY)
    taken = time.perf_counter() - start
    size = len(long) / 1_000_000
    yield Figure(f"{size:.1f} MB read", f"{taken:.1f} s", "under 10 s", taken < 10)


def _tell(found: list[Found], comments: tuple[Comment, ...]) -> None:
    for each in found:
        wrong = [name for name in FIELDS if not each.agrees(name)]
        if wrong:
            print(f"{each.wanted.id} not as recorded: {', '.join(wrong)}")
    known = {each.read.id for each in found if each.read is not None}
    for comment in comments:
        if comment.id not in known:
            print(f"invented: {comment.speaker}: {comment.text}")


if __name__ == "__main__":
    main()
