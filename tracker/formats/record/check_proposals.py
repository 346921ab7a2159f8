"""What must hold of the proposals of a record: their changes, and what was decided on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracker.exchange import rules
from tracker.exchange.record import Base, Proposal, ProposedChange, Record, Verdict
from tracker.formats.record.check_comments import Texts, quote_fault, texts_of, votes_faults
from tracker.formats.record.circles import circling
from tracker.formats.record.fault import Fault, Path

Changes = Mapping[str, ProposedChange]
"""The changes of all proposals, by their names: ``P2.1``."""


def changes_of(record: Record) -> Changes:
    """Return the changes of a record's proposals by their names."""
    return {
        f"{proposal.id}.{change.number}": change
        for proposal in record.proposals
        for change in proposal.changes
    }


def texts_proposed(change: ProposedChange) -> tuple[str, ...]:
    """Return the wordings that a change results in."""
    return (change.text,) if change.text is not None else tuple(r.text for r in change.results)


def lines_changed(change: ProposedChange) -> tuple[str, ...]:
    """Return the labels of the lines that a change starts from."""
    return tuple(base.line for base in _bases(change))


def _bases(change: ProposedChange) -> tuple[Base, ...]:
    if change.line is None or change.version is None:
        return change.lines
    return (Base(line=change.line, version=change.version),)


def proposal_faults(record: Record) -> Iterator[Fault]:
    """Yield what does not hold together; nothing for a record without a document."""
    if record.document is None:
        return
    language, texts = record.document.language, texts_of(record)
    labels = {line.label for line in record.lines}
    comments = {comment.id for comment in record.comments}
    changes = changes_of(record)
    round_ = circling({name: change.amends for name, change in changes.items() if change.amends})
    for place, proposal in enumerate(record.proposals):
        path: Path = ("proposals", place)
        for number, answered in enumerate(proposal.answers):
            if answered not in comments:
                yield Fault((*path, "answers", number), "there is no such comment", answered)
        yield from _changes((*path, "changes"), proposal, labels)
        yield from _twice((*path, "changes"), proposal, language)
        for number, change in enumerate(proposal.changes):
            where: Path = (*path, "changes", number)
            if set(lines_changed(change)) <= labels:
                yield from _versions(where, change, change.language or language, texts)
            yield from _named(where, change, changes)
            if f"{proposal.id}.{change.number}" in round_:
                yield Fault((*where, "amends"), "the changes run in a circle", change.amends)
        yield from _decisions((*path, "decisions"), proposal)
    yield from _abouts(record, changes)


def _changes(path: Path, proposal: Proposal, labels: set[str]) -> Iterator[Fault]:
    if not proposal.changes:
        yield Fault(path, "a proposal needs at least one change")
    gone: set[int] = set()
    known: list[int] = [0]
    for place, change in enumerate(proposal.changes):
        where: Path = (*path, place)
        # One that was undone is left out, and its number is not given again.
        if change.number <= known[-1]:
            yield Fault((*where, "number"), f"must be more than {known[-1]}: they count up")
        yield from _shape(where, change)
        yield from _lines(where, change, labels)
        old = change.supersedes
        if old is not None and (old not in known[1:] or old in gone):
            message = "must be an earlier change, whose place no other took"
            yield Fault((*where, "supersedes"), message, str(old))
        if old is not None:
            gone.add(old)
        known.append(change.number)


def _lines(path: Path, change: ProposedChange, labels: set[str]) -> Iterator[Fault]:
    """The lines that a change names are there, each once."""
    if change.after is not None and change.after not in (*labels, "0"):
        yield Fault((*path, "after"), "there is no such line", change.after)
    if change.line is not None and change.line not in labels:
        yield Fault((*path, "line"), "there is no such line", change.line)
    for place, base in enumerate(change.lines):
        where: Path = (*path, "lines", place, "line")
        if base.line not in labels:
            yield Fault(where, "there is no such line", base.line)
        elif base.line in [earlier.line for earlier in change.lines[:place]]:
            yield Fault(where, "is named twice", base.line)


def _twice(path: Path, proposal: Proposal, language: str) -> Iterator[Fault]:
    """A proposal rewords a line once, and moves it once."""
    gone = {change.supersedes for change in proposal.changes}
    seen: set[tuple[bool, str, str]] = set()
    for place, change in enumerate(proposal.changes):
        if change.number in gone or change.kind == "remove":
            continue
        for label in lines_changed(change):
            own = (change.kind == "move", change.language or language, label)
            if own in seen:
                name = "line" if change.line else "lines"
                yield Fault((*path, place, name), "is changed twice by this proposal", label)
            seen.add(own)


_SHAPES: dict[str, tuple[str, ...]] = {
    "replace": ("base", "text"),
    "insert": ("after", "text"),
    "delete": ("base",),
    "move": ("base", "after"),
    "split": ("base", "results"),
    "merge": ("lines", "text"),
    "remove": (),
}
"""What each kind of change has: one ``base`` or several ``lines``, a text or several results."""


