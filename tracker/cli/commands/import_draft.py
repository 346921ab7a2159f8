"""``tracker import`` of a text: its split shown, mended by a person, and stored as a document."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.face import Face
from tracker.cli.terminal import choose, edited, given, interactive, say, visible
from tracker.errors import BadInput, Refused, UsageError

if TYPE_CHECKING:
    from tracker.exchange.draft import Draft
    from tracker.exchange.record import Unit
    from tracker.services.importing.draft import Plan

_NO_KEY = "document"


class Form(NamedTuple):
    """What the command line says of a text; None for what is to be found out."""

    language: str | None
    unit: Unit
    title: str | None
    encoding: str | None
    split: str | None


def show_split(file: Path, content: bytes, form: Form) -> None:
    """Write the text to stdout with a mark where each line begins."""
    from tracker.formats import split

    marked = split.write(_draft(file, content, form))
    if sys.stdout.isatty():
        sys.stdout.write(visible(marked))
    else:
        sys.stdout.buffer.write(marked.encode())


def store(own: Face, file: Path, content: bytes, form: Form, *, limit: int, yes: bool) -> None:
    """Show what a text would become, and store it if a person, or ``--yes``, agrees."""
    from tracker.cli.render.words import plural
    from tracker.services.importing import draft as importing

    draft = _draft(file, content, form)
    plan = _plan(own, file, content, draft, form.title)
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


def _draft(file: Path, content: bytes, form: Form) -> Draft:
    from tracker.formats import draft, split

    read = draft.read(
        content, file.name, language=form.language, unit=form.unit, encoding=form.encoding
    )
    if form.split is None:
        return read
    return split.read(given(form.split, "--split"), read)


def _plan(own: Face, file: Path, content: bytes, draft: Draft, title: str | None) -> Plan | None:
    """Return what would be stored; None where the store has the very text."""
    from tracker.services.importing import draft as importing
    from tracker.services.importing.files import File
    from tracker.services.importing.known import alike, document_with

    key = own.document or _key(file)
    with own.store().read() as connection:
        holder = document_with(connection, draft.text, own.document)
        if holder is not None:
            say(f"{file.name} is the text of {holder} as it stands: nothing to store")
            return None
        for other in alike(connection, draft):
            if other != key:
                say(f"most of it stands in the document {other}; a copy of it: --document {other}")
        kept = File(file.name, content, draft.encoding)
        return importing.plan(
            connection, draft, kept, key, _title(draft, file) if title is None else title
        )


def _agreed(plan: Plan, limit: int, yes: bool) -> Plan | None:
    """Show the lines and ask until a person agrees, with the split as it is by then."""
    from dataclasses import replace

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


def _key(file: Path) -> str:
    """Return a name for the document that people can type, made of the file's."""
    from tracker.exchange.rules import key_fault

    plain = unicodedata.normalize("NFKD", file.stem).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain)[:64].strip("-")
    return key if key and key_fault(key) is None else _NO_KEY


def _title(draft: Draft, file: Path) -> str:
    """Return the title that the text gives itself, in front matter or a first heading, if any."""
    headings = (line.text for line in draft.lines if line.kind == "heading" and line.level == 1)
    title = _front_matter(draft.lines[0].lead, "title") or next(headings, "") or file.stem
    return " ".join(title.split())


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
