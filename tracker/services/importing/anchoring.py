"""The anchors of imported comments: where they stand, and where they were carried to since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from tracker.errors import BadInput
from tracker.exchange.record import About, Anchor
from tracker.services.anchors import followed, standing
from tracker.services.importing.replay import Text
from tracker.store import tables
from tracker.store.types import CURRENT
from tracker.text import Quote, locate, occurrences

Rows = list[dict[str, Any]]


def anchor_rows(text: Text, comment: int, anchors: Sequence[Anchor], entry: int) -> Rows:
    """Return the rows of a comment's anchors; of those at one place, only the last is current.

    Where the record does not say what became of the words in later versions, they are followed
    there, as they would have been had the comment been stored before. Raises BadInput for words
    that are not there.
    """
    rows: Rows = []
    for ordinal, anchor in enumerate(anchors, 1):
        own = {"document": text.document, "comment": comment, "ordinal": ordinal, "inherited": 0}
        chain = list(_chain(text, anchor))
        rows += [{**own, **row, "number": number} for number, row in enumerate(chain, 1)]
        for row in rows[len(rows) - len(chain) : -1]:
            row["until"] = entry
    return rows


def _chain(text: Text, anchor: Anchor) -> Iterator[dict[str, Any]]:
    wording, words = text.version(anchor.line, anchor.language, anchor.version)
    label, whole = anchor.line, anchor.scope or "line"
    row = {
        "line": text.line(label),
        "state": "exact",
        **standing(wording, words, span_of(anchor, words)),
    }
    if anchor.scope is not None:
        row["scope"] = anchor.scope
    yield row
    number = anchor.version or text.last(label, anchor.language)
    for stands in anchor.carried:
        label, number = stands.line or label, stands.version
        wording, words = text.version(label, anchor.language, number)
        quote = stands.quote or anchor.quote
        kept = {"scope": "words" if quote else whole, "quote": quote, "state": stands.state}
        if stands.start is not None and stands.end is not None:
            kept = {**standing(wording, words, (stands.start, stands.end)), **kept}
        row = {"line": text.line(label), "wording": wording, **kept}
        yield row
    for later in range(number, text.last(label, anchor.language)):
        wording, _ = text.version(label, anchor.language, later + 1)
        changed = text.change(label, anchor.language, later)
        row = {**row, **followed(row, wording, changed)}
        yield row
    if text.is_gone(label, anchor.language) and row["state"] != "orphaned":
        yield {**row, "start": None, "stop": None, "state": "orphaned"}


def proposed_rows(text: Text, comment: int, about: About) -> Rows:
    """Return the anchor of a comment on what a change of a proposal proposes, if it proposes any.

    Raises BadInput for words that are not there.
    """
    name = f"{about.proposal}.{about.change}"
    results = text.results.get(name, ())
    if not results:
        if about.quote is not None:
            raise BadInput(f"{name} proposes no words that could be flagged", "leave out the quote")
        return []
    wording, words = results[0]
    flagged = Anchor(line=name, quote=about.quote, start=about.start)
    own = {"document": text.document, "comment": comment, "ordinal": 1, "number": 1}
    stands = standing(wording, words, span_of(flagged, words))
    return [{**own, "line": None, "state": "exact", "inherited": 0, **stands}]


def span_of(anchor: Anchor, words: str) -> tuple[int, int] | None:
    """Return where an anchor's words stand in a wording; none for the whole line.

    Raises BadInput if they do not stand there, or several times and nothing says which.
    """
    if anchor.quote is None:
        return None
    if anchor.start is not None:
        if words.startswith(anchor.quote, anchor.start):
            return anchor.start, anchor.start + len(anchor.quote)
        found = next((s for s in occurrences(anchor.quote, words) if s[0] == anchor.start), None)
    else:
        found = locate(Quote(anchor.quote), words)
    if found is None:
        count = len(occurrences(anchor.quote, words))
        told = f"line {anchor.line} holds the words {anchor.quote!r} {count} times"
        if not count:
            told = f"line {anchor.line} does not hold the words {anchor.quote!r}"
        elif anchor.start is not None:
            told = f"line {anchor.line} does not hold the words {anchor.quote!r} at {anchor.start}"
        raise BadInput(told, "quote words that stand there once, or say where they start")
    return found


def inherited(rows: Iterable[Mapping[str, Any]], comment: int) -> Rows:
    """Return the anchors that a reply has from its parent: those that are current."""
    return [
        {**row, "comment": comment, "number": 1, "inherited": 1, "until": CURRENT}
        for row in rows
        if row.get("until", CURRENT) == CURRENT
    ]


def stored_anchors(connection: Connection, document: int, comments: set[int]) -> dict[int, Rows]:
    """Return the anchors that stored comments have now."""
    anchor = tables.anchor
    names = ("comment", "ordinal", "scope", "wording", "line", "start", "stop", "quote")
    columns = [anchor.c[name] for name in (*names, "prefix", "suffix", "state")]
    query = select(*columns).where(
        anchor.c.document == document,
        anchor.c.comment.in_(comments),
        anchor.c.until == CURRENT,
        anchor.c.state != "removed",
    )
    found: dict[int, Rows] = {}
    for row in connection.execute(query.order_by(anchor.c.comment, anchor.c.ordinal)).mappings():
        found.setdefault(row["comment"], []).append({"document": document, **row})
    return found
