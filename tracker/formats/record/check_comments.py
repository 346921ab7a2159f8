"""What must hold of the comments of a record: their replies, anchors and dispositions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tracker.exchange import rules
from tracker.exchange.record import About, Anchor, Comment, Record, Standing, Verdict
from tracker.formats.record.circles import circling
from tracker.formats.record.fault import Fault, Path
from tracker.text import occurrences

Texts = Mapping[tuple[str, str], Sequence[str]]
"""The versions of each line in each language."""

_TAKEN = "is given by the store alone: call it something else, such as a1"


def id_faults(record: Record) -> Iterator[Fault]:
    """Yield ids that are none: in a whole record they are kept, a meeting's comments get theirs."""
    for place, comment in enumerate(record.comments):
        if comment.id is None:
            continue
        wrong = rules.comment_fault(comment.id)
        if record.document is None:
            taken = rules.comment_fault(comment.id.strip().upper()) is None
            wrong = _TAKEN if taken else None
        if wrong:
            yield Fault(("comments", place, "id"), wrong, comment.id)


def comment_faults(record: Record) -> Iterator[Fault]:
    """Yield what does not hold together."""
    texts = texts_of(record)
    for place, comment in enumerate(record.comments):
        path: Path = ("comments", place)
        for number, anchor in enumerate(comment.anchors):
            where: Path = (*path, "anchors", number)
            wrong = list(_anchor_shape(where, anchor))
            yield from wrong
            if record.document is not None and not wrong:
                language = anchor.language or record.document.language
                yield from _anchor_place(where, anchor, language, texts)
        yield from _dispositions((*path, "dispositions"), comment.dispositions)
        yield from _said(path, comment)
        yield from _tied(path, comment, whole=record.document is not None)
    yield from _named(record)
    yield from _replies(record)


def _said(path: Path, comment: Comment) -> Iterator[Fault]:
    """Somebody said something, unless the remark was sealed: then nothing of it is left."""
    names = ("speaker", "text") if not comment.sealed else _ERASED
    for name in names:
        value = getattr(comment, name)
        if not comment.sealed and value is None:
            yield Fault((*path, name), "is missing")
        elif comment.sealed and value is not None:
            yield Fault((*path, name), "must be left out: the comment is sealed", value)


_ERASED = ("speaker", "side", "participant", "text", "context", "number", "locator")


def _tied(path: Path, comment: Comment, *, whole: bool) -> Iterator[Fault]:
    """A comment stands in one place; on proposals and with assignments only in a whole record."""
    for name in ("about", "assigned"):
        if getattr(comment, name) is not None and not whole:
            yield Fault((*path, name), "needs a document: it is for a whole record")
    for number, anchor in enumerate(comment.anchors):
        for place, stands in enumerate(anchor.carried):
            if stands.line is not None and not whole:
                where: Path = (*path, "anchors", number, "carried", place, "line")
                yield Fault(where, "needs a document: it is for a whole record", stands.line)
    words = comment.about is not None and comment.about.quote is not None
    if words and comment.anchors:
        yield Fault((*path, "anchors"), "must be left out: it flags what a proposal says")
    if comment.apart and (comment.anchors or words):
        yield Fault((*path, "apart"), "is for a comment that stands nowhere")
    if comment.apart and comment.reply_to is None and comment.about is None:
        yield Fault((*path, "apart"), "is for a reply, or a comment on a proposal")
    if comment.about is not None:
        yield from _about_shape((*path, "about"), comment.about)


def _about_shape(path: Path, about: About) -> Iterator[Fault]:
    if about.quote is not None and about.change is None:
        yield Fault((*path, "change"), "is missing: the words are those of some change")
    if about.start is not None and about.quote is None:
        yield Fault((*path, "start"), "belongs to a quote, and there is none")


def texts_of(record: Record) -> Texts:
    """Return the versions of each line in each language, oldest first."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    usual = record.document.language if record.document else ""
    for line in record.lines:
        for version in line.versions:
            texts[line.label, version.language or usual].append(version.text)
    return dict(texts)


def _named(record: Record) -> Iterator[Fault]:
    """A whole record names what its comments refer to; a meeting's may be in the store."""
    meetings = {meeting.id: meeting for meeting in record.meetings}
    participants = {participant.id for participant in record.participants}
    sources = {source.file for source in record.sources}
    for place, comment in enumerate(record.comments):
        path: Path = ("comments", place)
        meeting = meetings.get(comment.meeting or "")
        if comment.topic is not None and comment.meeting is None:
            yield Fault((*path, "topic"), "belongs to a meeting, and none is named", comment.topic)
        if comment.topic is not None and meeting and comment.topic not in meeting.topics:
            yield Fault((*path, "topic"), "the meeting has no such topic", comment.topic)
        if record.document is None:
            continue
        if comment.meeting is not None and meeting is None:
            yield Fault((*path, "meeting"), "there is no such meeting", comment.meeting)
        if comment.participant not in (None, *participants):
            yield Fault((*path, "participant"), "there is no such participant", comment.participant)
        if comment.source not in (None, *sources):
            yield Fault((*path, "source"), "there is no such source", comment.source)


