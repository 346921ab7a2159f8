"""Real proposals on one base: which collide, beside git's hunks and beside an eye's judgement.

Each comes in as the edited copy it was, and is compared and merged as the store does it. Pairs that
change one line were judged by eye: ``benchmarks/marks/proposals_ja.json`` names them by their
numbers and the line's, with the verdict, and holds no words.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.report import Figure
from tracker.exchange.draft import Draft
from tracker.formats import draft as drafts
from tracker.services import lines, snapshot
from tracker.services.importing import draft as importing
from tracker.services.importing.copy import proposing
from tracker.services.importing.copy.comparing import compare
from tracker.services.importing.files import File
from tracker.services.proposals import merging, reading
from tracker.services.proposals.colliding import collides
from tracker.services.proposals.deciding import accept
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.writing import propose_many
from tracker.services.verdicts import Verdict
from tracker.store import journal
from tracker.store.migrate import new_store
from tracker.store.open import Store, open_store

TITLE = "Real proposals on one base"
MARKS = Path(__file__).parent.parent / "marks" / "proposals_ja.json"
_AT = datetime(2025, 7, 10, tzinfo=UTC)


class _Pair(NamedTuple):
    """Two proposals, by their numbers on GitHub, and the lines on which they collide."""

    numbers: tuple[int, int]
    lines: tuple[str, ...]
    shared: tuple[str, ...]
    apart: bool


def measure(data: Path) -> Iterator[Figure]:
    """Yield how the pairs are judged, and whether those that do not collide merge whole."""
    folder = data / "proposals"
    rows = (folder / "proposals.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(row) for row in rows]
    with tempfile.TemporaryDirectory() as place:
        store = _filled(Path(place) / "proposals.db", folder, told)
        with store.read() as connection:
            now = snapshot.latest(connection)
            proposals = reading.listed(now)[0]
            pairs = list(_pairs(told, proposals))
        yield from _judged(pairs)
        yield from _merged(store, proposals)
        store.engine.dispose()


def _filled(path: Path, folder: Path, told: list[dict[str, Any]]) -> Store:
    """Return a store with the base as a document and each proposal as it came in."""
    with new_store(str(path)):
        pass
    store = open_store(str(path))
    base = (folder / told[0]["base"]).read_bytes()
    with journal.entry(store, "bench", _AT, "import") as entry:
        plan = importing.plan(entry.connection, _draft(base), File("b.md", base), "base", "Base")
        importing.apply(entry, replace(plan, head=entry.number - 1))
    for proposal in told:
        if proposal["base"] != told[0]["base"]:
            raise SystemExit(f"{proposal['pr']} starts from another text")
        content = (folder / proposal["proposed"]).read_bytes()
        with journal.entry(store, "bench", _AT, "import") as entry:
            now = snapshot.latest(entry.connection)
            found = compare(now, _draft(content))
            changes = list(proposing.changes_of(found, now.language))
            propose_many(entry, now, changes, proposer=str(proposal["pr"]))
    return store


def _draft(content: bytes) -> Draft:
    return drafts.read(content, "copy.md", unit="sentence", language="ja")


def _pairs(told: list[dict[str, Any]], proposals: list[Proposal]) -> Iterator[_Pair]:
    for (row, one), (other_row, other) in combinations(zip(told, proposals, strict=True), 2):
        found = [
            (mine, theirs)
            for mine in one.changes
            for theirs in other.changes
            if _places(mine) & _places(theirs)
        ]
        yield _Pair(
            numbers=(row["pr"], other_row["pr"]),
            lines=tuple(sorted({_label(m) for m, t in found if collides(m, t)})),
            shared=tuple(sorted({_label(m) for m, t in found if m.bases and t.bases})),
            apart=not any(
                _near(own, their) for own in row["hunks"] for their in other_row["hunks"]
            ),
        )


def _places(change: Change) -> set[object]:
    own: set[object] = {base.line for base in change.bases}
    return own | {change.after_id} if change.kind in ("insert", "move") else own


def _label(change: Change) -> str:
    return change.line or f"after {change.after}"


def _near(one: list[int], other: list[int]) -> bool:
    """Say whether git's hunks touch: a hunk that takes no line out stands behind the one named."""
    (start, end), (first, last) = (
        (hunk[0] - 1 if hunk[1] else hunk[0], hunk[0] - 1 + hunk[1] if hunk[1] else hunk[0])
        for hunk in (one, other)
    )
    return max(start, first) <= min(end, last)


def _judged(pairs: list[_Pair]) -> Iterator[Figure]:
    apart = [pair for pair in pairs if pair.apart]
    yield Figure("pairs of proposals", f"{len(pairs):,}")
    yield Figure("pairs whose hunks git separates", f"{len(apart):,}")
    wrong = sum(bool(pair.lines) for pair in apart)
    yield Figure("of these colliding", str(wrong), "0", not wrong)
    marks = json.loads(MARKS.read_text(encoding="utf-8"))
    by_eye = {(one, other, line): verdict for one, other, line, verdict in marks["pairs"]}
    said = {
        (*pair.numbers, line): "collide" if line in pair.lines else "apart"
        for pair in pairs
        for line in pair.shared
    }
    missing = len(said.keys() ^ by_eye.keys())
    yield Figure("pairs on one line", str(len(said)))
    yield Figure("of these not judged by eye", str(missing), "0", not missing)
    # What is next to each other collides, though it could be read into one text.
    judged = {key: "collide" if word == "margin" else word for key, word in by_eye.items()}
    other = [key for key in said.keys() & judged.keys() if said[key] != judged[key]]
    yield Figure("of these judged otherwise by eye", str(len(other)), "0", not other)


def _merged(store: Store, proposals: list[Proposal]) -> Iterator[Figure]:
    """Yield whether those that do not collide with one taken before are merged with all of each."""
    taken: list[Proposal] = []
    for proposal in proposals:
        apart = not any(
            collides(own, other)
            for one in taken
            for own in proposal.changes
            for other in one.changes
        )
        if apart:
            taken.append(proposal)
    names = [proposal.id for proposal in taken]
    with journal.entry(store, "bench", _AT, "merge") as entry:
        latest = snapshot.latest(entry.connection)
        plan = merging.plan(latest, names)
        merged = merging.store(entry, latest, plan, proposer="bench")
        if not plan.in_collision:
            entry.follow("bench", _AT, "accept")
            accept(entry, latest, merged, Verdict("accepted"))
    with store.read() as connection:
        after = [line.text for line in lines.running_text(snapshot.latest(connection))]
    lost = sum(
        result.text not in after
        for proposal in taken
        for change in proposal.changes
        for result in change.results
        if not _shared(change, proposal, taken)
    )
    yield Figure("proposals that do not collide, merged into one", str(len(taken)))
    yield Figure("of these in collision", str(plan.in_collision), "False", not plan.in_collision)
    yield Figure("changes that are not in the merged text", str(lost), "0", not lost)


def _shared(change: Change, proposal: Proposal, taken: list[Proposal]) -> bool:
    """Return whether another changes the same line: then neither wording stands alone."""
    own = {base.line for base in change.bases}
    return any(
        own & {base.line for base in other.bases}
        for one in taken
        if one is not proposal
        for other in one.changes
    )