def _shape(path: Path, change: ProposedChange) -> Iterator[Fault]:
    needed = {
        "line": ("base",),
        "version": ("base",),
        "lines": ("lines",),
        "after": ("after",),
        "text": ("text",),
        # A new line may say how it stands.
        "results": ("results", "text"),
    }
    shape = () if change.amends and change.kind == "remove" else _SHAPES[change.kind]
    for name, parts in needed.items():
        given = getattr(change, name) not in (None, ())
        is_base = name in ("line", "version", "lines") and change.amends is not None
        if given and (is_base or not set(parts) & set(shape)):
            why = "it amends a change" if is_base else f"{change.kind} has none"
            yield Fault((*path, name), f"must be left out: {why}")
        elif not given and not is_base and parts[0] in shape and not _unsaid(name, change):
            yield Fault((*path, name), f"is missing: {change.kind} needs one")
    yield from _counts(path, change)


def _unsaid(name: str, change: ProposedChange) -> bool:
    """Return whether a change may go without a text: it has results, or collides with another."""
    if name not in ("text", "results"):
        return False
    collides = bool(change.sources) and change.kind in ("replace", "split", "merge")
    return bool(texts_proposed(change)) or collides


def _counts(path: Path, change: ProposedChange) -> Iterator[Fault]:
    if change.text is not None and change.results:
        yield Fault((*path, "results"), "must be left out: there is a text")
    if change.kind == "merge" and len(change.lines) == 1:
        yield Fault((*path, "lines"), "a merge is of two lines or more")
    if change.kind == "split" and len(change.results) == 1:
        yield Fault((*path, "results"), "a split has two parts or more")
    if change.kind in ("replace", "insert", "merge") and len(change.results) > 1:
        yield Fault((*path, "results"), f"{change.kind} has one wording")
    if change.kind == "remove" and change.supersedes is None:
        yield Fault((*path, "supersedes"), "is missing: remove takes back a change")
    if change.amends is not None and change.kind not in ("replace", "remove"):
        yield Fault((*path, "kind"), "must be 'replace': it amends a change", change.kind)
    for place, result in enumerate(change.results):
        if result.level is not None and result.kind is None:
            message = "belongs to a kind, and there is none"
            yield Fault((*path, "results", place, "level"), message)


def _versions(path: Path, change: ProposedChange, language: str, texts: Texts) -> Iterator[Fault]:
    for place, base in enumerate(_bases(change)):
        where: Path = (*path, "lines", place) if change.lines else path
        found = texts.get((base.line, language), ())
        if len(found) < base.version:
            message = f"line {base.line} has no version {base.version} in {language}"
            yield Fault((*where, "version"), message)


def _named(path: Path, change: ProposedChange, changes: Changes) -> Iterator[Fault]:
    """What a change amends, and what it was made from, is there."""
    if change.amends is not None and change.amends not in changes:
        yield Fault((*path, "amends"), "there is no such change of a proposal", change.amends)
    elif change.amends is not None and len(texts_proposed(changes[change.amends])) != 1:
        yield Fault((*path, "amends"), "has no one wording to be changed", change.amends)
    for place, source in enumerate(change.sources):
        if source not in changes:
            message = "there is no such change of a proposal"
            yield Fault((*path, "sources", place), message, source)


def _decisions(path: Path, proposal: Proposal) -> Iterator[Fault]:
    numbers = {change.number: change for change in proposal.changes}
    for place, verdict in enumerate(proposal.decisions):
        where: Path = (*path, place)
        advised = verdict.stage == "advised"
        known: Sequence[str] = rules.ADVICE if advised else rules.DECISIONS
        if verdict.outcome not in known:
            noun = "advice" if advised else "decision"
            message = f"is no {noun} on a proposal: use one of {', '.join(known)}"
            yield Fault((*where, "outcome"), message, verdict.outcome)
        if verdict.change not in (None, *numbers):
            yield Fault((*where, "change"), f"{proposal.id} has no change {verdict.change}")
        yield from votes_faults(where, verdict)
        yield from _modified(where, proposal, verdict)


def _modified(path: Path, proposal: Proposal, verdict: Verdict) -> Iterator[Fault]:
    """Only what is accepted, and has one wording, is accepted in another."""
    if verdict.text is None:
        return
    if verdict.outcome != "accepted":
        yield Fault((*path, "text"), "must be left out: it is not accepted", verdict.text)
    gone = {change.supersedes for change in proposal.changes}
    standing = [change for change in proposal.changes if change.number not in gone]
    chosen = [c for c in standing if verdict.change in (None, c.number) and c.kind != "remove"]
    if verdict.change is None and len(chosen) != 1:
        yield Fault((*path, "change"), "is missing: its changes are accepted one by one")
    elif any(len(texts_proposed(change)) != 1 for change in chosen):
        yield Fault((*path, "text"), "must be left out: no one wording was proposed", verdict.text)


def _abouts(record: Record, changes: Changes) -> Iterator[Fault]:
    """Yield comments on proposals that are not there, or on words that they do not propose."""
    known = {proposal.id for proposal in record.proposals}
    for place, comment in enumerate(record.comments):
        about, path = comment.about, ("comments", place, "about")
        if about is None:
            continue
        name = f"{about.proposal}.{about.change}"
        if about.proposal not in known:
            yield Fault((*path, "proposal"), "there is no such proposal", about.proposal)
        elif about.change is not None and name not in changes:
            yield Fault((*path, "change"), f"{about.proposal} has no change {about.change}")
        elif about.quote is not None and name in changes:
            texts = texts_proposed(changes[name])
            wrong = quote_fault(about.quote, about.start, texts[0] if texts else "")
            if wrong:
                yield Fault((*path, "quote"), wrong.replace("line", "change"), about.quote)
