"""Word files: read against pandoc, and how long reading and writing a long one takes.

Each file of ``DATA/docx`` is read here and by pandoc, a reader of its own; compared are what was
inserted and deleted by whom and when, the comments with their words, and the texts that rejecting
and accepting everything gives, all of it without white space, which pandoc sets its own way. It
does not know of rows that are tracked as a whole: where a file has such, only what does not hang
on them is compared.

Then each is imported into a store of its own and exported again, with the changes since it came
(``--redline @1``). What came out is compared with what went in by a reader of its own, too
(``word_held``): comments with author, date, words, thread and state, insertions and deletions with
author, date and letters, and the texts that rejecting and accepting everything give.

    python -m benchmarks.word [--data ../shared/data] [--rounds 5]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.report import Figure, show
from benchmarks.word_file import long_file
from benchmarks.word_held import Held, held
from tracker.exchange.marked import Marked, Stamp
from tracker.exchange.marked_source import accepted
from tracker.exchange.outgoing import Bubble, Edit, Outgoing
from tracker.formats.docx.names import W
from tracker.formats.docx.package import opened
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write

PARAGRAPHS, CHANGES, COMMENTS = 2_000, 3_000, 1_000
READ_LIMIT = 0.5
WRITE_LIMIT = 1.0

Texts = dict[tuple[str, str, str], str]
Comments = list[tuple[str, str, str, str]]


class Seen(NamedTuple):
    """What a reader found in a file, without white space.

    ``changes`` are what each author inserted or deleted at a time; ``comments`` author, time, text
    and the words that they are on.
    """

    rejected: str
    accepted: str
    changes: Texts
    comments: Comments


def main() -> None:
    """Compare and measure, and print the tables."""
    parser = argparse.ArgumentParser(description="Read Word files against pandoc, and time it.")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    met = show("A long Word file, in process", _speed(options.rounds))
    if options.data is not None:
        met &= show(
            "As pandoc reads them: changed letters + comments (* but rows)",
            _compared(options.data / "docx"),
        )
        met &= show("In and out again: changed letters + comments", _home(options.data / "docx"))
    sys.exit(0 if met else 1)


def _speed(rounds: int) -> Iterator[Figure]:
    content = long_file(PARAGRAPHS, CHANGES, COMMENTS)
    found = read(content, "long.docx")
    changed = sum(mark.within is None for mark in found.marks)
    assert (len(found.blocks), changed, len(found.remarks)) == (PARAGRAPHS, CHANGES, COMMENTS)
    what = f"read: {PARAGRAPHS:,} paragraphs, {CHANGES:,} changes, {COMMENTS:,} comments"
    yield _timed(what, lambda: read(content, "long.docx"), READ_LIMIT, rounds)
    comments = tuple(Bubble(remark) for remark in found.remarks)
    again = Outgoing(kept=frozenset(range(len(found.marks))), comments=comments)
    yield _timed(
        "written: the same, all of it kept", lambda: write(content, again), WRITE_LIMIT, rounds
    )
    base = write(content, Outgoing())
    new = Outgoing(tracked=_edits(found), comments=comments, stamp=_stamp(found))
    assert len(read(write(base, new), "new.docx").marks) == CHANGES
    yield _timed("written: the same, all of it new", lambda: write(base, new), WRITE_LIMIT, rounds)


def _edits(found: Marked) -> tuple[Edit, ...]:
    """Return edits that make as many changes: words replaced and put in, in turn."""
    edits = []
    for number, block in enumerate(found.blocks[: 2 * CHANGES // 3]):
        start = block.start + 3
        stop = start + 4 if number % 2 else start
        edits.append(Edit(start, stop, "other words ", "Author", "2022-03-04T10:00:00Z"))
    return tuple(edits)


def _stamp(found: Marked) -> Stamp:
    lines = ((str(n), block.start, block.end) for n, block in enumerate(found.blocks, 1))
    return Stamp("long", 7, "en", tuple(lines))


def _timed(what: str, work: Any, limit: float, rounds: int) -> Figure:
    """Time some work: its processor time is judged, since the machine may have more to do."""
    spent, passed = [], []
    for _ in range(rounds):
        begin, began = time.process_time(), time.perf_counter()
        work()
        spent.append(time.process_time() - begin)
        passed.append(time.perf_counter() - began)
    median = statistics.median(spent)
    return Figure(
        what,
        f"{median:.3f} s",
        f"under {limit} s",
        median < limit,
        (("by the clock", f"{statistics.median(passed):.3f} s"),),
    )


def _compared(folder: Path) -> Iterator[Figure]:
    program = pandoc()
    for file in sorted(folder.glob("*.docx")):
        content = file.read_bytes()
        here = ours(read(content, file.name))
        if program is None:
            yield Figure(file.stem, "", peers=(("pandoc", "missing"),))
            continue
        there = theirs(program, file)
        compared = ("accepted", "comments") if tracks_rows(content) else Seen._fields
        different = [name for name in compared if getattr(here, name) != getattr(there, name)]
        size = f"{sum(map(len, here.changes.values())):,} + {len(here.comments)}"
        said = (
            "other " + ", ".join(different) if different else "the same" + "*" * (len(compared) < 4)
        )
        yield Figure(file.stem, size, said, not different)


def _home(folder: Path) -> Iterator[Figure]:
    for file in sorted(folder.glob("*.docx")):
        before = held(file.read_bytes())
        with tempfile.TemporaryDirectory(prefix="tracker-word-") as name:
            out = Path(name) / "out.docx"
            for command in (
                ("init",),
                ("import", str(file.resolve()), "--yes"),
                ("export", "--redline", "@1", "-o", str(out)),
            ):
                _tracker(Path(name) / "tracker.db", *command)
            after = held(out.read_bytes())
        other = [each for each in Held._fields if getattr(before, each) != getattr(after, each)]
        size = f"{sum(map(len, before.changes.values())):,} + {len(before.comments)}"
        yield Figure(file.stem, size, f"other {', '.join(other)}" if other else "exact", not other)


def _tracker(database: Path, *command: str) -> None:
    """Run a command; two authors may want the same words, which ends an import with status 3."""
    environment = {**os.environ, "TRACKER_DATABASE": str(database)}
    program = [sys.executable, "-m", "tracker", *command]
    done = subprocess.run(program, check=False, env=environment, capture_output=True)
    assert done.returncode in (0, 3), done.stderr.decode()


def tracks_rows(content: bytes) -> bool:
    """Return whether rows of tables were inserted or deleted as a whole in a file."""
    rows = opened(content, "").body.iter(W + "trPr")
    return any(row.find(W + kind) is not None for row in rows for kind in ("ins", "del"))


def pandoc() -> str | None:
    """Return where pandoc is: the one of the package, or of this machine."""
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


def _tight(text: str) -> str:
    return "".join(text.split())


def ours(found: Marked) -> Seen:
    """Return what we find."""
    changes: Texts = defaultdict(str)
    for mark in found.marks:
        changes[mark.kind, mark.author, mark.date or ""] += _tight(mark.text)
    return Seen(
        _tight(found.text),
        _tight(accepted(found.text, found.marks)),
        {key: text for key, text in changes.items() if text},
        sorted(
            (each.author, each.date or "", _tight(each.text), _tight(each.quote))
            for each in found.remarks
        ),
    )


def theirs(program: str, file: Path) -> Seen:
    """Return what pandoc finds, of its tree of the document."""
    texts = {}
    for choice in ("reject", "accept", "all"):
        command = [program, f"--track-changes={choice}", "-f", "docx", "-t", "json", str(file)]
        done = subprocess.run(command, capture_output=True, check=True)
        document = json.loads(done.stdout)
        texts[choice] = [document["meta"].get("title"), document["blocks"]]
    found = _Tree()
    found.read(texts["all"], ())
    kept = [_Tree(), _Tree()]
    for tree, choice in zip(kept, ("reject", "accept"), strict=True):
        tree.read(texts[choice], ())
    return Seen(
        "".join(kept[0].text), "".join(kept[1].text), found.changed(), sorted(found.comments())
    )


class _Tree:
    """What was met in pandoc's tree."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.changes: Texts = defaultdict(str)
        self.open: set[str] = set()
        self.said: dict[str, list[str]] = {}

    def read(self, node: Any, around: tuple[tuple[str, str, str], ...]) -> None:
        """Go through a node, knowing what changes are around it."""
        if isinstance(node, list):
            for each in node:
                self.read(each, around)
        elif isinstance(node, dict):
            kind: str = node.get("t", "")
            content: Any = node.get("c")
            if kind in ("Str", "Code", "Math"):
                self._word(content if kind == "Str" else content[1], around)
            elif kind == "Span":
                self._span(content, around)
            elif kind == "Header":
                self.read(content[2], around)
            elif kind == "Link":
                self.read(content[1], around)
            elif kind not in ("Note", "Image"):
                self.read(content, around)

    def _word(self, text: str, around: tuple[tuple[str, str, str], ...]) -> None:
        text = _tight(text)
        self.text.append(text)
        for change in set(around):
            self.changes[change] += text
        if not any(kind == "delete" for kind, _, _ in around):
            for each in self.open:
                self.said[each][3] += text

    def _span(self, content: Any, around: tuple[tuple[str, str, str], ...]) -> None:
        (_, classes, pairs), inlines = content
        stated = dict(pairs)
        author, date = stated.get("author", ""), stated.get("date", "").removesuffix("Z")
        if "comment-start" in classes:
            inner = _Tree()
            inner.read(inlines, ())
            self.open.add(stated["id"])
            self.said[stated["id"]] = [author, date, "".join(inner.text), ""]
            return
        if "comment-end" in classes:
            self.open.discard(stated["id"])
        kinds = {"insertion": "insert", "deletion": "delete"}
        change = tuple((kinds[name], author, date) for name in classes if name in kinds)
        self.read(inlines, (*around, *change))

    def changed(self) -> Texts:
        return {key: text for key, text in self.changes.items() if text}

    def comments(self) -> Comments:
        return [(each[0], each[1], each[2], each[3]) for each in self.said.values()]


if __name__ == "__main__":
    main()
