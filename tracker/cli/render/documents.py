"""Documents, their sources and their editions as JSON and as tables."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from tracker.cli.render.lines import line_as_json
from tracker.cli.render.tables import write_table
from tracker.cli.render.words import UNDONE, plural
from tracker.cli.terminal import console, plain, say
from tracker.services.documents import Counts, Document, Source
from tracker.services.editions import Edition
from tracker.services.lines import Line


def as_json(document: Document, counts: Counts) -> dict[str, Any]:
    """Return a document under the names that ``--json`` promises."""
    told = {**document._asdict(), **counts._asdict()}
    del told["id"]
    return told


def edition_as_json(edition: Edition) -> dict[str, Any]:
    """Return an edition under the names that ``--json`` promises."""
    return {
        "id": edition.key,
        "name": edition.name,
        "status": edition.status,
        "date": edition.date,
        "note": edition.note,
        "state": f"@{edition.state}",
        "entry": edition.entry,
    }


def edition_with_text_as_json(edition: Edition, text: Sequence[Line]) -> dict[str, Any]:
    """Return an edition with its lines; ``printed`` is the number a line is printed with."""
    lines = [{**line_as_json(line), "printed": edition.printed.get(line.label)} for line in text]
    return {**edition_as_json(edition), "lines": lines}


def show_as_json(
    document: Document, counts: Counts, editions: Sequence[Edition], sources: Sequence[Source]
) -> dict[str, Any]:
    """Return a document with its editions and sources."""
    return {
        **as_json(document, counts),
        "editions": [edition_as_json(edition) for edition in editions],
        "sources": [source._asdict() for source in sources],
    }


def write_listing(documents: Sequence[Document], counts: Mapping[int, Counts]) -> None:
    """Print the documents."""
    if not documents:
        say("no documents yet; bring one in with: tracker import FILE")
        return
    write_table(
        ("Key", "Title*", "Language", "Lines", "Comments"),
        [
            (
                f"{d.key} ({UNDONE})" if d.retracted else d.key,
                *(d.title, d.language, *map(str, counts[d.id])),
            )
            for d in documents
        ],
    )


def write_show(
    document: Document, counts: Counts, editions: Sequence[Edition], sources: Sequence[Source]
) -> None:
    """Print a document's settings, its editions and its sources."""
    target = console()
    target.print(plain(f"{document.key}: {document.title}", "bold"))
    facts = [document.language, f"by {document.unit}", plural(counts.lines, "line")]
    target.print(plain(" · ".join([*facts, plural(counts.comments, "comment")])))
    if document.attribution:
        target.print(plain(f"attribution of voices in what goes out: {document.attribution}"))
    if document.note:
        target.print(plain(document.note, "dim"))
    if editions:
        target.print()
        write_editions(editions)
    if sources:
        target.print()
        rows = [(s.file or "(sealed)", s.role, s.title or "", s.date or "") for s in sources]
        write_table(("File", "Role", "Title*", "Date"), rows)


def write_editions(editions: Sequence[Edition], undone: Container[int] = frozenset()) -> None:
    """Print the editions; ``undone`` holds the numbers of those to be marked so."""
    if not editions:
        say("no editions yet; name the text as it is with: tracker edition add NAME")
        return
    rows = [
        (
            f"{e.key} ({UNDONE})" if e.id in undone else e.key,
            *(e.name, e.status, e.date or "", f"@{e.state}"),
        )
        for e in editions
    ]
    write_table(("Key", "Name*", "Status", "Date", "State"), rows)


def write_edition(edition: Edition, text: Sequence[Line]) -> None:
    """Print an edition with its text."""
    target = console()
    target.print(plain(f"{edition.key}: {edition.name}", "bold"))
    facts = [edition.status, edition.date, f"the text of @{edition.state}"]
    target.print(plain(" · ".join(fact for fact in facts if fact)))
    if edition.note:
        target.print(plain(edition.note, "dim"))
    rows = [(edition.printed.get(line.label, ""), line.label, line.text) for line in text]
    write_table(("Printed", "Line", "Text*"), rows)