def _anchor_shape(path: Path, anchor: Anchor) -> Iterator[Fault]:
    if anchor.start is not None and anchor.quote is None:
        yield Fault((*path, "start"), "belongs to a quote, and there is none")
    if anchor.scope is not None and anchor.quote is not None:
        yield Fault((*path, "scope"), "must be left out: some words are flagged", anchor.scope)
    if anchor.carried and anchor.version is None:
        yield Fault((*path, "version"), "is missing: it was carried on from some version")
    line, before = anchor.line, anchor.version
    for number, stands in enumerate(anchor.carried):
        where: Path = (*path, "carried", number)
        elsewhere = stands.line is not None and stands.line != line
        # A line that was removed, and may have come back, keeps its version.
        known = before is None or elsewhere or stands.version in (before, before + 1)
        if not known and before is not None:
            yield Fault((*where, "version"), f"must be {before + 1}: they count up")
        line, before = stands.line or line, stands.version
        yield from _span_shape(where, stands, words=(stands.quote or anchor.quote) is not None)


def _span_shape(path: Path, stands: Standing, *, words: bool) -> Iterator[Fault]:
    expected = words and stands.state != "orphaned"
    for name in ("start", "end"):
        given = getattr(stands, name) is not None
        if given and not expected:
            why = "orphaned words stand nowhere" if words else "the whole line is flagged"
            yield Fault((*path, name), f"must be left out: {why}")
        elif expected and not given:
            yield Fault((*path, name), "is missing")


def _anchor_place(path: Path, anchor: Anchor, language: str, texts: Texts) -> Iterator[Fault]:
    found = texts.get((anchor.line, language), ())
    number = anchor.version or len(found)
    if not found:
        yield Fault((*path, "line"), f"there is no such line in {language}", anchor.line)
        return
    if number > len(found):
        yield Fault((*path, "version"), f"line {anchor.line} has no version {number}")
    elif anchor.quote is not None:
        wrong = quote_fault(anchor.quote, anchor.start, found[number - 1])
        if wrong:
            yield Fault((*path, "quote"), wrong, anchor.quote)
    label = anchor.line
    for place, stands in enumerate(anchor.carried):
        label = stands.line or label
        where: Path = (*path, "carried", place)
        yield from _carried_place(where, stands, label, texts.get((label, language), ()))


def _carried_place(
    path: Path, stands: Standing, label: str, found: Sequence[str]
) -> Iterator[Fault]:
    if not found:
        yield Fault((*path, "line"), "there is no such line", label)
    elif stands.version > len(found):
        yield Fault((*path, "version"), f"line {label} has no version {stands.version}")
    elif stands.start is not None and stands.end is not None:
        length = len(found[stands.version - 1])
        if not stands.start < stands.end <= length:
            yield Fault((*path, "end"), f"must be from {stands.start + 1} to {length}")


def quote_fault(quote: str, start: int | None, text: str) -> str | None:
    """Say why a quote names no words of a text: it is not there, or several times."""
    if start is not None and text.startswith(quote, start):
        return None
    places = [begin for begin, _ in occurrences(quote, text)]
    if not places:
        return "these words do not stand in the line"
    if start is None and len(places) > 1:
        return f"these words stand in the line {len(places)} times: say at which “start”"
    if start is not None and start not in places:
        listed = ", ".join(str(place) for place in places[:5])
        return f"these words do not start at {start}, but at {listed}"
    return None


def _dispositions(path: Path, verdicts: Sequence[Verdict]) -> Iterator[Fault]:
    for place, verdict in enumerate(verdicts):
        word = rules.disposition(verdict.outcome)
        if word is None:
            message = f"is no disposition: use one of {', '.join(rules.DISPOSITIONS)}"
            yield Fault((*path, place, "outcome"), message, verdict.outcome)
        elif word not in rules.NEED_NO_REASON and verdict.reason is None:
            yield Fault((*path, place, "reason"), f"is missing: “{word}” needs one")
        for name in ("change", "text"):
            if getattr(verdict, name) is not None:
                yield Fault((*path, place, name), "is for decisions on a proposal")
        yield from votes_faults((*path, place), verdict)


def votes_faults(path: Path, verdict: Verdict) -> Iterator[Fault]:
    """Yield votes where nobody voted."""
    if verdict.votes is not None and verdict.mode != "vote":
        yield Fault((*path, "votes"), "belong to the mode “vote”", verdict.votes)


def _replies(record: Record) -> Iterator[Fault]:
    """A reply is to a comment that is there, and never round in a circle."""
    parents = {comment.id: comment.reply_to for comment in record.comments if comment.id}
    internal = {comment.id for comment in record.comments if comment.id and comment.internal}
    round_ = circling(parents)
    for place, comment in enumerate(record.comments):
        path: Path = ("comments", place)
        if comment.relation is not None and comment.reply_to is None:
            yield Fault((*path, "relation"), "is that of a reply, and reply_to is missing")
        if comment.reply_to is None:
            continue
        if comment.reply_to in internal and not comment.internal:
            yield Fault((*path, "internal"), "must be true: it replies to an internal comment")
        stored = record.document is None and rules.comment_fault(comment.reply_to) is None
        if comment.reply_to not in parents and not stored:
            yield Fault((*path, "reply_to"), "there is no such comment", comment.reply_to)
        elif comment.id in round_:
            yield Fault((*path, "reply_to"), "the replies run in a circle", comment.reply_to)
