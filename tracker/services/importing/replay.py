"""Replaying the changes of a record's text: lines, wordings, versions and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tracker.errors import BadInput
from tracker.exchange.record import Line, Place, Version
from tracker.services.importing.order import Order
from tracker.services.inputs import check_text
from tracker.services.names import is_label
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.text import Diff, diff


class Text:
    """The lines of a document being imported: their ids, and the wordings of their versions."""

    def __init__(self, document: int, language: str) -> None:
        self.document = document
        self.language = language
        self.proposed: dict[tuple[str, str], int] = {}
        """The wordings that came from a change of a proposal, by its name ``P2.1`` and the text."""
        self.results: dict[str, tuple[tuple[int, str], ...]] = {}
        """What each change of a proposal proposes, by its name: the wordings and their texts."""
        self._lines: dict[str, int] = {}
        self._versions: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self._gone: set[tuple[str, str]] = set()
        self._changes: dict[tuple[str, str, int], Diff] = {}

    def line(self, label: str) -> int:
        """Return the id of a line."""
        return self._lines[label]

    def has_line(self, label: str) -> bool:
        """Return whether there is such a line."""
        return label in self._lines

    def add_line(self, label: str, number: int) -> None:
        """Take note of a line."""
        self._lines[label] = number

    def place(self, label: str, language: str, *, stands: bool) -> None:
        """Take note of whether a line stands in the text."""
        (self._gone.discard if stands else self._gone.add)((label, language))

    def is_gone(self, label: str, language: str | None) -> bool:
        """Return whether a line was removed from the text."""
        return (label, language or self.language) in self._gone

    def add_version(self, label: str, language: str, wording: int, text: str) -> None:
        """Take note of a line's next version."""
        self._versions[label, language].append((wording, text))

    def version(self, label: str, language: str | None, number: int | None) -> tuple[int, str]:
        """Return the wording and the text of a version; of the last one, if none is named.

        Raises BadInput if there is no such version.
        """
        found = self._versions.get((label, language or self.language), [])
        place = len(found) if number is None else number
        if not 1 <= place <= len(found):
            raise BadInput(
                f"line {label} has no version {number} in {language or self.language}",
                "look at the language and the version that the record names",
            )
        return found[place - 1]

    def last(self, label: str, language: str | None) -> int:
        """Return the number of a line's last version; 0 if it has none."""
        return len(self._versions.get((label, language or self.language), ()))

    def change(self, label: str, language: str | None, number: int) -> Diff:
        """Return what the version after this one changed, compared once."""
        key = (label, language or self.language, number)
        if key not in self._changes:
            _, old = self.version(label, language, number)
            _, new = self.version(label, language, number + 1)
            self._changes[key] = diff(old, new)
        return self._changes[key]


class Replay:
    """The changes of a document's text, to be stored one after another."""

    def __init__(self, entry: Entry, document: int, language: str, lines: Sequence[Line]) -> None:
        self.text = Text(document, language)
        self._entry = entry
        self._document = document
        self._language = language
        self._orders: dict[str, Order] = defaultdict(Order)
        self._placed: dict[tuple[int, str], int] = defaultdict(int)
        self._versions: dict[int, list[tuple[Line, Version]]] = defaultdict(list)
        self._places: dict[int, list[tuple[Line, Place]]] = defaultdict(list)
        before: str | None = None
        for line in lines:
            if not is_label(line.label):
                raise BadInput(
                    f"{line.label!r} is no label of a line", "labels are 1, 2, 12a; 0a before 1"
                )
            for version in line.versions:
                self._versions[version.change].append((line, version))
            # Lines without places stand as they are listed.
            usual = (Place(change=line.versions[0].change, after=before),)
            for place in line.places or usual:
                self._places[place.change].append((line, place))
            before = line.label

    def change(self, number: int) -> None:
        """Store what one change did to the text."""
        self._store_versions(self._versions[number])
        by_language: dict[str, list[tuple[Line, Place]]] = defaultdict(list)
        for line, place in self._places[number]:
            by_language[place.language or self._language].append((line, place))
        for language, places in by_language.items():
            self._store_places(language, places)

    def _store_versions(self, versions: Sequence[tuple[Line, Version]]) -> None:
        rows: dict[str, list[dict[str, Any]]] = {"line": [], "wording": [], "version": []}
        ended = []
        for line, version in versions:
            language = version.language or self._language
            if not self.text.has_line(line.label):
                rows["line"].append(self._line_row(line))
            wording = self._known_wording(line, version, language)
            if wording is None:
                wording = self._entry.next_id(tables.wording, self._document)
                own = {"document": self._document, "id": wording, "language": language}
                rows["wording"].append({**own, "text": version.text})
            if version.proposed:
                self.text.proposed[version.proposed, version.text] = wording
            self.text.add_version(line.label, language, wording, version.text)
            subject = {
                "document": self._document,
                "line": self.text.line(line.label),
                "language": language,
            }
            if version.number > 1:
                ended.append(subject)
            told = {"number": version.number, "wording": wording, "origin": version.origin}
            rows["version"].append({**subject, **told})
        for subject in ended:
            self._entry.supersede(tables.version, **subject)
        for table in (tables.line, tables.wording, tables.version):
            self._entry.insert_many(table, rows[table.name])

    def _line_row(self, line: Line) -> dict[str, Any]:
        own = self._entry.next_id(tables.line, self._document)
        self.text.add_line(line.label, own)
        return {
            "document": self._document,
            "id": own,
            "label": line.label,
            "kind": line.kind,
            "level": line.level,
            "from_line": self.text.line(line.split_from) if line.split_from else None,
        }

    def _known_wording(self, line: Line, version: Version, language: str) -> int | None:
        """Return the wording that a version shares with one before; none if it is its own."""
        text = check_text(version.text, f"text of line {line.label}")
        if version.restores is None:
            return self.text.proposed.get((version.proposed or "", text))
        wording, said = self.text.version(line.label, language, version.restores)
        if said != text:
            raise BadInput(
                f"version {version.number} of line {line.label} does not say what version "
                f"{version.restores} said, which it restores",
                "leave out “restores”, or let both say the same",
            )
        return wording

    def _store_places(self, language: str, places: Sequence[tuple[Line, Place]]) -> None:
        removed = {self.text.line(line.label) for line, place in places if place.removed}
        after = {
            self.text.line(line.label): self.text.line(place.after) if place.after else None
            for line, place in places
            if not place.removed
        }
        ranks = self._orders[language].apply(after, removed)
        rows = []
        for line, place in places:
            own = self.text.line(line.label)
            self.text.place(line.label, language, stands=not place.removed)
            subject = {"document": self._document, "line": own, "language": language}
            if self._placed[own, language]:
                self._entry.supersede(tables.placement, **subject)
            self._placed[own, language] += 1
            rows.append(
                {
                    **subject,
                    "number": self._placed[own, language],
                    "rank": ranks.get(own),
                    "block": place.block,
                    "markup": place.markup,
                    "gap": place.gap,
                    "after_line": after.get(own) if place.gap is not None else None,
                    "trail": place.trail,
                    "kind": place.kind,
                    "level": place.level,
                    "into_line": self.text.line(place.into) if place.into else None,
                }
            )
        self._entry.insert_many(tables.placement, rows)
