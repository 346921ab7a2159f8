"""``tracker import`` of a file with tracked changes and comments: new, or one that comes home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.face import Face
from tracker.cli.importing import collisions
from tracker.cli.terminal import agreed, say
from tracker.errors import NotFound, UsageError

if TYPE_CHECKING:
    from tracker.cli.importing.forms import Asked
    from tracker.exchange.marked import Marked
    from tracker.exchange.record import Unit
    from tracker.services.importing.files import File
    from tracker.services.importing.marked import new, returning


class Told(NamedTuple):
    """What the command line says of a marked text; None for what it does not say.

    ``names`` are those of ``--from``: ``WHO``, or ``AUTHOR=WHO`` of one of several.
    ``is_plain`` says that it is CriticMarkup, in this ``encoding``.
    """

    language: str | None = None
    unit: Unit | None = None
    title: str | None = None
    since: str | None = None
    names: tuple[str, ...] = ()
    is_plain: bool = False
    encoding: str | None = None


def store(own: Face, file: Path, content: bytes, asked: Asked, *, is_plain: bool = False) -> None:
    """Show what a marked text brings, and store it if a person, or ``--yes``, agrees."""
    from tracker.services.importing.files import File

    told = Told(
        *(asked.language, asked.unit, asked.title, asked.since, asked.from_),
        *(is_plain, asked.encoding),
    )
    marked = _read(file, content, told)
    kept = File(file.name, content)
    if _is_known(own, kept):
        return
    key = _document(own, file, marked)
    if key is not None:
        own = replace(own, document=key, language=told.language)
        _store_return(own, marked, kept, told, limit=asked.limit, yes=asked.yes)
    else:
        _store_new(own, file, marked, kept, told, limit=asked.limit, yes=asked.yes)


def store_criticmarkup(own: Face, file: Path, content: bytes, asked: Asked) -> None:
    """Do the same with a text in CriticMarkup."""
    store(own, file, content, asked, is_plain=True)


def _read(file: Path, content: bytes, told: Told) -> Marked:
    """Return what a file holds: CriticMarkup, or what it says itself that it is."""
    if told.is_plain:
        from tracker.formats.criticmarkup.read import read_file

        return read_file(content, file.name, told.encoding)
    from tracker.formats import odt

    if odt.is_one(content, file.name):
        from tracker.formats.odt.read import read
    else:
        from tracker.formats.docx.read import read
    return read(content, file.name)


def _is_known(own: Face, file: File) -> bool:
    """Say so if the very file was imported before."""
    from tracker.services.importing.files import imported_at

    with own.store().read() as connection:
        known = imported_at(connection, file, own.document)
    if known is not None:
        say(f"{file.name} was imported at @{known} already: nothing to store")
    return known is not None


def _document(own: Face, file: Path, marked: Marked) -> str | None:
    """Return the stored document that a file is of: as told, as stamped, or as it is called."""
    from tracker.cli.importing.drafts import key_of
    from tracker.services import documents

    with own.store().read() as connection:
        known = {document.key for document in documents.all_documents(connection)}
    stamp = marked.stamp
    if own.document is None and stamp is not None and stamp.document not in known:
        raise NotFound(
            f"{file.name} went out from the document {stamp.document}, which is not in this store",
            f"use the store that has it; or bring it in as new: --document {stamp.document}",
        )
    named = own.document or (stamp.document if stamp is not None else key_of(file))
    return named if named in known else None


def _store_new(
    own: Face, file: Path, marked: Marked, kept: File, told: Told, *, limit: int, yes: bool
) -> None:
    from tracker.cli.render.importing import preview_draft
    from tracker.cli.render.marked import preview_brought
    from tracker.cli.render.words import plural
    from tracker.services.importing.marked import new

    plan = _plan_new(own, file, marked, kept, told)
    if plan is None:
        return
    preview_draft(plan.draft, limit)
    preview_brought(plan.brought, 1, limit)
    if not agreed("Store this?", yes=yes):
        say("nothing was stored")
        return
    with own.entry("import") as entry:
        names = new.apply(entry, plan)
    found = plan.brought
    counts = (
        (len(plan.draft.draft.lines), "line"),
        (len(found.comments), "comment"),
        (len(found.proposals), "proposal"),
    )
    told_of = ", ".join(plural(count, noun) for count, noun in counts if count)
    say(f"stored as @{entry.number}: the document {plan.draft.document}, {told_of}")
    collisions.end(replace(own, document=plan.draft.document), names)


def _plan_new(own: Face, file: Path, marked: Marked, kept: File, told: Told) -> new.Plan | None:
    """Return what would be stored; None where a document has the text, and nothing is marked."""
    from tracker.cli.importing.drafts import key_of, title_of
    from tracker.services.importing.known import alike, document_with
    from tracker.services.importing.marked import new
    from tracker.services.importing.marked.bringing import people
    from tracker.services.importing.marked.drafting import drafted

    if told.since is not None:
        raise UsageError(
            f"{file.name} would be a new document, which began with no state of any",
            "leave out --since, or name the document with --document",
        )
    names = _names(told.names, people(marked), file.name)
    draft = drafted(marked, file.name, _language(marked, told), told.unit or "sentence")
    with own.store().read() as connection:
        if not marked.marks and not marked.remarks:
            holder = document_with(connection, draft.text, own.document)
            if holder is not None:
                say(f"{file.name} is the text of {holder} as it stands: nothing to store")
                return None
        for other in alike(connection, draft):
            say(f"most of it stands in the document {other}; a copy of it: --document {other}")
        title = told.title or " ".join((marked.title or "").split()) or title_of(draft)
        key = own.document or key_of(file)
        return new.plan(connection, marked, draft, kept, key, title or file.stem, names)


def _language(marked: Marked, told: Told) -> str:
    from tracker.formats.draft import guessed_language

    if told.language is not None:
        return told.language
    if guessed_language(marked.text) == "ja":
        return "ja"
    return (marked.language or "en").partition("-")[0] or "en"


def _names(told: Sequence[str], people: Sequence[str], file: str) -> dict[str, str]:
    """Return which authors go by which name here.

    Raises UsageError if it is not plain who is meant.
    """
    names, plain = _told_names(told, people)
    others = [person for person in people if person not in names]
    if plain is None:
        return names
    if len(others) != 1:
        raise _several(others, file)
    return {**names, others[0]: plain}


def _told_names(told: Sequence[str], people: Sequence[str]) -> tuple[dict[str, str], str | None]:
    """Return the names that are said of an author each, and the one that is not."""
    names: dict[str, str] = {}
    plain: list[str] = []
    for each in told:
        author, equals, name = each.partition("=")
        if equals and author.strip() in people:
            names[author.strip()] = name.strip()
        else:
            plain.append(each)
    if len(plain) > 1:
        raise UsageError(
            f"--from says {len(plain)} names, and not whose: {', '.join(plain)}",
            'say whose: --from "AUTHOR=WHO", the author as the file has it',
        )
    return names, plain[0] if plain else None


def _several(people: Sequence[str], file: str) -> UsageError:
    if not people:
        return UsageError(f"nobody else marked {file} up", "leave out --from")
    named = ", ".join(people)
    return UsageError(
        f"several people marked {file} up: {named}",
        f'say who goes by another name here: --from "{people[0]}=WHO", once for each',
    )


def _store_return(
    own: Face, marked: Marked, kept: File, told: Told, *, limit: int, yes: bool
) -> None:
    from tracker.cli.render.marked import preview_brought, say_known
    from tracker.services.importing.marked import returning

    _refuse_settings(told)
    plan, who = _plan_return(own, marked, kept, told)
    if not plan.brings_something:
        say(f"{kept.name} brings nothing new to {plan.key}: nothing to store")
        say_known(plan)
        return
    say(f"{plan.key}, beside @{plan.since}:")
    preview_brought(plan.brought, plan.first_proposal, limit)
    say_known(plan)
    if plan.has_untracked:
        raise UsageError(
            "nothing was stored: words were changed without tracking, and it was not said by whom",
            "say it: --from WHO",
        )
    if not agreed("Store this?", yes=yes):
        say("nothing was stored")
        return
    with own.writing("import") as (entry, snapshot):
        names = returning.apply(entry, snapshot, plan, who)
    say(f"stored as @{entry.number}: {_stored(plan)}")
    collisions.end(own, names)


def _stored(plan: returning.Plan) -> str:
    from tracker.cli.render.words import plural, some

    parts = []
    if plan.brought.comments:
        parts.append(plural(len(plan.brought.comments), "comment"))
    if plan.resolved:
        parts.append(f"noted {some(plan.resolved)}")
    if plan.brought.proposals:
        parts.append(plural(len(plan.brought.proposals), "proposal"))
    return ", ".join(parts)


def _plan_return(
    own: Face, marked: Marked, kept: File, told: Told
) -> tuple[returning.Plan, str | None]:
    """Return what a file brings home, and the name that was said of nobody else in it."""
    from tracker.services.importing.marked import returning
    from tracker.services.importing.marked.bringing import people
    from tracker.services.importing.marked.who import UNTRACKED

    names, plain = _told_names(told.names, people(marked))
    if plain is not None:
        names[UNTRACKED] = plain
    with own.reading() as snapshot:
        plan = returning.plan(snapshot, marked, kept, names, told.since)
        others = [each for each in plan.people if each not in names.values()]
        if plain is None or (len(others) != 1 and plan.names_untracked):
            return plan, plain
        if len(others) > 1:
            raise _several(others, kept.name)
        for each in others:
            names[each] = plain
        return returning.plan(snapshot, marked, kept, names, told.since), plain


def _refuse_settings(told: Told) -> None:
    """Raise UsageError if something was said of a new document, and the file is of one that is."""
    for name in ("unit", "title"):
        if getattr(told, name) is not None:
            raise UsageError(
                f"--{name} is for a new document, and the store has this one", "leave it out"
            )
