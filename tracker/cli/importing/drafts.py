"""``tracker import`` of a text: its split shown, mended by a person, and stored as a document."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.face import Face
from tracker.cli.terminal import choose, edited, given, interactive, say, visible
from tracker.errors import BadInput, Refused, UsageError

if TYPE_CHECKING:
    from tracker.cli.importing.copies import Coming
    from tracker.exchange.draft import Draft
    from tracker.exchange.record import Unit
    from tracker.services.documents import Document
    from tracker.services.importing.draft import Plan
    from tracker.services.importing.files import File

_NO_KEY = "document"


class Form(NamedTuple):
    """What the command line says of a text; None for what is to be found out."""

    language: str | None = None
    unit: Unit | None = None
    title: str | None = None
    encoding: str | None = None
    split: str | None = None
    show_split: bool = False


def show_split(file: Path, content: bytes, form: Form) -> None:
    """Write the text to stdout with a mark where each line begins."""
    from tracker.formats import split

    marked = split.write(draft_of(file, content, form))
    if sys.stdout.isatty():
        sys.stdout.write(visible(marked))
    else:
        sys.stdout.buffer.write(marked.encode())


def store(
    own: Face,
    file: Path,
    content: bytes,
    form: Form,
    coming: Coming,
    *,
    limit: int,
    yes: bool,
) -> None:
    """Show what a text would become, and store it if a person, or ``--yes``, agrees.

    A copy of a stored document becomes a proposal or an edition of it, all else a new document.
    """
    from tracker.services.importing.files import File

    document = _document(own, file, coming)
    draft = draft_of(file, content, form, document)
    kept = File(file.name, content, draft.encoding)
    if document is None:
        _store_new(own, file, draft, kept, form, limit=limit, yes=yes)
    elif not _is_known(own, file, draft, document, coming):
        from tracker.cli.importing import copies

        own = replace(own, document=document.key, language=draft.language)
        copies.store(own, kept, draft, coming, limit=limit, yes=yes)


def _document(own: Face, file: Path, coming: Coming) -> Document | None:
    """Return the stored document that a file is a copy of, as far as its name or ours say so."""
    from tracker.services import documents

    with own.store().read() as connection:
        known = {document.key: document for document in documents.all_documents(connection)}
    is_copy = coming != type(coming)()
    if own.document is None and is_copy and len(known) == 1:
        return next(iter(known.values()))
    found = known.get(own.document or key_of(file))
    if is_copy and found is None:
        raise UsageError(
            f"there is no document {own.document or key_of(file)!r} that this could be a copy of",
            f"choose one with --document: {', '.join(known) or 'none yet'}",
        )
    return found


def _is_known(own: Face, file: Path, draft: Draft, document: Document, coming: Coming) -> bool:
    """Say so if the store has the very text: nothing is to be stored then."""
    from tracker.services import editions
    from tracker.services.importing.known import document_with, running_text
    from tracker.services.snapshot import latest

    named = None
    with own.store().read() as connection:
        if coming.edition is None:
            is_known = document_with(connection, draft.text, document.key) is not None
        else:
            # An edition is kept to the last space.
            snapshot = latest(connection, document.key)
            is_known = running_text(snapshot) == draft.text
            named = editions.standing(snapshot) if is_known else None
    if is_known:
        say(f"{file.name} is the text of {document.key} as it stands: nothing to store")
        if named is not None:
            say(f"it is the edition {named.key} already; tracker edition set changes what it says")
        elif coming.edition is not None:
            say(f"to name it: tracker edition add {coming.edition!r}")
    return is_known


def _store_new(
    own: Face, file: Path, draft: Draft, kept: File, form: Form, *, limit: int, yes: bool
) -> None:
    from tracker.cli.render.words import plural
    from tracker.services.importing import draft as importing

    plan = _plan(own, file, draft, kept, form.title)
    if plan is None:
        return
    agreed = _agreed(plan, limit, yes)
    if agreed is None:
        say("nothing was stored")
        return
    with own.entry("import") as entry:
        key = importing.apply(entry, agreed)
    count = plural(len(agreed.draft.lines), "line")
    say(f"stored as @{entry.number}: the document {key}, {count}")


def draft_of(file: Path, content: bytes, form: Form, document: Document | None = None) -> Draft:
    """Return the text of a file in lines, split as the command line, or its document, says."""
    from tracker.formats import draft, split

    unit = form.unit or (document.unit if document else "sentence")
    read = draft.read(
        content,
        file.name,
        language=form.language or (document.language if document else None),
        unit=unit,  # type: ignore[arg-type]  # the table takes no other word
        encoding=form.encoding,
    )
    if form.split is None:
        return read
    return split.read(given(form.split, "--split"), read)


def _plan(own: Face, file: Path, draft: Draft, kept: File, title: str | None) -> Plan | None:
    """Return what would be stored; None where another document has the very text."""
    from tracker.services.importing import draft as importing
    from tracker.services.importing.known import alike, document_with

    key = own.document or key_of(file)
    with own.store().read() as connection:
        holder = document_with(connection, draft.text, own.document)
        if holder is not None:
            say(f"{file.name} is the text of {holder} as it stands: nothing to store")
            return None
        for other in alike(connection, draft):
            say(f"most of it stands in the document {other}; a copy of it: --document {other}")
        return importing.plan(
            connection, draft, kept, key, title_of(draft) or file.stem if title is None else title
        )


def _agreed(plan: Plan, limit: int, yes: bool) -> Plan | None:
    """Show the lines and ask until a person agrees, with the split as it is by then."""
    from tracker.cli.render.importing import preview_draft
    from tracker.formats import split

    marked: str | None = None
    preview_draft(plan, limit)
    while not yes:
        if not interactive():
            raise UsageError(
                "nobody is there to be asked",
                "say --yes to store it; --show-split and --split mend the split",
            )
        answer = choose("Store this? [y/N, e to mend the split]", ("y", "e"))
        if answer != "e":
            return plan if answer == "y" else None
        # What a person typed is never thrown away: marks that do not fit are mended further.
        try:
            marked = edited("split", marked or split.write(plan.draft))
            plan = replace(plan, draft=split.read(marked, plan.draft))
        except (BadInput, Refused) as fault:
            say(f"{fault.message}; {fault.hint}")
        else:
            marked = None
            preview_draft(plan, limit)
    return plan


def key_of(file: Path) -> str:
    """Return a name for the document that people can type, made of the file's."""
    from tracker.exchange.rules import key_fault

    plain = unicodedata.normalize("NFKD", file.stem).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain)[:64].strip("-")
    return key if key and key_fault(key) is None else _NO_KEY


def title_of(draft: Draft) -> str | None:
    """Return the title that the text gives itself, in front matter or a first heading, if any."""
    headings = (line.text for line in draft.lines if line.kind == "heading" and line.level == 1)
    title = _front_matter(draft.lines[0].lead, "title") or next(headings, "")
    return " ".join(title.split()) or None


def _front_matter(lead: str, name: str) -> str:
    """Return a value of the front matter that a document begins with, if it has one."""
    rows = lead.splitlines()
    if not rows or rows[0].rstrip() != "---":
        return ""
    for row in rows[1:]:
        if row.rstrip() == "---":
            break
        if row.startswith(f"{name}:"):
            return row.partition(":")[2].strip().strip("'\"")
    return ""
