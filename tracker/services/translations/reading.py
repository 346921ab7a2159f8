"""Reading translations: passages, each some authentic lines and the lines that render them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import and_, select

from tracker.errors import NotFound
from tracker.services import joints, lines
from tracker.services.lines import Line
from tracker.services.paging import batches
from tracker.services.snapshot import Snapshot
from tracker.services.translations.links import Link, links_in
from tracker.store import tables

_link = tables.translation
CURRENT, STALE, MISSING = "current", "stale", "missing"


class Original(NamedTuple):
    """An authentic line of a passage: as it is now, and as it was when it was translated.

    ``now`` and ``text`` are none once the line is gone, ``then`` and ``was`` where it was never
    translated. ``now`` and ``then`` name versions: ``12:3``; of a line that was merged since,
    ``then`` names those of its parts.
    """

    id: int
    label: str
    now: str | None
    text: str | None
    wording: int | None
    then: str | None
    was: str | None

    @property
    def changed(self) -> bool:
        """Whether it says something else than what was translated, or is gone."""
        return self.then is not None and self.text != self.was


class Passage(NamedTuple):
    """Authentic lines, and the lines of another language that render them: mostly one and one.

    ``text`` is what these say in the language, none where nothing renders the line.
    """

    language: str
    originals: tuple[Original, ...]
    renderings: tuple[Line, ...]
    text: str | None

    @property
    def state(self) -> str:
        """``current``, ``stale`` (an original changed, or is gone, since) or ``missing``."""
        if not self.renderings:
            return MISSING
        return STALE if any(original.changed for original in self.originals) else CURRENT

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the authentic lines."""
        return tuple(original.label for original in self.originals)

    @property
    def version(self) -> str:
        """The versions that the authentic lines have now, as the translator is told of them."""
        return " ".join(original.now for original in self.originals if original.now)


class Counts(NamedTuple):
    """How many authentic lines are in each state, in one language."""

    current: int
    stale: int
    missing: int


def passages(snapshot: Snapshot, language: str) -> list[Passage]:
    """Return the passages of a language in the order of the authentic text; every line is in one.

    Those whose authentic lines are all gone come last.
    """
    originals = {line.id: line for line in lines.running_text(snapshot, snapshot.authentic)}
    text = lines.running_text(snapshot, language)
    rendering = {line.id: at for at, line in enumerate(text)}
    links = [link for link in links_in(snapshot, language) if link.line in rendering]
    told = _Originals(snapshot, originals, links)
    leads = joints.leads(text)
    groups = _connected(links)
    found: list[Passage] = []
    seen: set[int] = set()
    for own in told.order:
        if own in seen:
            continue
        group = groups.get(own, _Group({own}, set()))
        seen |= group.originals
        places = sorted(rendering[line] for line in group.renderings)
        found.append(
            Passage(
                language,
                told.of(group.originals),
                tuple(text[at] for at in places),
                _joined([(leads[at], text[at].text) for at in places]),
            )
        )
    return found


def alone(snapshot: Snapshot, language: str) -> list[Line]:
    """Return the lines of a language that render no authentic line."""
    linked = {link.line for link in links_in(snapshot, language)}
    return [line for line in lines.running_text(snapshot, language) if line.id not in linked]


def counted(found: Iterable[Passage]) -> Counts:
    """Return how many authentic lines that stand are in each state.

    A passage whose lines are all gone counts once: somebody has to look at it.
    """
    counts: Counter[str] = Counter()
    for passage in found:
        standing = sum(1 for original in passage.originals if original.now)
        counts[passage.state] += max(1, standing)
    return Counts(counts[CURRENT], counts[STALE], counts[MISSING])


def passage_of(snapshot: Snapshot, language: str, label: str) -> Passage:
    """Return the passage that a line is in, the authentic one or the one that renders it.

    Raises NotFound if there is no such line in either.
    """
    for passage in passages(snapshot, language):
        if label in passage.labels or label in (line.label for line in passage.renderings):
            return passage
    if any(line.label == label for line in alone(snapshot, language)):
        raise NotFound(
            f"line {label} stands in {language} only: it renders no authentic line",
            f"tracker text --languages {snapshot.authentic},{language} shows both texts",
        )
    line = lines.find(snapshot, label, snapshot.authentic)
    gone = lines.deleted_at(snapshot, line.id, snapshot.authentic)
    raise NotFound(f"line {label} was deleted at @{gone}", "tracker text shows the lines there are")


