"""Why some words stand in the text: who asked for them, who decided, what the line said before."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import and_, select

from tracker.errors import BadInput, NotFound, UsageError
from tracker.services import anchors, lines
from tracker.services.anchors import Flag
from tracker.services.blame import Authorship, Credit, credits_of, labels_of
from tracker.services.lines import Line, LineVersion
from tracker.services.reasons import Reason, Step, reasons
from tracker.services.snapshot import Snapshot, languages
from tracker.store import tables
from tracker.text import occurrences


class Earlier(NamedTuple):
    """What the line, or the line it was split from, said before."""

    label: str
    version: LineVersion


class Answer(NamedTuple):
    """Why words stand, or stood, in a line.

    ``version`` of the line ``label`` is the first in which they came, ``reason`` why. ``held`` is
    the version of ``line`` that was looked at: the current one, unless ``went`` says why the words
    stand there no more. ``parts`` are the passages of the words by the version each came with.
    """

    words: str
    line: str
    held: LineVersion
    label: str
    version: LineVersion
    reason: Reason
    parts: tuple[Credit, ...]
    earlier: tuple[Earlier, ...]
    went: Reason | None
    language: str
    is_authentic: bool


class _Place(NamedTuple):
    line: Line
    number: int
    start: int
    stop: int
    went: Step | None


def why(
    snapshot: Snapshot, words: str, label: str | None = None, occurrence: int | None = None
) -> Answer:
    """Return why words stand in the text, or if they do not, why they stood there.

    Raises BadInput if there are no words, NotFound if no version of any line holds them,
    UsageError if several lines or places of the line do and none is named.
    """
    if not words.strip():
        raise BadInput("no words were given", "quote some of the text: tracker text")
    place = _place(snapshot, Flag(words, occurrence), label)
    known = Authorship(snapshot)
    every = credits_of(snapshot, known, place.line, place.number)
    parts = tuple(_within(every, place.start, place.stop))
    brought = _complete(known, place, max(parts, key=lambda part: part.version.since), words)
    same = brought.label == place.line.label
    own = place.line if same else lines.find(snapshot, brought.label)
    steps = [Step(own.id, brought.version.since, brought.version.wording)]
    steps += [place.went] if place.went else []
    told = reasons(snapshot, steps)
    held = next(v for v in known.versions(place.line.id) if v.number == place.number)
    return Answer(
        words=held.text[place.start : place.stop],
        line=place.line.label,
        held=held,
        label=brought.label,
        version=brought.version,
        reason=told[steps[0]],
        parts=parts,
        earlier=tuple(_earlier(snapshot, known, own, brought)),
        went=told[place.went] if place.went else None,
        language=snapshot.language,
        is_authentic=snapshot.is_authentic,
    )


def _place(snapshot: Snapshot, flag: Flag, label: str | None) -> _Place:
    """Return where the words stand now, else in the newest version that holds them."""
    if label is not None:
        candidates = [lines.find(snapshot, label)]
    else:
        candidates = lines.running_text(snapshot)
    words = flag.words.strip()
    holding = [line for line in candidates if line.rank and occurrences(words, line.text)]
    if len(holding) > 1:
        labels = ", ".join(line.label for line in holding[:8])
        more = " and more" if len(holding) > 8 else ""
        raise UsageError(
            f"{len(holding)} lines hold the words {flag.words!r}: {labels}{more}",
            f"say which: --line {holding[0].label}",
        )
    if holding:
        return _Place(holding[0], holding[0].number, *anchors.place(flag, holding[0]), None)
    return _gone(snapshot, flag, label)


def _gone(snapshot: Snapshot, flag: Flag, label: str | None) -> _Place:
    """Return the newest version that held the words, with what took it away."""
    row = _newest(snapshot, flag.words.strip(), label)
    if row is None:
        raise _never_held(snapshot, flag.words, label)
    found = lines.find(snapshot, row.label)
    then = found._replace(text=row.text)
    start, stop = anchors.place(flag, then)
    return _Place(found, row.number, start, stop, _end(snapshot, found, row.number))


def _never_held(snapshot: Snapshot, words: str, label: str | None) -> NotFound:
    """Return the error for words that no version held; it names the language in which one did."""
    known = languages(snapshot)
    language = f" in {snapshot.language}" if len(known) > 1 else ""
    line = (
        f"no version of line {label}{language} holds" if label else f"no line{language} ever held"
    )
    for other in known:
        there = snapshot._replace(language=other)
        if other != snapshot.language and _newest(there, words.strip(), label) is not None:
            hint = f"they are words of the text in {other}: say --language {other}"
            return NotFound(f"{line} the words {words!r}", hint)
    hint = "quote words as they stand in the text: tracker text"
    return NotFound(f"{line} the words {words!r}", hint)


def _newest(snapshot: Snapshot, words: str, label: str | None) -> Any:
    """Return the label, number and text of the newest version that holds the words, if any."""
    version, wording, line = tables.version, tables.wording, tables.line
    query = (
        select(line.c.label, version.c.number, wording.c.text)
        .select_from(version)
        .join(
            wording,
            and_(wording.c.document == version.c.document, wording.c.id == version.c.wording),
        )
        .join(line, and_(line.c.document == version.c.document, line.c.id == version.c.line))
        .where(
            version.c.document == snapshot.document,
            version.c.language == snapshot.language,
            version.c.since <= snapshot.at,
        )
        .order_by(version.c.since.desc(), version.c.line)
    )
    if label is not None:
        query = query.where(line.c.label == label)
    rows = snapshot.connection.execute(query)
    return next((row for row in rows if row.text and occurrences(words, row.text)), None)


def _end(snapshot: Snapshot, line: Line, number: int) -> Step | None:
    """Return the step by which a version stood no more."""
    later = [v for v in lines.versions(snapshot, line.id) if v.number > number]
    if later:
        return Step(line.id, later[0].since, later[0].wording)
    gone = lines.deleted_at(snapshot, line.id)
    return Step(line.id, gone, None) if gone is not None else None


def _within(every: list[Credit], start: int, stop: int) -> list[Credit]:
    found = []
    for credit in every:
        first, last = max(start, credit.start), min(stop, credit.stop)
        if (
            first < last
            and (words := credit.text[first - credit.start : last - credit.start]).strip()
        ):
            found.append(credit._replace(text=words, start=first, stop=last))
    return found


def _complete(known: Authorship, place: _Place, newest: Credit, words: str) -> Credit:
    """Return the first version from the newest part on in which the words stand together."""
    if occurrences(words.strip(), newest.version.text):
        return newest
    # They were brought together when what stood between them went.
    later = [
        v
        for v in known.versions(place.line.id)
        if newest.version.since < v.since and occurrences(words.strip(), v.text)
    ]
    return newest._replace(label=place.line.label, version=later[0]) if later else newest


def _earlier(snapshot: Snapshot, known: Authorship, line: Line, brought: Credit) -> list[Earlier]:
    """Return what was said before, the newest first."""
    found = [
        Earlier(line.label, version)
        for version in known.versions(line.id)
        if version.since < brought.version.since
    ]
    if not found:
        sources = known.sources(line.id, brought.version)
        labels = labels_of(snapshot, {mark.line for mark in sources})
        found = [Earlier(labels[mark.line], known.version(mark)) for mark in sources]
    return found[::-1]
