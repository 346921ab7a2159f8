"""Editions: named states of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, select

from tracker.errors import BadInput, NotFound, Refused
from tracker.services import lines, retractions
from tracker.services.inputs import check_date, check_line, check_optional
from tracker.services.names import check_key
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry

STATUSES = ("draft", "adopted", "published")


@dataclass(frozen=True, slots=True)
class Edition:
    """A named state: ``state`` is the entry whose text it names, ``printed`` numbers by label."""

    id: int
    key: str
    name: str
    status: str
    date: str | None
    note: str | None
    state: int
    entry: int
    printed: Mapping[str, str]


def all_editions(snapshot: Snapshot, *, retracted: bool = False) -> list[Edition]:
    """Return the editions known at the snapshot, in the order they came.

    ``retracted`` adds those that were undone.
    """
    edition, version = tables.edition, tables.edition_version
    query = (
        select(edition.c.id, edition.c.key, edition.c.state, edition.c.entry)
        .add_columns(version.c.name, version.c.status, version.c.date, version.c.note)
        .join(version, and_(snapshot.current(version), version.c.edition == edition.c.id))
        .where(snapshot.known(edition))
        .order_by(edition.c.id)
    )
    if not retracted:
        query = query.where(~retractions.retracted(snapshot, "edition", edition.c.id))
    printed = _printed(snapshot)
    return [
        Edition(
            id=row.id,
            key=row.key,
            name=row.name,
            status=row.status,
            date=row.date,
            note=row.note,
            state=row.state,
            entry=row.entry,
            printed=printed.get(row.id, {}),
        )
        for row in snapshot.connection.execute(query)
    ]


def _printed(snapshot: Snapshot) -> dict[int, dict[str, str]]:
    printed, line = tables.edition_line, tables.line
    query = (
        select(printed.c.edition, line.c.label, printed.c.printed)
        .join(line, and_(line.c.document == printed.c.document, line.c.id == printed.c.line))
        .where(snapshot.known(printed))
        .order_by(printed.c.edition, printed.c.line)
    )
    found: dict[int, dict[str, str]] = {}
    for edition, label, number in snapshot.connection.execute(query):
        found.setdefault(edition, {})[label] = number
    return found


def find(snapshot: Snapshot, key: str) -> Edition:
    """Return the edition so named. Raises NotFound if there is none."""
    editions = all_editions(snapshot)
    for edition in editions:
        if edition.key == key:
            return edition
    keys = ", ".join(edition.key for edition in editions) or "none yet"
    raise NotFound(f"there is no edition {key!r}", f"editions: {keys}")


def standing(snapshot: Snapshot) -> Edition | None:
    """Return the last edition if its text is the one that stands; none where that has no name."""
    now = lines.running_text(snapshot, snapshot.authentic)
    for edition in all_editions(snapshot)[-1:]:
        then = snapshot._replace(at=edition.state, latest=False)
        if lines.are_same_text(lines.running_text(then, snapshot.authentic), now):
            return edition
    return None


def key_of(name: str) -> str:
    """Return the key that a name is typed by: ``september-2022`` for ``September 2022``."""
    words = "".join(c.lower() if c.isascii() and c.isalnum() else " " for c in name).split()
    return "-".join(words)


def add(
    entry: Entry,
    snapshot: Snapshot,
    key: str,
    *,
    name: str,
    status: str = "draft",
    date: str | None = None,
    note: str | None = None,
) -> None:
    """Name the text as it is now; its lines get the numbers 1, 2, … they are printed with.

    Raises Refused if the key is taken or the text is empty.
    """
    check_key(key, "edition")
    text = lines.running_text(snapshot, snapshot.authentic)
    if not text:
        raise Refused("the document has no text yet", "bring one in with: tracker import FILE")
    if any(edition.key == key for edition in all_editions(snapshot)):
        raise Refused(f"there is an edition {key} already", "see it: tracker edition list")
    printed = {line.id: str(number) for number, line in enumerate(text, 1)}
    store(
        entry,
        snapshot.document,
        key,
        state=snapshot.at,
        printed=printed,
        values={"name": name, "status": status, "date": date, "note": note},
    )


def store(
    entry: Entry,
    document: int,
    key: str,
    *,
    state: int,
    printed: Mapping[int, str],
    values: Mapping[str, str | None],
) -> None:
    """Store an edition of the text as entry ``state`` left it. Raises BadInput for bad values."""
    number = entry.next_id(tables.edition, document)
    entry.document = document
    entry.insert(tables.edition, document=document, id=number, key=key, state=state)
    entry.append(
        tables.edition_version, {"document": document, "edition": number}, **_checked(values)
    )
    rows = [
        {"document": document, "edition": number, "line": line, "printed": as_printed}
        for line, as_printed in printed.items()
    ]
    entry.insert_many(tables.edition_line, rows)


def set_(entry: Entry, snapshot: Snapshot, key: str, settings: Mapping[str, str]) -> None:
    """Correct an edition's name, status, date or note; which text it names stays as it is.

    Raises NotFound if there is no such edition, Refused if nothing would change.
    """
    found = find(snapshot, key)
    was = {name: getattr(found, name) for name in ("name", "status", "date", "note")}
    becomes = {**was, **settings}
    if becomes == was:
        raise Refused("nothing would change", f"tracker edition show {key} shows it")
    entry.document = snapshot.document
    subject = {"document": snapshot.document, "edition": found.id}
    entry.append(tables.edition_version, subject, **_checked(becomes))


def _checked(values: Mapping[str, str | None]) -> dict[str, str | None]:
    if values["status"] not in STATUSES:
        raise BadInput(
            f"{values['status']!r} is no status of an edition", f"use: {', '.join(STATUSES)}"
        )
    return {
        "name": check_line(values["name"] or "", "name of the edition"),
        "status": values["status"],
        "date": check_date(values["date"], "edition"),
        "note": check_optional(values["note"], "note"),
    }
