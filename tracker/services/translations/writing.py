"""Writing translations: giving lines a version in a language, and confirming that one holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.errors import BadInput, Refused
from tracker.services import joints, lines
from tracker.services.inputs import check_wording
from tracker.services.lines import NEW, Line
from tracker.services.names import next_label
from tracker.services.revising.applying import Revised
from tracker.services.revising.carrying import Carried
from tracker.services.revising.storing import store
from tracker.services.snapshot import (
    Snapshot,
    check_language,
    languages,
    refuse_other_spelling,
)
from tracker.services.translations.links import linked, relinked, store_links
from tracker.services.translations.placing import spot
from tracker.services.translations.reading import (
    CURRENT,
    MISSING,
    STALE,
    Passage,
    passage_of,
    passages,
)
from tracker.store import tables
from tracker.store.journal import Entry

ORIGIN = "translated"
_link = tables.translation


class Renewal(NamedTuple):
    """Passages that are to be rendered together, and what is to render them."""

    passages: Sequence[Passage]
    text: str


class Written(NamedTuple):
    """What storing translations did: the lines they are of, and the anchors that moved with it."""

    labels: tuple[str, ...]
    carried: tuple[Carried, ...]


def add(
    entry: Entry,
    snapshot: Snapshot,
    language: str,
    labels: Sequence[str],
    text: str,
    *,
    replace: bool = False,
) -> Written:
    """Store what renders some authentic lines in a language; it stands at the first of them.

    ``replace`` gives a passage that is translated already another wording. Raises Refused for one
    that is and was not to be replaced, BadInput for a text that cannot be stored, NotFound for a
    line that is not there.
    """
    check_other(snapshot, language)
    wording = check_wording(text)
    found = [passage_of(snapshot, language, label) for label in dict.fromkeys(labels)]
    if not found:
        raise BadInput("no line is named", "name the lines that it renders: 4 5")
    found = list({passage.labels: passage for passage in found}.values())
    rendered = [passage for passage in found if passage.state != MISSING]
    if rendered and not replace:
        line = rendered[0].renderings[0].label
        raise Refused(
            f"line {rendered[0].labels[0]} has a version in {language}: {rendered[0].text}",
            f"propose another with tracker propose {line} --language {language}, or store it with "
            "--replace",
        )
    unnamed = [label for passage in found for label in passage.labels if label not in labels]
    if len(found) > 1 and unnamed:
        together = " ".join(label for passage in found for label in passage.labels)
        raise Refused(
            f"line {unnamed[0]} is rendered in {language} together with one of these, and would "
            "lose its translation",
            f"name all that the new wording renders: tracker translation add {together}",
        )
    if len(found) == 1 and (found[0].text, found[0].state) == (wording, CURRENT):
        raise BadInput(
            f"this is what renders line {found[0].labels[0]} already",
            "give the wording that should take its place",
        )
    return renew(entry, snapshot, language, [Renewal(found, wording)])


def renew(entry: Entry, snapshot: Snapshot, language: str, renewals: Sequence[Renewal]) -> Written:
    """Store new translations, first ones or others. Raises Refused where the originals are gone."""
    work = _Renewing(snapshot, language)
    labels = [work.renew(each) for each in renewals]
    done = store(entry, snapshot, language, work.old, Revised(work.text, []), origin=ORIGIN)
    stored = {line.id: own for line, own in zip(work.text, done.order, strict=True)}
    links: dict[tuple[int, int], int | None] = {}
    for line, standing in work.rendered.items():
        links |= relinked(entry, snapshot.document, language, stored[line], standing)
    store_links(entry, snapshot.document, language, links)
    return Written(tuple(labels), done.carried)


def check_other(snapshot: Snapshot, language: str) -> str:
    """Return a language tag. Raises BadInput for none, Refused for the authentic language."""
    check_language(language)
    refuse_other_spelling(language, languages(snapshot))
    if language == snapshot.authentic:
        raise Refused(
            f"{language} is the authentic language of {snapshot.key}: it is no translation",
            "name another language, such as ja",
        )
    return language


class _Renewing:
    """The running text of a language while it gets new translations."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.old = lines.running_text(snapshot, language)
        self.text = list(self.old)
        self.rendered: dict[int, dict[int, int]] = {}
        """By the line that renders, the authentic lines and their wordings."""
        self._authentic = lines.running_text(snapshot, snapshot.authentic)
        self._labels = lines.labels(snapshot)
        self._by_original = {
            original.id: passage.renderings[-1].id
            for passage in passages(snapshot, language)
            if passage.renderings
            for original in passage.originals
        }

    def renew(self, renewal: Renewal) -> str:
        """Let a text render some passages; return the label of its line."""
        originals = [original for passage in renewal.passages for original in passage.originals]
        standing = {each.id: each.wording for each in originals if each.wording is not None}
        if not standing:
            raise Refused(
                f"line {originals[0].label} is gone: there is nothing to render",
                "tracker text shows the lines there are",
            )
        rendering = [line for passage in renewal.passages for line in passage.renderings]
        line = (
            self._reword(rendering, renewal.text)
            if rendering
            else self._insert(list(standing), renewal.text)
        )
        self.rendered[line.id] = standing
        self._by_original.update(dict.fromkeys(standing, line.id))
        return line.label

    def _reword(self, rendering: Sequence[Line], text: str) -> Line:
        """Give the first line the wording of all; others that rendered parts of it leave."""
        first, *others = rendering
        place = next(at for at, line in enumerate(self.text) if line.id == first.id)
        if first.text != text:
            self.text[place] = self.text[place]._replace(text=text, wording=NEW)
        if others:
            self.text = joints.without(self.text, {line.id for line in others})
        return first

    def _insert(self, originals: Sequence[int], text: str) -> Line:
        """Put in a line that renders authentic ones, joined as the first of these is."""
        at = next(at for at, line in enumerate(self._authentic) if line.id in originals)
        behind, joint = spot(self._authentic, at, self._by_original)
        place = next((n for n, line in enumerate(self.text, 1) if line.id == behind), 0)
        made = self._own(originals)._replace(text=text, wording=NEW, rank=None, trail=None)
        made = made._replace(**joint._asdict())
        self.text.insert(place, made)
        return made

    def _own(self, originals: Sequence[int]) -> Line:
        """Return the first of some authentic lines that this text has room for.

        Where each of them stands in it already, and renders others, that is a new line.
        """
        found = [line for line in self._authentic if line.id in originals]
        standing = {line.id for line in self.text}
        free = next((line for line in found if line.id not in standing), None)
        if free is not None:
            return free
        label = next_label(found[0].label, self._labels)
        self._labels.add(label)
        return found[0]._replace(id=min(0, *standing) - 1, label=label)


