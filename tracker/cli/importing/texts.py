"""``tracker import`` of a text: as a document, as a copy of one, or as the translation of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.face import Face
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked


def store(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Show what a text brings, and store it if a person, or ``--yes``, agrees."""
    from tracker.cli.importing import drafts, parallels
    from tracker.cli.importing.copies import Coming
    from tracker.cli.importing.drafts import Form
    from tracker.cli.importing.parallels import Pairing

    form = Form(
        *(asked.language, asked.unit, asked.title, asked.encoding, asked.split, asked.show_split)
    )
    pairing = Pairing(asked.show_pairs, asked.pairs)
    limit, yes = asked.limit, asked.yes
    coming = Coming(
        *(_only(asked.from_), asked.rationale, asked.answers, asked.edition, asked.status),
        *(asked.date, asked.since, asked.reopen, asked.reason),
    )
    if form.show_split:
        drafts.show_split(file, content, form)
    elif parallels.is_meant(own, form.language):
        parallels.store(own, file, content, form, pairing, limit=limit, yes=yes)
    elif pairing != Pairing():
        raise UsageError(
            "there is no text to pair this one with, or it has one in this language already",
            "name the document and the language: --document KEY --language ja",
        )
    else:
        drafts.store(own, file, content, form, coming, limit=limit, yes=yes)


def _only(people: Sequence[str]) -> str | None:
    """Return who a copy is from. Raises UsageError if several are named."""
    if len(people) > 1:
        raise UsageError(
            f"--from names {len(people)} people, and this copy is from one",
            "name one; several stand in one name: --from 'A and B'",
        )
    return people[0] if people else None