class _Originals:
    """The authentic lines of all passages: those that stand, and those gone since."""

    def __init__(
        self, snapshot: Snapshot, standing: Mapping[int, Line], links: Sequence[Link]
    ) -> None:
        self._standing = standing
        self._gone = _labels(snapshot, {link.of_line for link in links} - standing.keys())
        # Several of a line that was merged since: what renders each part was made from its words.
        self._rendered: dict[int, dict[int, None]] = defaultdict(dict)
        for link in links:
            self._rendered[link.of_line][link.wording] = None
        changed = {
            wording
            for own, wordings in self._rendered.items()
            if own not in standing or {standing[own].wording} != wordings.keys()
            for wording in wordings
        }
        self._then = _versions(snapshot, changed)
        self.order = [*standing, *self._gone]
        self._places = {own: place for place, own in enumerate(self.order)}

    def of(self, originals: Collection[int]) -> tuple[Original, ...]:
        """Return the authentic lines of a passage, in order."""
        return tuple(self._one(own) for own in sorted(originals, key=self._places.__getitem__))

    def _one(self, own: int) -> Original:
        line = self._standing.get(own)
        now = f"{line.label}:{line.number}" if line else None
        then, was = now, line.text if line else None
        wordings = self._rendered.get(own, {})
        if not wordings:
            then = was = None
        elif line is None or {line.wording} != wordings.keys():
            parts = [self._then[wording] for wording in wordings]
            then = ", ".join(version for version, _ in parts)
            was = " ".join(text for _, text in parts)
        return Original(
            id=own,
            label=line.label if line else self._gone[own],
            now=now,
            text=line.text if line else None,
            wording=line.wording if line else None,
            then=then,
            was=was,
        )


class _Group(NamedTuple):
    originals: set[int]
    renderings: set[int]


def _connected(links: Iterable[Link]) -> dict[int, _Group]:
    """Return for each authentic line the lines it hangs together with, of both languages."""
    groups: dict[int, _Group] = {}
    of_rendering: dict[int, _Group] = {}
    for link in links:
        one = groups.get(link.of_line, _Group({link.of_line}, set()))
        other = of_rendering.get(link.line, _Group(set(), {link.line}))
        both = _Group(one.originals | other.originals, one.renderings | other.renderings)
        groups.update(dict.fromkeys(both.originals, both))
        of_rendering.update(dict.fromkeys(both.renderings, both))
    return groups


def _joined(parts: Sequence[tuple[str, str]]) -> str | None:
    """Return the texts of a passage's lines with what stands between them."""
    if not parts:
        return None
    return parts[0][1] + "".join(lead + text for lead, text in parts[1:])


def _labels(snapshot: Snapshot, numbers: Collection[int]) -> dict[int, str]:
    line = tables.line
    found: dict[int, str] = {}
    for part in batches(sorted(numbers)):
        query = select(line.c.id, line.c.label).where(
            line.c.document == snapshot.document, line.c.id.in_(part)
        )
        found.update({row.id: row.label for row in snapshot.connection.execute(query)})
    return found


def _versions(snapshot: Snapshot, wordings: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return for each wording the version it was, ``12:3``, and its text."""
    line, version, wording = tables.line, tables.version, tables.wording
    found: dict[int, tuple[str, str]] = {}
    for part in batches(sorted(wordings)):
        query = (
            select(version.c.wording, line.c.label, version.c.number, wording.c.text)
            .join(line, and_(line.c.document == version.c.document, line.c.id == version.c.line))
            .join(
                wording,
                and_(wording.c.document == version.c.document, wording.c.id == version.c.wording),
            )
            .where(version.c.document == snapshot.document, version.c.wording.in_(part))
            .order_by(version.c.number.desc())
        )
        for row in snapshot.connection.execute(query):
            found[row.wording] = (f"{row.label}:{row.number}", row.text)
    return found