def confirm(
    entry: Entry, snapshot: Snapshot, language: str, labels: Iterable[str]
) -> list[Passage]:
    """Record that stale translations still hold; return their passages.

    Raises Refused for one that is missing or not stale, or whose originals are all gone.
    """
    check_other(snapshot, language)
    found = {
        passage.labels: passage
        for label in labels
        for passage in [passage_of(snapshot, language, label)]
    }
    entry.document = snapshot.document
    for passage in found.values():
        _refuse_unless_stale(passage)
        confirm_passage(entry, snapshot, passage)
    return list(found.values())


def confirm_passage(entry: Entry, snapshot: Snapshot, passage: Passage) -> None:
    """Let a passage render its originals as they are now; of those that are gone the links end."""
    standing = {each.id: each.wording for each in passage.originals}
    of_language = _link.c.language == passage.language
    own = _link.c.line.in_([line.id for line in passage.renderings])
    found = linked(entry, snapshot.document, of_language, own)
    links = {(row.line, row.of_line): standing[row.of_line] for row in found}
    store_links(entry, snapshot.document, passage.language, links)


def _refuse_unless_stale(passage: Passage) -> None:
    label = passage.labels[0]
    if passage.state == MISSING:
        raise Refused(
            f"line {label} has no version in {passage.language} to confirm",
            f"tracker translation add {label} --language {passage.language}",
        )
    if passage.state != STALE:
        raise Refused(
            f"the {passage.language} version of line {label} is current: nothing to confirm",
            f"tracker translation list --language {passage.language} lists what is stale",
        )
    if not passage.version:
        raise Refused(
            f"line {label} is gone: what rendered it cannot hold",
            f"propose its deletion: tracker propose {passage.renderings[0].label} --delete "
            f"--language {passage.language}",
        )
