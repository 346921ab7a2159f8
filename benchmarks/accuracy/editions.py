"""Editions brought in one after another through the store: bytes, labels, and flagged words."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection, select

from benchmarks.accuracy.anchors import HISTORIES, _some_spans, _truth, judged, ours
from benchmarks.accuracy.edits import samples
from benchmarks.edited import edited
from benchmarks.report import Figure
from tracker.exchange.draft import Draft, DraftLine
from tracker.formats import draft as drafts
from tracker.formats import text as writer
from tracker.services import joints, lines
from tracker.services.anchors import standing
from tracker.services.comments import reading
from tracker.services.comments.writing import Said, add
from tracker.services.exporting.text import Request, view
from tracker.services.importing import draft as importing
from tracker.services.importing.copy import revising
from tracker.services.importing.copy.comparing import compare
from tracker.services.importing.copy.revising import Naming
from tracker.services.importing.files import File
from tracker.services.snapshot import Snapshot, latest
from tracker.store import journal, tables
from tracker.store.migrate import new_store
from tracker.store.open import Store, open_store
from tracker.store.verify import verify

TITLE = "Editions through the store"
EVERY = 6
AT = datetime(2022, 9, 30, tzinfo=UTC)


def measure(data: Path) -> Iterator[Figure]:
    for language, folder in HISTORIES.items():
        yield from _history(language, sorted((data / "histories" / folder).glob("*.md")))
    for language, texts in samples(data).items():
        yield from _traced(language, texts[::EVERY])


@contextmanager
def _store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "tracker.db")
        with new_store(path):
            pass
        store = open_store(path)
        yield store
        store.engine.dispose()


def _bring(store: Store, draft: Draft, file: File) -> None:
    with store.read() as connection:
        plan = importing.plan(connection, draft, file, "text", "A text")
    with journal.entry(store, "a benchmark", AT, "import") as entry:
        importing.apply(entry, plan)


def _next(store: Store, draft: Draft, file: File, number: int) -> None:
    with store.read() as connection:
        now = latest(connection)
        naming = Naming(f"edition-{number}", f"Edition {number}")
        plan = revising.plan(now, compare(now, draft), file, naming)
    with journal.entry(store, "a benchmark", AT, "import") as entry:
        revising.apply(entry, latest(entry.connection), plan)


def _history(language: str, paths: Sequence[Path]) -> Iterator[Figure]:
    """Bring in every version of a text as an edition of it."""
    counts: Counter[str] = Counter()
    owners: dict[str, int] = {}
    with _store() as store:
        for number, path in enumerate(paths):
            content = path.read_bytes()
            draft = drafts.read(content, path.name)
            file = File(path.name, content, draft.encoding)
            if not number:
                _bring(store, draft, file)
            else:
                _next(store, draft, file, number)
            with store.read() as connection:
                now = latest(connection)
                counts["same"] += writer.write(view(now, Request())) == content
                for line in lines.running_text(now):
                    counts["stolen"] += owners.setdefault(line.label, line.id) != line.id
        with store.read() as connection:
            counts["twice"] = _identical(connection)
            counts["faults"] = len(list(verify(connection)))
    total = len(paths)
    what = f"{language}: of {total} versions out byte for byte"
    yield Figure(what, str(counts["same"]), f"{total}", counts["same"] == total)
    for key, told in (
        ("stolen", "labels that named another line"),
        ("twice", "versions with the wording of the one before"),
        ("faults", "faults that verify finds"),
    ):
        yield Figure(f"{language}: {told}", str(counts[key]), "0", not counts[key])


def _identical(connection: Connection) -> int:
    """Count the versions of lines that say what the version before them said."""
    version, wording = tables.version, tables.wording
    query = (
        select(version.c.line, wording.c.text)
        .join(
            wording,
            (wording.c.document == version.c.document) & (wording.c.id == version.c.wording),
        )
        .order_by(version.c.line, version.c.language, version.c.number)
    )
    rows = connection.execute(query).all()
    return sum(one == two for one, two in pairwise(rows))


def _draft(texts: Sequence[str]) -> Draft:
    rows = [DraftLine("\n" if n else "", text, "paragraph") for n, text in enumerate(texts)]
    return Draft("utf-8", "en", "paragraph", tuple(rows), "\n")


def _traced(language: str, texts: Sequence[tuple[list[str], list[str]]]) -> Iterator[Figure]:
    """Flag words, bring in an edited text, and see where the comments stand."""
    clear: Counter[str] = Counter()
    as_engine: Counter[bool] = Counter()
    for seed, text in enumerate(texts):
        case = edited(*text, seed)
        old, new = "\n".join(case.old), "\n".join(case.new)
        spans = [span for span in _some_spans(old, seed) if "\n" not in old[slice(*span)]]
        with _store() as store:
            _bring(store, _draft(case.old), File("old.txt", old.encode()))
            ids = _flag(store, old, spans)
            _next(store, _draft(case.new), File("new.txt", new.encode()), 1)
            with store.read() as connection:
                places = _places(latest(connection), ids)
        for place, span, engine in zip(places, spans, ours(old, new, spans), strict=True):
            truth, is_clear = _truth(case, old, span)
            as_engine[place == engine] += 1
            if is_clear:
                clear[judged(new, place, truth)] += 1
    total = clear.total()
    right = 100 * clear["right"] / total
    elsewhere = clear["other words"] + clear["false place"]
    yield Figure(
        f"{language}: % right of {total} kept or gone", f"{right:.2f}", "at least 99", right >= 99
    )
    yield Figure(f"{language}: of these on other words", str(elsewhere), "0", not elsewhere)
    yield Figure(f"{language}: as the text engine alone", f"{as_engine[True]}/{as_engine.total()}")


def _flag(store: Store, text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Comment on spans of a text whose rows are the lines of the document."""
    ids: list[int] = []
    said = Said(speaker="A member", text="So it should not be.")
    with journal.entry(store, "a benchmark", AT, "comment add") as entry:
        now = latest(entry.connection)
        rows = lines.running_text(now)
        for start, end in spans:
            row = text.count("\n", 0, start)
            offset = text.rfind("\n", 0, start) + 1
            line = rows[row]
            own = (start - offset, end - offset)
            span = None if own == (0, len(line.text)) else own
            ids.append(int(add(entry, now, said)[1:]))
            entry.append(
                tables.anchor,
                {"document": now.document, "comment": ids[-1], "ordinal": 1},
                line=line.id,
                state="exact",
                inherited=0,
                **standing(line.wording, line.text, span),
            )
    return ids


def _places(now: Snapshot, ids: Sequence[int]) -> list[tuple[int, int] | None]:
    """Return where comments stand, in code points of the whole text."""
    places: dict[str, tuple[int, int]] = {}
    position = 0
    text = lines.running_text(now)
    for line, lead in zip(text, joints.leads(text), strict=True):
        start = position + len(lead)
        position = start + len(line.text)
        places[line.label] = start, position
    found = reading.anchors_of(now, ids)
    return [
        _place(found[comment][0], *places.get(found[comment][0].line or "", (0, 0)))
        for comment in ids
    ]


def _place(anchor: reading.Anchor, start: int, end: int) -> tuple[int, int] | None:
    """Return where an anchor stands, its line being from ``start`` to ``end``."""
    if anchor.state == "orphaned":
        return None
    if anchor.start is None or anchor.stop is None:
        return start, end
    return start + anchor.start, start + anchor.stop
