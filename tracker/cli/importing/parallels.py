"""``tracker import`` of a text in another language: paired with the authentic one, and stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.face import Face
from tracker.cli.terminal import choose, edited, given, interactive, say, visible
from tracker.errors import BadInput, Refused, UsageError

if TYPE_CHECKING:
    from tracker.cli.importing.drafts import Form
    from tracker.exchange.draft import Draft
    from tracker.services.importing.parallel import Plan


class Pairing(NamedTuple):
    """What the command line says of the pairs: that they be shown, or what they are."""

    show: bool = False
    pairs: str | None = None


def is_meant(own: Face, language: str | None) -> bool:
    """Return whether a text in this language stands beside the text of a document in the store."""
    from tracker.services.documents import all_documents
    from tracker.services.lines import standing_count
    from tracker.services.snapshot import latest

    if language is None:
        return False
    with own.store().read() as connection:
        keys = [document.key for document in all_documents(connection)]
        if own.document not in keys:
            return False
        snapshot = latest(connection, own.document)
        other = snapshot._replace(language=language)
        return language != snapshot.authentic and not standing_count(other)


def store(
    own: Face,
    file: Path,
    content: bytes,
    form: Form,
    pairing: Pairing,
    *,
    limit: int,
    yes: bool,
) -> None:
    """Show what renders what, and store it if a person, or ``--yes``, agrees."""
    from tracker.cli.importing.drafts import draft_of, title_of
    from tracker.services import documents

    with own.reading() as snapshot:
        # A translation is split as its original is.
        draft = draft_of(file, content, form, documents.find(snapshot))
    title = title_of(draft) if form.title is None else form.title
    plan = _plan(own, file, content, draft, title)
    if pairing.show:
        _write(plan)
    else:
        _store(own, plan, pairing.pairs, limit=limit, yes=yes)


def _write(plan: Plan) -> None:
    """Write to stdout what renders what; nothing is stored."""
    from tracker.formats import pairs

    written = pairs.write(plan.pairs, plan.draft, plan.sources)
    if sys.stdout.isatty():
        sys.stdout.write(visible(written))
    else:
        sys.stdout.buffer.write(written.encode())


def _store(own: Face, plan: Plan, pairs: str | None, *, limit: int, yes: bool) -> None:
    from tracker.cli.render.importing import preview_parallel
    from tracker.cli.render.words import plural
    from tracker.formats import pairs as forms
    from tracker.services.importing import parallel

    if pairs is None:
        parallel.refuse_other_text(plan)
    else:
        told = forms.read(given(pairs, "--pairs"), plan.draft, plan.sources)
        plan = parallel.with_pairs(plan, told)
    preview_parallel(plan, limit)
    agreed = _agreed(plan, limit, yes)
    if agreed is None:
        say("nothing was stored")
        return
    with own.writing(f"import --language {agreed.language}") as (entry, snapshot):
        parallel.apply(entry, snapshot, agreed)
    count = plural(len(agreed.draft.lines), "line")
    say(f"stored as @{entry.number}: {agreed.key} in {agreed.language}, {count}")


def _plan(own: Face, file: Path, content: bytes, draft: Draft, title: str | None) -> Plan:
    from tracker.services.importing import parallel
    from tracker.services.importing.files import File

    _refuse_other_language(file, draft)
    with own.reading() as snapshot:
        return parallel.plan(snapshot, draft, File(file.name, content, draft.encoding), title)


def _refuse_other_language(file: Path, draft: Draft) -> None:
    """Raise BadInput for a Japanese text that is said to be another, and the other way round."""
    from tracker.formats.draft import guessed_language

    is_japanese = guessed_language(draft.text) == "ja"
    if is_japanese != (draft.language.split("-")[0] == "ja"):
        what = "is written in kana: it seems to be ja" if is_japanese else "has hardly any kana"
        raise BadInput(
            f"{file.name} {what}, and not {draft.language}", "name its language: --language TAG"
        )


def _agreed(plan: Plan, limit: int, yes: bool) -> Plan | None:
    """Ask until a person agrees, with the pairs as they are by then."""
    from tracker.cli.render.importing import preview_parallel
    from tracker.formats import pairs
    from tracker.services.importing import parallel

    mended: str | None = None
    while not yes:
        if not interactive():
            raise UsageError(
                "nobody is there to be asked",
                "say --yes to store it; --show-pairs and --pairs mend what renders what",
            )
        answer = choose("Store this? [y/N, e to mend the pairs]", ("y", "e"))
        if answer != "e":
            return plan if answer == "y" else None
        # What a person typed is never thrown away: pairs that do not fit are mended further.
        try:
            start = mended or pairs.write(plan.pairs, plan.draft, plan.sources)
            mended = edited("pairs", start)
            told = pairs.read(mended, plan.draft, plan.sources)
            plan = parallel.with_pairs(plan, told)
        except (BadInput, Refused) as fault:
            say(f"{fault.message}; {fault.hint}")
        else:
            mended = None
            preview_parallel(plan, limit)
    return plan
