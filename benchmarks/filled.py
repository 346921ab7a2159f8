"""Stores of any size, written through the journal: lines, editions, comments, proposals."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any, NamedTuple

from tracker.store import journal, tables
from tracker.store.journal import Entry
from tracker.store.migrate import new_store
from tracker.store.open import open_store
from tracker.store.rank import spread

HOT = 2
"""The line that most comments are on."""
RARE = "quandong"
"""A word that five comments have, in a store of any size."""
KINDS = ("objection", "support", "suggestion", "observation")
SIDES = ("US", "Japan", None)
_START = datetime(2021, 1, 1, tzinfo=UTC)
_PART = 20_000
_WORDS = 4_000
_JAPANESE = ("人権外交を進めるべきだ。", "国際秩序の基盤を築く。", "民主主義を支援する政策。")


class Size(NamedTuple):
    """How much to write. ``hot`` of the comments are on one line, the rest all over the text."""

    lines: int
    comments: int
    hot: int
    editions: int
    proposals: int
    meetings: int = 10


def fill(database: str, size: Size) -> None:
    """Make a store and fill it."""
    with new_store(database) as draft, _writing(draft, "import") as entry:
        texts = _texts()
        _house(entry, size)
        _follow(entry, "import")
        _document(entry)
        _lines(entry, size, texts)
        for number in range(1, size.editions + 1):
            _edition(entry, size, number, texts)
        _comments(entry, size, texts)
        _follow(entry, "propose")
        _proposals(entry, size, texts)


def dispose(database: str, size: Size, but: Sequence[int]) -> None:
    """Dispose of all comments but those on some lines."""
    with _writing(database, "comment dispose") as entry:
        entry.document = 1
        settled = (
            {"document": 1, "id": number, "comment": number, "stage": "decided"}
            | {"outcome": "noted", "decided_by": "the leaders"}
            for number in range(1, size.comments + 1)
            if _line_of(number, size) not in but
        )
        _insert(entry, tables.verdict, settled)


def _writing(database: str, command: str) -> AbstractContextManager[Entry]:
    return journal.entry(open_store(database), "Bench", _START, command)


def _texts() -> list[str]:
    """Return texts of words as rare and as common as words are, always the same."""
    chance = random.Random(4)
    parts = ["ka", "ro", "mi", "sel", "tan", "ve", "no", "lu", "phi", "dor", "es", "gri"]
    words = ["the"]
    words += sorted({"".join(chance.choices(parts, k=3)) for _ in range(_WORDS)})
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    chance.shuffle(words)
    words[words.index("the")], words[0] = words[0], "the"
    made = [
        " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(6, 20)))
        for _ in range(20_000)
    ]
    return [f"{text} {_JAPANESE[n % 3]}" if n % 10 == 0 else text for n, text in enumerate(made)]


def _follow(entry: Entry, command: str) -> None:
    entry.follow("Bench", _START + timedelta(hours=entry.number), command)


def _insert(entry: Entry, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    while part := list(islice(rows, _PART)):
        entry.insert_many(table, part)


def _house(entry: Entry, size: Size) -> None:
    for number in range(1, size.meetings + 2):
        entry.insert(tables.meeting, id=number, key=f"M{number}", name=f"Meeting {number}")


def _document(entry: Entry) -> None:
    entry.document = 1
    entry.insert(tables.document, id=1, key="treaty")
    told = {"title": "A Treaty", "language": "en", "unit": "sentence"}
    entry.append(tables.document_version, {"document": 1}, **told)


def _lines(entry: Entry, size: Size, texts: Sequence[str]) -> None:
    numbers = range(1, size.lines + 1)
    ranks = spread(None, None, size.lines)
    own = [{"document": 1, "line": number, "language": "en", "number": 1} for number in numbers]
    _insert(
        entry,
        tables.line,
        ({"document": 1, "id": n, "label": str(n), "kind": "sentence"} for n in numbers),
    )
    _wordings(entry, numbers, numbers, texts)
    _insert(
        entry,
        tables.version,
        ({**key, "wording": key["line"], "origin": "imported"} for key in own),
    )
    placed = zip(own, ranks, strict=True)
    shape = {"block": "line", "markup": ""}
    _insert(entry, tables.placement, ({**key, "rank": rank, **shape} for key, rank in placed))


def _wordings(
    entry: Entry, numbers: Sequence[int], lines: Sequence[int], texts: Sequence[str]
) -> None:
    made = zip(numbers, lines, strict=True)
    _insert(
        entry,
        tables.wording,
        (
            {"document": 1, "id": n, "language": "en", "text": f"Line {line}: {_of(texts, n)}."}
            for n, line in made
        ),
    )


def _of(texts: Sequence[str], number: int) -> str:
    return texts[number * 7919 % len(texts)]


def _edition(entry: Entry, size: Size, number: int, texts: Sequence[str]) -> None:
    """Name the text as it is, and give one line in twenty a new wording for the next edition.

    Every tenth has the numbers that its lines are printed with.
    """
    state = entry.number
    _follow(entry, "edition add")
    entry.document = 1
    key = {"document": 1, "edition": number}
    entry.insert(tables.edition, document=1, id=number, key=f"edition-{number}", state=state)
    entry.append(tables.edition_version, key, name=f"Edition {number}", status="published")
    if number % 10 == 0:
        # No command that is timed reads the printed numbers, and they are half of all rows.
        printed = ({**key, "line": n, "printed": str(n)} for n in range(1, size.lines + 1))
        _insert(entry, tables.edition_line, printed)
    _follow(entry, "proposal accept")
    entry.document = 1
    lines = range(number % 20 + 1, size.lines + 1, 20)
    first = entry.next_id(tables.wording, 1)
    wordings = range(first, first + len(lines))
    _wordings(entry, wordings, lines, texts)
    entry.reserve_id(tables.wording, 1, wordings[-1])
    values = {"origin": "edited"}
    changed = {
        line: {"wording": wording, **values} for line, wording in zip(lines, wordings, strict=True)
    }
    entry.append_many(tables.version, {"document": 1, "language": "en"}, "line", changed)


def _line_of(comment: int, size: Size) -> int:
    """Return the line that a comment is on: the hot one, or the next in turn."""
    if comment <= size.hot:
        return HOT
    return comment % size.lines + 1


def _comments(entry: Entry, size: Size, texts: Sequence[str]) -> None:
    wordings = _current_wordings(entry)
    each = -(-size.comments // size.meetings)
    for meeting in range(1, size.meetings + 1):
        _follow(entry, "import")
        entry.document = 1
        numbers = range((meeting - 1) * each + 1, min(meeting * each, size.comments) + 1)
        _insert(entry, tables.comment, ({"document": 1, "id": n} for n in numbers))
        said = (_said(n, meeting, texts, size) for n in numbers)
        _insert(entry, tables.comment_version, said)
        anchors = (_anchor(n, _line_of(n, size), wordings) for n in numbers)
        _insert(entry, tables.anchor, anchors)


def _current_wordings(entry: Entry) -> dict[int, int]:
    from sqlalchemy import select

    from tracker.store.types import CURRENT

    version = tables.version
    current = select(version.c.line, version.c.wording).where(version.c.until == CURRENT)
    return {row.line: row.wording for row in entry.connection.execute(current)}


def _said(number: int, meeting: int, texts: Sequence[str], size: Size) -> dict[str, Any]:
    # Japan asks no question: a filter by both finds nothing, though there is much of either.
    side = SIDES[number % 3]
    kind = "question" if side == "US" and number % 4 == 0 else KINDS[number % 4]
    rare = f" {RARE}" if number % (size.comments // 5) == 1 else ""
    return {
        "document": 1,
        "comment": number,
        "number": 1,
        "meeting": meeting,
        "speaker": f"Member {number % 97}",
        "side": side,
        "kind": kind,
        "text": f"{_of(texts, number)}{rare}",
        "verbatim": 1,
    }


def _anchor(number: int, line: int, wordings: dict[int, int]) -> dict[str, Any]:
    return {
        "document": 1,
        "comment": number,
        "ordinal": 1,
        "number": 1,
        "line": line,
        "wording": wordings[line],
        "scope": "line",
        "state": "exact",
        "inherited": 0,
    }


def _proposals(entry: Entry, size: Size, texts: Sequence[str]) -> None:
    entry.document = 1
    wordings = _current_wordings(entry)
    first = entry.next_id(tables.wording, 1)
    numbers = range(1, size.proposals + 1)
    lines = [number % size.lines + 1 for number in numbers]
    _wordings(entry, range(first, first + len(numbers)), lines, texts)
    _insert(entry, tables.proposal, ({"document": 1, "id": n} for n in numbers))
    own = [{"document": 1, "proposal": n} for n in numbers]
    told = {"number": 1, "proposer": "A member", "rationale": "It is clearer."}
    _insert(entry, tables.proposal_version, ({**key, **told} for key in own))
    change = {"number": 1, "kind": "replace", "language": "en"}
    _insert(entry, tables.proposal_change, ({**key, **change} for key in own))
    _insert(
        entry,
        tables.proposal_wording,
        (
            {**key, "change": 1, "role": role, "ordinal": 1, "line": line, "wording": wording}
            for key, line, new in zip(own, lines, range(first, first + len(own)), strict=True)
            for role, wording in (("base", wordings[line]), ("result", new))
        ),
    )
